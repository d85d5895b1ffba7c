"""Writes the EPUB of a book: the entry of this package."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ebooklib import epub
from lxml import etree

from book.compose.documents import Book, TocEntry
from book.compose.notice import in_language
from book.findings import Finding, in_order
from book.markdown.tree import EPUB_TYPE, XML_LANG, q
from book.messages import N_, translate
from book.output.epub.accessibility import Claims, claims_of, unclaimed
from book.output.epub.archive import files_of, reproducible
from book.output.epub.codes import FOREIGN_PICTURE, UNREADABLE_PICTURE
from book.output.epub.facts import facts_of
from book.output.epub.layout import (
    COVER_PICTURE,
    NAV_FILE,
    STYLE_FILE,
    Layout,
    lay_out,
    shown_documents,
)
from book.output.epub.metadata import add_metadata
from book.output.epub.nav import entry_words, nav_page
from book.output.epub.origins import Origin, origin_of
from book.output.epub.page import Page, framed, page_of
from book.output.epub.page_list import PAGE_SOURCE, add_ncx_pages
from book.output.epub.page_marks import PageMark, page_marks
from book.output.epub.style import EmbeddedFont, embedded_fonts, style_sheet
from book.output.page_turn import PageTurn, source_of_pages

# EPUB 3.3, section 3.2, core media types of pictures.
_PICTURE_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
_COVER_ALT = N_("Cover: {words}")


@dataclass(frozen=True)
class EpubBook:
    """The finished EPUB, its claims of accessibility, and the origins of its documents.

    ``origins`` are by the documents' addresses relative to the package document.
    """

    epub: bytes
    claims: Claims
    origins: Mapping[str, Origin]


def epub_book(
    book: Book, cover_jpeg: bytes, turns: Sequence[PageTurn] = ()
) -> tuple[EpubBook, list[Finding]]:
    """The EPUB 3.3 of ``book``, with ``cover_jpeg`` (1600×2560 px) for its cover.

    ``turns`` say where the pages of the same build's PDF begin. Without them there is no list of
    pages. The same arguments give the same bytes. Findings are in the order of their places; if
    one is an error, the EPUB must not be published. Raises RuntimeError when the text of a document
    is not the one that the pages were counted in.
    """
    layout = lay_out(book)
    marks = page_marks(book, layout, turns)
    findings: list[Finding] = []
    pages: list[Page] = []
    for document in shown_documents(book):
        page, found = page_of(document, layout, marks)
        pages.append(page)
        findings += found
    cover = _cover_page(book, layout, marks)
    nav, found = nav_page(book, layout, marks)
    fonts, font_findings = embedded_fonts(book.loaded)
    css, style_findings = style_sheet(book.loaded, fonts)
    pictures, picture_findings = _pictures(book, layout)
    findings += [*found, *font_findings, *style_findings, *picture_findings]

    documents = list(zip(pages, shown_documents(book), strict=True))
    origins = {page.file: origin_of(page, document) for page, document in documents}
    facts = facts_of(
        [(page, document.source) for page, document in documents],
        nav,
        css,
        {href: content for href, _, content in pictures},
        book.loaded,
        cover,
    )
    # The claims rest on the finished pages, so they come after all that changes pages.
    claims = claims_of(facts, book.loaded.edition.language)
    findings += unclaimed(facts)
    package = epub.EpubBook()
    add_metadata(package, book, claims, has_fonts=bool(fonts))
    package.set_cover(COVER_PICTURE, cover_jpeg, create_page=False)
    _add_pages(package, [cover, *pages], nav, layout)
    package.add_item(epub.EpubItem("style", STYLE_FILE, "text/css", css.encode()))
    _add_files(package, pictures, fonts)
    _add_ncx(package, book, layout)
    if marks:
        package.add_metadata(None, "meta", source_of_pages(book), {"property": PAGE_SOURCE})
    epub_bytes = reproducible(_files(package, book.loaded.edition.date, marks))
    return EpubBook(epub_bytes, claims, origins), in_order(findings)


def _files(
    package: epub.EpubBook, date: datetime.date, marks: Sequence[PageMark]
) -> dict[str, bytes]:
    """The files that ebooklib makes of ``package``; ``dcterms:modified`` is ``date``, 00:00 UTC.

    ebooklib cannot write the language of the package document and the pages of the NCX: they are
    added to its files.
    """
    target = io.BytesIO()
    modified = datetime.datetime.combine(date, datetime.time())
    # Without raise_exceptions ebooklib only warns when it cannot write.
    epub.write_epub(target, package, {"raise_exceptions": True, "mtime": modified})
    files = files_of(target.getvalue())
    name = f"{package.FOLDER_NAME}/content.opf"
    root = etree.fromstring(files[name])
    root.set(XML_LANG, package.language)
    files[name] = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    if marks:
        ncx = f"{package.FOLDER_NAME}/toc.ncx"
        files[ncx] = add_ncx_pages(files[ncx], marks)
    return files


def _cover_page(book: Book, layout: Layout, marks: Sequence[PageMark]) -> Page:
    """The page with the cover's picture, whose alternative text has the words on the cover."""
    edition = book.loaded.edition
    language = edition.language
    funded = [programme for programme in book.loaded.programmes if programme.has_notice]
    statements = (in_language(programme.statement, language) for programme in funded)
    seen = edition.cover.alt if edition.cover else None
    words = ". ".join(
        w for w in (edition.title, edition.subtitle, edition.publisher, seen, *statements) if w
    )
    section = etree.Element(q("section"), id="cover")
    section.set("class", "cover")
    section.set(EPUB_TYPE, "cover")
    picture = etree.SubElement(section, q("img"), src=COVER_PICTURE, role="doc-cover")
    picture.set("alt", translate(_COVER_ALT, language).format(words=words))
    on_cover = [mark for mark in marks if mark.file == layout.files["cover"]]
    section[0:0] = [mark.element("div") for mark in on_cover]
    title = f"{translate(N_('Cover'), language)}: {edition.title}"
    return framed(layout.files["cover"], title, language, "frontmatter", section)


