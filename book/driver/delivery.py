"""Puts artefacts in place, all of a build or none: a new folder is made beside, then exchanged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from book.driver.cache import hashes_of, key_of, pipeline_hash, tool_versions
from book.driver.outputs.table import media_type
from book.system.locks import locked
from book.system.whole import replacing

MANIFEST = "manifest.json"
REPORTS = ("report.html", "report.json")
_NOT_IN_MANIFEST = {MANIFEST, *REPORTS}
"""The report tells how long things took, so it is not the same twice."""


@dataclass(frozen=True)
class Delivery:
    """What a build puts into the folder of an edition.

    ``files`` are the artefacts and reports by name, with ``/`` between folders. ``outputs`` gives,
    by the name of each output that the build made, the names of its files. ``sources`` are the
    hashes of the edition's own files by name, ``inputs`` those of all files that the artefacts were
    made from, brand and fonts among them.
    """

    edition: str
    files: Mapping[str, bytes]
    outputs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)


def deliver(folder: Path, delivery: Delivery, *, keep: bool = True) -> None:
    """Put the files of ``delivery`` into ``folder``, with a manifest of all it then holds.

    What ``folder`` has and the build did not make stays as it is, unless ``keep`` is False. Files
    that one of the build's outputs made last time, and not this time, are removed. Readers of the
    folder see the old state or the new one, never half of each. Raises ValueError for a name that
    leads out of the folder, CannotWrite.
    """
    if strangers := sorted(name for name in delivery.files if not _is_inside(name)):
        raise ValueError(f"no names of files in a folder: {', '.join(strangers)}")
    # The build holds this lock already; the same thread may take it again. With ``keep`` the new
    # folder begins as a copy of the old one, so the manifest in it is that of the last delivery.
    with locked(folder), replacing(folder, keep=keep) as new:
        before = _read_manifest(new)
        _remove(new, _no_longer_made(before, delivery))
        _put(new, delivery.files)
        _put(new, {MANIFEST: _manifest(new, delivery, before)})


def replace_reports(folder: Path, reports: Mapping[str, bytes]) -> None:
    """Put new reports in the place of those of a delivery, both at once.

    Nothing else changes, so the manifest, which leaves reports out, stays true. Raises ValueError
    for a file that is no report, CannotWrite.
    """
    if strangers := sorted(set(reports) - set(REPORTS)):
        raise ValueError(f"no reports: {', '.join(strangers)}")
    # Two files cannot be replaced at once; the folder that holds them can.
    with locked(folder), replacing(folder, keep=True) as new:
        _put(new, reports)


def is_current(folder: Path, artefact: str, inputs: Mapping[str, Path]) -> bool:
    """Whether ``artefact`` in ``folder`` is as delivered, and made from ``inputs`` as they are.

    An artefact that another state of the pipeline or other versions of its tools made is not
    current.
    """
    try:
        manifest = _read_manifest(folder)
        whole = manifest["artefacts"][artefact]["sha256"] == _sha256(folder / artefact)
        return bool(whole and manifest["made_from"][artefact] == _origin(hashes_of(inputs)))
    except (OSError, KeyError, TypeError):
        return False


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return path.as_posix() == name and not path.is_absolute() and ".." not in path.parts


def _no_longer_made(manifest: Mapping[str, Any], delivery: Delivery) -> list[str]:
    """The files that outputs of this build made last time and not now, by the old manifest."""
    outputs = _dict(manifest, "outputs")
    listed = (outputs.get(name) for name in delivery.outputs)
    before = {
        file
        for files in listed
        if isinstance(files, list)
        for file in files
        # Whoever edits the manifest must not make a build delete files elsewhere.
        if isinstance(file, str) and _is_inside(file)
    }
    return sorted(before - delivery.files.keys())


def _remove(folder: Path, files: Iterable[str]) -> None:
    """Remove files, and the folders inside ``folder`` that are empty without them."""
    for name in files:
        path = folder / name
        if path.is_symlink() or not path.is_dir():
            path.unlink(missing_ok=True)
        parent = path.parent
        while parent != folder and parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()
            parent = parent.parent


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # The old name may be a hard link to the old file: a new file takes its place.
        path.unlink(missing_ok=True)
        path.write_bytes(content)


def _read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the last delivery; empty where there is none that can be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def _manifest(folder: Path, delivery: Delivery, before: Mapping[str, Any]) -> bytes:
    """The manifest of all that ``folder`` holds; ``before`` is that of the last delivery."""
    there = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    artefacts = {name: path for name, path in there.items() if name not in _NOT_IN_MANIFEST}
    # Files of other outputs stay from earlier builds, and with them what they were made from.
    made_now = dict.fromkeys(delivery.files, _origin(delivery.inputs))
    origins = {**_dict(before, "made_from"), **made_now}
    outputs = {
        **_dict(before, "outputs"),
        **{name: sorted(files) for name, files in delivery.outputs.items()},
    }
    data: dict[str, Any] = {
        "edition": delivery.edition,
        "artefacts": {
            name: {
                "size": path.stat().st_size,
                "sha256": _sha256(path),
                "media_type": media_type(name),
            }
            for name, path in artefacts.items()
        },
        "made_from": {name: origins[name] for name in artefacts if name in origins},
        "outputs": dict(sorted(outputs.items())),
        "sources": dict(sorted(delivery.sources.items())),
        "pipeline": pipeline_hash(),
        "tools": tool_versions(),
    }
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def _dict(manifest: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = manifest.get(key)
    return found if isinstance(found, dict) else {}


def _origin(inputs: Mapping[str, str]) -> str:
    """One hash of the names and contents of all files, of the pipeline and of its tools."""
    return key_of("artefact", dict(inputs))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
