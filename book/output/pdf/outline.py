"""Bookmarks: the table of contents as the reader's side bar shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pikepdf import Array, OutlineItem, Pdf

from book.compose.documents import TocEntry

DEPTH = 3
"""Parts, chapters, sections: two levels below a part, two levels in a book without parts."""


def write_outline(
    book: Pdf, entries: Sequence[TocEntry], destinations: Mapping[str, Array], open_levels: int
) -> None:
    """Write the bookmarks; levels past ``open_levels`` start closed."""
    with book.open_outline(max_depth=DEPTH + 1) as outline:
        outline.root.extend(_items(entries, destinations, 1, open_levels))


def _items(
    entries: Sequence[TocEntry], destinations: Mapping[str, Array], level: int, open_levels: int
) -> list[OutlineItem]:
    if level > DEPTH:
        return []
    items = []
    for entry in entries:
        if entry.anchor not in destinations:
            continue
        title = f"{entry.label} · {entry.text}" if entry.label else entry.text
        item = OutlineItem(title, destinations[entry.anchor])
        item.is_closed = level >= open_levels
        item.children.extend(_items(entry.children, destinations, level + 1, open_levels))
        items.append(item)
    return items
