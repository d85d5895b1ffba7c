"""The parts become one PDF: pages, structure, links, bookmarks, labels, metadata."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf, String

from book.compose.documents import Book
from book.findings import Finding
from book.messages import translate
from book.output.pdf.addresses import LINK_SCHEME
from book.output.pdf.codes import UNKNOWN_TARGET
from book.output.pdf.furniture import lay_over
from book.output.pdf.hyphens import soften_hyphens
from book.output.pdf.outline import write_outline
from book.output.pdf.pagination import Leaf, Pagination, Placement
from book.output.pdf.part import LaidOutPart
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
        for placement in pagination.placements:
            with pikepdf.open(io.BytesIO(parts[placement.document.id].pdf)) as part:
                _add_blank_pages(pdf, part.pages[0], placement.first)
                pages = _add_pages(pdf, part)
                tree.add(pdf.copy_foreign(part.Root.StructTreeRoot), pages)
                destinations.update(_destinations(part, pages))
        tree.finish()
        titles = {id: d.title for d in book.documents for id in d.anchors}
        findings = _link(pdf, pagination.placements, destinations, titles)
        with pikepdf.open(io.BytesIO(furniture.pdf)) as sheet:
            lay_over(pdf, sheet, leaves)
        soften_hyphens(pdf)
        _write_destinations(pdf, destinations)
        write_outline(pdf, book.toc, destinations, open_levels=2)
        _write_catalogue(pdf, book, pagination)
        write_metadata(pdf, book)
        target = io.BytesIO()
        pdf.save(
            target,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return target.getvalue(), findings


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


def _destinations(part: Pdf, pages: Sequence[Page]) -> dict[str, Array]:
    """The named destinations of a part, on its pages in the book."""
    numbers = {page.obj.objgen: number for number, page in enumerate(part.pages)}
    found: dict[str, Array] = {}
    if "/Names" not in part.Root or "/Dests" not in part.Root.Names:
        return found
    names = part.Root.Names.Dests.Names
    for index in range(0, len(names), 2):
        page, *position = names[index + 1]
        target = pages[numbers[page.objgen]].obj
        found[str(names[index])] = Array([target, *position])
    return found


def _link(
    pdf: Pdf,
    placements: Sequence[Placement],
    destinations: Mapping[str, Array],
    titles: Mapping[str, str],
) -> list[Finding]:
    """Turn links that left their part into links to a named destination."""
    findings = []
    for placement in placements:
        for page in pdf.pages[placement.first : placement.first + placement.pages]:
            for annotation in page.obj.get("/Annots", ()):
                address = str(annotation.get("/A", Dictionary()).get("/URI", ""))
                if not address.startswith(LINK_SCHEME):
                    continue
                target = address.removeprefix(LINK_SCHEME)
                document = placement.document
                if target not in destinations:
                    findings.append(
                        UNKNOWN_TARGET.at(document.source, document=document.title, target=target)
                    )
                    continue
                del annotation["/A"]
                annotation.Dest = String(target)
                annotation.Contents = String(titles.get(target, target))
    return findings


def _write_destinations(pdf: Pdf, destinations: Mapping[str, Array]) -> None:
    names = Array()
    for name in sorted(destinations, key=lambda name: bytes(String(name))):
        names.append(String(name))
        names.append(destinations[name])
    leaf = pdf.make_indirect(Dictionary(Names=names, Limits=Array([names[0], names[-2]])))
    pdf.Root.Names = Dictionary(Dests=Dictionary(Kids=Array([leaf])))


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
