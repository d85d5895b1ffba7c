"""Drawings out of SVG files: every way to write the same outline gives the same outline."""

from __future__ import annotations

import pytest

from book.notice.drawing_raster import labels_of_shapes
from book.notice.drawing_svg import UnreadableDrawingError, read_svg
from book.notice.evidence import Drawing
from book.notice.outline import area, bounds

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="300" height="200" viewBox="0 0 300 200">'
)
SQUARE = (40.0, 30.0, 60.0, 50.0)
BLUE = "#003399"


def read(inside: str, head: str = HEAD) -> Drawing:
    return read_svg(f"{head}{inside}</svg>".encode())


def boxes(drawing: Drawing) -> list[tuple[float, ...]]:
    return [tuple(round(v, 3) for v in bounds([shape.points])) for shape in drawing.shapes]


@pytest.mark.parametrize(
    "inside",
    [
        '<rect x="40" y="30" width="20" height="20" fill="#039"/>',
        '<rect x="40px" y="15%" width="20" height="10%" style="fill: rgb(0, 51, 153)"/>',
        '<path d="M40 30h20v20h-20z" fill="#003399"/>',
        '<path d="M40,30H60V50H40Z" fill="#003399"/>',
        '<path d="m40 30 20 0 0 20-20 0" fill="#003399"/>',
        '<polygon points="40,30 60,30 60,50 40,50" fill="#003399"/>',
        '<polyline points="40 30 60 30 60 50 40 50" fill="#003399"/>',
        '<g fill="#039"><g transform="translate(40 30)"><rect width="20" height="20"/></g></g>',
        '<g transform="translate(40,30) scale(2)" fill="#039"><path d="M0 0h10v10H0z"/></g>',
        '<rect transform="matrix(2 0 0 2 40 30)" width="10" height="10" fill="#039"/>',
        '<rect transform="rotate(90 50 40)" x="40" y="30" width="20" height="20" fill="#039"/>',
        '<defs><rect id="r" width="20" height="20"/></defs><use href="#r" x="40" y="30" '
        'fill="#039"/>',
        '<defs><rect id="r" width="20" height="20"/></defs><g fill="#039"><use xlink:href="#r" '
        'transform="translate(40 30)"/></g>',
        '<symbol id="s" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></symbol>'
        '<use href="#s" x="40" y="30" width="20" height="20" style="fill:#039"/>',
        '<svg x="40" y="30" width="20" height="20" viewBox="0 0 5 5"><rect width="100%" '
        'height="9" fill="#039"/></svg>',
        '<style>.b { fill: red } g .b { fill: #039 }</style><g><rect class="b" x="40" y="30" '
        'width="20" height="20"/></g>',
        '<g color="#039"><rect x="40" y="30" width="20" height="20" fill="currentColor"/></g>',
        '<clipPath id="c"><path d="M40 30h20v20H40z"/></clipPath><g clip-path="url(#c)">'
        '<rect width="300" height="200" fill="#039"/></g>',
    ],
)
def test_one_square_in_many_ways(inside: str) -> None:
    drawing = read(inside)
    assert [shape.fill for shape in drawing.shapes] == [BLUE]
    assert boxes(drawing) == [SQUARE]
    assert abs(area(drawing.shapes[0].points)) == pytest.approx(400)


def test_what_is_not_painted_is_no_shape() -> None:
    inside = (
        '<rect width="9" height="9" display="none"/><rect width="9" height="9" fill="none"/>'
        '<g visibility="hidden"><rect width="9" height="9"/></g>'
        '<rect width="9" height="9" fill-opacity="0"/><rect x="400" width="9" height="9"/>'
        "<title>Emblema</title><metadata/>"
    )
    assert read(inside).shapes == ()


