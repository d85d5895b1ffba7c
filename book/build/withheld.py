"""A name that is withheld from now on must not live on in what was made before.

Trees and laid-out parts of the time before stay in the cache for weeks, and formats that a build
does not make stay in the edition's folder. So each build compares whom it withholds with whom the
last one did; when that has changed, the cache is emptied and the folder is made wholly anew.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from book.model.redaction import Redaction

_FOLDER = "withheld"
_DIGITS = 4
"""Of a hash: enough to notice a change, too few to find a name by trying all there are."""


def has_changed(cache_folder: Path, edition: str, redaction: Redaction) -> bool:
    """Whether other people are withheld than when :func:`settle` was last called."""
    try:
        before = (cache_folder / _FOLDER / edition).read_text(encoding="ascii")
    except (OSError, ValueError):
        before = _mark(Redaction())
    return before != _mark(redaction)


def settle(cache_folder: Path, edition: str, redaction: Redaction) -> None:
    """Take down whom the artefacts just delivered withhold; without a cache, nothing."""
    path = cache_folder / _FOLDER / edition
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_mark(redaction), encoding="ascii")
    except OSError:
        return


def _mark(redaction: Redaction) -> str:
    names = sorted(" ".join(person.tokens) for person in redaction.withheld)
    everything = "\n".join([*names, "", *(sorted(redaction.allowed) if names else ())])
    return hashlib.sha256(everything.encode()).hexdigest()[:_DIGITS]
