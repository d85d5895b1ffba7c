"""Pages of a PDF drawn as pictures by PDFium.

Two threads must never call PDFium at once (pypdfium2's README, "Incompatibility with Threading"),
and the driver builds editions in threads. All code that draws pages uses this module, or holds its
lock :data:`PDFIUM`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

import pypdfium2
from PIL import Image

PDFIUM = Lock()
"""The lock to hold during every call of PDFium, also during the closing of its objects."""


@dataclass(frozen=True)
class PageImage:
    """A page drawn in RGB, with its number (from 1) and its page label («iv»)."""

    number: int
    label: str
    image: Image.Image


def page_images(pdf: bytes, width: int) -> Iterator[PageImage]:
    """Draw the pages of ``pdf`` one after the other, each ``width`` px wide.

    The label of a page without one is its number. Raises pypdfium2.PdfiumError when ``pdf`` is not
    a PDF.
    """
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        count = len(document)
    try:
        for index in range(count):
            # The lock is released before the yield, so other threads can draw while the caller
            # works on the picture.
            with PDFIUM:
                drawn = _page_image(document, index, width)
            yield drawn
    finally:
        with PDFIUM:
            document.close()


def page_part(
    pdf: bytes, number: int, part: tuple[float, float, float, float], width: int
) -> Image.Image:
    """Draw a part of page ``number`` (from 1) in RGB, ``width`` px wide.

    ``part`` is left, top, right and bottom in pt from the page's upper left corner; it is cut at
    the edges of the page. Raises pypdfium2.PdfiumError as :func:`page_images` does.
    """
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[number - 1]
            page_width, page_height = page.get_size()
            left, top = max(0.0, part[0]), max(0.0, part[1])
            right, bottom = min(page_width, part[2]), min(page_height, part[3])
            # pypdfium2 wants the width of what is to be cut off: left, bottom, right, top.
            crop = (left, page_height - bottom, page_width - right, top)
            bitmap = page.render(scale=width / (right - left), crop=crop)
            try:
                # The copy outlives the bitmap, whose memory to_pil and convert may share.
                image: Image.Image = bitmap.to_pil().convert("RGB").copy()
                return image
            finally:
                bitmap.close()
                page.close()
        finally:
            document.close()


def page_count(pdf: bytes) -> int:
    """The number of pages of ``pdf``. Raises pypdfium2.PdfiumError as :func:`page_images` does."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def _page_image(document: pypdfium2.PdfDocument, index: int, width: int) -> PageImage:
    """Draw the page at ``index`` (from 0). The caller holds :data:`PDFIUM`."""
    page = document[index]
    bitmap = page.render(scale=width / page.get_width())
    try:
        label = document.get_page_label(index) or str(index + 1)
        return PageImage(index + 1, label, bitmap.to_pil().convert("RGB").copy())
    finally:
        bitmap.close()
        page.close()
