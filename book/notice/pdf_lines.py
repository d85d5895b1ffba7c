"""The words of a page of a PDF with the looks that a notice is judged by.

Whoever calls holds :data:`book.output.pictures.raster.PDFIUM`.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import re
import statistics
from dataclasses import dataclass, replace

import pypdfium2
import pypdfium2.raw as pdfium

from book.notice.evidence import Box, Words
from book.notice.pdf_objects import MM, Painted, TextObject, address_of, around, to_page
from book.readback.pdf_graphics import Matrix

_ITALIC, _FORCE_BOLD = 1 << 6, 1 << 18
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(
    r"[-, ]*(?:Thin|Extra ?Light|Light|Regular|Roman|Book|Medium|Semi[ -]?Bold|Demi[ -]?Bold|Bold|"
    r"Extra[ -]?Bold|Black|Heavy|Italic|Oblique|MT|PSMT|PS)+$",
    re.IGNORECASE,
)
_SPACED = 0.03
"""Space between letters, in ems, from which on they count as spaced out."""
_LEANING = math.tan(math.radians(4))
_OUTLINED, _INVISIBLE = {1, 2, 5, 6}, {3, 7}


@dataclass(frozen=True)
class Line:
    """Words of one text object, and the marked content that they belong to."""

    words: Words
    mcid: int
    baseline: float
    """mm from the page's upper edge."""


@dataclass
class _Glyph:
    character: str
    box: Box
    origin: tuple[float, float]


def page_lines(
    page: pypdfium2.PdfPage, texts: dict[int, TextObject], painted: list[Painted]
) -> list[Line]:
    """The lines of ``page`` in painting order, with their underlines found among ``painted``."""
    text_page = page.get_textpage()
    try:
        lines = _lines(text_page, texts, to_page(page))
    finally:
        text_page.close()
    rules = [p.box for p in painted if _is_rule(p)]
    lines = [_ruled(line, rules) for line in lines]
    return [_doubled(line, lines) for line in lines]


def _lines(
    text_page: pypdfium2.PdfTextPage, texts: dict[int, TextObject], placed: Matrix
) -> list[Line]:
    raw = text_page.raw
    owners: list[tuple[int, int]] = []
    for index in range(text_page.count_chars()):
        if pdfium.FPDFText_IsGenerated(raw, index) != 1:
            owners.append((address_of(pdfium.FPDFText_GetTextObject(raw, index)), index))
    lines = []
    for address, group in itertools.groupby(owners, key=lambda owner: owner[0]):
        text = texts.get(address)
        glyphs = [_glyph(raw, index, placed) for _, index in group]
        if text is not None and any(glyph.character.strip() for glyph in glyphs):
            lines.append(_line(text, glyphs))
    return lines


def _glyph(raw: pdfium.FPDF_TEXTPAGE, index: int, placed: Matrix) -> _Glyph:
    loose = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(raw, index, loose)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
    left, top = placed.point(loose.left, loose.top)
    right, bottom = placed.point(loose.right, loose.bottom)
    character = chr(pdfium.FPDFText_GetUnicode(raw, index))
    box = Box(min(left, right), min(top, bottom), abs(right - left), abs(bottom - top))
    return _Glyph(character, box, placed.point(x.value, y.value))


def _line(text: TextObject, glyphs: list[_Glyph]) -> Line:
    inked = [glyph for glyph in glyphs if glyph.character.strip()]
    words = Words(
        text="".join(glyph.character for glyph in glyphs).replace("\xad", ""),
        box=around([glyph.box for glyph in inked]),
        family=family_of(text.font),
        size=round(text.size, 2),
        colour=text.colour,
        bold=bool(re.search("bold|black|heavy", text.font, re.IGNORECASE))
        or bool(text.flags & _FORCE_BOLD),
        italic=_is_italic(text),
        effects=tuple(_effects(text, glyphs)),
    )
    return Line(words, text.mcid, inked[0].origin[1])


def family_of(font: str) -> str:
    """The family in a PostScript name: ``ABCDEF+Ubuntu-Bold`` gives ``Ubuntu``."""
    name = _SUBSET.sub("", font)
    return _STYLE.sub("", name) or name


def _is_italic(text: TextObject) -> bool:
    slant = text.matrix
    leaning = abs(slant.a * slant.c + slant.b * slant.d)
    upright = abs(slant.a * slant.d - slant.b * slant.c) or 1.0
    named = re.search("italic|oblique", text.font, re.IGNORECASE) is not None
    angle = text.italic_angle != 0 or bool(text.flags & _ITALIC)
    return named or angle or leaning / upright > _LEANING


def _effects(text: TextObject, glyphs: list[_Glyph]) -> list[str]:
    effects = []
    matrix = text.matrix
    across, down = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
    if text.render_mode in _OUTLINED:
        effects.append("outline")
    if text.render_mode in _INVISIBLE:
        effects.append("invisible")
    if text.transparent:
        effects.append("transparency")
    if down and abs(across / down - 1) > 0.02:
        effects.append("stretch")
    if abs(matrix.b) > 0.02 * across:
        effects.append("rotation")
    gaps = [
        after.origin[0] - before.box.x - before.box.width
        for before, after in itertools.pairwise(glyphs)
        if before.character.strip() and after.character.strip()
    ]
    if gaps and abs(statistics.median(gaps)) > _SPACED * text.size * MM:
        effects.append("letter-spacing")
    return effects


def _is_rule(painted: Painted) -> bool:
    """Whether something painted can be a line drawn along words."""
    return painted.box.height < 1.2 and painted.box.width > 4 * painted.box.height


def _ruled(line: Line, rules: list[Box]) -> Line:
    box, size = line.words.box, line.words.size * MM
    effects = set(line.words.effects)
    underlined = line.words.underlined
    for rule in rules:
        shared = min(rule.x + rule.width, box.x + box.width) - max(rule.x, box.x)
        below = rule.y + rule.height / 2 - line.baseline
        if shared < 0.3 * box.width or rule.width > 1.5 * box.width:
            continue
        if -0.05 * size < below < 0.4 * size:
            underlined = True
        elif -0.9 * size < below < 0:
            effects.add("line-through" if below > -0.6 * size else "overline")
    words = replace(line.words, underlined=underlined, effects=tuple(sorted(effects)))
    return replace(line, words=words)


def _doubled(line: Line, lines: list[Line]) -> Line:
    """Words that are set twice with a small shift cast a shadow."""
    box = line.words.box
    for other in lines:
        same = other is not line and other.words.text == line.words.text
        if same and other.words.box.overlaps(box, 0.3 * box.height):
            effects = tuple(sorted({*line.words.effects, "shadow"}))
            return replace(line, words=replace(line.words, effects=effects))
    return line
