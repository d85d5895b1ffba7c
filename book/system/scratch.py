"""Temporary folders that are removed even when the process that made them was killed.

The process that makes a folder holds a lock on it (flock(2)). The kernel releases the lock when
the process ends, however it ends. A folder that no process has locked is left over, and
:func:`sweep`, called by a later process, removes it.

Such folders may lie in a place that all users share, such as ``/tmp``. :func:`sweep` removes only
folders of this user. It never follows symlinks. It ignores folders that others can read: ours are
made with mode 0700 (mkdtemp).
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
"""Prefix of the folders of :func:`own_temporary_folder`. No other program uses it."""
_OPEN_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_TRIES = 10
_GROUP_AND_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@contextmanager
def own_temporary_folder() -> Iterator[None]:
    """Make one folder that holds all temporary files of this process and its children.

    Until the block ends the folder is ``tempfile.gettempdir()`` here and ``TMPDIR`` for children.
    It is then removed with all that it holds. Browsers, their drivers and some libraries leave
    profiles of many files, under names that we do not choose, when they are killed: this folder
    is what makes them removable. Folders of commands that were killed are removed first.

    Changes the state of the whole process: use it in the main thread, around a whole command.
    Does nothing when the system has no usable temporary folder; whatever needs one then fails
    with its own error.
    """
    before, variable = tempfile.tempdir, os.environ.get("TMPDIR")
    try:
        parent = Path(tempfile.gettempdir())
        sweep(parent, PREFIX)
        folder, handle = _make_locked(parent, PREFIX)
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
        _remove_and_unlock(folder, handle)


@contextmanager
def folder_beside(parent: Path, prefix: str) -> Iterator[Path]:
    """Make a temporary folder in ``parent`` and remove it after the block.

    For files that are then moved or linked into ``parent``: that needs the same file system.
    First removes the folders with this ``prefix`` that killed processes have left. Raises OSError.
    """
    sweep(parent, prefix)
    folder, handle = _make_locked(parent, prefix)
    try:
        yield folder
    finally:
        _remove_and_unlock(folder, handle)


def sweep(parent: Path, prefix: str) -> None:
    """Remove from ``parent`` this user's folders named ``prefix…`` that no process has locked.

    Folders that cannot be removed are skipped without an error.
    """
    pattern = re.compile(re.escape(prefix) + r"[a-z0-9_]{8}")  # the suffix that mkdtemp adds
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
    """Remove the folder ``name`` unless it is locked or not this user's. Raises OSError.

    ``place`` is the descriptor of the parent folder. All calls go through descriptors, so that
    another user cannot exchange the folder for a symlink between check and removal.
    """
    handle = os.open(name, _OPEN_FLAGS, dir_fd=place)
    try:
        status = os.fstat(handle)
        if status.st_uid != os.geteuid() or status.st_mode & _GROUP_AND_OTHERS:
            return
        # Raises BlockingIOError, an OSError, while the process that made the folder lives.
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(name, ignore_errors=True, dir_fd=place)
    finally:
        os.close(handle)


def _make_locked(parent: Path, prefix: str) -> tuple[Path, int]:
    """Make a folder; return it and the descriptor that holds its lock. Raises OSError."""
    for _ in range(_TRIES):
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        # Another process may sweep the folder away before this one has locked it. Then the
        # folder is gone and the loop makes another.
        with suppress(FileNotFoundError):
            handle = os.open(folder, _OPEN_FLAGS)
            # On a file system without locks this fails. It fails for sweep, too, which then
            # leaves the folder alone, so the folder is safe without a lock.
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            if folder.is_dir():
                return folder, handle
            os.close(handle)
    raise FileNotFoundError(parent)


def _remove_and_unlock(folder: Path, handle: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    os.close(handle)
