"""Headings: real and fake ones, without numbers written by hand, from the second level down."""

from __future__ import annotations

import re

from book.intake.documents import codes as codes
from book.intake.documents.ast import (
    Blocks,
    Inlines,
    Node,
    excerpt,
    heading,
    node,
    text_of,
)
from book.intake.documents.draft import Draft

_LONGEST = 90
"""Characters; a longer line in bold is a sentence that matters, no heading."""
_NUMBER = re.compile(
    r"((?:\d{1,2}\.){1,5}\d{0,2}|\d{1,2}[.)]|[IVXLC]{1,6}[.)]|[A-Z]\)|§ ?\d[\d.]*)(?=\s|$)"
)
_BOLD = ("Strong", "Underline")
_DEEPEST = 6


def apply(draft: Draft) -> None:
    """Make headings of lines in bold, take their numbers off, and close gaps between levels."""
    blocks: Blocks = []
    open_level = 0
    for index, block in enumerate(draft.blocks):
        is_last = index + 1 == len(draft.blocks)
        if block["t"] == "Header":
            open_level = block["c"][0]
            blocks.append(_plain(block, draft))
        elif is_fake(block) and not is_last and not draft.slides:
            blocks.append(_from_bold(block, open_level, draft))
        else:
            blocks.append(block)
    draft.blocks[:] = [b for b in blocks if b["t"] != "Header" or text_of(b["c"][2])]
    _level(draft)


def is_fake(block: Node) -> bool:
    """Whether a paragraph is a heading to the eye: short, in bold from end to end, no full stop."""
    if block["t"] not in ("Para", "Plain"):
        return False
    inlines = [inline for inline in block["c"] if inline["t"] != "Space"]
    text = text_of([block])
    return (
        bool(inlines)
        and all(_is_bold(inline) for inline in inlines)
        and len(text) <= _LONGEST
        and any(c.isalpha() for c in text)
        and not text.endswith((".", ",", ";", ":"))
        and not any(i["t"] in ("LineBreak", "Image") for bold in inlines for i in bold["c"])
    )


def _is_bold(inline: Node) -> bool:
    if inline["t"] == "Emph" and len(inline["c"]) == 1:
        return _is_bold(inline["c"][0])
    return inline["t"] in _BOLD


def number_of(inlines: Inlines) -> str:
    """The number written by hand at a heading's start, empty when there is none."""
    match = _NUMBER.match(text_of(inlines))
    if match is None or len(match[0]) == len(text_of(inlines)):
        return ""
    return match[0]


def without_number(inlines: Inlines, number: str) -> Inlines:
    """The heading's inlines, without bold, after its number."""
    result = [
        part for inline in inlines for part in (inline["c"] if _is_bold(inline) else [inline])
    ]
    result = [part for inline in result for part in (inline["c"] if _is_bold(inline) else [inline])]
    left = len("".join(number.split()))
    while left and result:
        word = result[0]["c"] if result[0]["t"] == "Str" else ""
        if len(word) > left:
            result[0] = node("Str", word[left:])
            left = 0
        else:
            left -= len(word)
            del result[0]
    while result and result[0]["t"] in ("Space", "LineBreak"):
        del result[0]
    if number and result and result[0]["t"] == "Str" and result[0]["c"] in ("-", "–", "—"):
        del result[:2]
    return [node("Space") if i["t"] == "LineBreak" else i for i in result]


def _plain(block: Node, draft: Draft) -> Node:
    level, (id, _, _), inlines = block["c"]
    return heading(level, _unnumbered(inlines, draft), id)


def _from_bold(block: Node, open_level: int, draft: Draft) -> Node:
    """A heading one level below the last real one, deeper by the points in its number."""
    number = number_of(block["c"])
    depth = len(re.findall(r"\d+", number)) or 1
    made = heading(open_level + depth, _unnumbered(block["c"], draft))
    draft.report(codes.FAKE_HEADING, words=excerpt(made["c"][2]))
    return made


def _unnumbered(inlines: Inlines, draft: Draft) -> Inlines:
    number = number_of(inlines)
    result = without_number(inlines, number)
    if number:
        draft.report(codes.NUMBERING, number=number, words=excerpt(result))
    return result


def _level(draft: Draft) -> None:
    """Give each heading its level, from 2, without a gap: as the Markdown stage would."""
    headings = [block for block in draft.blocks if block["t"] == "Header"]
    top = min((block["c"][0] for block in headings), default=1)
    open_levels: list[int] = []
    changed: list[Node] = []
    for block in headings:
        written = block["c"][0]
        while open_levels and open_levels[-1] >= written:
            open_levels.pop()
        open_levels.append(written)
        block["c"][0] = min(len(open_levels) + 1, _DEEPEST)
        if block["c"][0] != written - top + 2:
            changed.append(block)
    if changed:
        draft.report(codes.LEVELS, count=len(changed), words=excerpt(changed[0]["c"][2]))