def _add_pages(package: epub.EpubBook, pages: list[Page], nav: Page, layout: Layout) -> None:
    """Add the pages and the nav document to the manifest and the spine of ``package``."""
    items = {}
    for page in [*pages, nav]:
        item = epub.EpubItem(
            "nav" if page.file == NAV_FILE else f"page-{PurePosixPath(page.file).stem}",
            page.file,
            "application/xhtml+xml",
            page.serialised(),
        )
        # Plain items, because EpubHtml parses its content again as HTML and loses attributes.
        item.properties = ["nav", *page.properties] if page is nav else list(page.properties)
        items[page.file] = package.add_item(item)
    package.spine = [items[file] for file in layout.reading_order]


def _pictures(book: Book, layout: Layout) -> tuple[list[tuple[str, str, bytes]], list[Finding]]:
    """Address, media type and bytes of each picture that can be packed; findings on the others."""
    packed = []
    findings = []
    for path, href in layout.pictures.items():
        media_type = _PICTURE_TYPES.get(PurePosixPath(href).suffix.lower())
        if media_type is None:
            findings.append(FOREIGN_PICTURE.at(book.loaded.file, path=path))
            continue
        try:
            packed.append((href, media_type, Path(book.pictures[path]).read_bytes()))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            findings.append(UNREADABLE_PICTURE.at(book.loaded.file, path=path, reason=reason))
    return packed, findings


def _add_files(
    package: epub.EpubBook,
    pictures: list[tuple[str, str, bytes]],
    fonts: tuple[EmbeddedFont, ...],
) -> None:
    for number, (href, media_type, content) in enumerate(pictures, start=1):
        package.add_item(epub.EpubItem(f"picture-{number}", href, media_type, content))
    for number, font in enumerate(fonts, start=1):
        package.add_item(epub.EpubItem(f"font-{number}", font.href, font.media_type, font.content))


def _add_ncx(package: epub.EpubBook, book: Book, layout: Layout) -> None:
    """Add the NCX, the table of contents of EPUB 2.

    EPUB 3 systems ignore it. E-readers with old engines, to which public libraries still lend,
    have no other menu.
    """
    ncx = etree.fromstring(epub.NCX_XML)
    ncx.set(XML_LANG, book.loaded.edition.language)
    package.set_template("ncx", etree.tostring(ncx.getroottree()))
    number = 0

    def points(entries: tuple[TocEntry, ...]) -> list[Any]:
        nonlocal number
        listed: list[Any] = []
        for entry in entries:
            href = layout.href(entry.anchor) or NAV_FILE
            if entry.children:
                section = epub.Section(entry_words(entry), href)
                listed.append((section, points(entry.children)))
            else:
                number += 1
                listed.append(epub.Link(href, entry_words(entry), f"entry-{number}"))
        return listed

    package.toc = points(book.toc)
    package.add_item(epub.EpubNcx())
