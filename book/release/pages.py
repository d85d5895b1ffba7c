"""On which page of the PDF a paragraph begins, read out of the finished file."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from itertools import accumulate
from pathlib import Path

import pypdfium2

from book.readback.pdf_text import TaggedPdf
from book.release.text import BookText, ChapterText

_KEY = 28
"""Letters by which a paragraph is found: enough to be one of a kind in a chapter."""
_LEAST = 12
"""Fewer letters than these may stand anywhere; such a block is on the page of the one before."""


def folios(pdf: Path, text: BookText) -> dict[tuple[str, str], str]:
    """The folio («12», «iv») of each block, by the ids of chapter and block.

    What cannot be found, because it is short or set otherwise than it is written, is given the
    page of what comes before it. Raises pypdfium2.PdfiumError, ValueError for a PDF without tags.
    """
    with TaggedPdf(pdf) as tagged:
        starts = tagged.first_pages()
    document = pypdfium2.PdfDocument(pdf)
    try:
        labels = [document.get_page_label(n) or str(n + 1) for n in range(len(document))]
        pages = [_letters(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()
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
    """The page of each block, counted from the chapter's first."""
    letters = "".join(pages)
    ends = [*accumulate(map(len, pages))]
    result = {}
    at = page = 0
    for block in chapter.blocks:
        key = _letters(block.text)[:_KEY]
        if len(key) >= _LEAST:
            # Notes stand before their place in the text: at the foot of the page of their call.
            place = letters.find(key, at)
            if place < 0:
                place = letters.find(key)
            if place >= 0:
                page = bisect_right(ends, place)
                at = place
        result[block.id] = page
    return result


def _letters(text: str) -> str:
    """Letters and digits alone: hyphens at line ends, spaces and ligatures make no difference."""
    folded = unicodedata.normalize("NFKC", text).casefold()  # titles may be set in capitals
    return "".join(c for c in folded if c.isalnum())
