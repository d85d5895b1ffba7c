"""A name that is withheld from now on must not live on in what was made before.

Trees and laid-out parts of the time before stay in the cache for weeks, and formats that a build
does not make stay in the edition's folder. So each build compares whom it withholds with whom the
last one did; when that has changed, the cache is emptied and the folder is made wholly anew.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from book.driver.cache import UNFINISHED
from book.model.privacy.redaction import Redaction
from book.system.whole import write_whole

_FOLDER = "withheld"
_UNSETTLED = "-"
"""No mark: whom the cache withholds is not known."""
_DIGITS = 4
"""Of a hash: enough to notice a change, too few to find a name by trying all there are."""


def has_changed(cache_folder: Path, edition: str, redaction: Redaction) -> bool:
    """Whether other people are withheld than when :func:`settle` was last called."""
    try:
        before = (cache_folder / _FOLDER / edition).read_text(encoding="ascii")
    except (OSError, ValueError):
        before = _mark(Redaction())
    return before != _mark(redaction)


def unsettle(cache_folder: Path, edition: str) -> None:
    """From now until :func:`settle` the cache may hold names of before and of now.

    Whatever ends the build in between, the next one finds that it has changed. Raises OSError.
    """
    _write(cache_folder, edition, _UNSETTLED)


def settle(cache_folder: Path, edition: str, redaction: Redaction) -> None:
    """Take down whom the artefacts just delivered withhold; without a cache, nothing."""
    with suppress(OSError):
        _write(cache_folder, edition, _mark(redaction))


def _write(cache_folder: Path, edition: str, mark: str) -> None:
    folder = cache_folder / _FOLDER
    write_whole(folder / edition, mark.encode("ascii"), cache_folder / UNFINISHED)


def _mark(redaction: Redaction) -> str:
    names = sorted(" ".join(person.tokens) for person in redaction.withheld)
    everything = "\n".join([*names, "", *(sorted(redaction.allowed) if names else ())])
    return hashlib.sha256(everything.encode()).hexdigest()[:_DIGITS]
