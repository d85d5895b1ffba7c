"""The text of a page of a PDF, with its face, size, colour and place.

PDFium's text page is made for copying text. It guesses: a hyphen at the end of a line, of whatever
kind, becomes U+0002; text that is painted twice comes once; the texts of a line come from left to
right. It does so between text objects, so here it never sees more than one of them.
"""

from __future__ import annotations

import ctypes
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import pypdfium2.raw as pdfium
from pikepdf import Matrix
from pypdfium2 import PdfPage

from book.readback.geometry import MM, Box, Point, bounds
from book.readback.pdf.objects import Context, PageObject, colour, page_objects, to_page

NO_CHARACTER = "\ufffd"
"""Stands for a glyph whose font does not say which character it is (ISO 32000-1, 9.10)."""


@dataclass(frozen=True)
class TextRun:
    """The characters of one text object, which all have one font and one style.

    ``font`` is the PostScript name, with the tag of a subset; ``flags`` are those of the font's
    descriptor (ISO 32000-1, 9.8.2), ``render_mode`` is that of 9.3.6. ``size`` is in pt, matrices
    applied. ``start`` is where the baseline begins, ``width`` how far the pen moves; ``box`` is
    around the letters, without white space beside them, None when there are none. ``spacing`` is
    the median gap between letters. Lengths are in mm.
    """

    text: str
    context: Context
    font: str
    flags: int
    italic_angle: int
    size: float
    colour: str
    render_mode: int
    matrix: Matrix
    start: Point
    width: float
    box: Box | None
    spacing: float

    @property
    def slant(self) -> float:
        """How far the matrix leans the letters, whatever the font's own design; 0 for upright."""
        m = self.matrix
        upright = abs(m.a * m.d - m.b * m.c) or 1.0
        return (m.a * m.c + m.b * m.d) / upright


def page_texts(page: PdfPage) -> list[TextRun]:
    """The text of ``page`` in the order of painting, furniture and all."""
    found = [o for o in page_objects(page) if o.source.type == pdfium.FPDF_PAGEOBJ_TEXT]
    # A text page holds the active text objects. So all are switched off, and each is read alone.
    # This changes the opened page only, which is closed after the question.
    for one in found:
        pdfium.FPDFPageObj_SetIsActive(one.source, False)
    placed = to_page(page)
    texts = []
    for one in found:
        pdfium.FPDFPageObj_SetIsActive(one.source, True)
        text_page = pdfium.FPDFText_LoadPage(page)
        try:
            characters = list(_characters(text_page))
        finally:
            pdfium.FPDFText_ClosePage(text_page)
            pdfium.FPDFPageObj_SetIsActive(one.source, False)
        # An object without characters of its own draws nothing.
        if not all(character.generated for character in characters):
            texts.append(_text(one, characters, placed))
    return texts


class _Character(NamedTuple):
    """A code unit of UTF-16, and in pt where it is on the page.

    The box goes from descender to ascender, and is as wide as the pen moves.
    """

    unit: int
    generated: bool
    left: float
    bottom: float
    right: float
    top: float
    origin: Point
    is_letter: bool


def _characters(text_page: object) -> Iterator[_Character]:
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    for n in range(pdfium.FPDFText_CountChars(text_page)):
        unit = pdfium.FPDFText_GetUnicode(text_page, n)
        if pdfium.FPDFText_HasUnicodeMapError(text_page, n) == 1:
            unit = ord(NO_CHARACTER)
        generated = pdfium.FPDFText_IsGenerated(text_page, n) == 1
        pdfium.FPDFText_GetLooseCharBox(text_page, n, box)
        pdfium.FPDFText_GetCharOrigin(text_page, n, x, y)
        sides = (box.left, box.bottom, box.right, box.top)
        yield _Character(unit, generated, *sides, (x.value, y.value), not chr(unit).isspace())


def _text(one: PageObject, found: Sequence[_Character], placed: Matrix) -> TextRun:
    drawn = [character for character in found if not character.generated]
    # PDFium generates a space where it sees a gap. If the gap is before a space of the text, PDFium
    # drops that one, and then nothing is drawn at the origin of the generated one.
    origins = {character.origin for character in drawn}
    kept = [c for c in found if not c.generated or c.origin not in origins]
    font = one.source.get_font()
    angle = ctypes.c_int()
    pdfium.FPDFFont_GetItalicAngle(font, angle)
    start = placed.transform(min(character.origin for character in drawn))
    end, _ = placed.transform((max(character.right for character in drawn), 0))
    return TextRun(
        text=_decoded(kept),
        context=one.context,
        font=font.get_base_name(),
        flags=pdfium.FPDFFont_GetFlags(font),
        italic_angle=angle.value,
        size=one.source.get_font_size() * one.height / MM,
        colour=colour(pdfium.FPDFPageObj_GetFillColor, one.source),
        render_mode=pdfium.FPDFTextObj_GetTextRenderMode(one.source),
        matrix=one.matrix,
        start=start,
        width=end - start[0],
        box=_box([character for character in drawn if character.is_letter], placed),
        spacing=_spacing(kept) * MM,
    )


def _decoded(characters: Sequence[_Character]) -> str:
    # PDFium counts code units: a character beyond U+FFFF is two surrogates, which are joined here.
    units = "".join(chr(character.unit) for character in characters)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _box(letters: Sequence[_Character], placed: Matrix) -> Box | None:
    if not letters:
        return None
    lower = min(c.left for c in letters), min(c.bottom for c in letters)
    upper = max(c.right for c in letters), max(c.top for c in letters)
    return bounds([placed.transform(lower), placed.transform(upper)])


def _spacing(characters: Sequence[_Character]) -> float:
    """The median gap between letters that stand side by side; 0 where none do."""
    gaps = [
        after.origin[0] - before.right
        for before, after in pairwise(characters)
        if before.is_letter and after.is_letter
    ]
    return statistics.median(gaps) if gaps else 0.0
