"""Pages of a PDF as pictures, drawn by PDFium.

PDFium must never be called by two threads at once (pypdfium2's README, "Incompatibility with
Threading"), and editions are built in threads: everything that draws pages comes here, or
takes the lock that is here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

import pypdfium2
from PIL import Image

PDFIUM = Lock()
"""Held by whoever calls PDFium, also to close what it opened."""


@dataclass(frozen=True)
class PageImage:
    """A page drawn in RGB: its number from 1, its page label, the picture."""

    number: int
    label: str
    image: Image.Image


def page_images(pdf: bytes, width: int) -> Iterator[PageImage]:
    """Draw the pages of ``pdf`` one after the other, each ``width`` pixels wide.

    A page without a label has its number for one. Raises pypdfium2.PdfiumError when ``pdf`` is
    none.
    """
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        count = len(document)
    try:
        for index in range(count):
            # The lock is free while the caller works on the picture.
            with PDFIUM:
                drawn = _page_image(document, index, width)
            yield drawn
    finally:
        with PDFIUM:
            document.close()


def page_part(
    pdf: bytes, number: int, part: tuple[float, float, float, float], width: int
) -> Image.Image:
    """Draw a part of page ``number`` (from 1), ``width`` pixels wide, in RGB.

    ``part`` is left, top, right and bottom in points from the page's upper left corner; what
    lies outside the page is left off. Raises as :func:`page_images` does.
    """
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[number - 1]
            page_width, page_height = page.get_size()
            left, top = max(0.0, part[0]), max(0.0, part[1])
            right, bottom = min(page_width, part[2]), min(page_height, part[3])
            crop = (left, page_height - bottom, page_width - right, top)
            bitmap = page.render(scale=width / (right - left), crop=crop)
            try:
                image: Image.Image = bitmap.to_pil().convert("RGB").copy()
                return image
            finally:
                bitmap.close()
                page.close()
        finally:
            document.close()


def page_count(pdf: bytes) -> int:
    """How many pages ``pdf`` has. Raises as :func:`page_images` does."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def _page_image(document: pypdfium2.PdfDocument, index: int, width: int) -> PageImage:
    page = document[index]
    bitmap = page.render(scale=width / page.get_width())
    try:
        label = document.get_page_label(index) or str(index + 1)
        return PageImage(index + 1, label, bitmap.to_pil().convert("RGB").copy())
    finally:
        bitmap.close()
        page.close()
