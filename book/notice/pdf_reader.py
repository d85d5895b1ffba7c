"""Reads the co-financing notice of a finished PDF.

Everything is taken from the file itself: what its pages paint, the structure tree, the named
destinations. What the pipeline intended plays no part.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from book.model.loaded import LoadedEdition
from book.notice.evidence import Drawing, Medium, Notice, Picture, Place, Words
from book.notice.parts import says_anything
from book.notice.pdf_lines import Line, page_lines
from book.notice.pdf_pictures import Group, groups, is_emblem
from book.notice.pdf_view import PageView
from book.readback.geometry import Box, Shape, around
from book.readback.pdf.document import FinishedPdf
from book.readback.pdf.structure import Element

_DESTINATIONS = {
    Place.COVER: "cover",
    Place.NOTICE: "notice",
    Place.COLOPHON: "colophon",
}
# Documents that are not chapters. The next document, of either kind, ends a place.
_FRONT = ("cover", "half-title", "notice", "title-page", "colophon", "contents")
# Page labels that are numbers, arabic or roman, are told with «p.» before them.
_FOLIO = re.compile(r"[0-9ivxlcdm]+", re.IGNORECASE)
_MOST_PAGES = 3
"""Pages of a document on which the notice is looked for."""
_MOST_OF_A_PAGE = 0.5
"""Share of the page above which a picture is a background or a cover picture, not a logo."""


def read_pdf(pdf: Path | bytes, loaded: LoadedEdition) -> list[Notice]:
    """Read the notice in each of its places, in the order of the pages.

    A place is found by its named destination. A place without a notice gives evidence with neither
    emblem nor words; a place that the book does not have gives none. Raises
    pikepdf.PdfError for a file that is no PDF.
    """
    names = {*_FRONT, *(chapter.slug for chapter in loaded.chapters.values())}
    with FinishedPdf(pdf) as opened:
        starts = {name: page for name, page in opened.first_pages().items() if name in names}
        order = sorted(set(starts.values()))
        notices = [
            _notice(opened, place, starts[name], order, loaded)
            for place, name in _DESTINATIONS.items()
            if name in starts
        ]
    return sorted(notices, key=lambda notice: notice.sheet)


def _notice(
    pdf: FinishedPdf,
    place: Place,
    start: int,
    order: list[int],
    loaded: LoadedEdition,
) -> Notice:
    """The notice of one place: that on the first page which shows an emblem or words of a notice.

    ``start`` is the first page of the place, ``order`` are the first pages of all documents of the
    book; both count from 0.
    """
    following = [page for page in order if page > start]
    end = min([*following[:1], start + _MOST_PAGES, len(pdf)])
    number = order.index(start) + 1
    first: Notice | None = None
    for index in range(start, max(end, start + 1)):
        found = _on_page(pdf, index, place, number, loaded)
        if found.emblem is not None or found.words:
            return found
        first = first or found
    assert first is not None
    return first


def _on_page(
    pdf: FinishedPdf, index: int, place: Place, order: int, loaded: LoadedEdition
) -> Notice:
    """The notice on the page at ``index``; ``order`` is the position of its document."""
    painted = pdf.paintings(index)
    lines = page_lines(pdf.texts(index), painted)
    structure = pdf.structure.on_page(index)
    sheet = pdf.sheet(index)
    label = pdf.label(index)
    drawn = groups(painted, structure)
    emblems = [group for group in drawn if is_emblem(group)]
    words = _words(structure, lines, emblems, loaded)
    where = f"p. {label}" if _FOLIO.fullmatch(label) else label
    empty = Notice(Medium.PDF, place, where, sheet, None, (), order=order, sheet=index + 1)
    if not emblems and not says_anything(words, loaded):
        return empty
    view = PageView.of(pdf, index)
    region = around([*(w.box for w in words), *(g.box for g in emblems)])
    emblem = emblems[0] if emblems else None
    # Words over the emblem count, even if the structure does not put them into the notice.
    overlapping = [line.words for line in lines if emblem and emblem.box.overlaps(line.words.box)]
    words += [other for other in overlapping if other not in words]
    others = [g for g in drawn if g is not emblem and _may_be_logo(g, place, sheet, region)]
    return replace(
        empty,
        emblem=_picture(emblem, view) if emblem else None,
        words=tuple(view.looked_at(w) for w in words),
        logos=tuple(_picture(group, view) for group in others),
        ground=view.ground_around(emblem.box) if emblem else "#FFFFFF",
    )


def _words(
    structure: Element, lines: Sequence[Line], emblems: Sequence[Group], loaded: LoadedEdition
) -> list[Words]:
    """The words of the notice, in reading order.

    They are the words of the smallest structure element that holds the emblem and says something of
    a notice; without structure they are all words of the page. ``structure`` is the tree of this
    page only. Marked content ids (``mcid``) join what is painted to the elements of the tree.
    """
    by_mcid: dict[int, list[Words]] = {}
    for line in lines:
        by_mcid.setdefault(line.mcid, []).append(line.words)

    def words_in(element: Element) -> list[Words]:
        return [words for mark in element.marks() for words in by_mcid.get(mark.mcid, [])]

    def size(element: Element) -> int:
        return len(list(element.marks()))

    if not structure.kids:
        return [line.words for line in lines]
    wanted = {group.mcid for group in emblems[:1] if group.mcid >= 0}
    speaking = [
        element
        for element in structure.elements()
        if wanted <= {mark.mcid for mark in element.marks()}
        and says_anything(words_in(element), loaded)
    ]
    if not speaking:
        return []
    if wanted:
        return words_in(min(speaking, key=size))
    # Without an emblem the smallest element would be a single line of the notice. So it is the
    # smallest of those that say as much of the notice as any.
    most = max(len(says_anything(words_in(element), loaded)) for element in speaking)
    whole = [e for e in speaking if len(says_anything(words_in(e), loaded)) == most]
    return words_in(min(whole, key=size))


def _may_be_logo(group: Group, place: Place, sheet: Box, region: Box) -> bool:
    """Whether a picture may be a logo, with which the emblem has to be compared.

    On a notice page every picture is one. On a cover, and among pictures that are tagged as
    decoration, only those are that stand near the notice (``region``).
    """
    area = group.box.width * group.box.height
    if area > _MOST_OF_A_PAGE * sheet.width * sheet.height:
        return False
    reach = Box(0, region.y - region.height, sheet.width, 3 * region.height)
    return group.box.overlaps(reach) if place is Place.COVER or group.artefact else True


def _picture(group: Group, view: PageView) -> Picture:
    return Picture(group.box, group.alt, _drawing(group), seen=view.share_seen(group))


def _drawing(group: Group) -> Drawing | None:
    """The drawing of a picture: shapes in mm from its upper left corner, or its raster as PNG."""
    box = group.box
    if group.image is not None:
        content = io.BytesIO()
        group.image.save(content, "PNG")
        return Drawing(group.image.width, group.image.height, raster=content.getvalue())
    if not group.shapes:
        return None
    shapes = tuple(
        Shape(tuple((x - box.x, y - box.y) for x, y in shape.points), shape.fill)
        for shape in group.shapes
    )
    return Drawing(box.width, box.height, shapes)
