"""What is made once for a whole run of the tests, however many processes run them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

_DONE = ".done"


def run_folder(factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of the whole run: pytest-xdist's processes have theirs in it."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder ``name`` that ``make`` has filled; the first process makes it, others wait."""
    folder = run_folder(factory) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / _DONE).exists():
            folder.mkdir(exist_ok=True)
            make(folder)
            (folder / _DONE).touch()
    return folder


def use_cache(output: Path, cache: Path) -> Path:
    """Let builds into the folder ``output`` keep and find what they make in ``cache``.

    Not for tests of the cache, nor of what is made when nothing has been made before.
    """
    output.mkdir(parents=True, exist_ok=True)
    (output / ".cache").symlink_to(cache)
    return output
