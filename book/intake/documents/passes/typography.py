"""Sets quotation marks, apostrophes and dashes in the house's style, whatever was written."""

from __future__ import annotations

import re

from book.intake.documents import codes
from book.intake.documents.ast import Inlines, Node, all_blocks, inline_lists, node, texts
from book.intake.documents.draft import Draft
from book.markdown.typography import NBSP, OBJECT, italian, italian_segments

_MARKS = re.compile("[«»“”„‟]")
_SINGLE = re.compile("‘([^‘’]{1,120})’(?!\\w)")
_BREAKS = frozenset({"Space", "LineBreak", "SoftBreak"})


def apply(draft: Draft) -> None:
    """Set all paragraphs, the title and the abstract. Texts in other languages stay as they are."""
    if draft.properties.language and not draft.properties.language.lower().startswith("it"):
        return
    changed = 0
    for block in all_blocks(draft.blocks):
        for inlines in texts(block):
            changed += _set(inlines)
    draft.title, draft.abstract = set_text(draft.title), set_text(draft.abstract)
    if changed:
        draft.report(codes.QUOTES, count=changed)


def set_text(text: str) -> str:
    """A text on one line in the house's style, without no-break spaces: the book sets those."""
    return _spaces(italian(_even(text)))


def _set(inlines: Inlines) -> bool:
    """Set the strings of a paragraph; return whether anything has changed.

    They are set as one text, so that quotation marks pair across italics and links. The text is
    then cut into the same strings again, for which every step must keep the length.
    """
    pieces: list[str] = []
    strings: list[Node] = []
    _gather(inlines, pieces, strings)
    whole = _even("".join(pieces))
    even = []
    position = 0
    for piece in pieces:
        even.append(whole[position : position + len(piece)])
        position += len(piece)
    done, _ = italian_segments(even)
    for string, text in zip(strings, done, strict=True):
        if string["t"] == "Str":
            string["c"] = _spaces(text)
    _part_spaces(inlines)
    return _spaces("".join(done)) != "".join(pieces)


def _gather(inlines: Inlines, pieces: list[str], strings: list[Node]) -> None:
    """Add the texts of inlines to ``pieces``, and the nodes that hold them to ``strings``.

    A space or break is one space. Anything else, such as a picture, is one character, OBJECT.
    """
    for inline in inlines:
        inner = inline_lists(inline)
        if inline["t"] == "Str":
            pieces.append(inline["c"])
            strings.append(inline)
        elif inline["t"] in _BREAKS:
            pieces.append(" ")
            strings.append(inline)
        elif inner is not None:
            _gather(inner, pieces, strings)
        else:
            pieces.append(OBJECT)
            strings.append(inline)


def _even(text: str) -> str:
    """``text`` with straight quotation marks outside «…», so that they are paired again.

    Inside «…» curly marks are quotations within a quotation and stay. The length stays the same.
    """
    text = _SINGLE.sub(r"“\1”", text)
    characters = list(text)
    depth = 0
    for match in _MARKS.finditer(text):
        if match[0] in "«»":
            depth = max(0, depth + (1 if match[0] == "«" else -1))
        elif not depth:
            characters[match.start()] = '"'
    return "".join(characters)


def _spaces(text: str) -> str:
    return text.replace(NBSP, " ")


def _part_spaces(inlines: Inlines) -> None:
    """Split strings that hold a space into ``Str`` and ``Space``, as pandoc's writer expects."""
    result: Inlines = []
    for inline in inlines:
        inner = inline_lists(inline)
        if inner is not None:
            _part_spaces(inner)
        if inline["t"] == "Str" and " " in inline["c"]:
            for index, piece in enumerate(inline["c"].split(" ")):
                if index:
                    result.append(node("Space"))
                if piece:
                    result.append(node("Str", piece))
        elif not (inline["t"] == "Str" and not inline["c"]):
            result.append(inline)
    inlines[:] = result
