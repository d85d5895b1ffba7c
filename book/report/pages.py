"""The pages of the PDF as pictures: small ones side by side, large ones to read."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import sqrt

from PIL import Image

from book.output.pictures.raster import page_count, page_images

_THUMBNAIL_REDUCTION = 3
"""The small picture has twice the pixels that the report shows, for dense screens."""
_LARGE_WIDTH = 900
_SMALLEST_LARGE_WIDTH = 600
_PAGES_AT_FULL_WIDTH = 60
_QUALITY = 55
_FASTEST = 0
"""WebP's ``method``: higher ones take longer for somewhat smaller files."""


@dataclass(frozen=True)
class Picture:
    """A picture in the page itself: a ``data:`` address, width and height in pixels."""

    address: str
    width: int
    height: int


@dataclass(frozen=True)
class PageView:
    """A page of the book: its number from 1, its label, and its two pictures."""

    number: int
    label: str
    thumbnail: Picture
    large: Picture


def page_views(pdf: bytes) -> list[PageView]:
    """All pages of ``pdf``; those of a long book are smaller. Each page is rasterised once.

    Raises pypdfium2.PdfiumError if ``pdf`` is no PDF.
    """
    return [
        PageView(
            drawn.number,
            drawn.label,
            # Reduced from the large picture: drawing the page again would take longer.
            picture(drawn.image.reduce(_THUMBNAIL_REDUCTION)),
            picture(drawn.image),
        )
        for drawn in page_images(pdf, large_width(page_count(pdf)))
    ]


def large_width(pages: int) -> int:
    """The width of a large picture in pixels; less for many pages, to keep the report small."""
    if pages <= _PAGES_AT_FULL_WIDTH:
        return _LARGE_WIDTH
    # Bytes grow with the area: with the root, all pages take about as much as sixty at full width.
    fitting = round(_LARGE_WIDTH * sqrt(_PAGES_AT_FULL_WIDTH / pages))
    return max(_SMALLEST_LARGE_WIDTH, fitting)


def spreads(pages: Sequence[PageView]) -> list[tuple[PageView | None, PageView | None]]:
    """Pages as they face each other, verso and recto: the first page of a book is a recto."""
    facing = [None, *pages]
    if len(facing) % 2:
        facing.append(None)
    return list(zip(facing[::2], facing[1::2], strict=True))


def picture(image: Image.Image) -> Picture:
    """``image`` as a WebP picture."""
    content = BytesIO()
    image.save(content, "WEBP", quality=_QUALITY, method=_FASTEST)
    address = "data:image/webp;base64," + b64encode(content.getvalue()).decode()
    return Picture(address, image.width, image.height)
