"""Finished books with changed notices, quickly: cover, notice page and colophon alone.

The documents are laid out and packed as a build does it, and read back by the readers of the
notice; what a mistake changes is the documents' XHTML, the style sheets or the package.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from lxml import etree
from PIL import Image

from book.compose.compose import compose
from book.compose.documents import Book, Kind
from book.compose.stylesheet import PageStyle, page_style
from book.driver.cache import Cache
from book.driver.layouts import Layouts
from book.driver.trees import chapter_trees
from book.markdown.dom import classes
from book.markdown.tree import Tree, parse, q
from book.model.loaded import WrittenEdition
from book.notice.epub_reader import read_epub
from book.notice.evidence import Medium, Notice, Place
from book.notice.judge import judge
from book.notice.pdf_reader import read_pdf
from book.notice.rule import Result
from book.notice.source_rules import judge_sources
from book.output.epub.write import epub_book
from book.output.pdf.write import pdf_book

Edit = Callable[[etree._Element], None]
_SECTIONS = {Place.COVER: "cover", Place.NOTICE: "notice-page", Place.COLOPHON: "colophon"}
_PACKAGE = "EPUB/content.opf"
_STYLE = "EPUB/style.css"


@dataclass(frozen=True)
class Change:
    """What is changed in one place.

    ``css`` comes after everything else and should be scoped by :func:`rule`; ``edits`` change
    the document's XHTML; ``package`` rewrites the EPUB's package document.
    """

    css: str = ""
    edits: tuple[Edit, ...] = ()
    package: Callable[[str], str] | None = None

    def __add__(self, other: Change) -> Change:
        package = other.package or self.package
        return Change(self.css + other.css, (*self.edits, *other.edits), package)


def class_of(place: Place, part: str) -> str:
    """The class of a part of the notice: emblem, statement, fund, project, cup, words, block."""
    if place is Place.COVER:
        return {"words": "cover-notice", "block": "cover-band"}.get(part, f"cover-{part}")
    return f"notice-{part}"


def selector(place: Place, part: str = "") -> str:
    """The CSS selector of a part of the notice in one place; ``picture`` is the emblem itself."""
    if not part:
        return f"section.{_SECTIONS[place]}"
    below = f".{class_of(place, 'emblem')} img" if part == "picture" else None
    return f"section.{_SECTIONS[place]} {below or '.' + class_of(place, part)}"


def rule(place: Place, part: str, declarations: str, pseudo: str = "") -> Change:
    """Style a part of the notice in one place, above what the brand says."""
    forced = "".join(f"{d.strip()} !important; " for d in declarations.split(";") if d.strip())
    return Change(css=f"\n{selector(place, part)}{pseudo} {{ {forced}}}")


def find(root: etree._Element, place: Place, part: str) -> etree._Element:
    """The element of a part of the notice; ``picture`` is the emblem itself."""
    name = class_of(place, "emblem" if part == "picture" else part)
    found = next(element for element in root.iter() if name in classes(element))
    return found.find(q("img")) if part == "picture" else found  # type: ignore[return-value]


@dataclass
class Bench:
    """An edition, composed once, and what lays it out again and again."""

    loaded: WrittenEdition
    book: Book
    small: Book
    """``book`` with its documents that hold a notice, and no others."""
    style: PageStyle
    cache: Cache
    layouts: Layouts
    work: Path
    right: dict[Medium, list[Notice]] = field(default_factory=dict)

    def of(self, loaded: WrittenEdition) -> Bench:
        """The bench of another edition, for PDFs: what lays out is shared."""
        return _bench(loaded, self.cache, self.layouts, self.work)

    def read(self, medium: Medium, changes: Mapping[Place, Change]) -> list[Notice]:
        """What is found of the notice after ``changes``; an EPUB's cover is left out."""
        if medium is Medium.PDF:
            return read_pdf(self._pdf(changes), self.loaded)
        return read_epub(self._epub(changes), self.loaded, (Place.NOTICE, Place.COLOPHON))

    def results(self, medium: Medium, place: Place, notices: list[Notice]) -> list[Result]:
        """All rules held against a book that is right except for what ``notices`` has in a place.

        So one book may hold a mistake in each of its places, and each is judged by itself.
        """
        if medium not in self.right:
            self.right[medium] = self.read(medium, {})
        others = [notice for notice in self.right[medium] if notice.place is not place]
        spoilt = [notice for notice in notices if notice.place is place]
        return self.judged([*others, *spoilt])

    def judged(self, notices: list[Notice]) -> list[Result]:
        """All rules held against these notices and the edition's sources."""
        return [*judge(notices, self.loaded, "en"), *self._sources]

    @cached_property
    def _sources(self) -> list[Result]:
        return judge_sources(self.loaded, "en")

    def _pdf(self, changes: Mapping[Place, Change]) -> bytes:
        documents = []
        for document in self.small.documents:
            change = changes.get(Place(document.id))
            if change is not None and change.edits:
                document = replace(document, tree=Tree(_edited(document.tree.xhtml, change)))
            documents.append(document)
        sheets = {place: change.css for place, change in changes.items()}
        cover = self.style.cover + sheets.pop(Place.COVER, "")
        style = PageStyle(self.style.pages + "".join(sheets.values()), cover)
        book = replace(self.small, documents=tuple(documents))
        made, _ = pdf_book(book, style, self.layouts.lay_out, self.loaded.readable)
        return made.pdf

    def _epub(self, changes: Mapping[Place, Change]) -> Path:
        target = self.work / "changed.epub"
        files = dict(self._packed)
        for place, change in changes.items():
            name = f"EPUB/{place}.xhtml"
            if change.edits:
                files[name] = _edited(files[name].decode(), change).encode()
            files[_STYLE] += change.css.encode()
            if change.package is not None:
                files[_PACKAGE] = change.package(files[_PACKAGE].decode()).encode()
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return target

    @cached_property
    def _packed(self) -> dict[str, bytes]:
        picture = io.BytesIO()
        Image.new("RGB", (1600, 2560), "#225566").save(picture, "JPEG")
        made, findings = epub_book(self.book, picture.getvalue())
        content = made.epub
        assert findings == []
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


@contextmanager
def bench(loaded: WrittenEdition, work: Path) -> Iterator[Bench]:
    """The bench of an edition; ``work`` is an empty folder.

    Whoever reads many EPUBs starts a browser round it all: see
    :func:`book.validators.browser.chromium`.
    """
    cache = Cache(work / "cache")
    with Layouts(cache, loaded.fonts_folder, work / "fonts", 1) as layouts:
        yield _bench(loaded, cache, layouts, work)


def _bench(loaded: WrittenEdition, cache: Cache, layouts: Layouts, work: Path) -> Bench:
    trees, _ = chapter_trees(loaded, cache, 1)
    book, findings = compose(loaded, trees)
    assert book is not None, findings
    kinds = (Kind.COVER, Kind.NOTICE, Kind.COLOPHON)
    documents = tuple(document for document in book.documents if document.kind in kinds)
    small = replace(book, documents=documents, toc=())
    style = page_style(book.loaded)
    return Bench(loaded, book, small, style, cache, layouts, work)


def _edited(xhtml: str, change: Change) -> str:
    root = parse(xhtml)
    for edit in change.edits:
        edit(root)
    return etree.tostring(root, encoding="unicode")
