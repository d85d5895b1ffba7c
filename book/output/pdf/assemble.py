"""Joins the parts into one PDF: pages, structure, links, bookmarks, page labels, metadata."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Page, Pdf, Stream, String

from book.compose.documents import Book, TocEntry
from book.findings import Finding
from book.messages import translate
from book.output.pdf.furniture import lay_over
from book.output.pdf.hyphens import soften_hyphens
from book.output.pdf.links import destinations_of, titles_of, write_destinations, write_links
from book.output.pdf.pagination import Leaf, Pagination
from book.output.pdf.part import LaidOutPart
from book.output.pdf.structure import StructureTree
from book.output.pdf.xmp import write_metadata

_BOOKMARK_DEPTH = 3
"""Parts, chapters, sections: two levels below a part, two levels in a book without parts."""

_PROFILE = "sRGB2014.icc"
"""The sRGB profile of the International Color Consortium, which WeasyPrint brings along."""


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
        _write_outline(pdf, book.toc, destinations, open_levels=2)
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
    """For each document in a part of the book the id of the document that opens the part."""
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


def _write_outline(
    book: Pdf, entries: Sequence[TocEntry], destinations: Mapping[str, Array], open_levels: int
) -> None:
    """Write the bookmarks; levels past ``open_levels`` start closed."""
    with book.open_outline(max_depth=_BOOKMARK_DEPTH + 1) as outline:
        outline.root.extend(_bookmarks(entries, destinations, 1, open_levels))


def _bookmarks(
    entries: Sequence[TocEntry], destinations: Mapping[str, Array], level: int, open_levels: int
) -> list[OutlineItem]:
    if level > _BOOKMARK_DEPTH:
        return []
    items = []
    for entry in entries:
        if entry.anchor not in destinations:
            continue
        title = f"{entry.label} · {entry.text}" if entry.label else entry.text
        item = OutlineItem(title, destinations[entry.anchor])
        item.is_closed = level >= open_levels
        item.children.extend(_bookmarks(entry.children, destinations, level + 1, open_levels))
        items.append(item)
    return items


def make_archival(pdf: Pdf) -> None:
    """Declare that colours are sRGB (6.2.3), and forbid interpolation of pictures (6.2.8.1).

    This is what PDF/A-2a (ISO 19005-2) asks for beyond PDF/UA. Level 2a, not 3a: part 3 differs
    only in that it admits attached files of any kind, and a book has none.
    """
    profile = pdf.make_stream(_profile(), N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB2014"),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([intent])
    for item in pdf.objects:
        if isinstance(item, Stream) and "/Interpolate" in item:
            del item["/Interpolate"]


def _profile() -> bytes:
    # Importing WeasyPrint would load Pango and fontconfig into this process, which needs no fonts.
    package = importlib.util.find_spec("weasyprint")
    assert package is not None and package.origin is not None
    return (Path(package.origin).parent / "pdf" / _PROFILE).read_bytes()


def saved(pdf: Pdf) -> bytes:
    """``pdf`` as the bytes of a PDF 1.7 file. Its identifier is computed from its content."""
    target = io.BytesIO()
    pdf.save(
        target,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return target.getvalue()
