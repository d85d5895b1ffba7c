"""Finds the page of the PDF on which each paragraph begins, by the text of the finished file."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from itertools import accumulate
from pathlib import Path

from book.readback.pdf.document import TaggedPdf
from book.release.text import BookText, ChapterText

_KEY = 28
"""The number of letters, from its start, by which a block is searched: enough to be unique in a
chapter."""
_LEAST = 12
"""The least number of letters to search by. A shorter block might be found anywhere, so it gets the
page of the block before."""


def folios(pdf: Path, text: BookText) -> dict[tuple[str, str], str]:
    """The folio («12», «iv») of each block, by the ids of chapter and block.

    A block that cannot be found, because it is short or set otherwise than written, gets the page
    of the block before. Raises pikepdf.PdfError, and ValueError for a PDF without tags.
    """
    with TaggedPdf(pdf) as opened:
        starts = opened.first_pages()
        labels = [opened.label(n) for n in range(len(opened))]
        pages = [_letters("".join(run.text for run in opened.texts(n))) for n in range(len(opened))]
    # A chapter ends where the next document, whatever it is, begins.
    bounds = sorted({*starts.values(), len(pages)})
    found = {}
    for chapter in text.chapters:
        first = starts.get(chapter.id)
        if first is None:
            continue
        end = bounds[bisect_right(bounds, first)]
        for block, page in _pages_of(chapter, pages[first:end]).items():
            found[chapter.id, block] = labels[first + page]
    return found


def _pages_of(chapter: ChapterText, pages: list[str]) -> dict[str, int]:
    """The page of each block by its id, from 0 for the chapter's first page."""
    letters = "".join(pages)
    ends = [*accumulate(map(len, pages))]
    result = {}
    at = page = 0
    for block in chapter.blocks:
        key = _letters(block.text)[:_KEY]
        if len(key) >= _LEAST:
            # Searched from the block before on, so that equal beginnings are told apart; then from
            # the start, for notes: they are at the end of the chapter's text, but at the foot of
            # the pages that call them.
            place = letters.find(key, at)
            if place < 0:
                place = letters.find(key)
            if place >= 0:
                page = bisect_right(ends, place)
                at = place
        result[block.id] = page
    return result


def _letters(text: str) -> str:
    """The letters and digits of ``text``: hyphens at line ends, spaces, ligatures do not count."""
    folded = unicodedata.normalize("NFKC", text).casefold()  # titles may be set in capitals
    return "".join(c for c in folded if c.isalnum())
