"""Withheld names in what is no text: names of files, pictures and their metadata."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from book.findings import Finding
from book.model.privacy import codes as privacy_codes
from book.model.privacy.redaction import Named, Redaction

_TEXTS = frozenset({".md", ".yaml"})
"""Read, and rid of names, by the loader."""
_LARGEST = 64 * 1024 * 1024


def check_files(folder: Path, prefix: str, redaction: Redaction) -> list[Finding]:
    """Errors for files of an edition's folder whose name or content names a withheld person.

    ``prefix`` is the folder in findings. File names go into a book's own, and a picture goes
    into it byte by byte, so neither can be mended on the way.
    """
    if not redaction.withheld:
        return []
    findings = []
    person = redaction.holds(folder.name)
    if person is not None:
        findings.append(privacy_codes.NAME_IN_FILE_NAME.at(prefix, shown=person.shown))
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        file = redaction.text(f"{prefix}/{name}")
        person = redaction.holds(name)
        if person is not None:
            findings.append(privacy_codes.NAME_IN_FILE_NAME.at(file, shown=person.shown))
        if path.is_symlink() or not path.is_file() or path.suffix in _TEXTS:
            continue
        person = _in_content(path, redaction)
        if person is not None:
            findings.append(privacy_codes.NAME_IN_PICTURE.at(file, shown=person.shown))
    return findings


def _in_content(path: Path, redaction: Redaction) -> Named | None:
    """The first withheld person named in a file's bytes or in a picture's metadata."""
    if path.stat().st_size > _LARGEST:
        return None
    content = path.read_bytes()
    written = set(re.findall(rb"[a-z]{2,}", content.replace(b"\0", b"").lower()))
    for person in redaction.withheld:
        # A quick look first: a picture has few words, an edition may have many people.
        plain = [t.encode() for t in person.own if t.isascii()]
        if len(plain) == len(person.own) and len(written.intersection(plain)) < min(2, len(plain)):
            continue
        if any(re.search(pattern, content, re.I) for pattern in _patterns(person)):
            return person
    if path.suffix == ".svg":
        return redaction.holds(content.decode("utf-8", "replace"))
    return redaction.holds(_metadata(path))


def _patterns(person: Named) -> list[bytes]:
    """Two words of the name in a row as bytes, in the encodings that metadata come in."""
    parts = [part for part in re.split(r"[\s.,’']+", person.name) if len(part) > 1]
    pairs: list[tuple[str, ...]] = [*permutations(parts, 2)] or [(part,) for part in parts]
    patterns = []
    for encoding, between in (
        ("utf-8", rb"[\W_]{0,4}"),
        ("latin-1", rb"[\W_]{0,4}"),
        ("utf-16-le", rb"(?:[\W_]\x00){0,4}"),
        ("utf-16-be", rb"(?:\x00[\W_]){0,4}"),
    ):
        for pair in pairs:
            words = [re.escape(word.encode(encoding, "replace")) for word in pair]
            patterns.append(between.join(words))
    return patterns


def _metadata(path: Path) -> str:
    """The texts that a picture carries beside its pixels; PNG may keep them compressed."""
    try:
        with Image.open(path) as picture:
            values = [v for v in picture.info.values() if isinstance(v, str)]
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        return ""
    return "\n\n".join(values)
