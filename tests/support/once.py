"""What is made once for a whole run of the tests, however many processes run them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

_DONE = ".done"


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder ``name`` that ``make`` has filled; the first process makes it, others wait.

    Processes of pytest-xdist share the folder above their own temporary ones.
    """
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / _DONE).exists():
            folder.mkdir(exist_ok=True)
            make(folder)
            (folder / _DONE).touch()
    return folder
