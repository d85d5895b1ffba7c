"""A zip that somebody handed in, opened within bounds: DOCX, ODT and PPTX are zips of XML.

Everything is unpacked once, in memory, before anything else looks at it, so that sizes are what
they are and not what the directory claims. Parts that declare a document type are refused: that
is how entities grow (billion laughs) and outside files get in (XXE); no office program writes it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from book.findings import Finding
from book.intake.documents import codes as codes

FILE_LIMIT = 64_000_000
"""The most bytes a document may have: some hundred photographs."""
ENTRIES_LIMIT = 4_000
UNPACKED_LIMIT = 256_000_000
PART_LIMIT = 48_000_000
"""The most bytes of one XML part: a book of several thousand pages."""
RATIO_LIMIT = 250
"""How many times smaller an entry may be packed; XML reaches some thirty."""
_RATIO_MATTERS_FROM = 1_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of the old Office, and of the new one when encrypted, begin (MS-CFB, 2.2)."""
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")


@dataclass(frozen=True)
class Package:
    """The parts of a zip by name, and the file's name for findings."""

    file: str
    parts: Mapping[str, bytes]

    def xml(self, name: str) -> etree._Element | None:
        """A part's root; None when it is not there or not well-formed."""
        if name not in self.parts:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            return etree.fromstring(self.parts[name], parser)
        except (etree.XMLSyntaxError, ValueError):
            return None


def open_package(content: bytes, file: str) -> tuple[Package | None, list[Finding]]:
    """The parts of a zip, or None and the finding that says why not."""
    if content.startswith(_OLE):
        return None, [codes.PROTECTED.at(file)]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _unpacked(archive, file)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
    ) as error:
        return None, [codes.DAMAGED.at(file, reason=_reason(error))]


def _unpacked(archive: zipfile.ZipFile, file: str) -> tuple[Package | None, list[Finding]]:
    entries = archive.infolist()
    if len(entries) > ENTRIES_LIMIT:
        return None, [codes.BOMB.at(file, reason=f"{len(entries)} files")]
    total = sum(entry.file_size for entry in entries)
    if total > UNPACKED_LIMIT:
        return None, [codes.BOMB.at(file, reason=f"{total} bytes")]
    parts: dict[str, bytes] = {}
    for entry in entries:
        if entry.flag_bits & 0x1:
            return None, [codes.PROTECTED.at(file)]
        packed = max(entry.compress_size, 1)
        heavy = entry.file_size > _RATIO_MATTERS_FROM and entry.file_size / packed > RATIO_LIMIT
        is_xml = entry.filename.endswith((".xml", ".rels"))
        if heavy or (is_xml and entry.file_size > PART_LIMIT):
            return None, [codes.BOMB.at(file, reason=f"{entry.filename}: {entry.file_size} bytes")]
        # zipfile stops at the declared size, and the checksum fails when there is more.
        parts[entry.filename] = archive.read(entry)
        if is_xml and _declares(parts[entry.filename]):
            return None, [codes.DECLARATIONS.at(file, part=entry.filename)]
    return Package(file, parts), []


def _declares(part: bytes) -> bool:
    """Whether the XML declares a document type, in any encoding that XML is written in."""
    plain = part.replace(b"\0", b"").upper()  # UTF-16 and UTF-32 of ASCII are ASCII with zeros
    return any(declaration in plain for declaration in _DECLARATIONS)


def _reason(error: Exception) -> str:
    return str(error).rstrip(".") or type(error).__name__
