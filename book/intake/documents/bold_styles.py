"""Paragraphs in bold by their style: pandoc reads the boldness of words, not that of styles.

LibreOffice puts the look of a whole paragraph into a style of its own, and people make styles
«Titoletto» that are bold and no headings: to the eye both are headings.
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
    """Set in bold the paragraphs at the top of the tree whose style in the package is bold."""
    bold = set(_word(package)) | set(_open_document(package))
    for block in blocks:
        if is_paragraph(block) and bold and text_of([block]) in bold:
            is_strong = len(block["c"]) == 1 and block["c"][0]["t"] == "Strong"
            block["c"] = block["c"] if is_strong else [node("Strong", block["c"])]


def _word(package: Package) -> Iterator[str]:
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
    return switch is not None and switch.get(f"{_W}val", "1") not in ("0", "false")


def _open_document(package: Package) -> Iterator[str]:
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
