"""Removes tables of contents: the book makes its own."""

from __future__ import annotations

from book.intake.documents import codes
from book.intake.documents.ast import Blocks, Node, all_inlines, change_blocks, text_of
from book.intake.documents.draft import Draft

_TARGETS = ("#_Toc", "#__RefHeading", "#__DdeLink")
"""How the anchors begin that Word and LibreOffice set for their tables of contents."""
_TITLES = frozenset({"indice", "sommario", "indice dei contenuti", "contents", "table of contents"})


def apply(draft: Draft) -> None:
    """Remove the lines of a table of contents, and the line with its title above them."""
    dropped = 0

    def without(blocks: Blocks) -> Blocks:
        nonlocal dropped
        kept: Blocks = []
        for block in blocks:
            if _is_entry(block):
                # Before the first entry the title «Indice» is the last block kept.
                if kept and text_of(kept[-1:]).lower().rstrip(" :.") in _TITLES:
                    kept.pop()
                dropped += 1
            else:
                kept.append(block)
        return kept

    change_blocks(draft.blocks, without)
    if dropped:
        draft.report(codes.CONTENTS_LEFT_OUT, count=dropped)


def _is_entry(block: Node) -> bool:
    """Whether a paragraph is nothing but a link to one of the :data:`_TARGETS`."""
    if block["t"] not in ("Para", "Plain"):
        return False
    inlines = block["c"]
    first = next(all_inlines(inlines), None)
    return (
        first is not None
        and first["t"] == "Link"
        and first["c"][2][0].startswith(_TARGETS)
        and text_of([first]) == text_of(inlines)
    )
