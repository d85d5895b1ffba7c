"""The co-financing notice to look at: each place of it cut from its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from book.messages import translate
from book.notice.case import PLACES
from book.notice.evidence import Box, Medium, Notice
from book.output.pictures.raster import page_part
from book.report.pages import Picture, picture

_POINTS = 72 / 25.4
_MARGIN = 4.0
"""mm around the notice."""
_WIDTH = 640
"""Pixels, twice what the report shows."""


@dataclass(frozen=True)
class NoticeView:
    """A notice as it stands on its page, and where that is."""

    place: str
    picture: Picture


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
    shown = [box for box in boxes if box.overlaps(notice.page)]
    if not shown:
        return None
    page: Box = notice.page
    left = max(0.0, min(box.x for box in shown) - _MARGIN)
    top = max(0.0, min(box.y for box in shown) - _MARGIN)
    right = min(page.width, max(box.x + box.width for box in shown) + _MARGIN)
    bottom = min(page.height, max(box.y + box.height for box in shown) + _MARGIN)
    return left * _POINTS, top * _POINTS, right * _POINTS, bottom * _POINTS
