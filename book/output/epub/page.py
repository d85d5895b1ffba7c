"""Makes XHTML files of the EPUB from documents of the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from book.compose.documents import Document, Matter
from book.findings import Finding
from book.markdown.dom import line_of
from book.markdown.tree import EPUB_TYPE, OPS, XHTML, XML_LANG, q
from book.messages import N_, translate
from book.output.epub.codes import DEAD_LINK, UNREADABLE_PICTURE
from book.output.epub.layout import STYLE_FILE, Layout
from book.output.epub.page_marks import PageMark, set_marks
from book.output.epub.tables import reflow

LINE = "data-line"
SVG = "http://www.w3.org/2000/svg"
MATHML = "http://www.w3.org/1998/Math/MathML"
_MATTER = {Matter.FRONT: "frontmatter", Matter.BODY: "bodymatter", Matter.BACK: "backmatter"}
_VOID = {q(tag) for tag in ("br", "col", "hr", "img", "link", "meta", "wbr")}
SCREEN_ONLY = "screen-only"
"""The class of words that only screens show. On a printed page the time stands in the margin."""
_VISIBLE = N_("Listen from {time}")
_NAMED = N_("Listen from {time}: {title}")
_HEADINGS = frozenset(q(f"h{level}") for level in range(1, 7))


@dataclass(frozen=True)
class Page:
    """An XHTML file: its address, its root, its manifest properties (EPUB 3.3, annex D.2)."""

    file: str
    root: etree._Element
    properties: tuple[str, ...]

    def serialised(self) -> bytes:
        """The file's bytes: UTF-8, with the XML declaration and the HTML document type.

        Removes ``data-line``, which the root has had until now.
        """
        etree.strip_attributes(self.root, LINE)
        # Old reading systems parse XHTML as HTML, where <td/> would never be closed.
        for element in self.root.iter(f"{{{XHTML}}}*"):
            if len(element) == 0 and element.text is None and element.tag not in _VOID:
                element.text = ""
        etree.cleanup_namespaces(self.root, keep_ns_prefixes=["epub"])
        return etree.tostring(
            self.root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>"
        )


def page_of(
    document: Document, layout: Layout, marks: Sequence[PageMark] = ()
) -> tuple[Page, list[Finding]]:
    """The XHTML file of ``document``, with the EPUB's addresses in links and pictures.

    Of ``marks`` those in ``document`` are set. Raises RuntimeError when its text is not the one
    that the PDF's pages were counted in.
    """
    section = document.tree.copy()
    # First: the marks are counted in the text, and the steps below add words to it.
    set_marks(section, [mark for mark in marks if mark.document == document.id])
    file = layout.files[document.id]
    findings = [
        *_point_links(section, file, layout, document.source),
        *_point_pictures(section, layout, document.source),
    ]
    name_moments(section, document.language)
    _leave_out_pipeline_attributes(section)
    for aside in section.iter(q("aside")):
        # An aside without a role is a landmark. A chapter's boxes would hide the real landmarks.
        if not aside.get("role"):
            aside.set("role", "note")
    for table in section.iter(q("table")):
        reflow(table, document.language)
    page = framed(file, document.title, document.language, _MATTER[document.matter], section)
    return page, findings


def framed(file: str, title: str, language: str, body_type: str, *content: etree._Element) -> Page:
    """``content`` in a whole XHTML document with the brand's style sheet."""
    prefixes: dict[str | None, str] = {None: XHTML, "epub": OPS}
    root = etree.Element(q("html"), nsmap=prefixes)  # type: ignore[arg-type]
    root.set("lang", language)
    root.set(XML_LANG, language)
    head = etree.SubElement(root, q("head"))
    etree.SubElement(head, q("meta"), charset="utf-8")
    etree.SubElement(head, q("title")).text = title
    etree.SubElement(head, q("link"), rel="stylesheet", type="text/css", href=STYLE_FILE)
    body = etree.SubElement(root, q("body"))
    if body_type:
        body.set(EPUB_TYPE, body_type)
    body.extend(content)
    return Page(file, root, _properties(root))


def _point_links(section: etree._Element, file: str, layout: Layout, source: str) -> list[Finding]:
    findings = []
    for link in section.iter(q("a")):
        target = link.get("href", "")
        if not target.startswith("#"):
            continue
        address = layout.href(target[1:], file)
        if address is None:
            findings.append(DEAD_LINK.at(source, line_of(link), target=target[1:]))
        else:
            link.set("href", address)
    return findings


def _point_pictures(section: etree._Element, layout: Layout, source: str) -> list[Finding]:
    findings = []
    for picture in section.iter(q("img")):
        path = picture.get("src", "")
        if not picture.get("alt") and picture.get("role") not in ("presentation", "none"):
            # An empty alt would declare the picture decorative, and no validator would report it.
            picture.attrib.pop("alt", "")
        if path.startswith("data:"):
            continue
        if path in layout.pictures:
            picture.set("src", layout.pictures[path])
        else:
            findings.append(
                UNREADABLE_PICTURE.at(source, line_of(picture), path=path, reason="not found")
            )
    return findings


def name_moments(section: etree._Element, language: str) -> None:
    """Give the link of a section's time words: «Listen from 12:35»; its name adds the heading.

    A page has the bare time in its margin. On a screen it would be a link of digits alone, whose
    purpose nobody could tell (WCAG 2.4.9). The name starts with the visible words (2.5.3).
    """
    for paragraph in section.iter(q("p")):
        link = paragraph[0] if len(paragraph) == 1 else None
        if link is None or link.tag != q("a") or paragraph.get("class") != "section-time":
            continue
        time = link.text or ""
        before, _, after = translate(_VISIBLE, language).partition("{time}")
        link.text = None if before else time
        for words, tail in ((before, time), (after, "")):
            if words:
                span = etree.SubElement(link, q("span"), {"class": SCREEN_ONLY})
                span.text, span.tail = words, tail
        heading = paragraph.getprevious()
        if heading is not None and heading.tag in _HEADINGS:
            title = " ".join("".join(str(text) for text in heading.itertext()).split())
            link.set("aria-label", translate(_NAMED, language).format(time=time, title=title))


def _leave_out_pipeline_attributes(section: etree._Element) -> None:
    """Remove ``data-*``. Elements that the pipeline generated get the class ``generated``.

    A turn keeps its ``data-time``: with it a program can find the words in the recording.
    ``data-line`` stays until the page is serialised, for :mod:`book.output.epub.origins`.
    """
    kept = {"data-time", LINE}
    for element in section.iter(f"{{{XHTML}}}*"):
        if "data-generated" in element.attrib:
            element.set("class", f"{element.get('class', '')} generated".strip())
        for name in [n for n in element.attrib if str(n).startswith("data-") and n not in kept]:
            del element.attrib[name]


def _properties(root: etree._Element) -> tuple[str, ...]:
    found = {SVG: "svg", MATHML: "mathml"}
    return tuple(
        name for uri, name in found.items() if next(root.iter(f"{{{uri}}}*"), None) is not None
    )
