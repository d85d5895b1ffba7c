"""Artefacts appear whole or not at all: made beside, then put in place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from book.driver.cache import hashes_of, key_of, pipeline_hash, tool_versions
from book.system.locks import locked
from book.system.whole import replacing

MEDIA_TYPES = {
    ".epub": "application/epub+zip",
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".html": "text/html",
    ".json": "application/json",
}
MANIFEST = "manifest.json"
REPORTS = ("report.html", "report.json")
_NOT_IN_MANIFEST = {MANIFEST, *REPORTS}
"""The report tells how long things took, so it is not the same twice."""


def deliver(
    folder: Path,
    artefacts: Mapping[str, bytes],
    sources: Mapping[str, str],
    edition: str,
    inputs: Mapping[str, str] | None = None,
    *,
    keep: bool = True,
) -> None:
    """Put ``artefacts`` (by file name) into ``folder``, with a manifest of all it then holds.

    ``inputs`` are the hashes of all files that the artefacts were made from, by name, ``sources``
    when none are given: the manifest says of each artefact from which state of them it is. What
    ``folder`` has and ``artefacts`` does not bring stays as it is, unless ``keep`` is False.
    Readers of the folder see the old one or the new one, never half of each. Raises CannotWrite.
    """
    origin = _origin(sources if inputs is None else inputs)
    with locked(folder), replacing(folder, keep=keep) as new:
        _put(new, artefacts)
        made_from = dict.fromkeys(artefacts, origin)
        _put(new, {MANIFEST: _manifest(new, sources, edition, made_from)})


def replace_reports(folder: Path, reports: Mapping[str, bytes]) -> None:
    """Put new reports in the place of those of a delivery, both at once.

    Nothing else changes, so the manifest, which leaves reports out, stays true. Raises ValueError
    for a file that is no report, CannotWrite.
    """
    if strangers := sorted(set(reports) - set(REPORTS)):
        raise ValueError(f"no reports: {', '.join(strangers)}")
    with locked(folder), replacing(folder, keep=True) as new:
        _put(new, reports)


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        # The old name may be linked to the old file: a new file takes its place.
        (folder / name).unlink(missing_ok=True)
        (folder / name).write_bytes(content)


def is_current(folder: Path, artefact: str, inputs: Mapping[str, Path]) -> bool:
    """Whether ``artefact`` in ``folder`` is as delivered, and made from ``inputs`` as they are.

    What another state of the pipeline made, or other versions of its tools, is not.
    """
    try:
        manifest = _read_manifest(folder)
        whole = manifest["artefacts"][artefact]["sha256"] == _sha256(folder / artefact)
        return bool(whole and manifest["made_from"][artefact] == _origin(hashes_of(inputs)))
    except (OSError, KeyError, TypeError):
        return False


def _read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the last delivery; empty where there is none that can be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def _manifest(
    folder: Path, sources: Mapping[str, str], edition: str, made_now: Mapping[str, str]
) -> bytes:
    before = _read_manifest(folder).get("made_from", {})
    origins = {**(before if isinstance(before, dict) else {}), **made_now}
    data: dict[str, Any] = {
        "edition": edition,
        "artefacts": {
            path.name: {
                "size": path.stat().st_size,
                "sha256": _sha256(path),
                "media_type": MEDIA_TYPES.get(path.suffix, "application/octet-stream"),
            }
            for path in sorted(folder.iterdir())
            if path.is_file() and path.name not in _NOT_IN_MANIFEST
        },
        "made_from": {
            path.name: origins[path.name]
            for path in sorted(folder.iterdir())
            if path.name in origins and path.name not in _NOT_IN_MANIFEST
        },
        "sources": dict(sorted(sources.items())),
        "pipeline": pipeline_hash(),
        "tools": tool_versions(),
    }
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def _origin(inputs: Mapping[str, str]) -> str:
    """One hash of the names and contents of all files, of the pipeline and of its tools."""
    return key_of("artefact", dict(inputs))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
