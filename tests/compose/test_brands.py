"""Both brands: every pair of colours can be read, every face is there, the EU's rules hold."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from book.compose.cover import palette_of
from book.compose.fonts import ROLES
from book.model.brand import Brand
from book.model.brand_checks import text_pairs
from book.model.colour import channels, contrast, mixed

NAMES = ["ancilab", "sobrio"]
TEXT = ["ink", "title", "accent", "grey", "statement"]
# Reg. (EU) 821/2014, art. 4(4); Reg. (EU) 2021/1060, annex IX 1.3.
EU_FONTS = {
    "Arial", "Auto", "Calibri", "Garamond", "Trebuchet", "Tahoma", "Verdana", "Ubuntu",
}  # fmt: skip


@pytest.fixture(params=NAMES)
def brand(request: pytest.FixtureRequest, repository: Path) -> Brand:
    path = repository / "assets" / "brands" / request.param / "brand.yaml"
    return Brand.model_validate(yaml.safe_load(path.read_text("utf-8")))


def test_known_contrasts() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#767676") == pytest.approx(4.54, abs=0.01)
    assert contrast("#123456", "#123456") == 1


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert mixed("#FF0000", "#0000FF", 0) == "#0000FF"
    assert mixed("#FF0000", "#0000FF", 1) == "#FF0000"
    assert mixed("#FFFFFF", "#000000", 0.5) == "#808080"


@pytest.mark.parametrize("wrong", ["red", "#FFF", "FFFFFFF", "#GGGGGG"])
def test_what_is_no_colour_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        channels(wrong)


@pytest.mark.parametrize("ground", ["paper", "tint"])
@pytest.mark.parametrize("role", TEXT)
def test_text_can_be_read(brand: Brand, role: str, ground: str) -> None:
    assert contrast(brand.colours[role], brand.colours[ground]) >= 4.5


def test_the_words_of_a_cover_can_be_read_on_every_ground(brand: Brand) -> None:
    for ground in brand.grounds.values():
        assert contrast(brand.colours["paper"], ground) >= 4.5
        assert contrast(mixed(brand.colours["paper"], ground, 0.86), ground) >= 4.5
        # The publisher's name stands in the ground's colour on the band.
        assert contrast(ground, brand.colours["paper"]) >= 4.5


def test_every_text_on_every_ground_is_checked(brand: Brand) -> None:
    pairs = text_pairs(brand)
    assert len(pairs) == 5 * 2 + 3 * len(brand.grounds)
    assert all(contrast(text, ground) >= least for _, _, text, ground, least in pairs)


def test_hubs_stand_out_from_every_ground(brand: Brand) -> None:
    for ground in brand.grounds.values():
        assert all(contrast(hub, ground) >= 2.3 for hub in palette_of(brand, ground).hubs)


def test_the_colours_of_the_emblem_belong_to_it_alone(brand: Brand) -> None:
    colours = {*brand.colours.values(), *brand.grounds.values()}
    assert not colours & {"#003399", "#FFCC00"}


def test_the_statement_is_black_in_a_face_that_the_rules_allow(brand: Brand) -> None:
    assert brand.colours["statement"] == "#000000"
    assert set(brand.faces.statement) <= EU_FONTS


def test_every_face_has_its_files(brand: Brand, repository: Path) -> None:
    families = {face.family for face in brand.fonts}
    for role in ROLES:
        assert set(getattr(brand.faces, role)) <= families
    for face in brand.fonts:
        assert (repository / "assets" / "fonts" / face.file).is_file()


def test_the_measure_is_the_same_in_characters_in_every_format(brand: Brand) -> None:
    assert set(brand.formats) == {"170x240", "A5", "A4"}
    measures = [(f.width - f.inner - f.outer) / f.font_size for f in brand.formats.values()]
    assert max(measures) / min(measures) < 1.04


def test_the_house_format_has_the_house_margins(brand: Brand) -> None:
    page = brand.formats[brand.default_format]
    assert (page.width, page.height) == (170, 240)
    assert (page.inner, page.outer, page.top, page.bottom) == (20, 30, 24, 26)


def test_the_second_brand_is_black_and_greys(repository: Path) -> None:
    path = repository / "assets" / "brands" / "sobrio" / "brand.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    for colour in (*data["colours"].values(), *data["grounds"].values()):
        red, green, blue = channels(colour)
        assert red == green == blue
