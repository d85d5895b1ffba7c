"""Artefacts appear whole or not at all: made beside, then put in place."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from book.build.cache import tool_versions

MEDIA_TYPES = {
    ".epub": "application/epub+zip",
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".svg": "image/svg+xml",
    ".html": "text/html",
    ".json": "application/json",
}
MANIFEST = "manifest.json"
_NOT_IN_MANIFEST = {MANIFEST, "report.html", "report.json"}
"""The report tells how long things took, so it is not the same twice."""


def deliver(
    folder: Path, artefacts: Mapping[str, bytes], sources: Mapping[str, Path], edition: str
) -> None:
    """Put ``artefacts`` (by file name) into ``folder``, with a manifest of all it then holds.

    What ``folder`` has and ``artefacts`` does not bring stays as it is. Readers of the folder
    see the old one or the new one, never half of each. Raises OSError.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    recover(folder)
    beside = Path(tempfile.mkdtemp(prefix=_beside_prefix(folder), dir=folder.parent))
    try:
        if folder.is_dir():
            shutil.copytree(folder, beside, copy_function=_link_or_copy, dirs_exist_ok=True)
        for name, content in artefacts.items():
            # The old name may be linked to the old file: a new file takes its place.
            (beside / name).unlink(missing_ok=True)
            (beside / name).write_bytes(content)
        manifest = _manifest(beside, sources, edition)
        (beside / MANIFEST).unlink(missing_ok=True)
        (beside / MANIFEST).write_bytes(manifest)
        beside.chmod(0o755)
        _exchange(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def sources_of(folder: Path) -> dict[str, Path]:
    """The files of an edition's folder by their names within it, sorted."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in files}


def is_current(folder: Path, sources: Mapping[str, Path]) -> bool:
    """Whether ``folder`` holds what was delivered last, made from just these ``sources``.

    Brand, templates and programmes are no part of the manifest, so a change there is not seen.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        made = {name: entry["sha256"] for name, entry in manifest["artefacts"].items()}
        if any(_sha256(folder / name) != digest for name, digest in made.items()):
            return False
        return bool(manifest["sources"] == {name: _sha256(path) for name, path in sources.items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def recover(folder: Path) -> None:
    """Put right what an interrupted delivery may have left."""
    old = _old(folder)
    if old.is_dir():
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(folder)


def _exchange(new: Path, folder: Path) -> None:
    old = _old(folder)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _old(folder: Path) -> Path:
    return folder.parent / f".{folder.name}.old"


def _beside_prefix(folder: Path) -> str:
    return f".{folder.name}.new-"


def _link_or_copy(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _manifest(folder: Path, sources: Mapping[str, Path], edition: str) -> bytes:
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
        "sources": {name: _sha256(path) for name, path in sorted(sources.items())},
        "tools": tool_versions(),
    }
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
