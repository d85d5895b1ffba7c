"""Which item of a document's main text each of its pages begins with.

The boxes of the layout know the elements that they were made of. The text of each element, as set
on the pages, is compared with the element's own. The two must be the same but for hyphens at line
ends, capitals of the style sheet and white space. If any element differs, no page is told at all: a
page number in a wrong place is worse than none, and the caller warns the editor.

Where a page begins is the least item on it, not the first box: a float, or a table's caption at its
foot, may be drawn before text that it comes after. So the steps are: take all pieces of text and
pictures from the boxes, page by page (:func:`_pieces`); leave out what a page repeats
(:func:`_settled`); count each element's text along (:func:`_first_items`); take the least item of
each page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from book.output.main_text import HYPHEN, Stretch, ink, items_of, main_text, name_of

if TYPE_CHECKING:
    from weasyprint import Document

_OPENING = 24
_LINE_END = frozenset({"-", HYPHEN})
_PSEUDO_ELEMENT = "::"
"""In the name of a box that the style sheet has made: a bullet, a leader, the call of a note."""


@dataclass(frozen=True)
class PageStart:
    """How many items of the main text come before a page's first, and what it begins with."""

    offset: int
    opening: str


@dataclass(frozen=True)
class _Set:
    """A line's piece of an element's text, or a picture (``text`` is None), on a page from 0.

    ``foot`` names the table's foot that it is in: pages repeat it until the table ends.
    """

    element: int
    text: str | None
    page: int
    foot: int | None


def page_starts(document: Document) -> tuple[PageStart, ...]:
    """Where each page of ``document`` begins in its main text.

    Empty when what the pages show is not the text of the document: a style sheet may cut it
    (``max-lines``) or end divided words with something else than a hyphen. A page without main
    text (its notes alone went over) begins where the next one does.
    """
    roots = [page._page_box.children[0] for page in document.pages]
    (body,) = (child for child in roots[0].element if name_of(child) == "body")
    stretches = main_text(body)
    items = items_of(stretches)
    if len(roots) == 1:
        return (_start(items, 0),)
    firsts = _first_items(stretches, _settled(list(_pieces(roots))))
    if firsts is None:
        return ()
    offsets = [firsts.get(page, -1) for page in range(len(roots))]
    # A page without main text begins where the next one does.
    following = len(items)
    for page in reversed(range(len(roots))):
        following = offsets[page] = following if offsets[page] < 0 else offsets[page]
    offsets[0] = 0
    if offsets != sorted(offsets):
        return ()  # something stands on an earlier page than the text before it
    return tuple(_start(items, offset) for offset in offsets)


def _start(items: str, offset: int) -> PageStart:
    return PageStart(offset, items[offset : offset + _OPENING])


def _pieces(roots: Sequence[Any]) -> Iterator[_Set]:
    """What stands on the pages apart from generated content and notes, page by page."""
    heads: dict[int, int] = {}  # the page where each table's head stands first

    def walk(box: Any, page: int, foot: int | None) -> Iterator[_Set]:
        box = getattr(box, "_box", box)  # out of the flow: a placeholder stands in its place
        if _PSEUDO_ELEMENT in (box.element_tag or ""):
            return
        element = id(box.element)
        if getattr(box, "is_header", False) and heads.setdefault(element, page) != page:
            return  # a head repeated on a later page
        if getattr(box, "is_footer", False):
            foot = element
        if isinstance(box, boxes.TextBox):
            yield _Set(element, box.text, page, foot)
        elif isinstance(box, boxes.ReplacedBox) or box.element_tag == "hr":
            yield _Set(element, None, page, foot)
        for child in box.children:
            yield from walk(child, page, foot)

    from weasyprint.formatting_structure import boxes

    for page, root in enumerate(roots):
        yield from walk(root, page, None)


def _settled(pieces: list[_Set]) -> list[_Set]:
    """The pieces with each table's foot on its last page alone, where its text stands."""
    last = {piece.foot: piece.page for piece in pieces}
    return [piece for piece in pieces if piece.foot is None or piece.page == last[piece.foot]]


def _first_items(stretches: list[Stretch], pieces: list[_Set]) -> dict[int, int] | None:
    """The first item on each page that has any; None where text is not the element's."""
    # By element: its characters, with the item that each belongs to. Case is folded, for a style
    # sheet may set capitals; folding may give several characters for one («ß» is «ss»).
    texts: dict[int, list[tuple[str, int]]] = defaultdict(list)
    pictures: dict[int, int] = {}
    for stretch in stretches:
        if stretch.is_picture:
            pictures[id(stretch.holder)] = stretch.start
            continue
        for number, character in enumerate(stretch.items, start=stretch.start):
            texts[id(stretch.holder)] += [(folded, number) for folded in character.casefold()]
    firsts: dict[int, int] = {}
    # By element: how many characters of it the pieces so far have shown.
    read: dict[int, int] = {}
    for piece in pieces:
        if piece.text is None:
            first = pictures.get(piece.element)
        elif piece.element in texts:
            expected, position = texts[piece.element], read.get(piece.element, 0)
            end = _matched(piece.text, expected, position)
            if end is None:
                return None
            first = expected[position][1] if end > position else None
            read[piece.element] = end
        else:
            first = None  # no main text: a note, a folio in the contents
        if first is not None:
            firsts[piece.page] = min(first, firsts.get(piece.page, first))
    # An element of which nothing is shown is hidden; one that is cut is not understood.
    if any(end and end < len(texts[element]) for element, end in read.items()):
        return None
    return firsts


def _matched(text: str, expected: list[tuple[str, int]], position: int) -> int | None:
    """How far ``text`` takes ``expected``, from ``position``; None when it is another text.

    The last character may be the hyphen that a line's end brought.
    """
    characters = ink(text)
    for place, character in enumerate(characters):
        for folded in character.replace(HYPHEN, "-").casefold():
            if position < len(expected) and expected[position][0] == folded:
                position += 1
            elif place == len(characters) - 1 and character in _LINE_END:
                return position
            else:
                return None
    return position
