"""The text of a tagged PDF in reading order, as its structure tree gives it (ISO 32000-1, 14.7).

Assistive technology reads the same way: the tree says what comes after what, marked-content
sequences on the pages hold the text. What the tree does not mention is not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from book.markdown.plain import Words, words_of
from book.readback.pdf_content import PageContent, page_content
from book.readback.pdf_graphics import DrawnImage, TextRun

SOFT_HYPHEN = "\u00ad"
"""What ends a line within a word (ISO 32000-1, 14.8.2.2.3)."""

_INLINE = {"Span", "Link", "NonStruct", "Quote", "Code", "Reference", "Em", "Strong"}
_NEAR = 0.14
_OVERLAP = -0.3
_SAME_LINE = 0.7


@dataclass(frozen=True)
class StructuredText:
    """One marked-content sequence at its place in the reading order.

    ``path`` are the types of the structure elements around it, outermost first; ``text`` what it
    says (its ActualText where it has one); ``page`` counts from 0; ``block`` numbers the nearest
    element that is no part of a line; ``link`` is the address that its link leads to; ``runs``
    are the characters as drawn. ``numbers`` is true for the number or bullet of a list's item,
    which the list's numbering brings. Where an element says what its letters stand for
    (ActualText), all its sequences are one, on the page of the first.
    """

    path: tuple[str, ...]
    text: str
    page: int
    mcid: int
    block: int
    link: str | None
    runs: tuple[TextRun, ...]
    numbers: bool = False


class TaggedPdf:
    """A tagged PDF, opened for reading: a context manager.

    Raises pikepdf.PdfError for a file that is no PDF, ValueError for one without structure tree.
    """

    def __init__(self, path: Path) -> None:
        self._pdf = pikepdf.open(path)
        if "/StructTreeRoot" not in self._pdf.Root:
            self._pdf.close()
            raise ValueError(f"{path.name} has no structure tree")
        self._numbers = {page.obj.objgen: n for n, page in enumerate(self._pdf.pages)}
        self._contents: dict[int, PageContent] = {}

    def __enter__(self) -> TaggedPdf:
        return self

    def __exit__(self, *details: object) -> None:
        self._pdf.close()

    @property
    def pdf(self) -> Pdf:
        """The file itself, for questions that this class does not answer."""
        return self._pdf

    def runs(self, page: int) -> list[TextRun]:
        """All text on a page (from 0) as drawn, furniture and all."""
        return self._content(page).runs

    def images(self, page: int) -> list[DrawnImage]:
        """All pictures and drawings on a page (from 0)."""
        return self._content(page).images

    def reading_order(self) -> list[StructuredText]:
        """Every marked-content sequence that holds text, in the order of the structure tree."""
        return [piece for piece in _Walk(self).pieces() if piece.text]

    def first_pages(self) -> dict[str, int]:
        """The first page (from 0) of each document of the book, by its id.

        Ids within documents hold a full stop, ids of documents do not.
        """
        names = self._pdf.Root.get("/Names", Dictionary()).get("/Dests")
        if names is None:
            return {}
        destinations = pikepdf.NameTree(names)
        return {
            str(name): self._numbers[target[0].objgen]
            for name, target in destinations.items()
            if "." not in str(name)
        }

    def page_of(self, element: Object) -> int | None:
        """The page (from 0) of a structure element, where it says so."""
        page = element.get("/Pg")
        return None if page is None else self._numbers.get(page.objgen)

    def sequence(self, page: int, mcid: int) -> tuple[TextRun, ...]:
        """The text of a marked-content sequence as drawn."""
        return tuple(run for run in self._content(page).runs if run.mcid == mcid)

    def _content(self, page: int) -> PageContent:
        if page not in self._contents:
            self._contents[page] = page_content(self._pdf.pages[page], page)
        return self._contents[page]


class _Walk:
    """Goes through the structure tree in order."""

    def __init__(self, pdf: TaggedPdf) -> None:
        self._pdf = pdf
        self._blocks = 0
        self._roles = pdf.pdf.Root.StructTreeRoot.get("/RoleMap", Dictionary())

    def pieces(self) -> Iterator[StructuredText]:
        for element in _kids(self._pdf.pdf.Root.StructTreeRoot):
            yield from self._element(element, (), None, 0, None)

    def _element(
        self,
        element: Object,
        path: tuple[str, ...],
        page: int | None,
        block: int,
        link: str | None,
    ) -> Iterator[StructuredText]:
        pieces = self._pieces(element, path, page, block, link)
        if "/ActualText" in element and (all_ := list(pieces)):
            runs = tuple(run for piece in all_ for run in piece.runs)
            yield replace(all_[0], text=str(element.ActualText), runs=runs)
        elif element.get("/S") == Name.Lbl and _is_numbered(element):
            yield from (replace(piece, numbers=True) for piece in pieces)
        else:
            yield from pieces

    def _pieces(
        self,
        element: Object,
        path: tuple[str, ...],
        page: int | None,
        block: int,
        link: str | None,
    ) -> Iterator[StructuredText]:
        kind = str(element.S).removeprefix("/")
        kind = str(self._roles.get(f"/{kind}", kind)).removeprefix("/")
        path = (*path, kind)
        page = page if (own := self._pdf.page_of(element)) is None else own
        if kind not in _INLINE:
            self._blocks += 1
            block = self._blocks
        if kind == "Link":
            link = _address(element) or link
        for kid in _kids(element):
            if isinstance(kid, int):
                yield self._piece(path, page, kid, block, link)
            elif kid.get("/Type") == Name.MCR:
                named = self._pdf.page_of(kid)
                yield self._piece(
                    path, page if named is None else named, int(kid.MCID), block, link
                )
            elif "/S" in kid:
                yield from self._element(kid, path, page, block, link)

    def _piece(
        self, path: tuple[str, ...], page: int | None, mcid: int, block: int, link: str | None
    ) -> StructuredText:
        if page is None:
            raise ValueError(f"marked content {mcid} under {'/'.join(path)} has no page")
        runs = self._pdf.sequence(page, mcid)
        return StructuredText(path, _said(runs), page, mcid, block, link, runs)


def _is_numbered(label: Object) -> bool:
    """Whether a label is a number or a bullet, not the term that a list's item defines."""
    attributes = label.P.get("/P", Dictionary()).get("/A", Dictionary())
    numbering = attributes.get("/ListNumbering") if isinstance(attributes, Dictionary) else None
    return label.P.get("/S") == Name.LI and numbering != Name("/None")


