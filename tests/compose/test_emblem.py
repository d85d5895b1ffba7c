"""The emblem, measured against the annex of Regulation (EU) No 763/2014."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from lxml import etree

from book.compose.emblem import Form, emblem_svg

SVG = "{http://www.w3.org/2000/svg}"
Point = tuple[float, float]


def stars(svg: str) -> list[list[Point]]:
    """The corners of every path, in drawing order."""
    return [
        [(float(x), float(y)) for x, y in re.findall(r"([-\d.]+),([-\d.]+)", path.get("d", ""))]
        for path in etree.fromstring(svg).iter(f"{SVG}path")
    ]


def rectangles(svg: str) -> list[dict[str, str]]:
    return [
        {str(name): str(value) for name, value in rectangle.attrib.items()}
        for rectangle in etree.fromstring(svg).iter(f"{SVG}rect")
    ]


def centre(corners: list[Point]) -> Point:
    """A regular star's centre is the mean of its corners."""
    return (
        sum(x for x, _ in corners) / len(corners),
        sum(y for _, y in corners) / len(corners),
    )


def test_the_flag_is_three_by_two_in_the_official_colours() -> None:
    (flag,) = rectangles(emblem_svg())
    assert float(flag["width"]) / float(flag["height"]) == 1.5
    assert flag["fill"] == "#003399"
    assert emblem_svg().count('fill="#FFCC00"') == 12


def test_twelve_stars_stand_on_the_hours_of_a_circle_of_a_third_of_the_height() -> None:
    (flag,) = rectangles(emblem_svg())
    width, height = float(flag["width"]), float(flag["height"])
    hours = set()
    for corners in stars(emblem_svg()):
        x, y = centre(corners)
        dx, dy = x - width / 2, y - height / 2
        assert math.hypot(dx, dy) == pytest.approx(height / 3, abs=0.01)
        hour = math.degrees(math.atan2(dx, -dy)) / 30
        assert hour == pytest.approx(round(hour), abs=0.001)
        hours.add(round(hour) % 12)
    assert hours == set(range(12))


def test_every_star_is_five_pointed_upright_and_an_eighteenth_of_the_height() -> None:
    height = float(rectangles(emblem_svg())[0]["height"])
    for corners in stars(emblem_svg()):
        assert len(corners) == 10
        x, y = centre(corners)
        radii = [math.dist((x, y), corner) for corner in corners]
        points, notches = radii[::2], radii[1::2]
        assert points == pytest.approx([height / 18] * 5, abs=0.01)
        assert max(notches) < min(points) / 2
        highest = min(corners, key=lambda corner: corner[1])
        assert highest == pytest.approx((x, y - height / 18), abs=0.01)


def test_star_edges_are_straight_from_point_to_point() -> None:
    corners = stars(emblem_svg())[0]
    for k in range(0, 10, 2):
        # Both notches between a point and the next but one lie on the line between the two.
        a, b = corners[k], corners[(k + 4) % 10]
        for notch in (corners[(k + 1) % 10], corners[(k + 3) % 10]):
            area = (b[0] - a[0]) * (notch[1] - a[1]) - (b[1] - a[1]) * (notch[0] - a[0])
            assert abs(area) / math.dist(a, b) < 0.01


def test_the_border_is_white_and_a_twenty_fifth_of_the_height() -> None:
    border, flag = rectangles(emblem_svg(Form.BORDERED))
    height = float(flag["height"])
    assert border["fill"] == "#FFFFFF"
    assert -float(border["x"]) == -float(border["y"]) == height / 25
    assert float(border["height"]) - height == pytest.approx(2 * height / 25)
    assert float(border["width"]) - float(flag["width"]) == pytest.approx(2 * height / 25)


@pytest.mark.parametrize(
    ("form", "colours"),
    [
        (Form.BLACK, {"#FFFFFF", "#000000", "none"}),
        (Form.REFLEX_BLUE, {"#003399", "#FFFFFF"}),
    ],
)
def test_monochrome_forms_have_one_ink(form: Form, colours: set[str]) -> None:
    svg = emblem_svg(form)
    assert set(re.findall(r'fill="([^"]+)"', svg)) == colours
    assert stars(svg) == stars(emblem_svg())


def test_the_black_outline_does_not_change_the_proportions() -> None:
    root = etree.fromstring(emblem_svg(Form.BLACK))
    outline = rectangles(emblem_svg(Form.BLACK))[1]
    line = float(outline["stroke-width"])
    assert float(outline["x"]) == line / 2
    assert float(outline["width"]) + line == float(root.get("width", "0"))
    assert float(outline["height"]) + line == float(root.get("height", "0"))


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(ValueError, match="green"):
        emblem_svg("green")


@pytest.mark.parametrize("form", Form)
def test_the_kept_files_are_fresh(form: Form, repository: Path, refresh: bool) -> None:
    path = repository / "assets" / "emblem" / f"{form}.svg"
    if refresh:
        path.write_text(emblem_svg(form), "utf-8")
    assert path.read_text("utf-8") == emblem_svg(form)
