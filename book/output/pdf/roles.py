"""Which structure type each HTML element has in a tagged PDF.

Types are those of PDF 1.7 (ISO 32000-1, 14.8.4). Three names of PDF 2.0 that say more are used
with a role map to the nearest older one, as the standard provides (14.8.4.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

ROLE_MAP = {"Aside": "Sect", "Em": "Span", "Strong": "Span"}
"""Types of PDF 2.0 (ISO 32000-2, 14.8.4) and what readers of PDF 1.7 take them for."""

NOTE_CLASS = "footnote"
CELLS = frozenset({"TD", "TH"})
HEADINGS = frozenset(f"H{level}" for level in range(1, 7))
GROUPS = frozenset({"Part", "Sect", "Aside", "Div", "BlockQuote", "Figure"})
"""Types that hold blocks: letters may not stand in them without a block around."""
INLINE = frozenset({"Span", "Em", "Strong", "Link", "Code", "Quote", "Reference"})
"""Types that stand in a line of text (ISO 32000-1, 14.8.4.4)."""

_TYPES = {
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    **{"section": "Sect", "article": "Sect", "aside": "Aside", "blockquote": "BlockQuote"},
    **{"p": "P", "pre": "P", "ul": "L", "ol": "L", "dl": "L", "li": "LI", "dt": "Lbl"},
    **{"dd": "LBody", "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot"},
    **{"tr": "TR", "th": "TH", "td": "TD", "caption": "Caption", "figcaption": "Caption"},
    **{"figure": "Figure", "img": "Figure", "a": "Link", "em": "Em", "strong": "Strong"},
    **{"q": "Quote", "code": "Code", "kbd": "Code", "samp": "Code"},
    **dict.fromkeys(("sub", "sup", "s", "del", "u", "ins"), "Span"),
}
# A role says more than the element's name: a section that opens a part of the book is a Part.
_OF_A_ROLE = {
    "doc-part": "Part",
    "doc-epigraph": "BlockQuote",
    "doc-pullquote": "Aside",
}
_OF_A_CLASS = dict.fromkeys(("notice-block", "cover-band"), "Div")
"""Classes of blocks that form a unit, though HTML has no element for it: notice with emblem."""
# The contents are lists in HTML; PDF has types of its own for them (14.8.4.3.3).
_IN_CONTENTS = {"ol": "TOC", "li": "TOCI", "p": "Reference"}
_DECORATION = {"del": "LineThrough", "s": "LineThrough", "ins": "Underline", "u": "Underline"}
_SHIFTED = frozenset({"sub", "sup"})
_INLINE_HTML = frozenset(
    ["a", "abbr", "b", "bdi", "cite", "dfn", "i", "mark", "small", "span", "time", "u", "var", "br"]
)
# A note stands in the middle of a paragraph, where HTML allows no blocks: footnotes.py has made
# spans of its blocks, of the class footnote-p for a paragraph.
_NOTE_BLOCK = re.compile(r"(?:^|\s)footnote-([a-z0-9]+)(?:\s|$)")


@dataclass(frozen=True)
class Html:
    """An HTML element with its ancestors, and what it means for the structure tree.

    ``element`` is of the standard library's ElementTree, which WeasyPrint parses HTML to. Its
    elements do not know what they stand in, so ``parents`` does.
    """

    element: Any
    parents: Mapping[Any, Any]

    @property
    def parent(self) -> Html | None:
        above = self.parents.get(self.element)
        return None if above is None else Html(above, self.parents)

    @property
    def tag(self) -> str:
        """The element's name. For a block of a note, which has become a span, the block's name."""
        block = _NOTE_BLOCK.search(self.get("class"))
        return block[1] if block else str(self.element.tag)

    def get(self, name: str) -> str:
        return str(self.element.get(name, ""))

    def has_class(self, name: str) -> bool:
        return name in self.get("class").split()

    def lineage(self) -> Iterator[Html]:
        """The element and those around it, innermost first."""
        at: Html | None = self
        while at is not None:
            yield at
            at = at.parent

    def text(self) -> str:
        """The element's text as written, with single spaces, without notes that it calls."""
        return " ".join("".join(_texts(self.element)).split())

    def pictures(self) -> list[Any]:
        """The informative pictures below the element."""
        found = [Html(image, self.parents) for image in self.element.iter("img")]
        return [image.element for image in found if not image.is_decoration]

    def words_of_pictures(self) -> str:
        """The alternative texts of the pictures below the element."""
        return " ".join(image.get("alt", "") for image in self.pictures())

    @property
    def is_note(self) -> bool:
        """Whether the element is a note. It has been moved to its call."""
        return self.has_class(NOTE_CLASS)

    @property
    def is_inline(self) -> bool:
        """Whether the element stands in lines of text."""
        return self.tag in _INLINE_HTML or self.type in INLINE

    @property
    def is_decoration(self) -> bool:
        """Whether the element is decoration: leaders, rules, pictures without alternative text."""
        if self.tag == "img":
            # An empty alternative text alone is that of a picture which nobody has described.
            return self.element.get("role") in ("presentation", "none")
        return self.tag == "hr" or self.has_class("toc-leader")

    @property
    def type(self) -> str | None:
        """The structure type; None for an element that means nothing by itself.

        What is more special is asked first: a note is a span, and a contents' line a paragraph.
        """
        if self.is_note:
            return "Note"
        if (known := _OF_A_ROLE.get(self.get("role"))) is not None:
            return known
        tag = self.tag
        if tag in _IN_CONTENTS and any(e.get("role") == "doc-toc" for e in self.lineage()):
            return _IN_CONTENTS[tag]
        if self.has_class("toc-label"):
            return "Lbl"
        if tag == "a" and not self.get("href"):
            return None
        # A Figure has one alternative text: one of several pictures only groups their Figures.
        if tag == "figure" and len(self.pictures()) != 1:
            return "Div"
        if tag == "abbr" and self.get("title"):
            return "Span"
        of_a_class = next((t for name, t in _OF_A_CLASS.items() if self.has_class(name)), None)
        return _TYPES.get(tag) or of_a_class or self._of_a_passage()

    def _of_a_passage(self) -> str | None:
        """The type of an element that only gives the language of its words."""
        if self.language is None or self.tag in ("html", "body"):
            return None
        return "Span" if self.tag in _INLINE_HTML else "Div"

    @property
    def language(self) -> str | None:
        """The language, where it is another than that of the element around."""
        own = self.get("lang")
        around = next((lang for e in self.lineage() if e != self and (lang := e.get("lang"))), "")
        return own if own and own != around else None

    @property
    def expansion(self) -> str | None:
        """What an abbreviation stands for."""
        return self.get("title") or None if self.tag == "abbr" else None

    @property
    def scope(self) -> str | None:
        """What a header cell is the header of: ``Row`` or ``Column``; None for other cells.

        A cell that does not say is a column's header in a table's head, a row's elsewhere.
        """
        if self.tag != "th":
            return None
        named = self.get("scope")
        if named:
            return "Row" if named.startswith("row") else "Column"
        return "Column" if any(e.tag == "thead" for e in self.lineage()) else "Row"

    @property
    def decoration(self) -> str | None:
        """The value of ``TextDecorationType`` (ISO 32000-1, 14.8.5.4.4)."""
        return _DECORATION.get(self.tag)

    @property
    def is_shifted(self) -> bool:
        """Whether its letters stand above or below the line."""
        return self.tag in _SHIFTED


def _texts(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if NOTE_CLASS in child.get("class", "").split():
            pass
        elif child.tag == "br":
            yield " "
        else:
            yield from _texts(child)
        yield child.tail or ""
