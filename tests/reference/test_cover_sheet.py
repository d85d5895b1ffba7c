from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from book.reference.cover_sheet import BRANDS, FULL_WIDTH, SMALL_WIDTH, cover_sheet
from tests.support.books import lay


def test_the_kept_sheet_is_small_enough_for_a_web_page(repository: Path) -> None:
    file = repository / "docs" / "copertine.png"
    assert file.stat().st_size < 500_000
    with Image.open(file) as sheet:
        assert sheet.width > 5 * FULL_WIDTH


@pytest.mark.slow
def test_every_brand_has_a_large_row_and_a_small_one(tmp_path: Path) -> None:
    root = lay("base", tmp_path)
    sheet = cover_sheet(root)
    assert sheet == cover_sheet(root)
    (tmp_path / "sheet.png").write_bytes(sheet)
    with Image.open(tmp_path / "sheet.png") as picture:
        rows = (FULL_WIDTH + SMALL_WIDTH) * 240 / 170 + 2 * 20
        assert abs(picture.height - (len(BRANDS) * rows + 20)) < 6
        colours = {c for n, c in picture.convert("RGB").getcolors(1 << 24) or [] if n > 9999}
    assert {(0x0E, 0x4A, 0x5A), (0x11, 0x11, 0x11)} <= colours
