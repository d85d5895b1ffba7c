"""The table of contents: parts, chapters, and two levels of sections."""

from __future__ import annotations

from collections.abc import Sequence

from book.compose.documents import TocEntry
from book.markdown.tree import Heading


def section_entries(headings: Sequence[Heading]) -> tuple[TocEntry, ...]:
    """Headings of levels 2 and 3 as nested entries; a level 3 before any 2 stands alone."""
    entries: list[tuple[Heading, list[TocEntry]]] = []
    for heading in headings:
        if heading.level == 2 or (heading.level == 3 and not entries):
            entries.append((heading, []))
        elif heading.level == 3:
            entries[-1][1].append(TocEntry(heading.text, heading.anchor))
    return tuple(TocEntry(h.text, h.anchor, tuple(below)) for h, below in entries)


def chapter_entry(title: str, anchor: str, headings: Sequence[Heading]) -> TocEntry:
    """The entry of a chapter with its sections below it."""
    return TocEntry(title, anchor, section_entries(headings))
