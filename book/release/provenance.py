"""The proofs of a release: ``manifest.json``, checksums and a reproducible zip.

All are the same, byte by byte, for the same sources and tools.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from book.driver.cache import hashes_of, pipeline_hash
from book.driver.delivery import MANIFEST
from book.driver.outputs.table import media_type
from book.model.edition import Edition
from book.model.privacy.people import PRIVATE_PEOPLE_FILE
from book.release.repository import Commit
from book.validators.verdict import Check

CHECKSUMS = "SHA256SUMS"
# The earliest time that a zip can store. The edition's date is in the manifest.
_TIME = (1980, 1, 1, 0, 0, 0)
_PERMISSIONS = 0o100644 << 16
"""A regular file, readable for all, in a zip entry's external attributes."""
_UNIX = 3
"""The system that a zip entry is made on (APPNOTE.TXT, 4.4.2); Python writes the real one."""


def manifest(
    name: str,
    edition: Edition,
    *,
    artefacts: Mapping[str, bytes],
    inputs: Mapping[str, Path],
    checks: Sequence[Check],
    tools: Mapping[str, str],
    commit: Commit | None,
    before: str | None,
) -> bytes:
    """``manifest.json`` of a release.

    ``inputs`` are the files that the book was made from, by path; the private people file is left
    out. ``commit`` is None when the sources are not in git. It may be unclean by files that the
    book is not made from. ``before`` is the version of the release before. Nothing in it depends
    on the time or the machine, so that the same sources and tools give the same bytes.
    """
    sources = {k: path for k, path in inputs.items() if path.name != PRIVATE_PEOPLE_FILE}
    data: dict[str, Any] = {
        "edition": name,
        "title": edition.title,
        "version": edition.version,
        "date": edition.date.isoformat(),
        "previous": before,
        "commit": commit.id if commit else None,
        "tree_clean": commit.clean if commit else None,
        "artefacts": {
            file: {
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "media_type": media_type(file),
            }
            for file, content in sorted(artefacts.items())
        },
        "checks": [
            {
                "validator": check.validator,
                "version": check.version,
                "artefact": check.artefact,
                "standard": check.standard,
                "outcome": str(check.outcome),
            }
            for check in checks
        ],
        "pipeline": pipeline_hash(),
        "tools": dict(sorted(tools.items())),
        "sources": dict(sorted(hashes_of(sources).items())),
    }
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def released_artefacts(folder: Path) -> set[str]:
    """The names of the artefacts in a release's manifest; empty when it cannot be read."""
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return set(data["artefacts"])
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def packed(files: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """``files`` with their checksums, a zip of all these, and the checksum of the zip.

    Checksums are in the form that ``sha256sum -c`` reads. ``name`` is the name of the zip without
    its suffix.
    """
    whole = {**files, CHECKSUMS: checksums(files)}
    archive = f"{name}.zip"
    content = _zip(whole, name)
    return {**whole, archive: content, f"{archive}.sha256": checksums({archive: content})}


def checksums(files: Mapping[str, bytes]) -> bytes:
    """A line with SHA-256 and name for each file, sorted by name."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()


def _zip(files: Mapping[str, bytes], folder: str) -> bytes:
    """A zip of the files in one folder, with fixed order, times, permissions and compression."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(f"{folder}/{name}", _TIME)
            info.external_attr = _PERMISSIONS
            info.create_system = _UNIX
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name], compresslevel=9)
    return target.getvalue()
