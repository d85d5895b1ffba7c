"""The publisher's logo on a cover: its sizes are the owner's, and the emblem's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from book.compose.cover import cover_context, cover_html
from book.model.brand import Logo
from book.model.loaded import TypesetEdition

EditionOf = Callable[..., TypesetEdition]
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">'
    '<rect width="30" height="10"/></svg>'
)


def with_logo(loaded: TypesetEdition, folder: Path, **sizes: float) -> TypesetEdition:
    (folder / "logo.svg").write_text(SVG, "utf-8")
    css = (loaded.brand_folder / "cover.css.j2").read_text("utf-8")
    (folder / "cover.css.j2").write_text(css, "utf-8")
    logo = Logo(file="logo.svg", **sizes)
    brand = loaded.brand.model_copy(update={"logo": logo})
    return replace(loaded, brand=brand, brand_folder=folder)


@pytest.mark.parametrize(
    ("width", "sizes", "height"),
    [
        (170, {"height": 10, "min_height": 8}, 10),
        (340, {"height": 10, "min_height": 8}, 20),
        (85, {"height": 10, "min_height": 6}, 6),
        # Never higher than the emblem: Reg. (EU) 821/2014, art. 4(5).
        (85, {"height": 14, "min_height": 12}, 7),
    ],
)
def test_it_keeps_its_least_height_and_the_emblems(
    edition_of: EditionOf, tmp_path: Path, width: float, sizes: dict[str, float], height: float
) -> None:
    loaded = with_logo(edition_of("toolkit"), tmp_path, clear_space=0.5, **sizes)
    logo = cover_context(loaded, width, width * 1.5)["cover"]["logo"]
    assert logo["height"] == pytest.approx(height)
    assert logo["space"] == pytest.approx(height / 2)


def test_it_stands_for_the_name_and_says_it(edition_of: EditionOf, tmp_path: Path) -> None:
    loaded = with_logo(edition_of("toolkit"), tmp_path, height=10, min_height=8)
    page = etree.fromstring(cover_html(loaded, 170, 240))
    images = page.findall(".//{*}p[@class='cover-logo']/{*}img")
    assert [image.get("alt") for image in images] == ["AnciLab Editore"]
    assert not page.findall(".//{*}p[@class='cover-house']")
    plain = etree.fromstring(cover_html(edition_of("toolkit"), 170, 240))
    assert plain.findtext(".//{*}p[@class='cover-house']") == "AnciLab Editore"


def test_another_publisher_does_not_wear_it(edition_of: EditionOf, tmp_path: Path) -> None:
    loaded = with_logo(
        edition_of("toolkit", publisher="Un altro"), tmp_path, height=10, min_height=8
    )
    assert cover_context(loaded, 170, 240)["cover"]["logo"] is None
