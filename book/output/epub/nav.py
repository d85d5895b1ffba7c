"""The navigation document: contents, landmarks and list of pages (EPUB 3.3, section 7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from book.compose.documents import Book, Kind, Matter, TocEntry
from book.findings import Finding
from book.markdown.tree import EPUB_TYPE, q
from book.messages import N_, translate
from book.output.epub.codes import DEAD_LINK
from book.output.epub.layout import NAV_FILE, Layout, shown_documents
from book.output.epub.page import Page, framed
from book.output.epub.page_list import mark_contents, page_list
from book.output.epub.page_marks import PageMark

_CONTENTS = N_("Contents")
_LANDMARKS = N_("Landmarks")
_COVER = N_("Cover")
_TITLE_PAGE = N_("Title page")
_COLOPHON = N_("Colophon")
_BEGINNING = N_("Beginning of the text")


def nav_page(
    book: Book, layout: Layout, marks: Sequence[PageMark] = ()
) -> tuple[Page, list[Finding]]:
    """The nav document, and a finding for each entry whose id no file has.

    With ``marks`` it has a list of pages. It also has the marks of the pages of the printed
    contents, whose place it takes. Raises RuntimeError when such a mark has no entry to stand in.
    """
    language = book.loaded.edition.language
    title = translate(_CONTENTS, language)
    toc = etree.Element(q("nav"), id="toc", role="doc-toc")
    toc.set(EPUB_TYPE, "toc")
    toc.set("aria-labelledby", "toc.title")
    etree.SubElement(toc, q("h1"), id="toc.title").text = title
    findings = _list(toc, book.toc, layout, book.loaded.file)
    landmarks = etree.Element(q("nav"), id="landmarks", hidden="hidden")
    landmarks.set(EPUB_TYPE, "landmarks")
    landmarks.set("aria-labelledby", "landmarks.title")
    heading = etree.SubElement(landmarks, q("h2"), id="landmarks.title")
    heading.text = translate(_LANDMARKS, language)
    listed = etree.SubElement(landmarks, q("ol"))
    for epub_type, href, name in _landmarks(book, layout):
        link = etree.SubElement(etree.SubElement(listed, q("li")), q("a"), href=href)
        link.set(EPUB_TYPE, epub_type)
        link.text = translate(name, language)
    content = [toc, landmarks]
    for contents in (d for d in book.documents if d.kind is Kind.CONTENTS):
        own = [mark for mark in marks if mark.document == contents.id]
        content = [*mark_contents(toc, contents, own, layout), *content]
    if marks:
        content.append(page_list(marks, language))
    return framed(NAV_FILE, title, language, "frontmatter", *content), findings


def entry_words(entry: TocEntry) -> str:
    """An entry in one line: «Parte prima. Titolo»."""
    return f"{entry.label}. {entry.text}" if entry.label else entry.text


def _list(
    parent: etree._Element, entries: Iterable[TocEntry], layout: Layout, source: str
) -> list[Finding]:
    """Add a list of ``entries`` and of those below them; a finding for each dead link."""
    findings = []
    listed = etree.SubElement(parent, q("ol"))
    for entry in entries:
        item = etree.SubElement(listed, q("li"))
        if entry.label is not None:
            item.set("class", "toc-part")
        href = layout.href(entry.anchor)
        if href is None:
            findings.append(DEAD_LINK.at(source, target=entry.anchor))
        link = etree.SubElement(item, q("a"), href=href or NAV_FILE)
        if entry.label:
            label = etree.SubElement(link, q("span"))
            label.set("class", "toc-label")
            label.text, label.tail = f"{entry.label}.", f" {entry.text}"
        else:
            link.text = entry.text
        if entry.children:
            findings += _list(item, entry.children, layout, source)
    return findings


def _landmarks(book: Book, layout: Layout) -> list[tuple[str, str, str]]:
    """Type, address and name of each landmark, in the order of the spine."""
    documents = shown_documents(book)
    found = {layout.files["cover"]: ("cover", _COVER), NAV_FILE: ("toc", _CONTENTS)}
    for document in documents:
        if document.kind is Kind.TITLE_PAGE:
            found[layout.files[document.id]] = ("titlepage", _TITLE_PAGE)
        elif document.kind is Kind.COLOPHON:
            found[layout.files[document.id]] = ("colophon", _COLOPHON)
    body = next((d for d in documents if d.matter is Matter.BODY), None)
    if body is not None:
        found[layout.files[body.id]] = ("bodymatter", _BEGINNING)
    return [
        (found[file][0], file, found[file][1]) for file in layout.reading_order if file in found
    ]