def _kids(element: Object) -> list[Object]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _address(link: Object) -> str | None:
    """Where the annotation of a Link element leads: an address, or the name of a destination."""
    for kid in _kids(link):
        if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR:
            target = kid.Obj.get("/A", Dictionary()).get("/URI", kid.Obj.get("/Dest"))
            return None if target is None else str(target)
    return None


def _said(runs: Sequence[TextRun]) -> str:
    """The text of runs; the replacement text stands once for all the runs under it."""
    said: list[str] = []
    previous: str | None = None
    for run in runs:
        if run.actual is None:
            said.append(run.text)
        elif run.actual != previous:
            said.append(run.actual)
        previous = run.actual
    return "".join(said)


def joined(pieces: Iterable[StructuredText]) -> str:
    """The text of pieces that follow one another, as it was before it was set in lines.

    Parts of a word that a line's end divides come together again, blocks are lines of their own.
    """
    text = ""
    previous: StructuredText | None = None
    for piece in pieces:
        if previous is not None:
            if text.endswith(SOFT_HYPHEN):
                text = text[:-1]
            else:
                text += _between(previous, piece)
        text += piece.text
        previous = piece
    return text


def _between(before: StructuredText, after: StructuredText) -> str:
    if before.block != after.block:
        return "" if _divides_an_address(before, after) else "\n"
    if not before.runs or not after.runs:
        return ""
    last, first = before.runs[-1], after.runs[0]
    size = max(last.size, first.size)
    if before.page == after.page and abs(last.y - first.y) < _SAME_LINE * size:
        gap = (first.x - last.x - last.width) / size
        return "" if _OVERLAP < gap < _NEAR else " "
    return "" if _divides_an_address(before, after) else " "


def _divides_an_address(before: StructuredText, after: StructuredText) -> bool:
    """Whether a line's end divides an address, which may break anywhere and without hyphen."""
    if not before.link or before.link != after.link or not before.text or not after.text:
        return False
    return before.text.split()[-1] + after.text.split()[0] in before.link


def is_note(piece: StructuredText) -> bool:
    """Whether a piece belongs to a footnote."""
    return "Note" in piece.path


def words(pieces: Sequence[StructuredText]) -> Words:
    """The words of pieces, notes apart: what a reader reads once, in the order of reading.

    Left out are the numbers of list items and the lettering of figures, which their alternative
    text replaces. The words compare with those of :func:`book.markdown.plain.tree_words`.
    """
    notes = [piece for piece in pieces if _is_shown(piece) and is_note(piece)]
    return Words(tuple(words_of(joined(main_text(pieces)))), tuple(words_of(joined(notes))))


def main_text(pieces: Sequence[StructuredText]) -> list[StructuredText]:
    """The pieces that :func:`words` takes for main text."""
    return [piece for piece in pieces if _is_shown(piece) and not is_note(piece)]


def words_in_order(pieces: Sequence[StructuredText]) -> tuple[str, ...]:
    """All words that :func:`words` finds, notes where they are read."""
    return tuple(words_of(joined(piece for piece in pieces if _is_shown(piece))))


def _is_shown(piece: StructuredText) -> bool:
    around = [kind for kind in piece.path if kind in ("Figure", "Caption")]
    return not piece.numbers and around[-1:] != ["Figure"]


def words_by_page(pdf: TaggedPdf) -> list[tuple[str, ...]]:
    """The words of the main text on each page, in the order of reading.

    What a page's end divides, a word or an address, counts where it begins.
    """
    runs: list[tuple[str, int]] = []
    previous: StructuredText | None = None
    for piece in main_text(pdf.reading_order()):
        text, goes_on = piece.text, False
        if previous is not None and runs:
            goes_on = runs[-1][0].endswith(SOFT_HYPHEN) or not _between(previous, piece)
            goes_on = goes_on and not (previous.text[-1].isspace() or text[0].isspace())
        parts = text.split()
        if goes_on and parts:
            before, page = runs[-1]
            runs[-1] = (before.removesuffix(SOFT_HYPHEN) + parts.pop(0), page)
        runs += [(part, piece.page) for part in parts]
        previous = piece
    found: list[list[str]] = [[] for _ in pdf.pdf.pages]
    for run, page in runs:
        found[page] += words_of(f"{run} ")
    return [tuple(words) for words in found]


def words_by_document(pdf: TaggedPdf) -> dict[str, Words]:
    """The words of each document of the book by its id; a document starts on its own page."""
    starts = sorted((page, id) for id, page in pdf.first_pages().items())
    ends = [page for page, _ in starts[1:]] + [len(pdf.pdf.pages)]
    pieces = pdf.reading_order()
    return {
        id: words([piece for piece in pieces if start <= piece.page < end])
        for (start, id), end in zip(starts, ends, strict=True)
    }
