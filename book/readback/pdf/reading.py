"""The text of a tagged PDF in reading order, as its structure tree gives it (ISO 32000-1, 14.7).

Assistive technology reads the same way: the tree says what comes after what, marked-content
sequences on the pages hold the text. What the tree does not mention is not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pikepdf import Name

from book.markdown.plain import Words, words_of
from book.readback.geometry import MM
from book.readback.pdf.document import FinishedPdf
from book.readback.pdf.structure import Element, Mark
from book.readback.pdf.texts import TextRun

SOFT_HYPHEN = "\u00ad"
"""What ends a line within a word (ISO 32000-1, 14.8.2.2.3)."""

_INLINE = {"Span", "Link", "NonStruct", "Quote", "Code", "Reference", "Em", "Strong"}
_NEAR = 0.14
_OVERLAP = -0.3
_SAME_LINE = 0.7


@dataclass(frozen=True)
class StructuredText:
    """One marked-content sequence at its place in the reading order.

    ``path`` are the types of the structure elements around it, outermost first; ``text`` what it
    says (its ActualText where it has one); ``mark`` is the sequence; ``block`` numbers the nearest
    element that is no part of a line; ``link`` is the address that its link leads to; ``runs``
    are the characters as drawn. ``numbers`` is true for the number or bullet of a list's item,
    which the list's numbering brings. Where an element says what its letters stand for
    (ActualText), all its sequences are one, on the page of the first.
    """

    path: tuple[str, ...]
    text: str
    mark: Mark
    block: int
    link: str | None
    runs: tuple[TextRun, ...]
    numbers: bool = False

    @property
    def page(self) -> int:
        return self.mark.page


def reading_order(pdf: FinishedPdf) -> list[StructuredText]:
    """Every marked-content sequence that holds text, in the order of the structure tree."""
    return [piece for piece in _Pieces(pdf).of(pdf.structure, (), 0, None) if piece.text]


class _Pieces:
    """Reads the sequences of structure elements, and numbers the blocks on its way."""

    def __init__(self, pdf: FinishedPdf) -> None:
        self._pdf = pdf
        self._blocks = 0

    def of(
        self, element: Element, path: tuple[str, ...], block: int, link: str | None
    ) -> Iterator[StructuredText]:
        """The pieces within ``element``; ``path``, ``block`` and ``link`` are those around them."""
        for kid in element.kids:
            if isinstance(kid, Mark):
                runs = self._pdf.sequence(kid)
                yield StructuredText(path, _said(runs), kid, block, link, runs)
            elif isinstance(kid, Element):
                yield from self._element(kid, (*path, kid.kind), block, link)

    def _element(
        self, element: Element, path: tuple[str, ...], block: int, link: str | None
    ) -> Iterator[StructuredText]:
        if element.kind not in _INLINE:
            self._blocks += 1
            block = self._blocks
        if element.kind == "Link" and element.link is not None:
            link = element.link.target or link
        pieces = self.of(element, path, block, link)
        if element.actual is not None and (replaced := list(pieces)):
            runs = tuple(run for piece in replaced for run in piece.runs)
            yield replace(replaced[0], text=element.actual, runs=runs)
        elif _is_number(element):
            yield from (replace(piece, numbers=True) for piece in pieces)
        else:
            yield from pieces


def _is_number(element: Element) -> bool:
    """Whether an element is the number or bullet of an item, not the term that an item defines."""
    item = element.parent
    if element.kind != "Lbl" or item is None or item.kind != "LI" or item.parent is None:
        return False
    return item.parent.attribute("ListNumbering") != Name("/None")


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
                text += _between(previous, piece)
        text += piece.text
        previous = piece
    return text


def _between(before: StructuredText, after: StructuredText) -> str:
    if before.block != after.block:
        return "" if _divides_an_address(before, after) else "\n"
    if not before.runs or not after.runs:
        return ""
    last, first = before.runs[-1], after.runs[0]
    size = max(last.size, first.size) * MM
    if before.page == after.page and abs(last.start[1] - first.start[1]) < _SAME_LINE * size:
        gap = (first.start[0] - last.start[0] - last.width) / size
        return "" if _OVERLAP < gap < _NEAR or last.text[-1:].isspace() else " "
    return "" if _divides_an_address(before, after) else " "


def _divides_an_address(before: StructuredText, after: StructuredText) -> bool:
    """Whether a line's end divides an address, which may break anywhere and without hyphen."""
    if not before.link or before.link != after.link or not before.text or not after.text:
        return False
    return before.text.split()[-1] + after.text.split()[0] in before.link


def is_note(piece: StructuredText) -> bool:
    """Whether a piece belongs to a footnote."""
    return "Note" in piece.path


def words(pieces: Sequence[StructuredText]) -> Words:
    """The words of pieces, notes apart: what a reader reads once, in the order of reading.

    Left out are the numbers of list items and the lettering of figures, which their alternative
    text replaces. The words compare with those of :func:`book.markdown.plain.tree_words`.
    """
    notes = [piece for piece in pieces if _is_shown(piece) and is_note(piece)]
    return Words(tuple(words_of(joined(main_text(pieces)))), tuple(words_of(joined(notes))))


def main_text(pieces: Sequence[StructuredText]) -> list[StructuredText]:
    """The pieces that :func:`words` takes for main text."""
    return [piece for piece in pieces if _is_shown(piece) and not is_note(piece)]


def words_in_order(pieces: Sequence[StructuredText]) -> tuple[str, ...]:
    """All words that :func:`words` finds, notes where they are read."""
    return tuple(words_of(joined(piece for piece in pieces if _is_shown(piece))))


def _is_shown(piece: StructuredText) -> bool:
    around = [kind for kind in piece.path if kind in ("Figure", "Caption")]
    return not piece.numbers and around[-1:] != ["Figure"]


def words_by_page(pdf: FinishedPdf) -> list[tuple[str, ...]]:
    """The words of the main text on each page, in the order of reading.

    What a page's end divides, a word or an address, counts where it begins.
    """
    runs: list[tuple[str, int]] = []
    previous: StructuredText | None = None
    for piece in main_text(reading_order(pdf)):
        text, goes_on = piece.text, False
        if previous is not None and runs:
            goes_on = runs[-1][0].endswith(SOFT_HYPHEN) or not _between(previous, piece)
            goes_on = goes_on and not (previous.text[-1].isspace() or text[0].isspace())
        parts = text.split()
        if goes_on and parts:
            before, page = runs[-1]
            runs[-1] = (before.removesuffix(SOFT_HYPHEN) + parts.pop(0), page)
        runs += [(part, piece.page) for part in parts]
        previous = piece
    found: list[list[str]] = [[] for _ in range(len(pdf))]
    for run, page in runs:
        found[page] += words_of(f"{run} ")
    return [tuple(words) for words in found]


def words_by_document(pdf: FinishedPdf) -> dict[str, Words]:
    """The words of each document of the book by its id; a document starts on its own page."""
    starts = sorted((page, id) for id, page in pdf.first_pages().items())
    ends = [page for page, _ in starts[1:]] + [len(pdf)]
    pieces = reading_order(pdf)
    return {
        id: words([piece for piece in pieces if start <= piece.page < end])
        for (start, id), end in zip(starts, ends, strict=True)
    }
