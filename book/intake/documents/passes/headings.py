"""Makes headings of bold lines, removes numbers written by hand, and sets levels from 2 on.

Level 1 is the chapter's title. Many authors do not use heading styles but bold paragraphs; here
they are called fake headings.
"""

from __future__ import annotations

import re

from book.intake.documents import codes
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
"""The most characters of a fake heading; a longer bold line is an emphasised sentence."""
_NUMBER = re.compile(
    r"((?:\d{1,2}\.){1,5}\d{0,2}|\d{1,2}[.)]|[IVXLC]{1,6}[.)]|[A-Z]\)|§ ?\d[\d.]*)(?=\s|$)"
)
_BOLD = ("Strong", "Underline")
_DEEPEST = 6


def apply(draft: Draft) -> None:
    """Make headings of bold lines, remove numbers, and close gaps between levels.

    Only at the top level of the tree: bold paragraphs in cells and lists are no headings. The last
    block is none, because nothing follows it. Slides have real titles.
    """
    blocks: Blocks = []
    open_level = 0
    for index, block in enumerate(draft.blocks):
        is_last = index + 1 == len(draft.blocks)
        if block["t"] == "Header":
            open_level = block["c"][0]
            blocks.append(_without_look(block, draft))
        elif is_fake(block) and not is_last and not draft.slides:
            blocks.append(_from_bold(block, open_level, draft))
        else:
            blocks.append(block)
    draft.blocks[:] = [b for b in blocks if b["t"] != "Header" or text_of(b["c"][2])]
    _close_gaps(draft)


def is_fake(block: Node) -> bool:
    """Whether a paragraph looks like a heading: short, all bold, without a full stop at its end."""
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
    """The number written by hand at a heading's start; "" when there is none or nothing else."""
    match = _NUMBER.match(text_of(inlines))
    if match is None or len(match[0]) == len(text_of(inlines)):
        return ""
    return match[0]


def without_number(inlines: Inlines, number: str) -> Inlines:
    """The heading's inlines without bold and without its number, which may span several."""
    # Twice, for bold inside underlining and the reverse.
    result = [
        part for inline in inlines for part in (inline["c"] if _is_bold(inline) else [inline])
    ]
    result = [part for inline in result for part in (inline["c"] if _is_bold(inline) else [inline])]
    # The number's characters are taken off word by word: it may be a word of its own («1.»), the
    # start of one («1.Premessa»), or two («§ 2»).
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


def _without_look(block: Node, draft: Draft) -> Node:
    level, (id, _, _), inlines = block["c"]
    return heading(level, _unnumbered(inlines, draft), id)


def _from_bold(block: Node, open_level: int, draft: Draft) -> Node:
    """A heading below the last real one, as many levels as its number has parts («2.1»: two)."""
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


def _close_gaps(draft: Draft) -> None:
    """Set the levels of headings, from 2 on and without gaps, by the same rule as Markdown's stage.

    A heading is one level below the nearest heading before it that has a higher level.
    """
    headings = [block for block in draft.blocks if block["t"] == "Header"]
    top = min((block["c"][0] for block in headings), default=1)
    open_levels: list[int] = []  # the written levels of the headings above, each deeper
    changed: list[Node] = []
    for block in headings:
        written = block["c"][0]
        while open_levels and open_levels[-1] >= written:
            open_levels.pop()
        open_levels.append(written)
        block["c"][0] = min(len(open_levels) + 1, _DEEPEST)
        # A document whose highest level is 1 or 3 is shifted as a whole; that is no change.
        if block["c"][0] != written - top + 2:
            changed.append(block)
    if changed:
        draft.report(codes.LEVELS, count=len(changed), words=excerpt(changed[0]["c"][2]))