def test_viewports() -> None:
    rect = '<rect width="10" height="10"/>'
    wide = '<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="20mm" '
    stretched = read(rect, f'{wide} viewBox="0 0 10 10" preserveAspectRatio="none">')
    assert stretched.width / stretched.height == pytest.approx(2)
    assert boxes(stretched) == [(0, 0, round(stretched.width, 3), round(stretched.height, 3))]
    centred = read(rect, f'{wide} viewBox="0 0 10 10">')
    left, _, right, _ = bounds([centred.shapes[0].points])
    assert right - left == pytest.approx(centred.height)
    assert left == pytest.approx(centred.width - right)
    sized = read(rect, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-5 -5 20 20">')
    assert boxes(sized) == [(5, 5, 15, 15)]


def test_curves_are_followed() -> None:
    (circle,) = read('<circle cx="150" cy="100" r="80"/>').shapes
    assert abs(area(circle.points)) == pytest.approx(3.14159 * 80**2, rel=0.002)
    (arc,) = read('<path d="M70 100a80 80 0 1 1 160 0a80 80 0 1 1-160 0z"/>').shapes
    assert abs(area(arc.points)) == pytest.approx(3.14159 * 80**2, rel=0.002)


def covered(inside: str) -> float:
    """The share of the drawing's bounds that is painted."""
    image = labels_of_shapes(read(inside)).image
    left, top, right, bottom = image.getbbox() or (0, 0, 0, 0)
    return sum(image.histogram()[1:]) / ((right - left) * (bottom - top))


def test_holes_and_crossings_are_filled_as_their_rule_says() -> None:
    ring = "M0 0h100v100h-100z M25 25{}z"
    clockwise, other = "h50v50h-50", "v50h50v-50"
    for inner, rule, share in (
        (other, "nonzero", 0.75),
        (clockwise, "nonzero", 1.0),
        (clockwise, "evenodd", 0.75),
    ):
        path = f'<path d="{ring.format(inner)}" fill-rule="{rule}"/>'
        assert covered(path) == pytest.approx(share, abs=0.01)
    # A pentagram in five strokes: its middle is painted under the nonzero rule.
    star = '<polygon points="50,0 79.39,90.45 2.45,34.55 97.55,34.55 20.61,90.45"/>'
    assert covered(star) == pytest.approx(1.12257 * 50**2 / (95.1 * 90.45), abs=0.01)


def test_strokes_are_painted() -> None:
    frame = '<rect x="5" y="5" width="90" height="90" fill="none" stroke="#000" stroke-width="10"/>'
    assert boxes(read(frame)) == [(0, 0, 100, 100)]
    assert covered(frame) == pytest.approx(1 - 0.8**2, abs=0.01)
    line = '<line x1="0" y1="5" x2="100" y2="5" stroke="#000" stroke-width="10"/>'
    assert boxes(read(line)) == [(0, 0, 100, 10)]


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        ('<rect width="9" height="9" fill="url(#g)"/>', "url"),
        ('<rect width="9" height="9" opacity=".5"/>', "opacity"),
        ('<rect width="9" height="9" fill="rgba(0, 0, 0, .5)"/>', "opacity"),
        ('<rect width="9" height="9" style="mask: url(#m)"/>', "mask"),
        ('<rect width="9" height="9" filter="url(#f)"/>', "filter"),
        ('<rect width="9" height="9" style="transform: scale(2)"/>', "transform"),
        ('<rect width="9" height="9"><animate/></rect><text>UE</text>', "text"),
        ('<image width="9" height="9" href="x.png"/>', "image"),
        ('<g id="a"><use href="#a"/></g>', "use"),
        (
            "<defs>"
            + "".join(f'<g id="g{n}">' + f'<use href="#g{n + 1}"/>' * 4 + "</g>" for n in range(9))
            + '<g id="g9"/></defs><use href="#g0"/>',
            "use",
        ),
        ('<use href="altro.svg#x"/>', "use"),
        ('<clipPath id="c"><circle r="9"/></clipPath><rect clip-path="url(#c)"/>', "clip-path"),
        ('<style>@import "x.css";</style>', "import"),
        ('<rect width="2em" height="9"/>', "2em"),
        ('<rect transform="spin(3)" width="9" height="9"/>', "spin"),
        ('<path d="M0 0 L" fill="#000"/>', "path"),
        ("<g>", "XML"),
    ],
)
def test_what_cannot_be_measured_is_named(inside: str, name: str) -> None:
    with pytest.raises(UnreadableDrawingError, match=name):
        read(inside)


def test_entities_are_not_read() -> None:
    text = (
        '<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        f'{HEAD}<rect width="9" height="9"/><desc>&e;</desc></svg>'
    )
    assert len(read_svg(text.encode()).shapes) == 1
