"""Limits on work that hold on any machine, however busy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


def processor_seconds() -> float:
    """The processor time of this process and of the processes that it has waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


@contextmanager
def bounded(seconds: float = 10.0) -> Iterator[None]:
    """Fail when what is done takes more processor time than ``seconds``.

    Other programs do not count. The limit is for what grows faster than its input: such work
    takes minutes where other work takes well below a second.
    """
    start = processor_seconds()
    yield
    spent = processor_seconds() - start
    assert spent < seconds, f"{spent:.1f} seconds of processor time"
