"""Temporary folders that nobody has to clear away: a later process takes those of the dead.

Whoever makes one holds the kernel's lock on it (flock(2)), which ends with the process however it
ends. A folder whose lock nobody holds is left over, and :func:`sweep` removes it. In a place that
all users of a machine share, only this user's own folders are touched: no link is followed, and
what is not closed to others (mkdtemp makes 0700) is somebody else's idea.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "book~"
"""How the names of :func:`own_temporary_folder` begin: as nobody else's do."""
_TO_LOCK = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_TRIES = 10
_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@contextmanager
def own_temporary_folder() -> Iterator[None]:
    """What this process and its children set down for a time goes into one folder of their own.

    For the main thread, around a whole command: it is ``tempfile.gettempdir()`` and ``TMPDIR``
    until the block ends, and is then removed. Browsers and their drivers leave profiles of many
    files when they are killed, by names of their own; so do libraries. Folders of commands that
    were killed are removed first. Where the system has no place for such a folder, all stays as
    it was: whoever needs one will say so.
    """
    before, variable = tempfile.tempdir, os.environ.get("TMPDIR")
    try:
        parent = Path(tempfile.gettempdir())
        sweep(parent, PREFIX)
        folder, handle = _made(parent, PREFIX)
    except OSError:
        yield
        return
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
        if variable is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = variable
        _end(folder, handle)


@contextmanager
def folder_beside(parent: Path, prefix: str) -> Iterator[Path]:
    """A folder in ``parent``, for what will be moved or linked from it; gone after the block.

    What killed processes have left there under ``prefix`` is removed first. Raises OSError.
    """
    sweep(parent, prefix)
    folder, handle = _made(parent, prefix)
    try:
        yield folder
    finally:
        _end(folder, handle)


def sweep(parent: Path, prefix: str) -> None:
    """Remove this user's folders of ``parent`` that begin with ``prefix`` and nobody holds."""
    pattern = re.compile(re.escape(prefix) + r"[a-z0-9_]{8}")
    with suppress(OSError):
        place = os.open(parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            with os.scandir(place) as entries:
                names = [entry.name for entry in entries if pattern.fullmatch(entry.name)]
            for name in names:
                with suppress(OSError):
                    _remove_if_left(name, place)
        finally:
            os.close(place)


def _remove_if_left(name: str, place: int) -> None:
    """Remove a folder of the folder ``place`` unless it is in use or not ours. Raises OSError."""
    handle = os.open(name, _TO_LOCK, dir_fd=place)
    try:
        told = os.fstat(handle)
        if told.st_uid != os.geteuid() or told.st_mode & _FOR_OTHERS:
            return
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(name, ignore_errors=True, dir_fd=place)
    finally:
        os.close(handle)


def _made(parent: Path, prefix: str) -> tuple[Path, int]:
    """A new folder and the descriptor that holds its lock. Raises OSError."""
    for _ in range(_TRIES):
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        # Somebody may sweep it away before it is locked; then there will be another.
        with suppress(FileNotFoundError):
            handle = os.open(folder, _TO_LOCK)
            # A file system without locks: nobody will take the folder for one left over, either.
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            if folder.is_dir():
                return folder, handle
            os.close(handle)
    raise FileNotFoundError(parent)


def _end(folder: Path, handle: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    os.close(handle)
