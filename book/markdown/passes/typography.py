"""Applies Italian typography to the tree, block by block.

The rules must read across emphasis: the two marks of ``"*word*"`` are a pair. So the texts of a
block are gathered as segments, changed together, and written back each to its element. Code,
addresses, numbers of notes and words of other languages are no segments of text. The rules see one
object (U+FFFC) in their place, so that they neither change them nor take their neighbours for
neighbours of each other.
"""

from __future__ import annotations

import re

from lxml import etree

from book.markdown.codes import QUOTE_OPEN
from book.markdown.context import Context
from book.markdown.dom import BLOCKS, classes, name
from book.markdown.typography import OBJECT, italian_segments

_SKIPPED = frozenset({"code", "pre", "kbd", "samp", "var", "img", "br"})
_SKIPPED_CLASSES = frozenset({"time-mark", "note-call", "note-back", "uri", "email", "turn-dash"})
_ADDRESS = re.compile(r"https?://|www\.|@\w")
_Place = tuple[etree._Element, str]
"""Where a segment comes from: an element, and ``text`` or ``tail``."""


def apply(root: etree._Element, context: Context) -> None:
    """Apply the rules to the Italian text of every block, unless the edition switches them off."""
    if not context.edition.typography.non_breaking:
        return
    runs: dict[etree._Element, tuple[list[str], list[_Place | None]]] = {}
    _collect(root, context.language, runs)
    for block, (segments, places) in runs.items():
        if not "".join(segments).strip():
            continue
        new, unpaired = italian_segments(segments)
        if unpaired:
            context.report(QUOTE_OPEN, block)
        for place, before, after in zip(places, segments, new, strict=True):
            if place is not None and before != after:
                setattr(place[0], place[1], after)


def _collect(
    root: etree._Element,
    language: str,
    runs: dict[etree._Element, tuple[list[str], list[_Place | None]]],
) -> None:
    """Gather the segments of each block in order, with their places; None for objects.

    A block inside another one has its own segments. In the outer one it counts as a line end.
    """
    blocks: list[etree._Element] = []
    languages: list[str] = [language]
    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            blocks.append(element if name(element) in BLOCKS or not blocks else blocks[-1])
            languages.append(element.get("lang") or languages[-1])
            skipped += _is_skipped(element)
            segments, places = runs.setdefault(blocks[-1], ([], []))
            if skipped:
                if element is not blocks[-1]:
                    segments.append("\n" if name(element) == "br" else OBJECT)
                    places.append(None)
            else:
                _add(segments, places, (element, "text"), languages[-1])
        else:
            blocks.pop()
            languages.pop()
            skipped -= _is_skipped(element)
            if blocks and not skipped:
                segments, places = runs[blocks[-1]]
                if name(element) in BLOCKS:
                    segments.append("\n")
                    places.append(None)
                _add(segments, places, (element, "tail"), languages[-1])


def _is_skipped(element: etree._Element) -> bool:
    return name(element) in _SKIPPED or bool(_SKIPPED_CLASSES & set(classes(element)))


def _add(segments: list[str], places: list[_Place | None], place: _Place, language: str) -> None:
    text = getattr(place[0], place[1])
    if not text:
        return
    if language.split("-")[0] != "it" or _ADDRESS.search(text):
        segments.append(OBJECT)
        places.append(None)
    else:
        segments.append(text)
        places.append(place)
