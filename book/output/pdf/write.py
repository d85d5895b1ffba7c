"""Makes the PDF of a composed book: lay out, paginate, number, assemble."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from book.compose.documents import PDF, PRINT, Book, Document, Kind
from book.compose.stylesheet import PageStyle
from book.findings import Finding
from book.messages import translate
from book.output.page_turn import PageTurn
from book.output.pdf.assemble import assemble
from book.output.pdf.codes import LAYOUT_WARNING, UNALIGNED_PAGES
from book.output.pdf.furniture import ID as FURNITURE
from book.output.pdf.furniture import furniture_html
from book.output.pdf.page_html import page_html
from book.output.pdf.pagination import Pagination, paginate
from book.output.pdf.part import LaidOutPart, PartSource, Side
from book.output.pdf.press import finished_for_print

LayOut = Callable[[Sequence[PartSource]], list[LaidOutPart]]
"""Lays out parts, in parallel or from the cache; the driver provides it."""

_MOST_ROUNDS = 5
_MISSING_GLYPH = ".notdef"
"""In WeasyPrint's warning about a character without a glyph. Composing has reported it already."""
_COVERS = (Kind.COVER, Kind.BACK_COVER)


@dataclass(frozen=True)
class PdfBook:
    """The finished PDF, its number of pages, the folio of each id, and where each page begins."""

    pdf: bytes
    pages: int
    folios: dict[str, str]
    pagination: Pagination
    turns: tuple[PageTurn, ...] = ()


@dataclass(frozen=True)
class _Maker:
    """What the parts of one book share."""

    book: Book
    style: PageStyle
    lay_out: LayOut
    folders: tuple[Path, ...]

    def source(self, document: Document, side: Side, folios: Mapping[str, str]) -> PartSource:
        css = self.style.cover if document.kind in _COVERS else self.style.pages
        html = page_html(document, css, folios)
        return PartSource(document.id, html, side, self.folders, self.book.pictures)


def pdf_book(
    book: Book,
    style: PageStyle,
    lay_out: LayOut,
    folders: tuple[Path, ...],
    output: str = PDF,
) -> tuple[PdfBook, list[Finding]]:
    """Make the PDF, for the screen or for print (``output``).

    ``style`` is the brand's CSS. ``folders`` are those in which layouts may read files. A part is
    laid out for the side (left or right) of its first page, which depends on the parts before. So
    all parts are laid out for a guessed side, and those with a wrong guess are laid out again.
    Raises RuntimeError when that does not come to an end.
    """
    maker = _Maker(book, style, lay_out, folders)
    documents = book.shown_in(output)
    parts, pagination, folios = _settle(maker, documents)
    leaves = pagination.leaves(book.loaded.edition.short_title or book.loaded.edition.title)
    sheet = PartSource(
        FURNITURE,
        furniture_html(leaves, style.pages, book.loaded.edition.language),
        "right",
        folders,
        tagged=False,
    )
    (furniture,) = lay_out([sheet])
    pdf, findings = assemble(book, pagination, parts, leaves, furniture)
    findings += [
        LAYOUT_WARNING.at(document.source, document=document.title, text=text)
        for document in documents
        for text in parts[document.id].warnings
        if _MISSING_GLYPH not in text
    ]
    if output == PRINT:
        pdf = finished_for_print(pdf, book)
    turns, unaligned = _turns(book, pagination, parts) if output == PDF else ((), [])
    findings += unaligned
    return PdfBook(pdf, pagination.pages, folios, pagination, turns), findings


def _turns(
    book: Book, pagination: Pagination, parts: Mapping[str, LaidOutPart]
) -> tuple[tuple[PageTurn, ...], list[Finding]]:
    """Where each page begins. None at all, with findings, if the pages of one part are not known.

    A blank page begins where the next page with words does.
    """
    unaligned = [
        UNALIGNED_PAGES.at(placement.document.source, document=placement.document.title)
        for placement in pagination.placements
        if not parts[placement.document.id].starts
    ]
    if unaligned:
        return (), unaligned
    names = pagination.names(translate("Cover", book.loaded.edition.language))
    turns: list[PageTurn] = []
    for placement in pagination.placements:
        id, starts = placement.document.id, parts[placement.document.id].starts
        blank = [starts[0]] * (placement.first - len(turns))
        for start in (*blank, *starts):
            turns.append(PageTurn(names[len(turns)], id, start.offset, start.opening))
    return tuple(turns), []


def _settle(
    maker: _Maker, documents: Sequence[Document]
) -> tuple[dict[str, LaidOutPart], Pagination, dict[str, str]]:
    """Lay out until every part starts on its side and the contents show the right folios."""
    sides: dict[str, Side] = {document.id: "right" for document in documents}
    parts: dict[str, LaidOutPart] = {}
    folios: dict[str, str] = {}
    stale = list(documents)
    for _ in range(_MOST_ROUNDS):
        sources = [maker.source(document, sides[document.id], folios) for document in stale]
        parts.update(zip((d.id for d in stale), maker.lay_out(sources), strict=True))
        pagination = paginate([(d, parts[d.id].pages) for d in documents])
        now = _folios(pagination, parts)
        stale = [
            p.document
            for p in pagination.placements
            if p.side != sides[p.document.id]
            or (p.document.kind is Kind.CONTENTS and now != folios)
        ]
        sides = {p.document.id: p.side for p in pagination.placements}
        folios = now
        if not stale:
            return parts, pagination, folios
    raise RuntimeError(f"the pages of {maker.book.loaded.name} do not settle")


def _folios(pagination: Pagination, parts: Mapping[str, LaidOutPart]) -> dict[str, str]:
    return {
        anchor: pagination.label(placement.first + page)
        for placement in pagination.placements
        for anchor, page in parts[placement.document.id].anchors.items()
    }
