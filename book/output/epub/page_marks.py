"""Marks in the EPUB's documents where the pages of the PDF begin.

Every page of the PDF gets its mark, whether it prints its folio or not (EPUB Accessibility 1.1,
section 3.3.4). A blank page, and one whose words the EPUB does not show, has it beside the mark of
the page that follows. A mark says which page begins (DPUB-ARIA 1.1, ``doc-pagebreak``). It is an
empty element: a reading system names the page when its user asks, and reads sentences to their end.

A mark stands between words: a word that the page's end divides is read on the page where it starts.
A page that begins with a title, figure or table has its mark before the whole of it. Elsewhere the
mark is a ``span`` in the line: a ``div`` between two paragraphs would hide from the style sheet
that one follows the other (``p + p``).

How a place is found. The PDF tells of each page how many items (characters without white space, and
pictures) of the document's main text come before it, and the items that it begins with
(:mod:`book.output.pdf.turns`). Here the same main text is read from the EPUB's tree, so the number
leads to a :class:`book.output.main_text.Stretch`: a run of text of one element, and the position
in it. The opening is a check: if it is not found there, the two outputs count differently, and the
build ends with an error instead of marks in wrong places.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from lxml import etree

from book.compose.documents import Book, Kind
from book.markdown.dom import HEADINGS, INLINES, classes, name
from book.markdown.tree import EPUB_TYPE, q
from book.output.epub.layout import Layout, shown_documents
from book.output.main_text import Stretch, items_of, main_text
from book.output.page_turn import PageTurn

_NO_NAME = re.compile(r"[^\w.-]+")
# A mark stands before these, never in them: their text is read out as the name of a heading, a
# figure or a table, and the mark's label would be read as a part of it.
_WHOLE = {*HEADINGS, "hgroup", "header", "figure", "table", "hr"}
_OWN_LINE = "section-time"


@dataclass(frozen=True)
class PageMark:
    """The mark of one page: its name («iv», «12»), its id, the file that it is in.

    ``document`` and ``offset`` say where, as in :class:`PageTurn`.
    """

    label: str
    id: str
    file: str
    document: str
    offset: int
    opening: str

    def element(self, tag: str) -> etree._Element:
        mark = etree.Element(q(tag), id=self.id, role="doc-pagebreak")
        mark.set(EPUB_TYPE, "pagebreak")
        mark.set("aria-label", self.label)
        return mark


def page_marks(book: Book, layout: Layout, turns: Sequence[PageTurn]) -> tuple[PageMark, ...]:
    """The marks of all pages in order, each in a document that the EPUB shows."""
    files = {d.id: layout.files[d.id] for d in shown_documents(book)}
    files |= {d.id: layout.holders[d.id] for d in book.documents if d.kind in _REMADE}
    marks: list[PageMark] = []
    # Backwards, because a page that the EPUB does not show gets the place of the page after it.
    following: PageTurn | None = None
    for turn in reversed(turns):
        place = turn if turn.document in files else following
        if place is None:
            continue
        following = place
        id = _id(turn.folio, layout)
        file, offset = files[place.document], place.offset
        marks.append(PageMark(turn.folio, id, file, place.document, offset, place.opening))
    return tuple(reversed(marks))


_REMADE = (Kind.COVER, Kind.CONTENTS)
"""Documents that the EPUB replaces by pages of its own: cover page and nav document."""


def _id(label: str, layout: Layout) -> str:
    id = f"page-{_NO_NAME.sub('-', label).lower()}"
    while id in layout.holders:
        id += "-"
    return id


def set_marks(section: etree._Element, marks: Sequence[PageMark]) -> None:
    """Put ``marks``, in the order of their pages, into ``section``, a document's root.

    Raises RuntimeError when its text is not the one that the pages were counted in.
    """
    if not marks:
        return
    stretches = main_text(section)
    places = [(_place(stretches, mark), mark) for mark in marks]
    # From the last to the first: a mark splits the text that it stands in, and the places of what
    # comes before it stay true. Marks of one place go in together.
    for item, group in groupby(reversed(places), key=lambda pair: pair[0]):
        here = [mark for _, mark in group][::-1]
        _set_before_item(section, stretches, item, here)


def place_of(section: etree._Element, mark: PageMark) -> etree._Element | None:
    """The element of ``section`` that holds the word after a mark; None at the end of the text.

    Raises RuntimeError when the text is not the one that the pages were counted in.
    """
    stretches = main_text(section)
    found = _at(stretches, _place(stretches, mark))
    return None if found is None else found[0].holder


def _place(stretches: list[Stretch], mark: PageMark) -> int:
    """The number of the first item after a mark.

    It is the first item of the page, or the first one after a word that the page's end divides.
    """
    items = items_of(stretches)
    if not items.startswith(mark.opening, mark.offset):
        raise RuntimeError(f"page {mark.label} does not begin at its words in {mark.document}")
    item = mark.offset
    while (found := _at(stretches, item)) is not None and found[0].is_glued(found[1]):
        item += 1
    return item


def _at(stretches: list[Stretch], item: int) -> tuple[Stretch, int] | None:
    """The stretch that holds an item, and which of its items it is; None after the last one."""
    index = bisect_right(stretches, item, key=lambda stretch: stretch.start) - 1
    if index < 0:
        return None
    number = item - stretches[index].start
    return (stretches[index], number) if number < len(stretches[index].items) else None


def _set_before_item(
    section: etree._Element, stretches: list[Stretch], item: int, marks: list[PageMark]
) -> None:
    """Put ``marks`` before an item: the outermost element that begins with it decides how."""
    found = _at(stretches, item)
    if item == 0:
        for mark in reversed(marks):
            section.insert(0, mark.element("div"))
    elif found is None:
        _set_at_the_end(section, marks)
    else:
        stretch, number = found
        before = _at(stretches, item - 1)
        assert before is not None
        # Elements that hold the item and not the one before: those that begin with it, from the
        # innermost outwards.
        past = {before[0].holder, *before[0].holder.iterancestors()}
        around = [stretch.holder, *stretch.holder.iterancestors()]
        beginning = list(takewhile(lambda element: element not in past, around))
        whole = [element for element in beginning if _is_whole(element)]
        inline = list(takewhile(lambda e: name(e) in INLINES, beginning))
        if whole:
            _set_before(whole[-1], marks, "div")
        elif inline:
            _set_before(inline[-1], marks, "span")
        else:
            _set_in_text(stretch, stretch.places[number], marks)


def _is_whole(element: etree._Element) -> bool:
    return name(element) in _WHOLE or _OWN_LINE in classes(element)


def _set_before(element: etree._Element, marks: list[PageMark], tag: str) -> None:
    for mark in marks:
        element.addprevious(mark.element(tag))


def _set_at_the_end(section: etree._Element, marks: list[PageMark]) -> None:
    """Set the marks of pages that hold only the rest of notes: before the notes, or at the end."""
    notes = [e for e in section.iter(q("section")) if "notes" in classes(e)]
    if notes:
        _set_before(notes[0], marks, "div")
    else:
        section.extend([mark.element("div") for mark in marks])


def _set_in_text(stretch: Stretch, place: int, marks: list[PageMark]) -> None:
    """Split a text of ``stretch`` at ``place`` and put the marks between: lxml keeps the text after
    an element in its tail.
    """
    elements = [mark.element("span") for mark in marks]
    holder, after = stretch.holder, stretch.after
    text = (holder.text if after is None else after.tail) or ""
    elements[-1].tail = text[place:]
    if after is None:
        holder.text = text[:place]
        holder[0:0] = elements
    else:
        after.tail = text[:place]
        index = holder.index(after) + 1
        holder[index:index] = elements
