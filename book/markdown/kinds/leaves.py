"""Lists the texts of pandoc's document in the order of the source, each with its kind.

Pandoc's JSON does not always have the parts of a node in the order in which they are written: a
heading has its attributes first, the source has them last. For such nodes :class:`_Walk` has a
method that visits the parts in the order of the source.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from book.markdown.kinds.kind import Kind

_ESCAPED = re.compile("%(20|22|3C|3E|5B|5D|5E|60|7B|7C|7D)")
_RAW_CODE = re.compile(r"<(/?)(?:code|kbd|samp|pre|tt|var|script|style)\b", re.I)
_VERBATIM = re.compile(r"\s*<(pre|script|style|textarea)\b[^>]*>(.*?)(</\1\s*>|\Z)", re.I | re.S)
_TAG = re.compile(r"(</?[A-Za-z][^<>]*>)")
_AUTOMATIC = (["uri"], ["email"])


class Leaf(NamedTuple):
    """A piece of text of the document. ``ticked`` says that it is code between backticks."""

    text: str
    kind: Kind
    ticked: bool = False


@dataclass
class Sequence:
    """Leaves that follow one another in the source: the main text, or a note.

    ``is_note`` is false also for notes in notes, because pandoc's HTML leaves their words out.
    """

    leaves: list[Leaf] = field(default_factory=list)
    is_note: bool = False


def sequences_of(blocks: list[Any], source: str) -> list[Sequence]:
    """The main text of pandoc's ``blocks``, then its notes in reading order."""
    walk = _Walk(source)
    walk.visit(blocks)
    return walk.sequences


class _Walk:
    """A walk through pandoc's document that fills ``sequences``."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.sequences = [Sequence()]
        self._into = self.sequences[0]  # the sequence that gets the next leaf
        self._notes = 0  # number of open notes: the walk is inside so many
        self._raw_code = 0  # number of raw tags like <code> that are open

    def visit(self, node: Any) -> None:
        """Gather the leaves of a node, or of a list of nodes."""
        if isinstance(node, list):
            for child in node:
                self.visit(child)
        elif isinstance(node, dict):
            tag, content = str(node.get("t")), node.get("c")
            own = _OWN.get(tag)
            if own:
                own(self, content)
            else:
                self.visit(content)

    def _add(self, text: str, kind: Kind, *, ticked: bool = False) -> None:
        if text:
            # In a note in a note: pandoc's HTML does not print it.
            kind = Kind.LOST if self._notes > 1 else kind
            self._into.leaves.append(Leaf(text, kind, ticked))

    def _text(self, content: str | None) -> None:
        self._add(content or " ", Kind.CODE if self._raw_code else Kind.PROSE)

    def _attributes(self, attributes: Any) -> None:
        id, classes, pairs = attributes
        for part in (id, *classes, *(text for pair in pairs for text in pair)):
            self._add(part, Kind.ATTRIBUTE)

    def _code(self, content: Any) -> None:
        self._add(content[1], Kind.CODE, ticked=True)
        self._attributes(content[0])

    def _code_block(self, content: Any) -> None:
        self._attributes(content[0])
        self._add(content[1], Kind.CODE)

    def _formula(self, content: Any) -> None:
        self._add(content[1], Kind.FORMULA)

    def _heading(self, content: Any) -> None:
        self.visit(content[2])
        self._attributes(content[1])

    def _span(self, content: Any) -> None:
        self.visit(content[1])
        self._attributes(content[0])

    def _division(self, content: Any) -> None:
        self._attributes(content[0])
        self.visit(content[1])

    def _html(self, content: Any) -> None:
        text = content[1]
        verbatim = _VERBATIM.match(text)
        if text.lstrip().startswith("<!--"):
            self._add(text, Kind.COMMENT)
        elif verbatim and verbatim[2]:
            self._add(text[: verbatim.start(2)], Kind.HTML)
            self._verbatim(verbatim[2], has_tags=verbatim[1].lower() == "pre")
            self._add(text[verbatim.end(2) :], Kind.HTML)
        else:
            self._add(text, Kind.HTML)
            for tag in _RAW_CODE.finditer(text):
                self._raw_code = max(0, self._raw_code + (-1 if tag[1] else 1))

    def _verbatim(self, text: str, *, has_tags: bool) -> None:
        for number, part in enumerate(_TAG.split(text) if has_tags else [text]):
            self._add(part, Kind.HTML if number % 2 else Kind.CODE)

    def _link(self, content: Any) -> None:
        attributes, text, (address, title) = content
        # <https://…>: the text is the address. Only one of the two stands in the source.
        if attributes[1] in _AUTOMATIC:
            written = "".join(inline.get("c", " ") for inline in text)
            self._add(written, Kind.ADDRESS)
            return
        self.visit(text)
        self._add(_ESCAPED.sub(self._unescaped, address), Kind.ADDRESS)
        self._add(title, Kind.ATTRIBUTE)
        self._attributes(attributes)

    def _unescaped(self, escape: re.Match[str]) -> str:
        """The sign that pandoc percent-encoded in an address; the code if the source has it."""
        return escape[0] if escape[0] in self._source else chr(int(escape[1], 16))

    def _note(self, content: Any) -> None:
        # A note's text stands elsewhere in the source than its call, so it is another sequence.
        outer = self._into
        self._into = Sequence(is_note=not self._notes)
        self.sequences.append(self._into)
        self._notes += 1
        self.visit(content)
        self._notes -= 1
        self._into = outer


_OWN: dict[str, Callable[[_Walk, Any], None]] = {
    **dict.fromkeys(("Str", "Space", "SoftBreak", "LineBreak"), _Walk._text),
    "Code": _Walk._code,
    "CodeBlock": _Walk._code_block,
    "Math": _Walk._formula,
    "Header": _Walk._heading,
    "Span": _Walk._span,
    "Div": _Walk._division,
    **dict.fromkeys(("RawInline", "RawBlock"), _Walk._html),
    **dict.fromkeys(("Link", "Image"), _Walk._link),
    "Note": _Walk._note,
}
"""The nodes that have a method of their own. Of all others the contents are visited in order."""
