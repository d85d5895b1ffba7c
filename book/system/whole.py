"""Replaces folders as a whole, one writer at a time, even if the process is killed.

The new folder is made beside the one that it will replace. Then the two exchange their names: in
one step where the system can (``renameat2`` of Linux), else by two renames. A killed process leaves
at most one folder beside; :func:`recover` removes it, or puts it back if it is the only one.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from book.messages import N_
from book.system.locks import CannotWrite, beside, locked, try_lock

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100
_NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
"""Error numbers of systems and file systems that cannot exchange two names."""
_NO_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF, errno.EACCES}
"""Error numbers of file systems that cannot flush a folder, or not for this user."""
_REMAINS = re.compile(r"\.(?P<name>.+)\.(?:new-[a-z0-9_]{8}|old|lock)")
"""The names that this module gives to files and folders beside a folder."""


def place(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make ``folder`` hold ``files`` (by name, ``/`` between folders) and nothing else.

    Waits for the lock of the folder. Raises CannotWrite, an OSError; ``folder`` is then unchanged.
    """
    with locked(folder), replacing(folder) as new:
        for name, content in files.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_bytes(content)


@contextmanager
def replacing(folder: Path, *, keep: bool = False) -> Iterator[Path]:
    """Yield an empty folder, which takes the place of ``folder`` when the block ends.

    With ``keep`` it starts with the files of ``folder``. They may be hard links to the old files:
    the block must replace them, never write to them. If the block raises, ``folder`` is unchanged.
    All files are flushed to the disk before the exchange, so that a power cut leaves no empty
    ones. If ``folder`` is a symlink, the folder that it points to is replaced.

    The caller must hold :func:`locked`. Raises CannotWrite, an OSError, also in the place of an
    OSError that the block raises.
    """
    folder = folder.resolve()
    try:
        with _replacing(folder, keep) as new:
            yield new
    except OSError as error:
        raise CannotWrite.because(error, folder) from error


@contextmanager
def _replacing(folder: Path, keep: bool) -> Iterator[Path]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    _recover(folder)
    insist_on_writing(folder)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.new-", dir=folder.parent))
    try:
        if keep and folder.is_dir():
            _link_all(folder, new)
        yield new
        new.chmod(0o755)
        _flush(new)
        _exchange(new, folder)
        _flush_folder(folder.parent)
    finally:
        _remove(new)


def insist_on_writing(folder: Path) -> None:
    """Raise CannotWrite if ``folder`` exists and is no folder, or is protected from writing."""
    if folder.exists() and not folder.is_dir():
        raise CannotWrite(folder, N_("it is not a folder"), errno.ENOTDIR)
    if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
        raise CannotWrite(folder, N_("it is protected from writing"), errno.EACCES)


def recover(folder: Path) -> None:
    """Remove or put back what a killed process left beside ``folder``.

    Does nothing while another process holds the lock, or where it cannot write.
    """
    with suppress(OSError):
        # A command that only reads must not make a lock file when there is nothing to do.
        if not any(_remains_of(folder)):
            return
        handle = try_lock(beside(folder, "lock"))
        if handle is not None:
            try:
                _recover(folder.resolve())
            finally:
                beside(folder, "lock").unlink(missing_ok=True)
                os.close(handle)


def recover_all(parent: Path) -> None:
    """Call :func:`recover` for every folder that has anything beside it in ``parent``."""
    with suppress(OSError):
        names = {match["name"] for path in parent.iterdir() if (match := _match(path))}
        for name in sorted(names):
            recover(parent / name)


def write_whole(path: Path, content: bytes, folder: Path) -> None:
    """Write a file by way of a temporary one in ``folder``, which it then renames.

    The file's mode is 0600. Raises OSError, and then leaves no temporary file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _match(path: Path) -> re.Match[str] | None:
    return _REMAINS.fullmatch(path.name)


def _remains_of(folder: Path) -> list[Path]:
    real = folder.resolve()
    if not real.parent.is_dir():
        return []
    found = [(path, _match(path)) for path in real.parent.iterdir()]
    return sorted(path for path, match in found if match and match["name"] == real.name)


def _recover(folder: Path) -> None:
    """Do what :func:`recover` does; the caller holds the lock."""
    old = beside(folder, "old")
    if old.is_dir() and not folder.exists():
        old.rename(folder)
    for path in _remains_of(folder):
        if path.is_symlink() or not path.is_dir():
            if path.suffix != ".lock":
                path.unlink(missing_ok=True)
        else:
            _remove(path)


def _exchange(new: Path, folder: Path) -> None:
    """Rename ``new`` to ``folder``. The old folder is then at ``new``, or removed."""
    if not folder.exists():
        new.rename(folder)
    elif not _swapped(new, folder):
        old = beside(folder, "old")
        folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            old.rename(folder)
            raise
        _remove(old)


def _swapped(one: Path, other: Path) -> bool:
    """Exchange two names in one step. False if the system cannot. Raises OSError."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    names = (os.fsencode(one), os.fsencode(other))
    if renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NO_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _flush(folder: Path) -> None:
    """Flush all files below ``folder`` to the disk, then the folders that hold their names."""
    for place, _, names in os.walk(folder, topdown=False):
        for name in names:
            path = Path(place, name)
            if path.is_file() and not path.is_symlink():
                with _suppress_errors(_NO_SYNC), path.open("rb") as handle:
                    os.fsync(handle.fileno())
        _flush_folder(Path(place))


def _flush_folder(folder: Path) -> None:
    with _suppress_errors(_NO_SYNC):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _suppress_errors(numbers: set[int]) -> Iterator[None]:
    """Ignore an OSError with one of these error numbers."""
    try:
        yield
    except OSError as error:
        if error.errno not in numbers:
            raise


def _remove(folder: Path) -> None:
    """Remove a folder with all its files. Leaves what cannot be removed; recover() tries again."""

    def once_more(function: Callable[[str], object], name: str, _: object) -> None:
        # A user may have protected a folder inside, which is to be removed all the same.
        with suppress(OSError):
            Path(name).parent.chmod(stat.S_IRWXU)
            if not Path(name).is_symlink() and Path(name).is_dir():
                Path(name).chmod(stat.S_IRWXU)
                shutil.rmtree(name, ignore_errors=True)
            else:
                function(name)

    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder, onerror=once_more)


def _link_all(folder: Path, new: Path) -> None:
    """Give ``new`` the content of ``folder``: hard links where the system can, else copies."""
    for path in sorted(folder.rglob("*")):
        target = new / path.relative_to(folder)
        if path.is_dir() and not path.is_symlink():
            target.mkdir()
        else:
            try:
                os.link(path, target, follow_symlinks=False)
            except OSError:
                shutil.copy2(path, target, follow_symlinks=False)
