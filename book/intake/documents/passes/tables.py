"""Gives tables a header row and a caption and removes their formatting; one cell makes a box."""

from __future__ import annotations

import re
from typing import Any

from book.intake.documents import codes
from book.intake.documents.ast import (
    Blocks,
    Node,
    attributes,
    cells,
    change_blocks,
    excerpt,
    is_paragraph,
    node,
    rows,
    text_of,
    words,
)
from book.intake.documents.draft import Draft

_CAPTION = re.compile(r"(?:tabella|tab\.|table)\s*\d+\s*[.:–—-]?\s*", re.I)


def apply(draft: Draft) -> None:
    """Bring every table into the form that chapters use, with a caption from before or after it."""

    def change(blocks: Blocks) -> Blocks:
        result: Blocks = []
        for block in blocks:
            last = result[-1] if result else None
            caption = _caption_of(block)
            if block["t"] == "Table":
                before = _caption_of(last) if last else ""
                table = _table(block, draft)
                if before and table and table["t"] == "Table" and not table["c"][1][1]:
                    result.pop()
                    _set_caption(table, before)
                result += [table] if table else []
            elif caption and last and last["t"] == "Table" and not last["c"][1][1]:
                _set_caption(last, caption)
            else:
                result.append(block)
        return result

    change_blocks(draft.blocks, change)


def _caption_of(block: Node) -> str:
    """The text after «Tabella 1 – » if a block begins so, else ""."""
    text = text_of([block]) if is_paragraph(block) else ""
    match = _CAPTION.match(text)
    return text[match.end() :] if match else ""


def _set_caption(table: Node, text: str) -> None:
    table["c"][1] = [None, [node("Plain", words(text))]]


def _table(table: Node, draft: Draft) -> Node | None:
    """The table, cleaned; a box for a table of one cell; None for an empty one.

    Authors frame a paragraph with a table of one cell.
    """
    _drop_empty_rows(table)
    every = list(cells(table))
    if not any(cell[4] for cell in every):
        return None
    if len(every) == 1:
        blocks = every[0][4]
        draft.report(codes.BOX, words=excerpt(blocks))
        for block in blocks:
            block["t"] = "Para" if block["t"] == "Plain" else block["t"]
        return node("Div", [attributes(classes=["riquadro"]), blocks])
    _head(table, draft)
    _plain(table)
    return table


def _drop_empty_rows(table: Node) -> None:
    _, _, _, head, bodies, foot = table["c"]
    for part in (head[1], foot[1], *(half for body in bodies for half in (body[2], body[3]))):
        part[:] = [row for row in part if any(cell[4] for cell in row[1])]


def _head(table: Node, draft: Draft) -> None:
    """Make a header of the first row if the table has none and the row has no empty cells.

    EPUB and PDF/UA need a header to tell what a cell is about.
    """
    _, columns, head, bodies = table["c"][0], table["c"][2], table["c"][3], table["c"][4]
    if head[1] or not bodies:
        return
    first: list[Any] = [*bodies[0][2], *bodies[0][3]][:1]
    if not first or sum(1 for _ in rows(table)) < 2:
        return
    if len(first[0][1]) != len(columns) or not all(cell[4] for cell in first[0][1]):
        return
    if any(cell[2] != 1 for cell in first[0][1]):
        return  # a cell that spans rows would be split between header and body
    (bodies[0][2] or bodies[0][3]).pop(0)
    head[1].append(first[0])
    draft.report(codes.HEADER_ROW, words=excerpt(" | ".join(text_of(c[4]) for c in first[0][1])))


def _plain(table: Node) -> None:
    """Remove attributes, widths and bold headers, and make cells of one paragraph plain.

    Widths are removed only where all cells are simple: pandoc then writes a pipe table. Any other
    table becomes a grid table, whose columns have widths.
    """
    table["c"][0] = attributes()
    _, caption = table["c"][1]
    caption[:] = caption[:1]
    for row in rows(table):
        row[0] = attributes()
    for cell in cells(table):
        cell[0] = attributes()
        if len(cell[4]) == 1 and is_paragraph(cell[4][0]):
            cell[4][0]["t"] = "Plain"
    for row in table["c"][3][1]:
        for cell in row[1]:
            for block in cell[4]:
                _unembolden(block)
    simple = all(_is_simple(cell) for cell in cells(table))
    if simple:
        table["c"][2] = [[align, node("ColWidthDefault")] for align, _ in table["c"][2]]


def _is_simple(cell: Any) -> bool:
    """Whether a cell spans nothing and holds at most one paragraph without line breaks."""
    blocks: Blocks = cell[4]
    return cell[2] == cell[3] == 1 and (
        not blocks
        or (
            len(blocks) == 1
            and is_paragraph(blocks[0])
            and not any(inline["t"] == "LineBreak" for inline in blocks[0]["c"])
        )
    )


def _unembolden(block: Node) -> None:
    """Remove the bold of a header cell's paragraph: the style sheet sets headers in bold."""
    if is_paragraph(block) and len(block["c"]) == 1 and block["c"][0]["t"] == "Strong":
        block["c"] = block["c"][0]["c"]
