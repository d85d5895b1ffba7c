"""The words of a tagged PDF as tests compare them with those of sources and EPUBs."""

from __future__ import annotations

from collections.abc import Sequence

from book.markdown.plain import Words, words_of
from book.readback.pdf.document import FinishedPdf
from book.readback.pdf.reading import (
    SOFT_HYPHEN,
    StructuredText,
    between,
    joined,
    reading_order,
)
from book.readback.pdf.structure import Element


def is_note(piece: StructuredText) -> bool:
    """Whether a piece belongs to a footnote."""
    return any(element.kind == "Note" for element in piece.element.outwards())


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
    around = list(piece.element.outwards())
    figure = next((e.kind for e in around if e.kind in ("Figure", "Caption")), None)
    return figure != "Figure" and not any(_is_number(element) for element in around)


def _is_number(element: Element) -> bool:
    """Whether an element is the number or bullet of an item, not the term that an item defines."""
    item = element.parent
    if element.kind != "Lbl" or item is None or item.kind != "LI" or item.parent is None:
        return False
    return item.parent.attributes.get("ListNumbering") != "None"


def words_by_page(pdf: FinishedPdf) -> list[tuple[str, ...]]:
    """The words of the main text on each page, in the order of reading.

    What a page's end divides, a word or an address, counts where it begins.
    """
    runs: list[tuple[str, int]] = []
    previous: StructuredText | None = None
    for piece in main_text(reading_order(pdf)):
        text, goes_on = piece.text, False
        if previous is not None and runs:
            goes_on = runs[-1][0].endswith(SOFT_HYPHEN) or not between(previous, piece)
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
