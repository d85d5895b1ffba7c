"""Locks of folders. The kernel releases a lock when the process that holds it ends."""

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
    """``folder`` cannot be written to, or is no folder; ``reason`` is a message id.

    ``needed`` is the number of bytes that were to be written, 0 where it is not known. ``is_full``
    and ``is_protected`` are the two reasons that users can do something about.
    """

    def __init__(self, folder: Path, reason: str, number: int = 0) -> None:
        super().__init__(f"cannot write to {folder}: {reason}")
        self.errno = number
        self.folder = folder
        self.reason = reason
        self.needed = 0

    @classmethod
    def because(cls, error: OSError, folder: Path) -> CannotWrite:
        """The same error with a reason that can be translated; ``folder`` is where it happened."""
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
    """The caller of :func:`locked` gave up waiting."""


_held = threading.local()
"""``locks``: the lock files that the current thread holds, so that it can lock a folder twice."""


@contextmanager
def locked(
    folder: Path,
    waiting: Callable[[], None] = lambda: None,
    give_up: Callable[[], bool] = lambda: False,
) -> Iterator[None]:
    """Hold the lock of ``folder``, which everybody takes who writes to it.

    Calls ``waiting`` once if another thread or process holds the lock. A thread that holds it may
    take it again. Raises Interrupted when ``give_up`` returns True during the wait, CannotWrite
    where the lock file cannot be made.
    """
    lock = beside(folder, "lock")
    held: set[Path] = _held.__dict__.setdefault("locks", set())
    if lock in held:
        yield
        return
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        handle = try_lock(lock)
        if handle is None:
            waiting()
        while handle is None:
            if give_up():
                raise Interrupted
            time.sleep(_SECONDS_BETWEEN_TRIES)
            handle = try_lock(lock)
    except OSError as error:
        raise CannotWrite.because(error, lock.parent) from error
    held.add(lock)
    try:
        yield
    finally:
        held.remove(lock)
        # The name goes first. A process that gets the lock of the nameless file sees in try_lock()
        # that it is not the lock file any more, and makes a new one.
        with suppress(OSError):
            lock.unlink(missing_ok=True)
        os.close(handle)


def try_lock(lock: Path) -> int | None:
    """Take the lock of a lock file, without waiting. Raises OSError.

    Returns the file descriptor that holds the lock until it is closed; None if another process or
    thread holds the lock, or has removed the file in the same moment.
    """
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
    """The path beside ``folder`` for ``what`` belongs to it: "lock" or "old". Follows symlinks."""
    real = folder.resolve()
    return real.parent / f".{real.name}.{what}"
