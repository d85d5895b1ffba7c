"""Prepares tables for narrow screens: stacked where their shape allows it, else made to scroll.

Where a table with one plain head row does not fit, the style sheet stacks it: the cells of a row
stand below each other, and each shows the head of its column, which it has as ``data-label``. A
table whose longest words fit side by side on a telephone is stacked only for large type.

The style sheet asks for the width of a box around the table, not of the screen: reading systems
that lay out pages as columns give a document a screen as wide as all its pages together.

A wide table of another shape gets a region that scrolls by itself and can be reached by keyboard
(WCAG 2.2, success criterion 2.1.1).
"""

from __future__ import annotations

from lxml import etree

from book.markdown.tree import q
from book.messages import N_, translate

STACKED = "stacked"
COMPACT = "compact"
"""The class of a table that is stacked only for large type."""
FACTS = "facts"
ROOM = "table-room"
SCROLLING = "table-scroll"
_NAME = N_("Table")
# Characters that fit into a row of a table on a screen 320 px wide, with some room to spare.
_NARROW = 34
_GAP = 2
_FEWEST_SCROLLING = 4


def reflow(table: etree._Element, language: str) -> None:
    """Prepare ``table`` for any width, in place. Its words do not change."""
    rows = [_cells(row) for row in table.iter(q("tr"))]
    columns = max((_width(row) for row in rows), default=0)
    labels = _labels(table)
    if FACTS in table.get("class", "").split():
        _wrap(table, ROOM)
    elif labels is not None:
        _add_class(table, COMPACT if _narrowest(rows) <= _NARROW else STACKED)
        for row in table.iterfind(f"{q('tbody')}/{q('tr')}"):
            for cell, label in zip(_cells(row), labels, strict=True):
                if label and (len(cell) or words_of(cell)):
                    cell.set("data-label", label)
        _wrap(table, ROOM)
    elif columns >= _FEWEST_SCROLLING:
        _make_scroll(table, language)


def words_of(element: etree._Element) -> str:
    """The text in ``element``, white space made single spaces."""
    return " ".join("".join(map(str, element.itertext())).split())


def _narrowest(rows: list[list[etree._Element]]) -> int:
    """The width of the table in characters when each cell breaks at every space.

    ``rows`` must have the same number of cells, none of them spanning.
    """
    columns = zip(*rows, strict=True)
    longest = [
        max(len(word) for c in column for word in words_of(c).split() or "-") for column in columns
    ]
    return sum(longest) + _GAP * (len(longest) - 1)


def _labels(table: etree._Element) -> list[str] | None:
    """The heads of the columns; None when cells span or rows differ in length."""
    head = table.findall(f"{q('thead')}/{q('tr')}")
    if len(head) != 1:
        return None
    labels = [words_of(cell) for cell in _cells(head[0])]
    for row in table.iter(q("tr")):
        cells = _cells(row)
        spanning = any(c.get("colspan", "1") != "1" or c.get("rowspan", "1") != "1" for c in cells)
        if spanning or len(cells) != len(labels):
            return None
    return labels


def _make_scroll(table: etree._Element, language: str) -> None:
    caption = table.find(q("caption"))
    words = words_of(caption) if caption is not None else ""
    region = _wrap(table, SCROLLING)
    region.set("role", "region")
    region.set("tabindex", "0")
    region.set("aria-label", words or translate(_NAME, language))


def _wrap(table: etree._Element, name: str) -> etree._Element:
    """Put a box of class ``name`` around the table, which must have a parent. Returns the box."""
    parent = table.getparent()
    assert parent is not None
    box = etree.Element(q("div"), {"class": name})
    box.tail, table.tail = table.tail, None
    parent.replace(table, box)
    box.append(table)
    return box


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row if cell.tag in (q("th"), q("td"))]


def _width(row: list[etree._Element]) -> int:
    return sum(int(cell.get("colspan", "1")) for cell in row)


def _add_class(element: etree._Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())
