"""Notices when other people are withheld than in the last build, and then discards old results.

Chapter trees and laid-out parts of earlier builds stay in the cache for weeks, and formats that a
build does not make stay in the edition's folder. When somebody is withheld who was not before, the
driver therefore empties the cache and makes the edition's folder wholly anew.

Of each edition the cache folder keeps a mark: a keyed hash of the withheld names. Without the key
nobody can find a name by hashing all likely ones. The key is random, one for each cache folder, in
a file that only its owner can read. The driver never puts it into an edition's folder.
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from pathlib import Path

from book.driver.cache import UNFINISHED
from book.model.privacy.redaction import Redaction
from book.system.whole import write_whole

KEY_FILE = "withheld.key"
_KEY_BYTES = 32
_FOLDER = "withheld"
_UNSETTLED = "-"
"""In the place of a mark: the cache may hold names of two builds."""


class WithheldMarks:
    """The marks of all editions in one cache folder; make one object for each build.

    Reads the key of the folder. Makes a new one when there is none that can be read; then every
    mark made before counts as changed.
    """

    def __init__(self, cache_folder: Path) -> None:
        self._cache_folder = cache_folder
        self._key = _key_of(cache_folder)

    def has_changed(self, edition: str, redaction: Redaction) -> bool:
        """Whether other people are withheld than when :meth:`settle` was last called.

        An edition without a mark withheld nobody before.
        """
        try:
            before = (self._cache_folder / _FOLDER / edition).read_text(encoding="ascii")
        except FileNotFoundError:
            return bool(redaction.withheld)
        except (OSError, ValueError):
            return True
        return before != self._mark(redaction)

    def unsettle(self, edition: str) -> None:
        """Note that from now until :meth:`settle` the cache may hold names of two builds.

        If this build ends before it settles, the next one finds a change. Raises OSError.
        """
        self._write(edition, _UNSETTLED)

    def settle(self, edition: str, redaction: Redaction) -> None:
        """Note whom the artefacts just delivered withhold. Does nothing where it cannot write."""
        with suppress(OSError):
            self._write(edition, self._mark(redaction))

    def _write(self, edition: str, mark: str) -> None:
        path = self._cache_folder / _FOLDER / edition
        write_whole(path, mark.encode("ascii"), self._cache_folder / UNFINISHED)

    def _mark(self, redaction: Redaction) -> str:
        names = sorted(" ".join(person.tokens) for person in redaction.withheld)
        # Allowed words matter only where a name is withheld that they could let through.
        # The empty line keeps names and allowed words apart.
        everything = "\n".join([*names, "", *(sorted(redaction.allowed) if names else ())])
        return hashlib.blake2b(everything.encode(), key=self._key).hexdigest()


def _key_of(cache_folder: Path) -> bytes:
    """The key of a cache folder, new when the folder has none that can be used.

    A folder that cannot be written to gets none: the new key then lives as long as this build.
    """
    path = cache_folder / KEY_FILE
    with suppress(OSError):
        if len(key := path.read_bytes()) == _KEY_BYTES:
            return key
    key = secrets.token_bytes(_KEY_BYTES)
    with suppress(OSError):
        # write_whole makes the file with mkstemp, which gives it mode 0600.
        write_whole(path, key, cache_folder / UNFINISHED)
    return key
