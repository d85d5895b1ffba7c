"""The list of the PDF's pages for the nav document (EPUB 3.3, section 7.4.3), and for the NCX."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from book.compose.documents import Document
from book.markdown.dom import name
from book.markdown.tree import EPUB_TYPE, q
from book.messages import N_, translate
from book.output.epub.layout import Layout
from book.output.epub.page_marks import PageMark, place_of

PAGE_SOURCE = "pageBreakSource"
"""The property that names the source of the pages (EPUB Accessibility 1.1, section 3.3.2)."""
NCX = "http://www.daisy.org/z3986/2005/ncx/"
_PAGES = N_("Pages of the PDF")


def page_list(marks: Sequence[PageMark], language: str) -> etree._Element:
    """The nav element with a link to each mark. Reading systems show it in their menus."""
    nav = etree.Element(q("nav"), id="page-list", role="doc-pagelist", hidden="hidden")
    nav.set(EPUB_TYPE, "page-list")
    nav.set("aria-labelledby", "page-list.title")
    heading = etree.SubElement(nav, q("h2"), id="page-list.title")
    heading.text = translate(_PAGES, language)
    listed = etree.SubElement(nav, q("ol"))
    for mark in marks:
        entry = etree.SubElement(listed, q("li"))
        link = etree.SubElement(entry, q("a"), href=f"{mark.file}#{mark.id}")
        link.text = mark.label
    return nav


def mark_contents(
    toc: etree._Element, contents: Document, marks: Sequence[PageMark], layout: Layout
) -> list[etree._Element]:
    """Mark in ``toc``, the nav element, where the pages of the printed contents begin.

    Returns the marks to put before ``toc``: those of pages that begin before the first entry. The
    others are put into the link of the entry that their page begins with, because an entry may hold
    nothing besides its link (EPUB 3.3, section 7.2). Raises RuntimeError when ``toc`` has no such
    entry.
    """
    section = contents.tree.root
    before = []
    for mark in reversed(marks):
        if mark.offset == 0:
            before.append(mark.element("div"))
            continue
        place = place_of(section, mark)
        lines = [] if place is None else [e for e in place.iterancestors() if name(e) == "li"]
        entry = next(lines[0].iter(q("a")), None) if lines else None
        href = None if entry is None else layout.href(entry.get("href", "").removeprefix("#"))
        link = next((a for a in toc.iter(q("a")) if a.get("href") == href), None)
        if link is None:
            raise RuntimeError(f"page {mark.label} begins with no entry of the contents")
        element = mark.element("span")
        element.tail, link.text = link.text, None
        link.insert(0, element)
    return before[::-1]


def add_ncx_pages(ncx: bytes, marks: Sequence[PageMark]) -> bytes:
    """The NCX, the table of contents of EPUB 2, with a list of pages (Z39.86, section 8.4.4)."""
    root = etree.fromstring(ncx)
    highest = max((mark.label for mark in marks if mark.label.isdigit()), key=int, default="0")
    counts = {"dtb:totalPageCount": str(len(marks)), "dtb:maxPageNumber": highest}
    for meta in root.iter(f"{{{NCX}}}meta"):
        meta.set("content", counts.get(meta.get("name", ""), meta.get("content", "")))
    listed = etree.SubElement(root, f"{{{NCX}}}pageList")
    for mark in marks:
        kind = "normal" if mark.label.isdigit() else "front"
        target = etree.SubElement(listed, f"{{{NCX}}}pageTarget", {"id": mark.id, "type": kind})
        if mark.label.isdigit():
            target.set("value", mark.label)
        label = etree.SubElement(target, f"{{{NCX}}}navLabel")
        etree.SubElement(label, f"{{{NCX}}}text").text = mark.label
        etree.SubElement(target, f"{{{NCX}}}content", src=f"{mark.file}#{mark.id}")
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
