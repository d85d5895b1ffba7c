"""Page formats keep their proportions, and the measure in characters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from book.compose.fonts import face_of, text_width
from book.compose.stylesheet import page_style
from book.compose.templates import scaled
from book.model.loaded import TypesetEdition

EditionOf = Callable[..., TypesetEdition]
# What lines hold at most, spaces with them: 70, and in the house's own face a little more.
MOST = {"ancilab": 73.5, "sobrio": 70}


@pytest.mark.parametrize("brand", MOST)
def test_the_measure_in_characters(brand: str, edition_of: EditionOf, repository: Path) -> None:
    loaded = edition_of("dimostrativa", brand)
    chapters = sorted((repository / "chapters").glob("*/pre*.md"))
    text = " ".join(" ".join(path.read_text("utf-8").split()) for path in chapters)
    font = loaded.fonts_folder / face_of(loaded.brand, "text").file
    mean = text_width(text, font, 1) / len(text)
    for page in loaded.brand.formats.values():
        characters = (page.width - page.inner - page.outer) / (mean * page.font_size)
        assert 62 <= characters <= MOST[brand]


@pytest.mark.parametrize("brand", MOST)
def test_the_edition_chooses_the_page(brand: str, edition_of: EditionOf, repository: Path) -> None:
    house = page_style(edition_of("toolkit", brand)).pages
    small = page_style(edition_of("toolkit", brand, page_format="A5")).pages
    assert "size: 170.0mm 240.0mm" in house
    assert "size: 148.0mm 210.0mm" in small
    assert edition_of("toolkit", brand, page_format="A5").page.width == 148


def test_lengths_go_with_the_type() -> None:
    css = "a { font: 10pt/12.5pt x; margin: -4mm 5% 2em; color: #100000; width: 1pt2 }"
    assert scaled(css, 1) == css
    assert scaled(css, 0.5) == (
        "a { font: 5.000pt/6.250pt x; margin: -2.000mm 5% 2em; color: #100000; width: 1pt2 }"
    )


@pytest.mark.parametrize("brand", MOST)
def test_a_brand_has_no_mechanics_of_its_own(brand: str, repository: Path) -> None:
    css = (repository / "assets" / "brands" / brand / "pdf.css.j2").read_text("utf-8")
    assert '{% include "pages.css.j2" %}' in css
    for mechanics in ("float: footnote", "string-set", "counter(footnote)", "table-header-group"):
        assert mechanics not in css
