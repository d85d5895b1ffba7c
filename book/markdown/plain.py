"""Words of a source and of a tree, normalised alike, so that a test can compare them.

A word is a run of letters and digits after compatibility folding (NFKC): punctuation, spaces
and typographic variants fall away, case stays. Notes are kept apart from the main text, for
every output puts them elsewhere.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from lxml import etree

from book.markdown.dom import BLOCKS, name
from book.markdown.guillemets import with_guillemets
from book.markdown.html import NOT_XML
from book.markdown.pandoc import READER, run
from book.markdown.sourcemap import SourceMap

_E_GRAVE = re.compile(r"(?<![\w'’])E['’](?=\s)")
_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


@dataclass(frozen=True)
class Words:
    """The words of a chapter in reading order: main text, and notes in order of their calls."""

    main: tuple[str, ...]
    notes: tuple[str, ...]


def words_of(text: str) -> list[str]:
    """The normalised words of any text; soft hyphens and zero-width spaces join."""
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return _WORD.findall(_E_GRAVE.sub("È", text))


def plain_words(body: str) -> Words:
    """The words of a Markdown body as pandoc's plain writer gives them. Raises PandocFailed.

    List numbers, table rules and the alternative texts of pictures are no words of the source's
    text; notes are written by themselves.
    """
    document = json.loads(
        run(NOT_XML.sub(" ", with_guillemets(SourceMap(body, 1))), f"--from={READER}", "--to=json")
    )
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


def tree_words(root: etree._Element, *, generated: bool) -> Words:
    """The words of a tree; without the generated ones they are the source's.

    Where a pass shows other words than were written (a speaker's name for an abbreviation), the
    written ones are in ``data-written`` and count when ``generated`` is false.
    """
    main, notes = tree_text(root, generated=generated)
    return Words(tuple(words_of(main)), tuple(words_of(notes)))


def tree_text(root: etree._Element, *, generated: bool) -> tuple[str, str]:
    """The text that :func:`tree_words` finds its words in: main text, and notes."""
    main: list[str] = []
    notes: list[str] = []
    hidden = in_notes = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        written = None if generated else element.get("data-written")
        is_hidden = not generated and (written is not None or "data-generated" in element.attrib)
        is_notes = element.get("class") == "notes"
        apart = " " if name(element) in BLOCKS or name(element) == "br" else ""
        if event == "start":
            in_notes += is_notes
            shown = written if written is not None and not hidden else None
            hidden += is_hidden
            text = shown if shown is not None else "" if hidden else element.text or ""
        else:
            hidden -= is_hidden
            text = ""
        (notes if in_notes else main).append(apart + text)
        if event == "end":
            in_notes -= is_notes
            if not hidden and element is not root:
                (notes if in_notes else main).append(apart + (element.tail or ""))
    return "".join(main), "".join(notes)
