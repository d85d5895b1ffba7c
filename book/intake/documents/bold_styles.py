"""Sets in bold the paragraphs that are bold by their style, which pandoc does not read.

Pandoc reads direct formatting of words only. LibreOffice puts the formatting of a whole paragraph
into an automatic style, and people define styles such as «Titoletto» that are bold without being
headings. Both look like headings, and the pass ``headings`` makes headings of bold lines.

Pandoc's tree has no reference to the paragraph in the file, so paragraphs are matched by text.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from book.intake.documents.ast import Blocks, is_paragraph, node, text_of
from book.intake.documents.package import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"


def embolden(blocks: Blocks, package: Package) -> None:
    """Set in bold the paragraphs at the top level of the tree whose style is bold."""
    bold = set(_word(package)) | set(_open_document(package))
    for block in blocks:
        if is_paragraph(block) and bold and text_of([block]) in bold:
            is_strong = len(block["c"]) == 1 and block["c"][0]["t"] == "Strong"
            block["c"] = block["c"] if is_strong else [node("Strong", block["c"])]


def _word(package: Package) -> Iterator[str]:
    """The texts of paragraphs in bold styles, in a Word file."""
    styles, body = package.xml("word/styles.xml"), package.xml("word/document.xml")
    if styles is None or body is None:
        return
    bold = {
        style.get(f"{_W}styleId")
        for style in styles.iter(f"{_W}style")
        if style.get(f"{_W}type") == "paragraph" and _is_on(style.find(f"{_W}rPr/{_W}b"))
    }
    for paragraph in body.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if style is not None and style.get(f"{_W}val") in bold:
            yield _plain("".join(text.text or "" for text in paragraph.iter(f"{_W}t")))


def _is_on(switch: etree._Element | None) -> bool:
    """Whether a property that is on or off is on. An element without ``val`` means on."""
    return switch is not None and switch.get(f"{_W}val", "1") not in ("0", "false")


def _open_document(package: Package) -> Iterator[str]:
    """The texts of paragraphs in bold styles, in an OpenDocument file."""
    body, styles = package.xml("content.xml"), package.xml("styles.xml")
    if body is None:
        return
    bold = {
        style.get(f"{_STYLE}name")
        for root in (body, styles)
        if root is not None
        for style in root.iter(f"{_STYLE}style")
        if style.get(f"{_STYLE}family") == "paragraph" and _weighs(style)
    }
    for paragraph in body.iter(f"{_TEXT}p"):
        if paragraph.get(f"{_TEXT}style-name") in bold:
            yield _plain("".join(map(str, paragraph.itertext())))


def _weighs(style: etree._Element) -> bool:
    look = style.find(f"{_STYLE}text-properties")
    return look is not None and look.get(f"{_FO}font-weight") == "bold"


def _plain(text: str) -> str:
    return " ".join(text.split())
