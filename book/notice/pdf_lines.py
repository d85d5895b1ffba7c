"""The words of a page of a PDF, in the styles by which a notice is judged.

A PDF has no underlines, shadows or slanted type as such. They are recognised by what is painted: a
thin rectangle near the baseline, the same words twice, a skewed matrix.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from book.notice.evidence import Words
from book.readback.geometry import MM, Box
from book.readback.pdf.paintings import Painted
from book.readback.pdf.texts import TextRun

_ITALIC, _FORCE_BOLD = 1 << 6, 1 << 18
"""Flags of a font's descriptor (ISO 32000-1, table 123)."""
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(
    r"[-, ]*(?:Thin|Extra ?Light|Light|Regular|Roman|Book|Medium|Semi[ -]?Bold|Demi[ -]?Bold|Bold|"
    r"Extra[ -]?Bold|Black|Heavy|Italic|Oblique|MT|PSMT|PS)+$",
    re.IGNORECASE,
)
_SPACED = 0.03
"""Space between letters, in em, above which they count as letter-spaced."""
_LEANING = math.tan(math.radians(4))
"""Slant of letters above which they count as italic; real italics have about 12 degrees."""
_OUTLINED, _INVISIBLE = {1, 2, 5, 6}, {3, 7}
"""Text rendering modes (ISO 32000-1, table 106)."""


@dataclass(frozen=True)
class Line:
    """The words of one text object, with the id of the marked content that they belong to."""

    words: Words
    mcid: int
    baseline: float
    """Distance of the baseline from the page's upper edge in mm."""


def page_lines(texts: Sequence[TextRun], painted: Sequence[Painted]) -> list[Line]:
    """The lines of a page in painting order; ``painted`` is where underlines are looked for."""
    lines = [_line(run, run.box) for run in texts if run.box is not None]
    rules = [p.box for p in painted if _is_rule(p)]
    lines = [_ruled(line, rules) for line in lines]
    return [_doubled(line, lines) for line in lines]


def _line(run: TextRun, box: Box) -> Line:
    """A line with the style that its own text object tells."""
    words = Words(
        text=run.text.replace("\xad", ""),
        box=box,
        family=family_of(run.font),
        size=round(run.size, 2),
        colour=run.colour,
        bold=bool(re.search("bold|black|heavy", run.font, re.IGNORECASE))
        or bool(run.flags & _FORCE_BOLD),
        italic=_is_italic(run),
        effects=tuple(_effects(run)),
    )
    return Line(words, run.context.mcid, run.start[1])


def family_of(font: str) -> str:
    """The family in a font's PostScript name, without the prefix of a subset and the style.

    ``ABCDEF+Ubuntu-Bold`` gives ``Ubuntu``.
    """
    name = _SUBSET.sub("", font)
    return _STYLE.sub("", name) or name


def _is_italic(run: TextRun) -> bool:
    """Whether the words are italic: by the font's name or descriptor, or by a slanting matrix."""
    named = re.search("italic|oblique", run.font, re.IGNORECASE) is not None
    angle = run.italic_angle != 0 or bool(run.flags & _ITALIC)
    return named or angle or abs(run.slant) > _LEANING


def _effects(run: TextRun) -> Iterator[str]:
    """The names of the effects that the text object itself has.

    The columns of the matrix are the images of the two axes: their lengths tell stretching, their
    direction tells rotation.
    """
    matrix = run.matrix
    across, down = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
    if run.render_mode in _OUTLINED:
        yield "outline"
    if run.render_mode in _INVISIBLE:
        yield "invisible"
    if run.context.transparent:
        yield "transparency"
    if down and abs(across / down - 1) > 0.02:
        yield "stretch"
    if abs(matrix.b) > 0.02 * across:
        yield "rotation"
    if abs(run.spacing) > _SPACED * run.size * MM:
        yield "letter-spacing"


def _is_rule(painted: Painted) -> bool:
    """Whether something painted is so thin (in mm) and long that it can be a line along words."""
    return painted.box.height < 1.2 and painted.box.width > 4 * painted.box.height


def _ruled(line: Line, rules: list[Box]) -> Line:
    """``line`` with the lines that are drawn along it: underline, line-through, overline.

    A rule belongs to the words if it covers enough of their width and is not much longer: a rule
    across the page parts paragraphs. Its distance below the baseline, as a share of the type size,
    tells its kind. The x-height of most typefaces is about half of the size.
    """
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
    """``line`` with the effect of a shadow, if the same words are set again with a small shift."""
    box = line.words.box
    for other in lines:
        same = other is not line and other.words.text == line.words.text
        if same and other.words.box.overlaps(box, 0.3 * box.height):
            effects = tuple(sorted({*line.words.effects, "shadow"}))
            return replace(line, words=replace(line.words, effects=effects))
    return line
