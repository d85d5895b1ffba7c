"""The main text of a document, which PDF and EPUB count in the same way.

The PDF lays out another tree than the EPUB packs: notes stand at their calls in the PDF and at the
chapter's end in the EPUB, and only the PDF's contents show folios. What both hold, in the same
order, is the main text: its characters without white space, and its pictures. Each of these is an
*item*. The number of items before a place names that place in both trees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from book.markdown.dom import INLINES

Element = Any
"""An element of lxml or of the standard library's ElementTree; both read alike."""

PICTURE = "\ufffc"
"""What stands for a picture or a rule among the characters (U+FFFC, object replacement)."""
HYPHEN = "\u2010"
PICTURES = frozenset({"img", "svg", "math", "hr"})

# Soft hyphens and spaces without width come and go with the lines.
_INK = re.compile("[^\\s\u00ad\u200b\u2060\ufeff]")
_WHITE = re.compile(r"\s")
_RUNNING = INLINES - {"br"} | {"wbr"}
_APART = {
    "a": "note-call",
    "section": "notes",
    "span": "footnote",
}
"""Elements that are no main text, by the class that says so."""
_FOLIO_IN_CONTENTS = "toc-page"


@dataclass(frozen=True)
class Stretch:
    """Text of one element without an element in it, or one picture.

    ``holder`` is the element whose text it is, ``after`` its child that the text follows (None
    for what stands first); a picture is its own holder and has no text. ``start`` counts the items
    (characters and pictures) before it. ``glued`` says that no white space and no edge of a block
    parts its first character from the one before.
    """

    holder: Element
    after: Element | None
    text: str
    start: int
    glued: bool

    @property
    def places(self) -> list[int]:
        """Where in ``text`` its items are."""
        return [found.start() for found in _INK.finditer(self.text)]

    @property
    def items(self) -> str:
        """Its items, a character for each; hyphens are U+002D, as on the pages."""
        if self.is_picture:
            return PICTURE
        return "".join(_INK.findall(self.text)).replace(HYPHEN, "-")

    @property
    def is_picture(self) -> bool:
        return not self.text

    def is_glued(self, number: int) -> bool:
        """Whether the item of this number, from 0, goes on the one before without white space."""
        if number == 0:
            return self.glued
        before, here = self.places[number - 1 : number + 1]
        return _WHITE.search(self.text, before, here) is None


def main_text(root: Element) -> list[Stretch]:
    """The stretches of main text in ``root`` that hold an item, in order."""
    reader = _Reader()
    reader.read(root)
    return reader.stretches


def ink(text: str) -> list[str]:
    """The characters of ``text`` that are items."""
    return _INK.findall(text)


def items_of(stretches: list[Stretch]) -> str:
    """All items, a character for each."""
    return "".join(stretch.items for stretch in stretches)


def name_of(element: Element) -> str:
    """The element's name without namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


class _Reader:
    """Goes through a tree; ``_apart`` says that white space or a block's edge comes before."""

    def __init__(self) -> None:
        self.stretches: list[Stretch] = []
        self._count = 0
        self._apart = True

    def read(self, element: Element) -> None:
        name = name_of(element)
        names = (element.get("class") or "").split() if name else []
        if not name or _APART.get(name) in names or _FOLIO_IN_CONTENTS in names:
            return
        if name in PICTURES:
            self._add(Stretch(element, None, "", self._count, glued=False))
            self._apart = True
            return
        self._apart |= name not in _RUNNING
        self._text(element, None, element.text or "")
        for child in element:
            self.read(child)
            self._text(element, child, child.tail or "")
        self._apart |= name not in _RUNNING

    def _text(self, holder: Element, after: Element | None, text: str) -> None:
        found = _INK.search(text)
        if found is None:
            self._apart |= _WHITE.search(text) is not None
            return
        glued = not self._apart and _WHITE.search(text, 0, found.start()) is None
        stretch = Stretch(holder, after, text, self._count, glued)
        self._add(stretch)
        self._apart = _WHITE.search(text, stretch.places[-1]) is not None

    def _add(self, stretch: Stretch) -> None:
        self.stretches.append(stretch)
        self._count += len(stretch.items)
