"""Splits paragraphs that people have divided with line breaks (Shift+Enter)."""

from __future__ import annotations

from book.intake.documents import codes
from book.intake.documents.ast import Blocks, Inlines, change_blocks, node
from book.intake.documents.draft import Draft
from book.intake.documents.passes.lists import marked


def apply(draft: Draft) -> None:
    """Split at two breaks in a row, and before lines that begin like entries of a list."""
    divided = 0

    def divide(blocks: Blocks) -> Blocks:
        nonlocal divided
        result: Blocks = []
        for block in blocks:
            pieces = _pieces(block["c"]) if block["t"] in ("Para", "Plain") else []
            if len(pieces) > 1:
                divided += 1
                result += [node("Para", piece) for piece in pieces]
            else:
                result.append(block)
        return result

    change_blocks(draft.blocks, divide)
    if divided:
        draft.report(codes.PARAGRAPHS_OF_BREAKS, count=divided)


def _pieces(inlines: Inlines) -> list[Inlines]:
    """The paragraphs that the lines of a paragraph make."""
    lines: list[Inlines] = [[]]
    for inline in inlines:
        if inline["t"] == "LineBreak":
            lines.append([])
        elif lines[-1] or inline["t"] != "Space":
            lines[-1].append(inline)
    # One line that begins with a dash may be a remark; two are a list.
    is_list = sum(marked(line) is not None for line in lines) > 1
    pieces: list[Inlines] = []
    is_open = False
    for line in lines:
        if not line:
            is_open = False
        elif is_open and not (is_list and marked(line)):
            pieces[-1] += [node("LineBreak"), *line]
        else:
            pieces.append(line)
            is_open = True
    return pieces
