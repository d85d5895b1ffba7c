"""The parts become one PDF: pages, structure, links, bookmarks, labels, metadata."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from book.compose.documents import Book
from book.findings import Finding
from book.messages import translate
from book.output.pdf.archive import make_archival
from book.output.pdf.furniture import lay_over
from book.output.pdf.hyphens import soften_hyphens
from book.output.pdf.links import destinations_of, titles_of, write_destinations, write_links
from book.output.pdf.outline import write_outline
from book.output.pdf.pagination import Leaf, Pagination
from book.output.pdf.part import LaidOutPart
from book.output.pdf.save import saved
from book.output.pdf.structure import StructureTree
from book.output.pdf.xmp import write_metadata


def assemble(
    book: Book,
    pagination: Pagination,
    parts: Mapping[str, LaidOutPart],
    leaves: Sequence[Leaf],
    furniture: LaidOutPart,
) -> tuple[bytes, list[Finding]]:
    """Join the parts (by document id) as ``pagination`` places them.

    Returns the file, and findings for links whose target is on no page.
    """
    with pikepdf.new() as pdf:
        tree = StructureTree(pdf)
        destinations: dict[str, Array] = {}
        tops: dict[str, Object] = {}
        openers = _openers(book)
        for placement in pagination.placements:
            id = placement.document.id
            with pikepdf.open(io.BytesIO(parts[id].pdf)) as part:
                _add_blank_pages(pdf, part.pages[0], placement.first)
                pages = _add_pages(pdf, part)
                structure = pdf.copy_foreign(part.Root.StructTreeRoot)
                tops[id] = tree.add(structure, pages, inside=tops.get(openers.get(id, "")))
                destinations.update(destinations_of(part, pages))
        tree.finish()
        titles = titles_of(book.documents)
        findings = write_links(pdf, pagination.placements, destinations, titles)
        with pikepdf.open(io.BytesIO(furniture.pdf)) as sheet:
            lay_over(pdf, sheet, leaves)
        soften_hyphens(pdf)
        write_destinations(pdf, destinations)
        write_outline(pdf, book.toc, destinations, open_levels=2)
        _write_catalogue(pdf, book, pagination)
        make_archival(pdf)
        write_metadata(pdf, book)
        return saved(pdf), findings


def _add_blank_pages(pdf: Pdf, model: Page, upto: int) -> None:
    """Append pages of the model's size with nothing on them until page ``upto`` is next."""
    while len(pdf.pages) < upto:
        blank = Dictionary(
            Type=Name.Page,
            MediaBox=Array([*model.mediabox]),
            Resources=Dictionary(),
            Contents=pdf.make_stream(b""),
            Tabs=Name.S,
        )
        pdf.pages.append(Page(pdf.make_indirect(blank)))


def _add_pages(pdf: Pdf, part: Pdf) -> list[Page]:
    first = len(pdf.pages)
    for page in part.pages:
        pdf.pages.append(Page(pdf.copy_foreign(page.obj)))
    return list(pdf.pages[first:])


def _openers(book: Book) -> dict[str, str]:
    """The document that opens the part of the book for each document that belongs to one."""
    owner = {anchor: d.id for d in book.documents for anchor in d.anchors}
    return {
        owner[chapter.anchor]: owner[entry.anchor]
        for entry in book.toc
        if entry.label is not None
        for chapter in entry.children
    }


def _write_catalogue(pdf: Pdf, book: Book, pagination: Pagination) -> None:
    language = book.loaded.edition.language
    pdf.Root.Lang = String(language)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.PageLayout = Name.TwoPageRight
    pdf.Root.PageMode = Name.UseOutlines
    cover = translate("Cover", language)
    numbering: list[object] = [0, Dictionary(P=String(cover))]
    if pagination.front > 1:
        numbering += [1, Dictionary(S=Name.D, P=String(f"{cover} "), St=2)]
    if 0 < pagination.front < pagination.pages:
        numbering += [pagination.front, Dictionary(S=Name.r)]
    if pagination.front < pagination.body < pagination.pages:
        numbering += [pagination.body, Dictionary(S=Name.D)]
    pdf.Root.PageLabels = Dictionary(Nums=Array(numbering))
