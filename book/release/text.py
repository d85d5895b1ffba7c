"""The text of an edition in the form in which releases are compared: chapters and their blocks.

It is taken from the composed book, so it holds no names that may not be published. Every release
keeps it as ``testo.json``.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from lxml import etree
from pydantic import ConfigDict

from book.compose.compose import compose
from book.compose.documents import Book, Document, Kind
from book.driver.cache import Cache
from book.driver.trees import chapter_trees
from book.markdown.dom import BLOCKS, HEADINGS, classes, name
from book.model.base import Model
from book.model.edition import Edition
from book.model.loaded import WrittenEdition
from book.model.person import Role

TEXT_FILE = "testo.json"
_NUMBERS_OF_NOTES = frozenset({"note-call", "note-back"})
"""Classes of the numbers of notes. They are left out: a new note changes all numbers after it."""
_CELLS = frozenset({"td", "th"})
_DIGITS = 12
"""The number of hexadecimal digits of a hash in an id: enough for the paragraphs of a book."""


class _Kept(Model):
    """The base of all that ``testo.json`` holds."""

    # A later version of the pipeline may write more fields; this one must still read its files.
    model_config = ConfigDict(extra="ignore")


class Block(_Kept):
    """A heading or a paragraph; also a row of a table, a caption, an entry of a list.

    ``id`` is made of the chapter's id and a hash of the text, so it does not depend on the block's
    position. ``level`` is 1 to 6 for a heading, 0 for text. ``section`` is the nearest heading
    above the block, "" if that is the chapter's title.
    """

    id: str
    level: int = 0
    section: str = ""
    text: str

    @property
    def kind(self) -> Literal["heading", "text"]:
        return "heading" if self.level else "text"


class ChapterText(_Kept):
    """A chapter: the id of its document, its title, its part ("" without parts), its blocks."""

    id: str
    title: str
    part: str = ""
    blocks: tuple[Block, ...]


class PictureFact(_Kept):
    """A picture of a chapter: its path in the edition's folder, its content, credit and licence."""

    path: str
    sha256: str
    alt: str = ""
    credit: str = ""
    licence: str = ""
    chapter: str


class Credit(_Kept):
    """A contributor of the whole book, as the model has them."""

    name: str
    role: Role
    kind: str


class BookText(_Kept):
    """The whole text of an edition, and the fields of its catalogue record.

    ``facts`` maps names of fields (``title``, ``identifiers.epub``) to their values. ``people`` are
    the names of persons that could be published at the time of the release.
    """

    edition: str
    version: str
    date: datetime.date
    facts: dict[str, str]
    contributors: tuple[Credit, ...]
    people: tuple[str, ...] = ()
    pictures: tuple[PictureFact, ...] = ()
    chapters: tuple[ChapterText, ...]


def composed(written: WrittenEdition, cache: Cache, jobs: int) -> Book | None:
    """The composed book; None when it cannot be composed."""
    trees, _ = chapter_trees(written, cache, jobs)
    return compose(written, trees)[0]


def text_of(book: Book) -> BookText:
    """The text of a composed book."""
    loaded, edition = book.loaded, book.loaded.edition
    parts = {
        child.anchor: entry.text
        for entry in book.toc
        if entry.label is not None
        for child in entry.children
    }
    people = {p.name for p in loaded.redaction.people if p.shown is None}
    return BookText(
        edition=loaded.name,
        version=edition.version,
        date=edition.date,
        facts=_facts(edition),
        contributors=tuple(
            Credit(name=c.name, role=c.role, kind=c.kind) for c in edition.contributors
        ),
        people=tuple(sorted(people)),
        pictures=tuple(_pictures(book)),
        chapters=tuple(
            ChapterText(
                id=document.id,
                title=document.title,
                part=parts.get(document.id, ""),
                blocks=blocks_of(document),
            )
            for document in book.documents
            if document.kind is Kind.CHAPTER
        ),
    )


def hidden(text: BookText, hide: Callable[[str], str]) -> BookText:
    """``text`` with ``hide`` applied to all strings in it but ids, hashes, paths and the like."""

    def over(value: Any) -> Any:
        if isinstance(value, str):
            return hide(value)
        if isinstance(value, Mapping):
            kept = {"id", "sha256", "path", "version", "edition", "role", "kind", "people"}
            return {k: v if k in kept else over(v) for k, v in value.items()}
        return [over(entry) for entry in value] if isinstance(value, list | tuple) else value

    return BookText.model_validate(over(text.model_dump()))


