"""The EPUB's cover picture: exact size, no stretching, the same bytes every time."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image

from book.output.pictures.cover_image import COVER_PAGE_MM, COVER_PIXELS, cover_jpeg


def page(width_mm: float, height_mm: float) -> bytes:
    """A page whose left half is blue."""
    width, height = width_mm * 72 / 25.4, height_mm * 72 / 25.4
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(width, height))
        content = f"0 0.2 0.6 rg 0 0 {width / 2:.3f} {height:.3f} re f".encode()
        pdf.pages[0].Contents = pdf.make_stream(content)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_the_picture_has_the_size_that_the_shops_ask_for() -> None:
    with Image.open(io.BytesIO(cover_jpeg(page(*COVER_PAGE_MM)))) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", COVER_PIXELS)
        assert picture.getpixel((100, 1280)) == pytest.approx((0, 51, 153), abs=3)
        assert picture.getpixel((1500, 1280)) == pytest.approx((255, 255, 255), abs=3)
        # The very last pixels belong to the page.
        assert picture.getpixel((10, 2559)) == pytest.approx((0, 51, 153), abs=3)


def test_any_size_of_the_same_proportions_will_do() -> None:
    with Image.open(io.BytesIO(cover_jpeg(page(170, 272), 160, 256))) as picture:
        assert picture.size == (160, 256)


def test_the_same_page_gives_the_same_bytes() -> None:
    assert cover_jpeg(page(*COVER_PAGE_MM)) == cover_jpeg(page(*COVER_PAGE_MM))


def test_a_page_of_other_proportions_is_refused() -> None:
    with pytest.raises(ValueError, match="no cover picture"):
        cover_jpeg(page(170, 240))
