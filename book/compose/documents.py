"""The types of the composed book: documents in reading order, with one content for all outputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from book.markdown.tree import ChapterTree, Tree
from book.model.loaded import TypesetEdition

EPUB = "epub"
PDF = "pdf"
PRINT = "print"
"""The PDF for a printing house: what :data:`PDF` shows, and the back cover."""
BOTH = frozenset({EPUB, PDF})


class Kind(StrEnum):
    """The kinds of documents, in the terms of the book trade."""

    COVER = "cover"
    HALF_TITLE = "half-title"
    TITLE_PAGE = "title-page"
    COLOPHON = "colophon"
    NOTICE = "notice"
    BACK_COVER = "back-cover"
    CONTENTS = "contents"
    PART = "part"
    CHAPTER = "chapter"


class Matter(StrEnum):
    """Which of the three divisions of a book a document belongs to."""

    FRONT = "front"
    BODY = "body"
    BACK = "back"


@dataclass(frozen=True)
class TocEntry:
    """A line of the table of contents: its text, the id it points to, the entries below it.

    ``label`` is a part's label («Parte prima»), None elsewhere.
    """

    text: str
    anchor: str
    children: tuple[TocEntry, ...] = ()
    label: str | None = None


@dataclass(frozen=True)
class Document:
    """One document of the book.

    ``id`` names its EPUB file and is the id of the root of ``tree``, a ``<section>``. Links inside
    the book are ``#<id>``, whatever document has the id. Pictures are paths relative to the
    edition's folder. ``data-line`` attributes give the source line of a block; outputs leave them
    out. ``source`` is the file for findings. ``anchors`` are all the ids of the document.
    ``outputs`` says which outputs show it. ``template`` names the template that it was rendered
    from.
    """

    id: str
    kind: Kind
    matter: Matter
    title: str
    running_head: str
    language: str
    tree: Tree
    anchors: frozenset[str]
    outputs: frozenset[str]
    source: str
    template: str = ""


@dataclass(frozen=True)
class Book:
    """A composed edition.

    ``loaded`` is the typeset edition, whose words outputs show. ``identifier`` is its URN.
    ``documents`` are in reading order. ``toc`` is the table of contents: parts, chapters, two
    levels of sections. ``pictures`` maps each path used in the documents to its file. ``trees``
    are the chapters' own trees by slug.
    """

    loaded: TypesetEdition
    identifier: str
    documents: tuple[Document, ...]
    toc: tuple[TocEntry, ...]
    pictures: dict[str, Path]
    trees: Mapping[str, ChapterTree]

    def shown_in(self, output: str) -> tuple[Document, ...]:
        """The documents that ``output`` (:data:`EPUB`, :data:`PDF`, :data:`PRINT`) shows."""
        shown = {output, PDF} if output == PRINT else {output}
        return tuple(d for d in self.documents if shown & d.outputs)
