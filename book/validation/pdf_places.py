"""From veraPDF's path to an object of a PDF to the chapter and line that it comes from.

A path may end in a structure element, or in an operator or an annotation of a page. The words of
these are sought in the documents of the book, which know their lines. An object without words has
the place of the words before it, a picture that of the picture with the same number in its chapter.
A path that names a page alone leads to the first words of that page, any other to ``edition.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

from book.compose.documents import Book, Document, Kind
from book.markdown.dom import line_of
from book.markdown.plain import words_of
from book.markdown.tree import q
from book.readback.pdf.document import TaggedPdf
from book.readback.pdf.reading import StructuredText, joined, reading_order
from book.readback.pdf.structure import Annotation, Element, Mark, Number
from book.validation.sources import Place, Sources

# Parts of veraPDF's path to an object. A structure element has the number of its object, and SE
# before its type: "(12 0 obj SEFigure". The last one in a path is the nearest to the object.
_ELEMENT = re.compile(r"\((\d+) (\d+) obj SE\w+")
_PAGE = re.compile(r"/pages\[(\d+)\]")
_OPERATOR = re.compile(r"/operators\[(\d+)\]")
_ANNOTATION = re.compile(r"/annots\[\d+\]\((\d+) (\d+) obj")
# An escape in a string of CSS: up to six hexadecimal digits, and a space that ends them.
_ESCAPE = re.compile(r"\\([0-9A-Fa-f]{1,6})\s?")
_PIECES = 24
"""Marked-content sequences before a place that are read for its context."""
_LETTERS = 80
"""Letters that tell a place in a chapter from any other."""
_STYLES = ("pdf.css.j2", "notice.css.j2", "cover.css.j2")


class PdfPlaces:
    """The places of one tagged PDF: a context manager, since the file stays open.

    Raises what :class:`~book.readback.pdf.document.TaggedPdf` raises.
    """

    def __init__(self, path: Path, book: Book, sources: Sources) -> None:
        self._pdf = TaggedPdf(path)
        self._documents = {document.id: document for document in book.documents}
        self._sources = sources
        self._letters: dict[str, _LetterLines] = {}

    def __enter__(self) -> PdfPlaces:
        return self

    def __exit__(self, *details: object) -> None:
        self._pdf.__exit__()

    def of(self, location: str) -> Place:
        """The source of what veraPDF's path leads to; ``edition.yaml`` for the file as a whole."""
        if elements := _ELEMENT.findall(location):
            element = self._elements.get(_number(elements[-1]))
            return Place(self._sources.edition) if element is None else self._element(element)
        page = _PAGE.search(location)
        if page is None:
            return Place(self._sources.edition)
        number = int(page[1])
        # An annotation may have a content stream of its own (its appearance, ISO 32000-1, 12.5.5),
        # so annotations are tried before operators.
        if annotation := _ANNOTATION.search(location):
            return self._annotation(number, _number(annotation.groups()))
        if operator := _OPERATOR.search(location):
            return self._operator(number, int(operator[1]))
        return self._page_begins(number)

    @cached_property
    def _elements(self) -> dict[Number, Element]:
        """The structure elements in reading order, by the numbers of their objects."""
        return {element.source.objgen: element for element in self._pdf.structure.elements()}

    @cached_property
    def _pieces(self) -> list[StructuredText]:
        return reading_order(self._pdf)

    @cached_property
    def _starts(self) -> list[tuple[int, str]]:
        """The first page of each document, in the order of the pages."""
        first = self._pdf.first_pages().items()
        return sorted((page, id) for id, page in first if id in self._documents)

    def _document(self, page: int) -> Document | None:
        # The last document that begins on this page or before it.
        ids = [id for start, id in self._starts if start <= page]
        return self._documents[ids[-1]] if ids else None

    def _element(self, element: Element) -> Place:
        found = list(element.marks())
        if not found:
            return self._linked(element) or Place(self._sources.edition)
        page = found[0].page
        document = self._document(page)
        if document is not None and element.kind == "Figure":
            line = self._figure_line(document, element)
            if line is not None:
                return Place(document.source, line)
        return self._place_of_marks(page, set(found))

    @cached_property
    def _figures(self) -> list[tuple[int, Element]]:
        """Page and element of every figure, in reading order."""
        return [
            (mark.page, element)
            for element in self._elements.values()
            if element.kind == "Figure" and (mark := next(element.marks(), None))
        ]

    def _linked(self, element: Element) -> Place | None:
        """The source of something without content that stands in a link: where it leads tells."""
        link = element.link
        href = None
        if link is not None:
            href = link.address or (link.destination and f"#{link.destination}")
        for document in self._documents.values() if href else ():
            if lines := _link_lines(document, str(href)):
                return Place(document.source, lines[0])
        return None

    def _figure_line(self, document: Document, element: Element) -> int | None:
        """The line of a figure by its number; None where figures and pictures do not tally."""
        figures = [figure for page, figure in self._figures if self._document(page) is document]
        # The number of figures tells whether decorations are among them.
        for decoration in (False, True):
            lines = _picture_lines(document, decoration=decoration)
            if len(lines) == len(figures) and element in figures:
                return lines[figures.index(element)]
        return None

    def _place_of_marks(self, page: int, sequences: set[Mark]) -> Place:
        """The source of marked-content sequences, which lie on ``page`` and after it."""
        inside = [p for p in self._pieces if p.mark in sequences]
        if inside:
            at = self._pieces.index(inside[0])
            return self._place_of_words(page, words_of(joined(inside)), self._before(at, page))
        # No words inside (a rule, a picture): the words before it tell where it stands.
        before = [n for n, p in enumerate(self._pieces) if p.mark < min(sequences)]
        return self._place_of_words(page, [], self._before(max(before) + 1 if before else 0, page))

    def _before(self, at: int, page: int) -> list[str]:
        """The words of the same document that are read before piece ``at``."""
        document = self._document(page)
        pieces = self._pieces[max(0, at - _PIECES) : at]
        return words_of(joined([p for p in pieces if self._document(p.page) is document]))

    def _annotation(self, page: int, number: Number) -> Place:
        """The source of a link: the words of the structure element that holds it."""
        for element in self._elements.values():
            for kid in element.kids:
                if isinstance(kid, Annotation) and kid.number == number:
                    return self._contents_entry(page, kid) or self._element(element)
        return self._page_begins(page)

    def _contents_entry(self, page: int, annotation: Annotation) -> Place | None:
        """The source of an entry of the table of contents: of the heading that it leads to.

        None for an annotation that is in no table of contents.
        """
        document = self._document(page)
        if document is None or document.kind is not Kind.CONTENTS:
            return None
        target = annotation.destination
        for other in self._documents.values():
            if target in other.anchors:
                found = next(e for e in other.tree.root.iter() if e.get("id") == target)
                if line := int(found.get("data-line") or 0):
                    return Place(other.source, line)
                words = words_of(
                    other.title if target == other.id else "".join(map(str, found.itertext()))
                )
                return self._without_line(other, words)
        return None

    def _operator(self, page: int, number: int) -> Place:
        """The source of what an operator of a page draws."""
        mark = self._pdf.mark_of(page, number)
        if mark is None:
            return self._page_begins(page)
        return self._from_style(mark) or self._place_of_marks(page, {mark})

    def _from_style(self, mark: Mark) -> Place | None:
        """The line of the brand's style sheets that writes signs which no document has."""
        document = self._document(mark.page)
        signs = {sign for run in self._pdf.sequence(mark) for sign in run.text}
        own = set() if document is None else set("".join(map(str, document.tree.root.itertext())))
        # Only signs beyond ASCII: a full stop in a style sheet need not be where this one is from.
        strange = {sign for sign in signs - own if not sign.isspace() and not sign.isascii()}
        for file in (f"{self._sources.brand}/{name}" for name in _STYLES):
            for number, line in enumerate(self._sources.lines(file), start=1):
                written = _ESCAPE.sub(_unescaped, line)
                if "content" in line and strange & set(written):
                    return Place(file, number)
        return None

    def _page_begins(self, page: int) -> Place:
        """The source of the first words of a page."""
        first = next((n for n, p in enumerate(self._pieces) if p.page == page), None)
        if first is None:
            document = self._document(page)
            if document is None:
                return Place(self._sources.edition)
            return self._without_line(document)
        here = [p for p in self._pieces[first:] if p.page == page]
        return self._place_of_words(page, words_of(joined(here)), self._before(first, page))

    def _place_of_words(self, page: int, words: Sequence[str], before: Sequence[str]) -> Place:
        """The source of ``words`` that come after ``before`` in the document of a page.

        Letters are compared, not words: a page's line may end within a word.
        """
        document = self._document(page)
        if document is None:
            return Place(self._sources.edition)
        wanted = "".join(words).casefold()[:_LETTERS]
        context = "".join(before).casefold()[-_LETTERS:]
        known = self._letters_of(document)
        while context or wanted:
            at = known.letters.find(context + wanted)
            if at >= 0:
                # The line of the first letter wanted, or without any that of the last one before.
                line = known.lines[at + len(context) - (0 if wanted else 1)]
                return Place(document.source, line) if line else self._without_line(document, words)
            if not context:
                break
            # The context may hold letters that no document has (bullets, numbers that a style sheet
            # counts). Half of it, the nearer one, is tried next.
            context = context[(len(context) + 1) // 2 :]
        return self._without_line(document, words)

    def _without_line(self, document: Document, words: Sequence[str] = ()) -> Place:
        """The place of what has no line in a document: YAML of its source, a brand's template."""
        text = " ".join(words)
        in_yaml = self._sources.line_with(document.source, text)
        return in_yaml or self._sources.template_line_with(text) or Place(document.source)

    def _letters_of(self, document: Document) -> _LetterLines:
        if document.id not in self._letters:
            known = _LetterLines()
            known.add(document.tree.root, 0)
            self._letters[document.id] = known
        return self._letters[document.id]


@dataclass
class _LetterLines:
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


def _link_lines(document: Document, href: str) -> list[int]:
    """The lines of the links of a document that lead to ``href``."""
    return [line_of(link) for link in document.tree.root.iter(q("a")) if link.get("href") == href]


def _picture_lines(document: Document, *, decoration: bool) -> list[int]:
    """The lines of the pictures of a document; those that say nothing only with ``decoration``."""
    return [
        line_of(picture)
        for picture in document.tree.root.iter(q("img"))
        if decoration or picture.get("role") not in ("presentation", "none")
    ]


def _number(numbers: Sequence[str]) -> Number:
    return int(numbers[0]), int(numbers[1])


def _unescaped(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    return chr(number) if 0 < number < 0x110000 else ""
