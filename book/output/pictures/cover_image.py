"""The EPUB's cover picture: the cover page, laid out at the picture's proportions, as a JPEG."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image

from book.output.pictures.raster import PDFIUM

COVER_PIXELS = (1600, 2560)
"""Width and height that the shops ask for (ratio 1 : 1.6)."""
COVER_PAGE_MM = (170.0, 272.0)
"""The page to lay out for it, in the same proportion."""
_QUALITY = 88


def cover_jpeg(
    pdf: bytes, width_px: int = COVER_PIXELS[0], height_px: int = COVER_PIXELS[1]
) -> bytes:
    """The first page of ``pdf`` as an RGB JPEG of exactly ``width_px`` × ``height_px``.

    The same PDF always gives the same bytes: no time, no profile, no metadata. Raises
    ValueError when the page has other proportions, since the emblem must never be stretched
    (Reg. (EU) 763/2014, annex: 3:2).
    """
    picture = _first_page(pdf, width_px, height_px).crop((0, 0, width_px, height_px))
    out = io.BytesIO()
    # 4:4:4, because subsampled colour frays the edges of coloured type and of the stars.
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True, subsampling=0)
    return out.getvalue()


def reduced_jpeg(jpeg: bytes, width_px: int, height_px: int) -> bytes:
    """A JPEG made smaller, to exactly ``width_px`` × ``height_px``."""
    with Image.open(io.BytesIO(jpeg)) as picture:
        small = picture.resize((width_px, height_px), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=_QUALITY, optimize=True, subsampling=0)
    return out.getvalue()


def _first_page(pdf: bytes, width_px: int, height_px: int) -> Image.Image:
    """The first page in RGB, at least ``width_px`` × ``height_px``."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[0]
            width, height = page.get_size()
            if abs(width / height - width_px / height_px) > 0.002:
                raise ValueError(f"a page of {width:.1f} × {height:.1f} pt is no cover picture")
            # pdfium rounds the page's size up to whole pixels; a hair too large, then cut.
            scale = max(width_px / width, height_px / height) * (1 + 1e-6)
            picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
            return picture
        finally:
            document.close()
