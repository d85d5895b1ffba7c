"""Cleans characters and spaces: removes invisible ones, makes spaces single, replaces bullets."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from book.intake.documents import codes
from book.intake.documents.ast import (
    Blocks,
    Inlines,
    Node,
    all_inlines,
    change_blocks,
    change_inlines,
    excerpt,
    node,
    text_of,
)
from book.intake.documents.draft import Draft

BULLET = "•"
_SPACES = re.compile("[\t\u00a0\u2000-\u200a\u202f\u205f\u3000 ]+")
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0000-\u0008\u000b-\u001f\u007f-\u009f"
    "\u2028\u2029\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
# Characters of the fonts Symbol and Wingdings, which Word maps to U+F000 plus their code in the
# font. No other font shows them.
_SYMBOLS = {
    **dict.fromkeys("\uf0b7\uf0a7\uf0a8\uf06e\uf06c\uf071\uf076\uf0d8\uf0fc\uf0fe", BULLET),
    "\uf0e0": "→",
    "\uf0df": "←",
    "\uf0f0": "⇒",
    "\uf02d": "–",
    "\uf0b0": "°",
    "\uf0b4": "×",
}
_JOINED = ("Str", "Strong", "Emph", "SmallCaps")
_BREAKS = ("Space", "SoftBreak", "LineBreak")


def apply(draft: Draft) -> None:
    """Clean all strings, then remove the blocks that are empty.

    In this order, because cleaning may leave a paragraph empty.
    """
    counts = {"invisible": 0, "spaces": 0, "empty": 0}
    unknown: dict[str, str] = {}

    def clean(inlines: Inlines) -> Inlines:
        result: Inlines = []
        for inline in inlines:
            if inline["t"] == "Str":
                # Some programs write accents as combining characters.
                text = unicodedata.normalize("NFC", inline["c"])
                text, removed = _INVISIBLE.subn("", text)
                counts["invisible"] += removed
                text = "".join(_SYMBOLS.get(c, c) for c in text)
                # What is left of the private use area means something in one font only. It is
                # removed and reported once for each character.
                for character in _PRIVATE.findall(text):
                    unknown.setdefault(character, excerpt(inlines))
                text = _PRIVATE.sub("", text)
                counts["spaces"] += len(_SPACES.findall(text))
                pieces = _SPACES.split(text)
            else:
                pieces = []
                result.append(inline)
            for index, piece in enumerate(pieces):
                if index:
                    result.append(node("Space"))
                if piece:
                    result.append(node("Str", piece))
        single = _single_spaces(result)
        counts["spaces"] += sum(a["t"] == b["t"] == "Space" for a, b in pairwise(result))
        return _joined(single)

    def without_empty(blocks: Blocks) -> Blocks:
        kept = []
        for block in blocks:
            if block["t"] in ("Para", "Plain", "Header"):
                _trim(block)
                inlines = block["c"][2] if block["t"] == "Header" else block["c"]
                if not any(i["t"] not in _BREAKS for i in inlines):
                    counts["empty"] += 1
                    continue
            kept.append(block)
        return kept

    change_inlines(draft.blocks, clean)
    change_blocks(draft.blocks, without_empty)
    _report(draft, counts, unknown)


def clean_text(text: str) -> str:
    """A text on one line, cleaned in the same way."""
    text = _PRIVATE.sub("", "".join(_SYMBOLS.get(c, c) for c in text))
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def _report(draft: Draft, counts: dict[str, int], unknown: dict[str, str]) -> None:
    """Report how much was cleaned, and each unknown character with the words near it."""
    for code, count in (
        (codes.INVISIBLE, counts["invisible"]),
        (codes.SPACES, counts["spaces"]),
        (codes.EMPTY_PARAGRAPHS, counts["empty"]),
    ):
        if count:
            draft.report(code, count=count)
    for character, near in unknown.items():
        draft.report(
            codes.PRIVATE_CHARACTER,
            character=f"U+{ord(character):04X}",
            words=_PRIVATE.sub("", near),
        )


def _single_spaces(inlines: Inlines) -> Inlines:
    """The inlines without repeated spaces, spaces after a break, and empty emphasis."""
    result: Inlines = []
    for inline in inlines:
        is_empty = inline["t"] in ("Strong", "Emph", "Strikeout") and not inline["c"]
        after_space = result and result[-1]["t"] in ("Space", "LineBreak")
        if not is_empty and not (inline["t"] == "Space" and after_space):
            result.append(inline)
    return result


def _joined(inlines: Inlines) -> Inlines:
    """Join neighbours with the same formatting: ``**a****b**`` becomes ``**ab**``.

    Word processors split runs of text wherever somebody has edited.
    """
    result: Inlines = []
    for inline in inlines:
        last = result[-1] if result else None
        if last and inline["t"] == last["t"] and inline["t"] in _JOINED:
            last["c"] += inline["c"]
        else:
            result.append(inline)
    return result


def _trim(block: Node) -> None:
    """Remove spaces and breaks at the ends of a block, and all of it when it has no words.

    A picture or a note counts as words.
    """
    inlines: Inlines = block["c"][2] if block["t"] == "Header" else block["c"]
    while inlines and inlines[0]["t"] in _BREAKS:
        del inlines[0]
    while inlines and inlines[-1]["t"] in _BREAKS:
        del inlines[-1]
    is_bare = not any(i["t"] in ("Image", "Note") for i in all_inlines(inlines))
    if is_bare and not text_of(inlines):
        inlines.clear()
