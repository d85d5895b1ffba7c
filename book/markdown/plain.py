"""The words of a text and of a tree, normalised in the same way, so that they can be compared.

A word is a run of letters and digits after compatibility folding (NFKC). Punctuation, spaces and
typographic variants do not count; case does. Notes are separate from the main text, because every
output puts them in another place.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from lxml import etree

from book.markdown.dom import BLOCKS, name

_E_GRAVE = re.compile(r"(?<![\w'’])E['’](?=\s)")
_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


@dataclass(frozen=True)
class Words:
    """The words of a chapter in reading order: main text, and notes in order of their calls."""

    main: tuple[str, ...]
    notes: tuple[str, ...]


def words_of(text: str) -> list[str]:
    """The normalised words of any text. Soft hyphens and zero-width spaces do not end a word."""
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return _WORD.findall(_E_GRAVE.sub("È", text))


def tree_words(root: etree._Element, *, generated: bool) -> Words:
    """The words of a tree: with ``generated`` those that a reader sees, else those of the source.

    Generated words (labels, credits) are in elements with ``data-generated``. Where a pass shows
    other words than were written (a speaker's name for an abbreviation), ``data-written`` holds
    the written ones.
    """
    main, notes = tree_text(root, generated=generated)
    return Words(tuple(words_of(main)), tuple(words_of(notes)))


def tree_text(root: etree._Element, *, generated: bool) -> tuple[str, str]:
    """The main text and the notes of a tree, as :func:`tree_words` splits them into words."""
    main: list[str] = []
    notes: list[str] = []
    hidden = in_notes = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        written = None if generated else element.get("data-written")
        is_hidden = not generated and (written is not None or "data-generated" in element.attrib)
        is_notes = element.get("class") == "notes"
        # Words of two blocks are two words even if no space stands between the blocks.
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
