"""The picture of a book is made of the pages that were asked for."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from book.reference.contact_sheet import PAGE_WIDTH, contact_sheet


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Four pages of 100 by 150 points; page n is a grey of n fifths."""
    document = pikepdf.new()
    for number in range(1, 5):
        page = document.add_blank_page(page_size=(100, 150))
        page.Contents = document.make_stream(f"{number / 5} g 0 0 100 150 re f".encode())
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def picture(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("L")


def test_pages_stand_in_rows_of_three(pdf: bytes) -> None:
    one_row, two_rows = (
        picture(contact_sheet(pdf, [1, 2, 3])),
        picture(contact_sheet(pdf, [1, 2, 3, 4])),
    )
    assert one_row.width == two_rows.width > 3 * PAGE_WIDTH
    assert two_rows.height > 2 * PAGE_WIDTH * 1.5 > one_row.height


def test_pages_are_those_asked_for_in_their_order(pdf: bytes) -> None:
    sheet = picture(contact_sheet(pdf, [4, 2]))
    middle = sheet.height // 2
    greys = [sheet.getpixel((sheet.width * part // 4, middle)) for part in (1, 3)]
    assert greys == pytest.approx([204, 102], abs=3)


def test_the_same_pages_give_the_same_bytes(pdf: bytes) -> None:
    assert contact_sheet(pdf, [1, 2]) == contact_sheet(pdf, [1, 2])


def test_a_page_that_is_not_there_is_named(pdf: bytes) -> None:
    with pytest.raises(ValueError, match="no page 9"):
        contact_sheet(pdf, [1, 9])
