"""The cover picture: the cover page, laid out at the picture's proportions, drawn as a JPEG."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image

from book.output.pictures.raster import PDFIUM

COVER_PIXELS = (1600, 2560)
"""Width and height in px that shops ask for (ratio 1 : 1.6)."""
COVER_PAGE_MM = (170.0, 272.0)
"""Width and height in mm of the page to lay out for the picture, in the same proportion."""
_QUALITY = 88


def cover_jpeg(
    pdf: bytes, width_px: int = COVER_PIXELS[0], height_px: int = COVER_PIXELS[1]
) -> bytes:
    """Draw the first page of ``pdf`` as an RGB JPEG of exactly ``width_px`` × ``height_px``.

    The same PDF always gives the same bytes: the JPEG has no time, profile or metadata. Raises
    ValueError when the page has other proportions: scaling it would stretch the emblem of the
    Union, whose proportions are fixed (rule EU-14 in ``assets/rules/visibility.yaml``).
    """
    picture = _first_page(pdf, width_px, height_px).crop((0, 0, width_px, height_px))
    out = io.BytesIO()
    # Without chroma subsampling (4:4:4): it would blur the edges of coloured type and of the stars.
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True, subsampling=0)
    return out.getvalue()


def reduced_jpeg(jpeg: bytes, width_px: int, height_px: int) -> bytes:
    """Scale a JPEG down to exactly ``width_px`` × ``height_px``."""
    with Image.open(io.BytesIO(jpeg)) as picture:
        small = picture.resize((width_px, height_px), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=_QUALITY, optimize=True, subsampling=0)
    return out.getvalue()


def _first_page(pdf: bytes, width_px: int, height_px: int) -> Image.Image:
    """Draw the first page in RGB, in at least ``width_px`` × ``height_px``.

    Raises ValueError as :func:`cover_jpeg` does.
    """
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[0]
            width, height = page.get_size()
            if abs(width / height - width_px / height_px) > 0.002:
                raise ValueError(f"a page of {width:.1f} × {height:.1f} pt is no cover picture")
            # PDFium draws a whole number of pixels. A scale a little too large makes sure that none
            # is missing; the caller cuts off those in excess.
            scale = max(width_px / width, height_px / height) * (1 + 1e-6)
            picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
            return picture
        finally:
            document.close()
