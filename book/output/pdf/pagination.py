"""Pagination: the first page of each document, and the folio of each page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from book.compose.documents import Document, Kind, Matter
from book.output.pdf.part import Side

_RECTO = {Kind.COVER, Kind.HALF_TITLE, Kind.TITLE_PAGE, Kind.PART}
_WITHOUT_FOLIO = {
    Kind.COVER,
    Kind.HALF_TITLE,
    Kind.TITLE_PAGE,
    Kind.COLOPHON,
    Kind.NOTICE,
    Kind.PART,
    Kind.BACK_COVER,
}
_NUMERALS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True)
class Placement:
    """The pages of a document: the first one (from 0) and their number."""

    document: Document
    first: int
    pages: int

    @property
    def side(self) -> Side:
        return side_of(self.first)


@dataclass(frozen=True)
class Leaf:
    """The furniture of one page: running head and folio, each possibly empty."""

    head: str
    folio: str


@dataclass(frozen=True)
class Pagination:
    """The pages of the book: placements in order, the total, and where numbering changes.

    ``front`` is the page (from 0) where roman numbering starts, ``body`` where arabic does.
    """

    placements: tuple[Placement, ...]
    pages: int
    front: int
    body: int

    def label(self, page: int) -> str:
        """The folio of a page (from 0): «iv» in the front matter, «12» after it, "" before."""
        if page < self.front:
            return ""
        if page < self.body:
            return roman(page - self.front + 1)
        return str(page - self.body + 1)

    def names(self, cover: str) -> tuple[str, ...]:
        """The name of each page: its folio, printed or not. Before: «Cover», «Cover 2»."""
        before = [cover, *(f"{cover} {number}" for number in range(2, self.front + 1))]
        return tuple(self.label(page) or before[page] for page in range(self.pages))

    def leaves(self, book_title: str) -> tuple[Leaf, ...]:
        """The running head and the folio to print on each page.

        Left pages have the book's title, right pages the chapter's. A document's first page has no
        running head. Blank pages and display pages have neither head nor folio.
        """
        leaves = [Leaf("", "")] * self.pages
        for placement in self.placements:
            if placement.document.kind in _WITHOUT_FOLIO:
                continue
            for page in range(placement.first, placement.first + placement.pages):
                head = ""
                if page > placement.first:
                    on_left = side_of(page) == "left"
                    head = book_title if on_left else placement.document.running_head
                leaves[page] = Leaf(head, self.label(page))
        return tuple(leaves)


def paginate(documents: Sequence[tuple[Document, int]]) -> Pagination:
    """Place documents, each with its number of pages, one after the other.

    Display pages, part openers and the first document of the body start on a recto, if need be
    after a blank page. All others start on the next page. A back cover is the book's last verso.
    """
    placements: list[Placement] = []
    page = 0
    front = body = -1
    for document, pages in documents:
        first_of_body = body < 0 and document.matter is not Matter.FRONT
        # Pages count from 0 and the first one is a recto, so the odd ones are versos.
        if page % 2 and (document.kind in _RECTO or first_of_body):
            page += 1
        if document.kind is Kind.BACK_COVER and not page % 2:
            page += 1
        if front < 0 and document.kind is not Kind.COVER:
            front = page
        if first_of_body:
            body = page
        placements.append(Placement(document, page, pages))
        page += pages
    front = page if front < 0 else front
    return Pagination(tuple(placements), page, front, page if body < 0 else body)


def side_of(page: int) -> Side:
    """The side of a page counted from 0. The first page is a right one."""
    return "left" if page % 2 else "right"


def roman(number: int) -> str:
    """A positive number in lower-case roman numerals."""
    numeral = ""
    for value, letters in _NUMERALS:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral
