"""Restores footnotes in web pages saved by word processors.

There a note is a link to a division at the end of the page. Pandoc does not take it for a note.
"""

from __future__ import annotations

import re

from book.intake.documents.ast import Blocks, Inlines, Node, change_inlines, node
from book.intake.documents.draft import Draft

_NOTE = re.compile(r"_?(?:sd)?(?:foot|end)note\d+|_?(?:ftn|edn)\d+")
"""Ids of notes: LibreOffice's ``sdfootnote1``, Word's ``ftn1``."""


def apply(draft: Draft) -> None:
    """Move each note from the end of the page to the place where it is called."""
    notes: dict[str, Blocks] = {}
    _gather(draft.blocks, notes)
    if not notes:
        return

    def call(inlines: Inlines) -> Inlines:
        result = []
        for inline in inlines:
            target = inline["c"][2][0] if inline["t"] == "Link" else ""
            name = target.removeprefix("#").removeprefix("_").removesuffix("sym")
            if target.startswith("#") and name in notes:
                result.append(node("Note", notes.pop(name)))
            else:
                result.append(inline)
        return result

    change_inlines(draft.blocks, call)
    for blocks in notes.values():  # notes without a call stay as text
        draft.blocks += blocks


def _gather(blocks: Blocks, notes: dict[str, Blocks]) -> None:
    """Move the blocks of notes, without their back-links, from ``blocks`` into ``notes`` by id."""
    for block in list(blocks):
        if block["t"] != "Div":
            continue
        id = block["c"][0][0]
        if _NOTE.fullmatch(id):
            _drop_back_link(block["c"][1])
            notes[id.removeprefix("_")] = block["c"][1]
            blocks.remove(block)
        else:
            _gather(block["c"][1], notes)


def _drop_back_link(blocks: Blocks) -> None:
    if blocks and blocks[0]["t"] in ("Para", "Plain"):
        inlines: list[Node] = blocks[0]["c"]
        if inlines and inlines[0]["t"] == "Link" and inlines[0]["c"][2][0].startswith("#"):
            del inlines[0]
