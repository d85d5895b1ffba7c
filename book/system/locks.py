"""Locks of folders: the kernel's own, which end with the process that holds them."""

from __future__ import annotations

import errno
import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from book.messages import N_

_SECONDS_BETWEEN_TRIES = 0.05
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_PROTECTED = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_FOLDER = {errno.ENOTDIR, errno.EEXIST}


class CannotWrite(OSError):
    """A folder cannot be written to, or is none: ``folder``, ``reason`` (a message id).

    ``needed`` is how many bytes were to be written, where that is known. ``is_full`` and
    ``is_protected`` tell the two reasons that a person can mend.
    """

    def __init__(self, folder: Path, reason: str, number: int = 0) -> None:
        super().__init__(f"cannot write to {folder}: {reason}")
        self.errno = number
        self.folder = folder
        self.reason = reason
        self.needed = 0

    @classmethod
    def because(cls, error: OSError, folder: Path) -> CannotWrite:
        """What the system said, as this house says it."""
        number = error.errno or 0
        if isinstance(error, CannotWrite):
            return error
        if number in _FULL:
            return cls(folder, N_("the disk is full"), number)
        if number in _PROTECTED:
            return cls(folder, N_("it is protected from writing"), number)
        if number in _NO_FOLDER:
            return cls(folder, N_("it is not a folder"), number)
        return cls(folder, error.strerror or str(error), number)

    @property
    def is_full(self) -> bool:
        return self.errno in _FULL

    @property
    def is_protected(self) -> bool:
        return self.errno in _PROTECTED


class Interrupted(Exception):
    """Waiting for a lock was given up."""


_held = threading.local()
"""The lock files that a thread holds, so that it may ask for one twice."""


@contextmanager
def locked(
    folder: Path,
    waiting: Callable[[], None] = lambda: None,
    give_up: Callable[[], bool] = lambda: False,
) -> Iterator[None]:
    """Be the one that writes ``folder``; ``waiting`` is told, once, when somebody else is.

    Whoever holds the lock of a folder may ask for it again in the same thread. Raises Interrupted
    when ``give_up`` says so while waiting, CannotWrite where no lock file can be made.
    """
    lock = beside(folder, "lock")
    mine: set[Path] = _held.__dict__.setdefault("locks", set())
    if lock in mine:
        yield
        return
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        handle = taken(lock)
        if handle is None:
            waiting()
        while handle is None:
            if give_up():
                raise Interrupted
            time.sleep(_SECONDS_BETWEEN_TRIES)
            handle = taken(lock)
    except OSError as error:
        raise CannotWrite.because(error, lock.parent) from error
    mine.add(lock)
    try:
        yield
    finally:
        mine.remove(lock)
        # First the name, then the lock: who waits sees that the file has gone, and makes one.
        with suppress(OSError):
            lock.unlink(missing_ok=True)
        os.close(handle)


def taken(lock: Path) -> int | None:
    """Try to get a lock: its descriptor, or None while somebody else holds it. Raises OSError."""
    handle = os.open(lock, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(handle), lock.stat()):
            return handle
    except (BlockingIOError, FileNotFoundError):
        pass
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def beside(folder: Path, what: str) -> Path:
    """The place for what belongs to ``folder`` (links followed): its lock, its old state."""
    real = folder.resolve()
    return real.parent / f".{real.name}.{what}"
