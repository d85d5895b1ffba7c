"""Tables: headers get a scope, widths and alignment become data and classes, inline style goes."""

from __future__ import annotations

import re

from lxml import etree

from book.markdown.codes import TABLE_WITHOUT_HEADER
from book.markdown.context import Context
from book.markdown.dom import classes, drop, elements, name, set_classes, text_of
from book.markdown.tree import q

_ALIGN = re.compile(r"text-align:\s*(left|right|center)")
_WIDTH = re.compile(r"width:\s*([0-9.]+)%")
_ROW_HEADERS = "row-headers"


def apply(root: etree._Element, context: Context) -> None:
    """Set scope and alignment of cells and widths of columns; remove pandoc's inline styles."""
    for table in elements(root, "table"):
        row_headers = _ROW_HEADERS in classes(table) or "data-row-headers" in table.attrib
        head = table.find(q("thead"))
        if head is None or not text_of(head).strip():
            if not row_headers:
                context.report(TABLE_WITHOUT_HEADER, table)
            if head is not None:
                table.remove(head)
        if row_headers:
            set_classes(table, [c for c in classes(table) if c != _ROW_HEADERS])
            _head_rows(table)
        drop(table, "style")
        _share_width(table)
        for element in table.iter(q("col"), q("th"), q("td"), q("tr")):
            _restyle(element)


def _head_rows(table: etree._Element) -> None:
    """Make the first cell of every body row its header.

    A header that spans several rows (``rowspan``) is the header of all of them: the next rows' own
    first cells are then not in the first column.
    """
    for body in table.iterchildren(q("tbody")):
        spanned = 0
        for row in body.iterchildren(q("tr")):
            if spanned:
                spanned -= 1
            elif len(row):
                row[0].tag = q("th")
                row[0].set("scope", "row")
                span = row[0].get("rowspan", "1")
                spanned = int(span) - 1 if span.isdigit() else 0


def _share_width(table: etree._Element) -> None:
    """Set the columns' widths, in per cent, so that together they fill the table.

    Pandoc gives widths as shares of a line of 72 characters, so that their sum is below 100.
    """
    columns = list(table.iter(q("col")))
    widths = [_WIDTH.search(column.get("style", "")) for column in columns]
    shares: list[float] = [float(width[1]) for width in widths if width]
    total = sum(shares)
    if len(shares) == len(columns) and total:
        for column, share in zip(columns, shares, strict=True):
            column.set("data-width", f"{100 * share / total:.4g}")


def _restyle(element: etree._Element) -> None:
    """Replace the element's inline style by a class, and give a header cell its scope."""
    style = drop(element, "style")
    if name(element) == "tr":
        drop(element, "class")
    elif name(element) != "col":
        align = _ALIGN.search(style)
        if align:
            set_classes(element, [*classes(element), align[1]])
        if name(element) == "th" and "scope" not in element.attrib:
            spans = element.get("colspan", "1") != "1"
            element.set("scope", "colgroup" if spans else "col")
