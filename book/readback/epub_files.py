"""What an EPUB holds: its files with their media types, and the order of its documents."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

CONTAINER = "META-INF/container.xml"

_CONTAINER = {"c": "urn:oasis:names:tc:opendocument:xmlns:container"}
_PACKAGE = {"opf": "http://www.idpf.org/2007/opf"}


@dataclass(frozen=True)
class PackedFile:
    """A publication resource: its media type as the manifest gives it, and its bytes."""

    media_type: str
    content: bytes


@dataclass(frozen=True)
class EpubFiles:
    """The publication resources by their names in the archive.

    ``package`` is the name of the package document; ``spine`` the names of the documents in
    reading order, those that are not linear (EPUB 3.3, section 5.7.2) after all others.
    """

    package: str
    files: dict[str, PackedFile]
    spine: tuple[str, ...]


def epub_files(path: Path) -> EpubFiles:
    """Read an EPUB. Files that the manifest names and the archive has not are left out.

    Raises zipfile.BadZipFile, lxml.etree.XMLSyntaxError, KeyError without container, package
    document or an item that the spine names.
    """
    with zipfile.ZipFile(path) as archive:
        container = etree.fromstring(archive.read(CONTAINER))
        rootfile = container.find(".//c:rootfile", _CONTAINER)
        if rootfile is None:
            raise KeyError("rootfile")
        package_name = rootfile.get("full-path", "")
        package = etree.fromstring(archive.read(package_name))
        folder = posixpath.dirname(package_name)
        names = set(archive.namelist())
        items = {}
        files = {}
        # Addresses in the manifest are URLs relative to the package document: percent-encoded, with
        # "..". Names in the archive are neither.
        for item in package.iterfind(".//opf:manifest/opf:item", _PACKAGE):
            name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
            items[item.get("id")] = name
            if name in names:
                files[name] = PackedFile(item.get("media-type", ""), archive.read(name))
    references = package.findall(".//opf:spine/opf:itemref", _PACKAGE)
    # A stable sort: within the two groups the order of the spine stays.
    references.sort(key=lambda reference: reference.get("linear") == "no")
    return EpubFiles(package_name, files, tuple(items[r.get("idref")] for r in references))
