"""The text of a tagged PDF in reading order, as its structure tree gives it (ISO 32000-1, 14.7).

Assistive technology reads the same way: the tree says what comes after what, marked-content
sequences on the pages hold the text. What the tree does not mention is not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from book.readback.geometry import MM
from book.readback.pdf.document import FinishedPdf
from book.readback.pdf.structure import Element, Mark
from book.readback.pdf.texts import TextRun

SOFT_HYPHEN = "\u00ad"
"""What ends a line within a word (ISO 32000-1, 14.8.2.2.3)."""

_INLINE = {"Span", "Link", "NonStruct", "Quote", "Code", "Reference", "Em", "Strong"}
_NEAR = 0.14
"""The widest gap, in ems, within a word that is set in two runs."""
_OVERLAP = -0.3
"""How far, in ems, a run may reach back over the one before it in the same word."""
_SAME_LINE = 0.7
"""How far apart, in ems, the baselines of one line are at most: a call of a note is raised."""


@dataclass(frozen=True)
class StructuredText:
    """One marked-content sequence at its place in the reading order.

    ``element`` is the structure element that holds it; ``text`` what it says (its ActualText
    where it has one); ``runs`` are the characters as drawn. Where an element says what its letters
    stand for (ActualText), all its sequences are one, whose ``mark`` is that of the first.
    """

    element: Element
    text: str
    mark: Mark
    runs: tuple[TextRun, ...]

    @property
    def page(self) -> int:
        return self.mark.page

    @property
    def block(self) -> Element:
        """The nearest element that is no part of a line."""
        return next(e for e in self.element.outwards() if e.kind not in _INLINE)

    @property
    def link(self) -> str | None:
        """Where the link leads that the text stands in."""
        link = self.element.link
        return None if link is None else link.target


def reading_order(pdf: FinishedPdf) -> list[StructuredText]:
    """Every marked-content sequence that holds text, in the order of the structure tree."""
    return [piece for piece in _pieces(pdf, pdf.structure) if piece.text]


def _pieces(pdf: FinishedPdf, element: Element) -> Iterator[StructuredText]:
    for kid in element.kids:
        if isinstance(kid, Mark):
            runs = pdf.sequence(kid)
            yield StructuredText(element, _said(runs), kid, runs)
        elif isinstance(kid, Element):
            pieces = list(_pieces(pdf, kid))
            # Assistive technology reads the ActualText of an element in place of all that is in it.
            if pieces and kid.actual is not None:
                runs = tuple(run for piece in pieces for run in piece.runs)
                pieces = [replace(pieces[0], text=kid.actual, runs=runs)]
            yield from pieces


def _said(runs: Sequence[TextRun]) -> str:
    """The text of runs; the replacement text stands once for all the runs under it."""
    said: list[str] = []
    previous: str | None = None
    for run in runs:
        actual = run.context.actual
        if actual is None:
            said.append(run.text)
        elif actual != previous:
            said.append(actual)
        previous = actual
    return "".join(said)


def joined(pieces: Iterable[StructuredText]) -> str:
    """The text of pieces that follow one another, as it was before it was set in lines.

    Parts of a word that a line's end divides come together again, blocks are lines of their own.
    """
    text = ""
    previous: StructuredText | None = None
    for piece in pieces:
        if previous is not None:
            if text.endswith(SOFT_HYPHEN):
                text = text[:-1]
            else:
                text += between(previous, piece)
        text += piece.text
        previous = piece
    return text


def between(before: StructuredText, after: StructuredText) -> str:
    """What separates two pieces that follow one another: nothing, a space, or a line's end."""
    if before.block is not after.block:
        return "" if _divides_an_address(before, after) else "\n"
    if not before.runs or not after.runs:
        return ""
    last, first = before.runs[-1], after.runs[0]
    size = max(last.size, first.size) * MM
    if before.page == after.page and abs(last.start[1] - first.start[1]) < _SAME_LINE * size:
        # Beyond the end of a run there is a gap, or below zero an overlap, before the next one.
        gap = (first.start[0] - last.start[0] - last.width) / size
        return "" if _OVERLAP < gap < _NEAR or last.text[-1:].isspace() else " "
    return "" if _divides_an_address(before, after) else " "


def _divides_an_address(before: StructuredText, after: StructuredText) -> bool:
    """Whether a line's end divides an address, which may break anywhere and without hyphen."""
    if not before.link or before.link != after.link or not before.text or not after.text:
        return False
    return before.text.split()[-1] + after.text.split()[0] in before.link
