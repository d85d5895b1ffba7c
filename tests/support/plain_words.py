"""The words of a Markdown source, to be held against those of its tree."""

from __future__ import annotations

import json
from typing import Any

from book.markdown.kinds.reading import prepared
from book.markdown.pandoc import run, to_json
from book.markdown.plain import Words, words_of


def plain_words(body: str) -> Words:
    """The words of a Markdown body as pandoc's plain writer gives them. Raises PandocFailed.

    List numbers, table rules and the alternative texts of pictures are no words of the source's
    text; notes are written by themselves.
    """
    document = json.loads(to_json(prepared(body)[0]))
    notes: list[list[Any]] = []
    blocks = _flat_blocks(document["blocks"], notes)
    note_blocks: list[Any] = []
    for note in notes:  # grows while notes within notes are found
        note_blocks.extend(_flat_blocks(note, notes))
    return Words(
        tuple(words_of(_plain(document, blocks))), tuple(words_of(_plain(document, note_blocks)))
    )


def _plain(document: dict[str, Any], blocks: list[Any]) -> str:
    text = json.dumps({**document, "blocks": blocks})
    return run(text, "--from=json", "--to=plain", "--wrap=none")


def _flat_blocks(blocks: list[Any], notes: list[list[Any]]) -> list[Any]:
    """Blocks without lists and tables around them, in reading order."""
    flat: list[Any] = []
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind in ("Para", "Plain", "LineBlock", "Header"):
            lines = (
                content if kind == "LineBlock" else [content[-1] if kind == "Header" else content]
            )
            flat.extend({"t": "Para", "c": _flat_inlines(line, notes)} for line in lines)
        elif kind == "BulletList":
            flat.extend(b for item in content for b in _flat_blocks(item, notes))
        elif kind == "OrderedList":
            flat.extend(b for item in content[1] for b in _flat_blocks(item, notes))
        elif kind == "DefinitionList":
            for term, definitions in content:
                flat.append({"t": "Para", "c": _flat_inlines(term, notes)})
                flat.extend(b for d in definitions for b in _flat_blocks(d, notes))
        elif kind == "BlockQuote":
            flat.extend(_flat_blocks(content, notes))
        elif kind == "Div":
            flat.extend(_flat_blocks(content[1], notes))
        elif kind == "Figure":
            flat.extend(_flat_blocks(content[2], notes))
            flat.extend(_flat_blocks(content[1][1], notes))
        elif kind == "Table":
            flat.extend(_flat_table(content, notes))
        elif kind == "CodeBlock":
            flat.append(block)
    return flat


def _flat_table(content: list[Any], notes: list[list[Any]]) -> list[Any]:
    _, caption, _, head, bodies, foot = content
    flat = _flat_blocks(caption[1], notes)
    rows = [*head[1], *(r for b in bodies for r in (*b[2], *b[3])), *foot[1]]
    for row in rows:
        for cell in row[1]:
            flat.extend(_flat_blocks(cell[4], notes))
    return flat


def _flat_inlines(inlines: list[Any], notes: list[list[Any]]) -> list[Any]:
    """Inlines without notes (put aside), pictures and marks that the plain writer would add."""
    flat: list[Any] = []
    for inline in inlines:
        kind, content = inline["t"], inline.get("c")
        if kind == "Note":
            notes.append(content)
        elif kind in (
            "Emph",
            "Strong",
            "Underline",
            "SmallCaps",
            "Superscript",
            "Subscript",
            "Strikeout",
        ):
            flat.extend(_flat_inlines(content, notes))
        elif kind in ("Quoted", "Link", "Span", "Cite"):
            flat.extend(_flat_inlines(content[1], notes))
        elif kind != "Image":
            flat.append(inline)
    return flat
