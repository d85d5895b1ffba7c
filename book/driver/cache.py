"""Keeps the results of earlier builds under a hash of what went into them.

A key is a hash of everything that the result depends on: contents, options, versions of the
tools and of the pipeline itself. So the cache never changes a byte of a result, and no entry has to
be invalidated. A build without the cache only takes longer.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from book.system.checkout import CHECKOUT
from book.system.needs import library_versions
from book.system.whole import write_whole

_TOOLS = (
    *("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "nh3", "fonttools", "pikepdf", "lxml"),
    *("pypandoc_binary", "ebooklib", "jinja2", "pillow", "pypdfium2", "pyphen", "babel"),
    *("segno", "pyyaml"),
)
FONTS = "fonts"
"""The folder of the cache that fontconfig writes to."""
UNFINISHED = "unfinished"
"""The folder with files that are being written; it does not exist when no build is running."""
_UNFINISHED_FONTS = ("*.LCK", "*.NEW", "*.TMP-*", "fonts.[0-9]*")
"""Names of files that fontconfig, and the code that sets it up, have not finished."""
# What artefacts depend on in book/. Their style sheets are templates (*.css.j2); plain style sheets
# are those of reports and papers, which are not cached.
_OWN_FILES = {".py", ".mo", ".j2", ".js"}
_UNUSED_AFTER = 30 * 24 * 3600.0
"""Seconds. Entries that no build has read for so long are deleted."""


@cache
def tool_versions() -> dict[str, str]:
    """The versions of the packages and system libraries that the artefacts depend on, by name."""
    return {name: version(name) for name in sorted(_TOOLS)} | library_versions()


@cache
def pipeline_hash() -> str:
    """SHA-256 of the pipeline's own code, style sheets, templates and message catalogues."""
    root = CHECKOUT / "book"
    digest = hashlib.sha256()
    own = [path for path in root.rglob("*") if path.suffix in _OWN_FILES]
    for path in sorted(own):
        # The zero byte ends name and content: without it, text moved from the end of one file to
        # the beginning of the next would not change the hash.
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def key_of(*parts: Any) -> str:
    """A cache key for ``parts``, which json.dumps must accept.

    The key also depends on the pipeline's code and on the versions of its tools: an entry that
    another state of them made is never found.
    """
    # Dictionaries are sorted by key, so that equal parts give equal text.
    everything = [pipeline_hash(), tool_versions(), parts]
    text = json.dumps(everything, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def hashes_of(files: Mapping[str, Path]) -> dict[str, str]:
    """SHA-256 of those ``files`` that exist, by the same names."""
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in files.items()
        if path.is_file()
    }


Stamps = dict[str, tuple[int, int, int] | None]


def stamps_of(files: Mapping[str, Path]) -> Stamps:
    """Time of the last change, size and inode of each file; None for one that does not exist.

    Callers take the stamps before they hash files and again after they have made something from
    them. If the stamps differ, a file was edited in between, and what was made must not be cached
    under the hash.
    """
    return {name: _stamp(path) for name, path in files.items()}


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


class Cache:
    """Keeps bytes under keys in a folder. Writes each entry whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """The entry of ``key``; None when there is none, or when it is damaged.

        Notes the time, so that :meth:`forget_unused` knows what builds still ask for.
        """
        path = self._path(key)
        try:
            content = path.read_bytes()
            # The time of access is no help: many systems are mounted so that reading leaves it.
            os.utime(path)
        except OSError:
            return None
        checksum, _, body = content.partition(b"\n")
        return body if checksum == hashlib.sha256(body).hexdigest().encode() else None

    def put(self, key: str, content: bytes) -> None:
        """Keep ``content`` under ``key``. Does nothing where the folder cannot be written to."""
        # The checksum tells entries that the file system damaged, after a power cut for example.
        marked = hashlib.sha256(content).hexdigest().encode() + b"\n" + content
        with contextlib.suppress(OSError):
            write_whole(self._path(key), marked, self._folder / UNFINISHED)

    @contextlib.contextmanager
    def in_use(self) -> Iterator[None]:
        """Hold the cache while a build runs; several builds may hold it. Raises OSError.

        A build that is alone removes, when it begins and when it ends, the files that killed builds
        left unfinished.
        """
        # A shared lock on the folder itself: it needs no file, and the kernel releases it when the
        # process ends, however it ends.
        handle = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            self._clear(handle)
            fcntl.flock(handle, fcntl.LOCK_SH)
            yield
            self._clear(handle)
        finally:
            os.close(handle)

    def _clear(self, handle: int) -> None:
        """Remove unfinished files, unless another build holds the cache.

        Takes the exclusive lock without waiting. At the end of a build this turns the shared lock
        into an exclusive one, which also fails while another build holds its own shared lock.
        """
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        shutil.rmtree(self._folder / UNFINISHED, ignore_errors=True)
        for pattern in _UNFINISHED_FONTS:
            for path in (self._folder / FONTS).glob(pattern):
                with contextlib.suppress(OSError):
                    path.unlink()

    @property
    def folder(self) -> Path:
        """The folder of the cache."""
        return self._folder

    def empty(self) -> None:
        """Delete all entries."""
        # Entries are in folders named by two digits of the key. Fonts, marks and their key have
        # longer names and stay.
        for folder in self._folder.glob("??"):
            shutil.rmtree(folder, ignore_errors=True)

    def forget_unused(self) -> None:
        """Delete the entries that no build has read for thirty days."""
        limit = time.time() - _UNUSED_AFTER
        for path in self._folder.glob("??/*"):
            # Another build may delete it first; one of another user cannot be deleted.
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < limit:
                    path.unlink()

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:]
