"""The lines that a composed document knows: of its letters, of its pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from book.compose.documents import Document
from book.markdown.dom import line_of
from book.markdown.plain import words_of
from book.markdown.tree import q


@dataclass
class Letters:
    """The letters of a document in small, each with the line that it comes from (0: none)."""

    letters: str = ""
    lines: list[int] = field(default_factory=list)

    def add(self, element: etree._Element, line: int) -> None:
        """Add those of an element; the nearest element that knows its line counts."""
        own = int(element.get("data-line") or line)
        self._add_text(element.text, own)
        for child in element:
            if isinstance(child.tag, str):
                self.add(child, own)
            self._add_text(child.tail, own)

    def _add_text(self, text: str | None, line: int) -> None:
        letters = "".join(words_of(text or "")).casefold()
        self.letters += letters
        self.lines += [line] * len(letters)


def link_lines(document: Document, href: str) -> list[int]:
    """The lines of the links of a document that lead to ``href``."""
    return [line_of(link) for link in document.tree.root.iter(q("a")) if link.get("href") == href]


def picture_lines(document: Document, *, decoration: bool) -> list[int]:
    """The lines of the pictures of a document; those that say nothing only with ``decoration``."""
    return [
        line_of(picture)
        for picture in document.tree.root.iter(q("img"))
        if decoration or picture.get("role") not in ("presentation", "none")
    ]
