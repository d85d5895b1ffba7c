"""Opens DOCX, ODT and PPTX files, which are zips of XML, within bounds of size.

The whole file is unpacked in memory before anything else reads it. From then on sizes are real
ones, not those that the zip's directory claims. Parts that declare a document type are refused:
entities can grow exponentially (billion laughs) or name external files (XXE), and no office program
writes a declaration.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from book.findings import Finding
from book.intake.documents import codes

FILE_LIMIT = 64_000_000
"""The most bytes of a document: about a hundred photographs."""
ENTRIES_LIMIT = 4_000
"""The most entries of a zip."""
UNPACKED_LIMIT = 256_000_000
"""The most bytes of all entries unpacked."""
PART_LIMIT = 48_000_000
"""The most bytes of one XML part: a book of several thousand pages."""
RATIO_LIMIT = 250
"""The highest compression ratio of an entry; XML reaches about thirty."""
_RATIO_MATTERS_FROM = 1_000_000
"""Bytes unpacked, below which the ratio is not looked at: small parts may compress that well."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of Office files from before 2007, and of encrypted newer ones (MS-CFB, 2.2)."""
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")


@dataclass(frozen=True)
class Package:
    """The unpacked parts of a zip by name; ``file`` is the file's name for findings."""

    file: str
    parts: Mapping[str, bytes]

    def xml(self, name: str) -> etree._Element | None:
        """The root element of a part; None when it is missing or not well-formed."""
        if name not in self.parts:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            return etree.fromstring(self.parts[name], parser)
        except (etree.XMLSyntaxError, ValueError):
            return None


def open_package(content: bytes, file: str) -> tuple[Package | None, list[Finding]]:
    """Unpack a zip. Returns None, with a finding, when it is damaged, protected or unsafe."""
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
    """Unpack all entries, within the limits; sizes are checked before an entry is unpacked."""
    entries = archive.infolist()
    if len(entries) > ENTRIES_LIMIT:
        return None, [codes.BOMB.at(file, reason=f"{len(entries)} files")]
    total = sum(entry.file_size for entry in entries)
    if total > UNPACKED_LIMIT:
        return None, [codes.BOMB.at(file, reason=f"{total} bytes")]
    parts: dict[str, bytes] = {}
    for entry in entries:
        if entry.flag_bits & 0x1:  # encrypted (APPNOTE.TXT, 4.4.4)
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
    """Whether the XML declares a document type or an entity, in any encoding of XML."""
    # ASCII in UTF-16 or UTF-32 is ASCII with zero bytes between.
    plain = part.replace(b"\0", b"").upper()
    return any(declaration in plain for declaration in _DECLARATIONS)


def _reason(error: Exception) -> str:
    return str(error).rstrip(".") or type(error).__name__