def blocks_of(document: Document) -> tuple[Block, ...]:
    """The headings and paragraphs of a document in reading order. Every word is in one of them.

    What the pipeline generates (numbers of notes, speakers' roles) is left out: it changes with
    the text elsewhere, and would make blocks differ that nobody has edited.
    """
    reader = _Reader()
    reader.visit(document.tree.root)
    reader.flush()
    seen: Counter[str] = Counter()
    headings: dict[int, str] = {}  # the headings above the block, by level
    blocks = []
    for level, text in reader.found:
        # A heading ends the sections of its own level and of deeper ones.
        if level:
            headings = {n: t for n, t in headings.items() if n < level}
        digest = hashlib.sha256(f"{level}\0{text}".encode()).hexdigest()[:_DIGITS]
        seen[digest] += 1
        again = f"-{seen[digest]}" if seen[digest] > 1 else ""  # the text comes more than once
        section = next((headings[n] for n in sorted(headings, reverse=True) if n > 1), "")
        blocks.append(
            Block(id=f"{document.id}.{digest}{again}", level=level, section=section, text=text)
        )
        if level:
            headings[level] = text
    return tuple(blocks)


class _Reader:
    """Walks a tree and splits its text at the edges of blocks. A table row is one block.

    ``found`` are the blocks so far, as level and text. ``_pieces`` is the text of the block that
    is being read, ``_level`` its level, ``_rows`` the number of table rows around it.
    """

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []
        self._pieces: list[str] = []
        self._level = 0
        self._rows = 0

    def flush(self) -> None:
        """End the block that is being read."""
        text = " ".join("".join(self._pieces).replace("\u00ad", "").split()).removeprefix("| ")
        self._pieces.clear()
        if text:
            self.found.append((self._level, text))

    def visit(self, element: etree._Element) -> None:
        """Read an element with its contents, but not the text after it."""
        if not isinstance(element.tag, str) or _is_left_out(element):
            return
        kind = name(element)
        # Inside a row nothing ends a block. Cells are separated by «|», blocks in them by a space.
        is_edge = kind in BLOCKS and not self._rows
        if is_edge:
            self.flush()
        level, self._level = self._level, int(kind[1]) if kind in HEADINGS else self._level
        self._rows += kind == "tr"
        if self._rows and kind in BLOCKS:
            self._pieces.append(" | " if kind in _CELLS else " ")
        if kind == "br":
            self._pieces.append(" ")
        self._pieces.append(element.text or "")
        for child in element:
            self.visit(child)
            self._pieces.append(child.tail or "")
        # The page separates the speaker's name from the words by style; the text needs a sign.
        if "speaker" in classes(element):
            self._pieces.append(" — ")
        self._rows -= kind == "tr"
        if is_edge:
            self.flush()
        self._level = level


def _is_left_out(element: etree._Element) -> bool:
    return "data-generated" in element.attrib or bool(_NUMBERS_OF_NOTES & {*classes(element)})


def _pictures(book: Book) -> Iterable[PictureFact]:
    for slug, tree in book.trees.items():
        for picture in tree.pictures:
            yield PictureFact(
                path=picture.path,
                sha256=hashlib.sha256(book.pictures[picture.path].read_bytes()).hexdigest(),
                alt=picture.alt,
                credit=picture.credit,
                licence=picture.licence,
                chapter=slug,
            )


def _facts(edition: Edition) -> dict[str, str]:
    """The fields of the record as texts, with dotted names; fields without a value are left out."""
    data: dict[str, Any] = edition.model_dump(
        mode="json",
        include={
            *("title", "subtitle", "series", "edition_statement", "language", "date", "publisher"),
            *("place", "identifiers", "description", "url", "licence", "programme", "project"),
            *("partners", "subjects", "page_format"),
        },
    )
    flat: dict[str, str] = {}
    for key, value in data.items():
        entries = value.items() if isinstance(value, dict) else [("", value)]
        for inner, said in entries:
            words = ", ".join(said) if isinstance(said, list) else said
            if words:
                flat[f"{key}.{inner}" if inner else key] = words
    return flat
