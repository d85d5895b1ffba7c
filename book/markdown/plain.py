"""Words of a text and of a tree, normalised alike, so that the two can be compared.

A word is a run of letters and digits after compatibility folding (NFKC): punctuation, spaces
and typographic variants fall away, case stays. Notes are kept apart from the main text, for
every output puts them elsewhere.
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
    """The normalised words of any text; soft hyphens and zero-width spaces join."""
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return _WORD.findall(_E_GRAVE.sub("È", text))


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
