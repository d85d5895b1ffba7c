"""The pictures of a cover, as the build makes them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from book.compose.typeset import typeset_edition
from book.driver.cache import Cache
from book.driver.layouts import Layouts
from book.driver.outputs.covers import CARD, COVER_JPEG, THUMBNAIL, cover_files
from book.model.load import load_edition
from tests.support.books import lay


def made(root: Path, work: Path) -> dict[str, bytes]:
    loaded, _ = load_edition(root, "base")
    assert loaded is not None
    with Layouts(Cache(work / "cache"), loaded.fonts_folder, work / "fonts", 1) as layouts:
        return cover_files(typeset_edition(loaded), layouts.lay_out)


def distance(colour: object, wanted: tuple[int, int, int]) -> int:
    assert isinstance(colour, tuple)
    return sum(abs(a - b) for a, b in zip(colour, wanted, strict=True))


@pytest.mark.slow
def test_three_pictures_the_same_each_time(tmp_path: Path) -> None:
    root = lay("base", tmp_path / "root")
    files = made(root, tmp_path / "first")
    assert files == made(root, tmp_path / "second")
    sizes = {
        name: Image.open(io.BytesIO(files[name])).size for name in (COVER_JPEG, CARD, THUMBNAIL)
    }
    assert sizes == {COVER_JPEG: (1600, 2560), CARD: (1200, 630), THUMBNAIL: (160, 256)}


@pytest.mark.slow
def test_the_card_shows_ground_emblem_and_band(tmp_path: Path) -> None:
    files = made(lay("base", tmp_path / "root"), tmp_path)
    card = Image.open(io.BytesIO(files[CARD])).convert("RGB")
    many = {colour for count, colour in card.getcolors(1200 * 630) or [] if count > 500}
    for wanted in ((0x0E, 0x4A, 0x5A), (0x00, 0x33, 0x99)):
        assert any(distance(colour, wanted) < 6 for colour in many)
    assert card.getpixel((600, 625)) == (255, 255, 255)


@pytest.mark.slow
def test_a_picture_of_its_own_takes_the_motifs_place(tmp_path: Path) -> None:
    root = lay("base", tmp_path / "root")
    folder = root / "chapters" / "base"
    Image.new("RGB", (2100, 1950), (200, 30, 120)).save(folder / "images" / "copertina.png")
    fields = folder / "edition.yaml"
    cover = "cover: {image: images/copertina.png, alt: Un colore, credit: Chi, licence: CC0-1.0}\n"
    fields.write_text(fields.read_text("utf-8") + cover, "utf-8")
    files = made(root, tmp_path)
    picture = Image.open(io.BytesIO(files[COVER_JPEG])).convert("RGB")
    assert distance(picture.getpixel((800, 1700)), (200, 30, 120)) < 8
