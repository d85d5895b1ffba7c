"""The structure of one page of a tagged PDF, as PDFium reads it.

Whoever calls holds :data:`book.output.pictures.raster.PDFIUM`.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_INLINE = {"Span", "Link", "NonStruct", "Quote", "Code", "Reference", "Em", "Strong", "Figure"}
_DEEPEST = 64


@dataclass(frozen=True)
class Element:
    """A structure element: its type, alternative text, own marked content, and what is in it."""

    kind: str
    alt: str
    mcids: tuple[int, ...]
    kids: tuple[Element, ...]

    def elements(self) -> Iterator[Element]:
        """The element itself and all within it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.elements()

    def all_mcids(self) -> list[int]:
        """The marked content of this element and of all within it."""
        return [mcid for element in self.elements() for mcid in element.mcids]

    def blocks(self) -> Iterator[Element]:
        """The innermost elements that are no part of a line and hold content, in order."""
        inner = [kid for kid in self.kids if kid.kind not in _INLINE]
        if not inner:
            yield self
            return
        for kid in self.kids:
            yield from kid.blocks()


def page_structure(page: pypdfium2.PdfPage) -> Element:
    """The structure of ``page``; an element without content where the PDF has none."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return Element("Document", "", (), ())
    try:
        count = pdfium.FPDF_StructTree_CountChildren(tree)
        raws = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(count)]
        kids = [_element(raw, 0) for raw in raws if raw]
        return Element("Document", "", (), tuple(kid for kid in kids if kid.all_mcids()))
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _element(raw: Any, depth: int) -> Element:
    count = pdfium.FPDF_StructElement_CountChildren(raw)
    mcids, kids = [], []
    for n in range(count):
        mcid = pdfium.FPDF_StructElement_GetChildMarkedContentID(raw, n)
        if mcid >= 0:
            mcids.append(mcid)
        elif depth < _DEEPEST and (kid := pdfium.FPDF_StructElement_GetChildAtIndex(raw, n)):
            kids.append(_element(kid, depth + 1))
    return Element(
        _string(pdfium.FPDF_StructElement_GetType, raw),
        _string(pdfium.FPDF_StructElement_GetAltText, raw),
        tuple(mcids),
        tuple(kid for kid in kids if kid.mcids or kid.kids),
    )


def _string(read: Any, raw: Any) -> str:
    length = read(raw, None, 0)
    buffer = ctypes.create_string_buffer(length)
    read(raw, buffer, length)
    return buffer.raw[:length].decode("utf-16-le").rstrip("\0")
