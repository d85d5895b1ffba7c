from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.model.colour import contrast
from book.output.epub.colours import NIGHT, PAPER, for_both_grounds
from book.output.epub.style import embedded_fonts, style_sheet
from book.output.epub.write import epub_book
from book.validators.epubcheck import check_epubs
from tests.output.epub import fake

BRANDS = ("ancilab", "sobrio")


def sheet(repository: Path, folder: Path, brand: str) -> str:
    loaded = fake.book(repository, folder, brand).loaded
    fonts, _ = embedded_fonts(loaded)
    css, findings = style_sheet(loaded, fonts)
    assert findings == []
    return re.sub(r"/\*.*?\*/", "", css, flags=re.S)


@given(st.integers(0, 0xFFFFFF))
def test_any_colour_becomes_readable_on_paper_and_at_night(value: int) -> None:
    colour = for_both_grounds(f"#{value:06X}")
    assert contrast(colour, PAPER) >= 4.4
    assert contrast(colour, NIGHT) >= 4.4


def test_the_colours_of_the_brands_can_be_read_on_both_grounds(
    repository: Path, tmp_path: Path
) -> None:
    for brand in BRANDS:
        css = sheet(repository, tmp_path / brand, brand)
        colours = set(re.findall(r"(?<!background: )#[0-9A-Fa-f]{6}\b", css))
        assert colours, brand
        for colour in colours:
            assert min(contrast(colour, PAPER), contrast(colour, NIGHT)) >= 4.5, (brand, colour)


def test_brands_look_different_and_share_no_colour(repository: Path, tmp_path: Path) -> None:
    sheets = [sheet(repository, tmp_path / brand, brand) for brand in BRANDS]
    colours = [set(re.findall(r"#[0-9A-Fa-f]{6}\b", css)) for css in sheets]
    assert not colours[0] & colours[1]


@pytest.mark.parametrize("brand", BRANDS)
def test_the_reader_s_face_size_and_margins_are_left_alone(
    repository: Path, tmp_path: Path, brand: str
) -> None:
    css = sheet(repository, tmp_path, brand)
    for selectors, rules in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        names = {selector.strip() for selector in selectors.split(",")}
        if names & {"html", "body", "p", "*", "section", ".chapter", ".chapter-body"}:
            declared = set(re.findall(r"([\w-]+)\s*:", rules))
            assert not declared & {
                "font",
                "font-family",
                "font-size",
                "color",
                "background",
                "background-color",
                "line-height",
                "text-align",
                "width",
            }, names
    assert not re.search(r"font-size:\s*[\d.]+(px|pt|mm)", css)
    assert "!important" not in css


@pytest.mark.parametrize("brand", BRANDS)
def test_the_statement_is_upright_in_a_face_the_union_allows(
    repository: Path, tmp_path: Path, brand: str
) -> None:
    css = sheet(repository, tmp_path, brand)
    block = re.search(r"\}\s*\.notice-block \{([^}]*)\}", css)
    assert block is not None
    assert 'font-family: "Ubuntu"' in block[1]
    assert "font-style: normal" in block[1]
    assert "color: #000" in block[1]
    emblem = re.search(r"\.notice-emblem img \{([^}]*)\}", css)
    assert emblem is not None
    assert "min-height: 60px" in emblem[1]


@pytest.mark.slow
def test_epubcheck_finds_nothing_in_either_brand(repository: Path, tmp_path: Path) -> None:
    paths = []
    for brand in BRANDS:
        made, findings = epub_book(fake.book(repository, tmp_path / brand, brand), fake.cover())
        content = made.epub
        assert findings == []
        paths.append(tmp_path / f"{brand}.epub")
        paths[-1].write_bytes(content)
    for verdict in check_epubs(paths):
        assert verdict.passed, verdict.messages
        assert (verdict.errors, verdict.warnings) == (0, 0)
