"""Attributes of structure elements, from their HTML and from the CSS of their letters."""

from __future__ import annotations

from book.output.pdf.nodes import Node
from book.output.pdf.pieces import Piece
from book.output.pdf.roles import CELLS, Html
from book.output.pdf.table_heads import Cell

_BULLETS = {"disc": "Disc", "circle": "Circle", "square": "Square"}
_NUMERALS = {
    "decimal": "Decimal",
    "lower-alpha": "LowerAlpha",
    "lower-latin": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
    "upper-latin": "UpperAlpha",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
}


def is_transformed(piece: Piece) -> bool:
    """Whether CSS shows letters otherwise than written (``text-transform``)."""
    return bool(piece.text) and piece.style["text_transform"] != "none"


def describe(node: Node, html: Html) -> None:
    """Set the attributes of the node that its HTML element tells."""
    node.language, node.expansion = html.language, html.expansion
    if html.tag == "img":
        node.alt = html.get("alt") or None
    if node.type == "Note":
        node.id = html.get("id")
    if node.type == "Link":
        node.contents = html.get("title") or html.text() or html.words_of_pictures()
    if html.decoration:
        node.set("Layout", TextDecorationType=html.decoration)
    if html.scope:
        node.set("Table", Scope=html.scope)
    for name, attribute in (("ColSpan", "colspan"), ("RowSpan", "rowspan")):
        if node.type in CELLS and (span := _span(html, attribute)) != 1:
            node.set("Table", **{name: span})


def _span(html: Html, attribute: str) -> int:
    value = html.get(attribute)
    return max(1, int(value)) if value.isdigit() else 1


def cell_of(node: Node, html: Html) -> Cell:
    """The cell in the form in which :func:`.table_heads.headers` needs it."""
    return Cell(node, _span(html, "colspan"), _span(html, "rowspan"), html.scope)


def numbering(piece: Piece, html: Html) -> str:
    """The value of ``ListNumbering`` (ISO 32000-1, 14.8.5.5) for the label of a list's item."""
    style = piece.style["list_style_type"]
    ordered = any(e.tag == "ol" for e in html.lineage() if e.tag in ("ol", "ul"))
    known = _NUMERALS if ordered else _BULLETS
    return known.get(style if isinstance(style, str) else "", "Decimal" if ordered else "Disc")


def as_written(node: Node, html: Html) -> str | None:
    """The text as written, for ``ActualText``, when CSS shows it otherwise; else None.

    A screen reader may spell words in capitals letter by letter.
    """
    pieces = [kid for kid in node.kids if isinstance(kid, Piece) and kid.text]
    if not any(is_transformed(piece) for piece in pieces):
        return None
    written, shown = html.text(), "".join(piece.text for piece in pieces)
    return None if written.split() == shown.split() else written
