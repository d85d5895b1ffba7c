"""The words of an EPUB's documents, read out of the finished file in the order of its spine."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from book.markdown.dom import classes
from book.markdown.plain import Words, tree_words
from book.markdown.tree import parse, q, serialise
from book.output.epub.moments import SCREEN_ONLY

CONTAINER = "META-INF/container.xml"
GENERATED = "generated"
"""The class of what the pipeline wrote and no source has."""

_CONTAINER = {"c": "urn:oasis:names:tc:opendocument:xmlns:container"}
_PACKAGE = {"opf": "http://www.idpf.org/2007/opf"}


def words_by_document(path: Path, *, generated: bool) -> dict[str, Words]:
    """The words of each document by its id: that of its root section, else its file's name.

    Without ``generated`` the labels, roles, numbers and credits that the pipeline wrote are
    left out; words for the screen alone always are. Raises zipfile.BadZipFile, KeyError for a
    file that is named and not there, lxml.etree.XMLSyntaxError.
    """
    found = {}
    for name, body in _bodies(path):
        section = body.find(q("section"))
        id = section.get("id") if section is not None else None
        found[id or posixpath.splitext(posixpath.basename(name))[0]] = _words(body, generated)
    return found


def words_by_chapter(path: Path, *, generated: bool) -> dict[str, Words]:
    """The words of each chapter's own text by its slug, without the opener around it.

    Raises what :func:`words_by_document` raises.
    """
    return {
        str(section.get("id")): _words(text, generated)
        for _, body in _bodies(path)
        for section in body.iterfind(q("section"))
        for text in section.iter(q("div"))
        if "chapter-body" in classes(text)
    }


def _bodies(path: Path) -> Iterator[tuple[str, etree._Element]]:
    """Name and ``body`` of every XHTML document, in the order of the spine."""
    with zipfile.ZipFile(path) as archive:
        container = etree.fromstring(archive.read(CONTAINER))
        rootfile = container.find(".//c:rootfile", _CONTAINER)
        assert rootfile is not None
        package_name = rootfile.get("full-path", "")
        package = etree.fromstring(archive.read(package_name))
        items = {
            item.get("id"): item.get("href", "")
            for item in package.iterfind(".//opf:manifest/opf:item", _PACKAGE)
        }
        for reference in package.iterfind(".//opf:spine/opf:itemref", _PACKAGE):
            href = items[reference.get("idref")]
            name = posixpath.join(posixpath.dirname(package_name), href)
            body = parse(archive.read(name).decode()).find(q("body"))
            if body is not None:
                yield name, body


def _words(body: etree._Element, generated: bool) -> Words:
    for element in body.iter(etree.Element):
        if GENERATED in classes(element):
            element.set("data-generated", "")
        if SCREEN_ONLY in classes(element):
            element.text = None
    return tree_words(serialise(body), generated=generated)
