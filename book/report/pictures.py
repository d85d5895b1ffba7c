"""The pictures of a report: the cover, the pages of the PDF, and the notice in each place.

Rasterising them takes nearly all the time of a report. The driver makes them before the text of the
report, which can therefore tell that time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from book.messages import translate
from book.notice.case import PLACES
from book.notice.evidence import Medium, Notice
from book.output.pictures.raster import page_part
from book.readback.geometry import Box
from book.report.facts import EditionFacts
from book.report.pages import PageView, Picture, page_views, picture

_COVER = "cover.jpg"
_COVER_SIZE = (480, 768)
"""Pixels, at most: twice what the page shows."""
_POINTS = 72 / 25.4
_MARGIN = 4.0
"""mm around the notice."""
_WIDTH = 640
"""Pixels, twice what the report shows."""


@dataclass(frozen=True)
class NoticeView:
    """A picture of the notice on its page, and in words where that is."""

    place: str
    picture: Picture


@dataclass(frozen=True)
class ReportPictures:
    """What a report shows; ``cover`` is None where there is neither a cover nor a page."""

    cover: Picture | None = None
    pages: tuple[PageView, ...] = ()
    notices: tuple[NoticeView, ...] = ()


def report_pictures(
    facts: EditionFacts, artefacts: Mapping[str, bytes], language: str
) -> ReportPictures:
    """Draw what the report of ``facts`` shows of ``artefacts``, by their names.

    Only the cover picture and the PDF are drawn. Raises pypdfium2.PdfiumError if the PDF is none.
    """
    pdf = artefacts.get(f"{facts.name}.pdf")
    if pdf is None:
        return ReportPictures(_cover(artefacts, ()))
    pages = tuple(page_views(pdf))
    notices = notice_views(pdf, facts.notice.notices, language)
    return ReportPictures(_cover(artefacts, pages), pages, tuple(notices))


def _cover(artefacts: Mapping[str, bytes], pages: Sequence[PageView]) -> Picture | None:
    """The cover, or in its stead the first page."""
    if _COVER in artefacts:
        with Image.open(BytesIO(artefacts[_COVER])) as image:
            small = image.convert("RGB")
            small.thumbnail(_COVER_SIZE)
            return picture(small)
    return pages[0].thumbnail if pages else None


def notice_views(pdf: bytes, notices: Sequence[Notice], language: str) -> list[NoticeView]:
    """The notices that a PDF shows. Raises pypdfium2.PdfiumError when ``pdf`` is none."""
    views = []
    for notice in notices:
        if notice.medium is Medium.PDF and (part := _part(notice)) is not None:
            place = f"{translate(PLACES[notice.place], language)}, {notice.where}"
            views.append(NoticeView(place, picture(page_part(pdf, notice.sheet, part, _WIDTH))))
    return views


def _part(notice: Notice) -> tuple[float, float, float, float] | None:
    """Left, top, right, bottom of what is to be seen of a notice, in points; None for nothing."""
    boxes = [words.box for words in notice.words]
    if notice.emblem is not None:
        boxes.append(notice.emblem.box)
    # What lies off the page is not seen, and would make the part larger than it need be.
    shown = [box for box in boxes if box.overlaps(notice.page)]
    if not shown:
        return None
    page: Box = notice.page
    left = max(0.0, min(box.x for box in shown) - _MARGIN)
    top = max(0.0, min(box.y for box in shown) - _MARGIN)
    right = min(page.width, max(box.x + box.width for box in shown) + _MARGIN)
    bottom = min(page.height, max(box.y + box.height for box in shown) + _MARGIN)
    return left * _POINTS, top * _POINTS, right * _POINTS, bottom * _POINTS
