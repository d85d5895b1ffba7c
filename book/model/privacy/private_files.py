"""Finds withheld names where redaction cannot replace them: file names, pictures, metadata."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from book.findings import Finding
from book.model.privacy import codes as privacy_codes
from book.model.privacy.redaction import NamedPerson, Redaction

_TEXTS = frozenset({".md", ".yaml"})
"""Suffixes of the files that the loader reads itself, and whose names it replaces."""
_LARGEST = 64 * 1024 * 1024
"""Bytes; larger files are not read."""


def check_files(folder: Path, prefix: str, redaction: Redaction) -> list[Finding]:
    """Errors for files of an edition's folder whose name or content names a withheld person.

    ``prefix`` is the folder in findings. File names become names of files in the EPUB, and
    pictures are copied byte by byte, so the pipeline cannot take names out of either.
    """
    if not redaction.withheld:
        return []
    findings = []
    person = redaction.first_person_in(folder.name)
    if person is not None:
        findings.append(privacy_codes.NAME_IN_FILE_NAME.at(prefix, shown=person.shown))
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        file = redaction.text(f"{prefix}/{name}")
        person = redaction.first_person_in(name)
        if person is not None:
            findings.append(privacy_codes.NAME_IN_FILE_NAME.at(file, shown=person.shown))
        if path.is_symlink() or not path.is_file() or path.suffix in _TEXTS:
            continue
        person = _in_content(path, redaction)
        if person is not None:
            findings.append(privacy_codes.NAME_IN_PICTURE.at(file, shown=person.shown))
    return findings


def _in_content(path: Path, redaction: Redaction) -> NamedPerson | None:
    """The first withheld person named in a file's bytes or in a picture's metadata.

    Bytes are searched for uncompressed metadata (EXIF, XMP, IPTC); Pillow reads the compressed
    texts of a PNG.
    """
    if path.stat().st_size > _LARGEST:
        return None
    content = path.read_bytes()
    # Without zero bytes the ASCII letters of UTF-16 are as in UTF-8.
    written = set(re.findall(rb"[a-z]{2,}", content.replace(b"\0", b"").lower()))
    for person in redaction.withheld:
        # Searching the bytes with regular expressions is slow, and an edition may have many
        # people. So a person is passed over whose words do not occur at all. That test works for
        # names in ASCII only.
        plain = [t.encode() for t in person.own if t.isascii()]
        if len(plain) == len(person.own) and len(written.intersection(plain)) < min(2, len(plain)):
            continue
        if any(re.search(pattern, content, re.I) for pattern in _patterns(person)):
            return person
    if path.suffix == ".svg":
        return redaction.first_person_in(content.decode("utf-8", "replace"))
    return redaction.first_person_in(_metadata(path))


def _patterns(person: NamedPerson) -> list[bytes]:
    """Patterns for two words of the name in a row, in the encodings that metadata come in.

    Up to four characters that are no letters may stand between the words.
    """
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
    """The texts of a picture's metadata, as Pillow reads them; "" for what is no picture.

    They are joined by blank lines, so that no name is found across two texts.
    """
    try:
        with Image.open(path) as picture:
            values = [v for v in picture.info.values() if isinstance(v, str)]
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        return ""
    return "\n\n".join(values)
