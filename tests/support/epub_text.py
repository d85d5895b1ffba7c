"""The words of an EPUB's documents, read out of the finished file in the order of its spine."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from book.markdown.dom import classes
from book.markdown.plain import Words, tree_text, tree_words, words_of
from book.markdown.tree import EPUB_TYPE, parse, q
from book.output.epub.page import SCREEN_ONLY

CONTAINER = "META-INF/container.xml"
GENERATED = "generated"
"""The class of what the pipeline wrote and no source has."""

_MARK = "\ue000"
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


def words_by_page(path: Path) -> dict[str, tuple[str, ...]]:
    """The words of the main text from each page mark to the next, by the page's name, in order.

    Notes, which the EPUB has elsewhere than the page, are left out, and words for the screen alone.
    Words that stand before any mark have the name "". Raises ValueError for two marks of one name,
    and what :func:`words_by_document` raises.
    """
    found: dict[str, tuple[str, ...]] = {"": ()}
    last = ""
    for _, body in _bodies(path):
        names = []
        for element in body.iter(etree.Element):
            if "pagebreak" in (element.get(EPUB_TYPE) or "").split():
                names.append(element.get("aria-label", ""))
                element.text = _MARK
        text, _ = tree_text(_prepared(body), generated=True)
        before, *after = text.split(_MARK)
        found[last] += tuple(words_of(before))
        for last, words in zip(names, after, strict=True):
            if last in found:
                raise ValueError(f"two marks of a page {last!r}")
            found[last] = tuple(words_of(words))
    return found


def page_list(path: Path) -> list[tuple[str, str]]:
    """Name and address of every page in the list of pages, the address as seen from the spine."""
    return [
        (str(link.text), posixpath.normpath(posixpath.join(posixpath.dirname(name), href)))
        for name, body in _bodies(path)
        for nav in body.iter(q("nav"))
        if nav.get(EPUB_TYPE) == "page-list"
        for link in nav.iter(q("a"))
        if (href := link.get("href", ""))
    ]


def page_marks(path: Path) -> list[tuple[str, str]]:
    """Name and address of every page mark, in the order of the spine."""
    return [
        (element.get("aria-label", ""), f"{name}#{element.get('id')}")
        for name, body in _bodies(path)
        for element in body.iter(etree.Element)
        if element.get("role") == "doc-pagebreak"
    ]


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
    return tree_words(_prepared(body), generated=generated)


def _prepared(body: etree._Element) -> etree._Element:
    """``body`` with generated words marked as in the tree, and without those for the screen."""
    for element in body.iter(etree.Element):
        if GENERATED in classes(element):
            element.set("data-generated", "")
        if SCREEN_ONLY in classes(element):
            element.text = None
    return body
