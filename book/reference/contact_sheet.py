"""A picture of pages of a built book side by side, for the README."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

from book.output.pictures.raster import page_images

PAGE_WIDTH = 400
"""Pixels. Two pages side by side fit the column of a web page."""
_COLUMNS = 3
_GAP = 24
_GROUND = (224, 226, 228)
_EDGE = (188, 191, 194)
_COLOURS = 128
"""The number of colours of the PNG: type stays smooth, and the file has a third of the size."""


def contact_sheet(pdf: bytes, pages: Sequence[int]) -> bytes:
    """The ``pages`` (numbers from 1) of ``pdf`` in rows of three, as a PNG.

    Raises ValueError when the document lacks one of the pages, and pypdfium2.PdfiumError when
    ``pdf`` is not a PDF.
    """
    drawn = {p.number: p.image for p in page_images(pdf, PAGE_WIDTH) if p.number in pages}
    if missing := sorted(set(pages) - set(drawn)):
        raise ValueError(f"the document has no page {missing[0]}")
    shown = [drawn[number] for number in pages]
    height = max(image.height for image in shown)
    rows = -(-len(shown) // _COLUMNS)
    size = (
        min(_COLUMNS, len(shown)) * (PAGE_WIDTH + _GAP) + _GAP,
        rows * (height + _GAP) + _GAP,
    )
    sheet = Image.new("RGB", size, _GROUND)
    draw = ImageDraw.Draw(sheet)
    for index, image in enumerate(shown):
        row, column = divmod(index, _COLUMNS)
        x, y = _GAP + column * (PAGE_WIDTH + _GAP), _GAP + row * (height + _GAP)
        draw.rectangle((x - 1, y - 1, x + image.width, y + image.height), outline=_EDGE)
        sheet.paste(image, (x, y))
    content = BytesIO()
    sheet.quantize(_COLOURS).save(content, "PNG", optimize=True)
    return content.getvalue()
