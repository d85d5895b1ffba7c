"""Artefacts appear whole or not at all: made beside, then put in place."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from book.build.cache import tool_versions
from book.model.loaded import LoadedEdition

MEDIA_TYPES = {
    ".epub": "application/epub+zip",
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".svg": "image/svg+xml",
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
    sources: Mapping[str, Path],
    edition: str,
    inputs: Mapping[str, Path] | None = None,
    *,
    keep: bool = True,
) -> None:
    """Put ``artefacts`` (by file name) into ``folder``, with a manifest of all it then holds.

    ``inputs`` are all the files that the artefacts were made from, ``sources`` when none are
    given: the manifest says of each artefact from which state of them it is. What ``folder`` has
    and ``artefacts`` does not bring stays as it is, unless ``keep`` is False. Readers of the folder
    see the old one or the new one, never half of each. Raises OSError.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    recover(folder)
    beside = Path(tempfile.mkdtemp(prefix=_beside_prefix(folder), dir=folder.parent))
    try:
        if keep and folder.is_dir():
            shutil.copytree(folder, beside, copy_function=_link_or_copy, dirs_exist_ok=True)
        for name, content in artefacts.items():
            # The old name may be linked to the old file: a new file takes its place.
            (beside / name).unlink(missing_ok=True)
            (beside / name).write_bytes(content)
        origin = _digest(sources if inputs is None else inputs)
        manifest = _manifest(beside, sources, edition, dict.fromkeys(artefacts, origin))
        (beside / MANIFEST).unlink(missing_ok=True)
        (beside / MANIFEST).write_bytes(manifest)
        beside.chmod(0o755)
        _exchange(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def replace_reports(folder: Path, reports: Mapping[str, bytes]) -> None:
    """Put new reports in the place of those of a delivery; each is the old one or the new one.

    Nothing else changes, so the manifest, which leaves reports out, stays true. Raises ValueError
    for a file that is no report, OSError.
    """
    if strangers := sorted(set(reports) - set(REPORTS)):
        raise ValueError(f"no reports: {', '.join(strangers)}")
    for name, content in reports.items():
        handle, beside = tempfile.mkstemp(prefix=_beside_prefix(folder), dir=folder.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(beside).chmod(0o644)
            Path(beside).replace(folder / name)
        finally:
            Path(beside).unlink(missing_ok=True)


def sources_of(folder: Path) -> dict[str, Path]:
    """The files of an edition's folder by their names within it, sorted."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in files}


def inputs_of(loaded: LoadedEdition, assets: Sequence[Path]) -> dict[str, Path]:
    """What the artefacts of an edition are made from, by name: its folder, brand and assets.

    ``assets`` are the folders with programmes, templates, emblem and fonts, the root's own first.
    """
    inputs = {f"edition/{name}": path for name, path in sources_of(loaded.folder).items()}
    for name, path in sources_of(loaded.brand_folder).items():
        inputs[f"brand/{name}"] = path
    for folder in assets:
        for part in ("programmes", "templates", "emblem", "fonts"):
            for name, path in sources_of(folder / part).items():
                inputs.setdefault(f"{part}/{name}", path)
    return inputs


def is_current(folder: Path, artefact: str, inputs: Mapping[str, Path]) -> bool:
    """Whether ``artefact`` in ``folder`` is as delivered, and made from ``inputs`` as they are."""
    try:
        manifest = _read_manifest(folder)
        whole = manifest["artefacts"][artefact]["sha256"] == _sha256(folder / artefact)
        return bool(whole and manifest["made_from"][artefact] == _digest(inputs))
    except (OSError, KeyError, TypeError):
        return False


def _read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the last delivery; empty where there is none that can be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


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


def _manifest(
    folder: Path, sources: Mapping[str, Path], edition: str, made_now: Mapping[str, str]
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
        "sources": {name: _sha256(path) for name, path in sorted(sources.items())},
        "tools": tool_versions(),
    }
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def _digest(files: Mapping[str, Path]) -> str:
    """One hash of all the names and contents."""
    lines = [f"{name} {_sha256(path)}" for name, path in sorted(files.items())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
