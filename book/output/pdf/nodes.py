"""The nodes of a part's structure tree, before they are written into the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from book.output.pdf.pieces import Piece


@dataclass(eq=False)
class Node:
    """A structure element (ISO 32000-1, 14.7.2): its type, attributes, and what is in it.

    ``kids`` are nodes and pieces: marked content, or the annotation of a link. ``attributes`` are
    by owner (``Table``, ``List``, ``Layout``). A value that is a text is written as a PDF name; a
    list holds numbers or the ids of header cells. ``contents`` is the description of a link.
    """

    type: str
    parent: Node | None = None
    kids: list[Node | Piece] = field(default_factory=list)
    element: Any = None
    id: str | None = None
    title: str | None = None
    alt: str | None = None
    language: str | None = None
    expansion: str | None = None
    actual_text: str | None = None
    contents: str = ""
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, kid: Node, at: int | None = None) -> Node:
        """Add ``kid`` at index ``at``, by default as the last one. Returns it."""
        kid.parent = self
        self.kids.insert(len(self.kids) if at is None else at, kid)
        return kid

    def set(self, owner: str, **values: Any) -> None:
        """Set attributes of an owner."""
        self.attributes.setdefault(owner, {}).update(values)

    def nodes(self) -> Iterator[Node]:
        """The node and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.nodes()
