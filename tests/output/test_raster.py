from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pikepdf
import pytest

from book.output.pictures.raster import page_count, page_images


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Two pages; the left half of the second is red."""
    content = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(100, 150))
        page = document.add_blank_page(page_size=(100, 150))
        page.Contents = document.make_stream(b"1 0 0 rg 0 0 50 150 re f")
        document.save(content)
    return content.getvalue()


def test_pages_are_drawn_as_wide_as_asked(pdf: bytes) -> None:
    drawn = list(page_images(pdf, 200))
    assert [(page.number, page.label) for page in drawn] == [(1, "1"), (2, "2")]
    assert {(page.image.mode, page.image.size) for page in drawn} == {("RGB", (200, 300))}
    assert drawn[1].image.getpixel((50, 150)) == (255, 0, 0)
    assert drawn[1].image.getpixel((150, 150)) == (255, 255, 255)


def test_pages_are_counted(pdf: bytes) -> None:
    assert page_count(pdf) == 2


def test_many_threads_may_draw_at_once(pdf: bytes) -> None:
    def draw(_: int) -> list[bytes]:
        return [page.image.tobytes() for page in page_images(pdf, 60)]

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(draw, range(12)))
    assert all(result == results[0] for result in results)
