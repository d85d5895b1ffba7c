"""The measures of an emblem, taken from its labels: rectangle, ring, stars, colours, border.

The annex of Regulation (EU) No 763/2014 gives all of them as shares of the height H: ratio 3:2,
twelve stars at equal intervals on a circle of radius H/3 round the crossing of the diagonals,
each with five points on a circle of radius H/18, one of them straight up.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from book.notice.drawing_raster import Labels
from book.notice.marks import (
    PENTAGRAM,
    Form,
    Mark,
    at_edge,
    centroid,
    connected_areas,
    form_of,
)
from book.notice.svg_style import UnreadableDrawingError

_SPECK = 0.05
"""Share of a right star's area below which a mark is no star."""
_GROUND = 0.15
"""Share of the painted area that a ground has at least."""
_SMALLEST = 100
"""Pixels of the labels' 720 rows that the emblem's sides have at least; else it is an accessory."""
_STRETCH_SEEN = 0.004
"""Difference of the ring's two axes from which it counts as stretched."""


class Look(StrEnum):
    """How the emblem is coloured."""

    COLOUR = "colour"
    BLACK = "black"
    """Black stars on white, with a black outline."""
    REFLEX_BLUE = "reflex-blue"
    """White stars on blue."""


@dataclass(frozen=True)
class Star:
    """One star; lengths are shares of the emblem's height.

    ``x`` and ``y`` are its centre from the crossing of the diagonals, y downwards; ``hour`` its
    place on the clock (0 to 12), ``distance`` how far it is from the ring's centre; ``radius`` that
    of its circle; ``points`` how many it has (0 for none that can be told); ``spread`` how far
    its area reaches out, as a share of what a pentagram's does (a stouter star has less);
    ``tilt`` in degrees, 0 when one point is up.
    """

    x: float
    y: float
    hour: float
    distance: float
    radius: float
    points: int
    spread: float
    tilt: float
    colour: str


@dataclass(frozen=True)
class Measures:
    """What was measured; lengths are shares of the emblem's height, angles degrees.

    ``height`` is in units of the drawing (px of a file). ``stretch`` is how much wider the
    drawing is than the one that it was made from; the other measures are those before it.
    ``centre`` is the ring's, from the crossing of the diagonals. ``gaps`` are the angles between
    neighbouring stars. ``border`` is the white margin's width on the left, top, right and
    bottom. ``foreign`` is the share of the area that neither ground, stars nor border explain.
    """

    height: float
    ratio: float
    stretch: float
    ground: str
    stars: tuple[Star, ...]
    centre: tuple[float, float]
    radius: float
    gaps: tuple[float, ...]
    border: tuple[float, float, float, float]
    foreign: float
    look: Look
    exact: bool

    @property
    def star_radius(self) -> float:
        """The mean radius of the stars' circles; 0 without stars."""
        return _mean([star.radius for star in self.stars])


def measure(labels: Labels, scale: tuple[float, float] = (1.0, 1.0)) -> Measures:
    """Measure an emblem; ``scale`` is how much the page widens and heightens the drawing.

    Raises UnreadableDrawingError when there is no rectangle to measure.
    """
    ground = _ground_label(labels)
    box = labels.image.point([255 if i == ground else 0 for i in range(256)]).getbbox()
    if labels.colours[ground - 1] == "#FFFFFF":
        # The outline of the black form belongs to its rectangle.
        box = labels.image.point([0] + [255] * 255).getbbox()
    if box is None or min(box[2] - box[0], box[3] - box[1]) < _SMALLEST:
        raise UnreadableDrawingError(
            "–" if box is None else f"{box[2] - box[0]} × {box[3] - box[1]}"
        )
    width, height = float(box[2] - box[0]), float(box[3] - box[1])
    pixel = (labels.units[0] * scale[0], labels.units[1] * scale[1])
    ratio = width * pixel[0] / (height * pixel[1])
    field = labels.image.crop(box)
    marks = list(connected_areas(field, ground))
    right_star = PENTAGRAM * (height / 18) ** 2
    inside = [mark for mark in marks if not at_edge(mark, field.size)]
    signs = [mark for mark in inside if mark.area >= _SPECK * right_star]
    stretch = _stretch(signs, ratio, pixel)
    # Columns become as wide as rows are high in the drawing before it was stretched.
    column = pixel[0] / pixel[1] / (1 + stretch)
    stars = [form_of(mark, field, labels.colours, column) for mark in signs]
    middle = complex(box[2] - box[0], box[3] - box[1]) / 2
    middle = complex(middle.real * column, middle.imag)
    centre = _ring_centre([star for star, _ in stars]) if stars else middle
    placed = [_placed(star, shape, centre, middle, height) for star, shape in stars]
    placed.sort(key=lambda star: star.hour)
    return Measures(
        height=height * pixel[1],
        ratio=ratio,
        stretch=stretch,
        ground=labels.colours[ground - 1],
        stars=tuple(placed),
        centre=((centre - middle).real / height, (centre - middle).imag / height),
        radius=_mean([star.distance for star in placed]),
        gaps=_gaps(placed),
        border=_border(labels, box, height, column),
        foreign=_foreign(labels, box, marks, signs, width * height),
        look=_look(labels.colours[ground - 1], placed),
        exact=labels.exact,
    )


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue (0-255) of ``#RRGGBB``."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def is_white(colour: str) -> bool:
    """Whether a colour passes for white paper."""
    return min(channels(colour)) >= 240


def is_blue(colour: str) -> bool:
    """Whether blue is what a colour has most of."""
    red, green, blue = channels(colour)
    return blue > red + 40 and blue > green + 20


def _ground_label(labels: Labels) -> int:
    """The label of the emblem's rectangle: blue if any, else the largest that is a colour."""
    histogram = labels.image.histogram()
    painted = sum(histogram[1:]) or 1
    large = [
        label
        for label in sorted(range(1, 256), key=lambda i: -histogram[i])
        if histogram[label] > _GROUND * painted
    ]
    colours = {label: labels.colours[label - 1] for label in large}
    blue = [label for label in large if is_blue(colours[label])]
    coloured = [i for i in large if not is_white(colours[i]) and max(channels(colours[i])) > 48]
    chosen = [*blue, *coloured, *large]
    if not chosen:
        raise UnreadableDrawingError("–")
    return chosen[0]


def _stretch(signs: list[Mark], ratio: float, pixel: tuple[float, float]) -> float:
    """How much wider than drawn: the ring's axes tell it, if undoing it makes the sides 3:2."""
    if len(signs) < 8:
        return 0.0
    centres = [centroid(mark, pixel[0] / pixel[1]) for mark in signs]
    middle = sum(centres) / len(centres)
    across = math.sqrt(_mean([(c - middle).real ** 2 for c in centres]))
    down = math.sqrt(_mean([(c - middle).imag ** 2 for c in centres]))
    if not across or not down:
        return 0.0
    found = across / down - 1
    undone = abs(ratio / (1 + found) / 1.5 - 1) < 0.01
    return found if abs(found) > _STRETCH_SEEN and undone else 0.0


def _ring_centre(centres: list[complex]) -> complex:
    """The centre of the circle that fits best (Kåsa's least squares); the mean of up to two."""
    mean = sum(centres) / len(centres)
    points = [c - mean for c in centres]
    xx, yy = sum(p.real**2 for p in points), sum(p.imag**2 for p in points)
    xy = sum(p.real * p.imag for p in points)
    determinant = xx * yy - xy * xy
    if len(points) < 3 or determinant < 1e-9 * (xx + yy) ** 2:
        return mean
    a = sum(p.real * abs(p) ** 2 for p in points) / 2
    b = sum(p.imag * abs(p) ** 2 for p in points) / 2
    return mean + complex((a * yy - b * xy) / determinant, (b * xx - a * xy) / determinant)


def _placed(star: complex, shape: Form, centre: complex, middle: complex, height: float) -> Star:
    arm = star - centre
    return Star(
        x=(star - middle).real / height,
        y=(star - middle).imag / height,
        hour=math.degrees(math.atan2(arm.real, -arm.imag)) % 360 / 30,
        distance=abs(arm) / height,
        radius=shape.radius / height,
        points=shape.points,
        spread=shape.spread,
        tilt=shape.tilt,
        colour=shape.colour,
    )


def _gaps(stars: list[Star]) -> tuple[float, ...]:
    if len(stars) < 2:
        return ()
    hours = [star.hour for star in stars]
    following = [*hours[1:], hours[0] + 12]
    return tuple((b - a) * 30 for a, b in zip(hours, following, strict=True))


def _border(
    labels: Labels, box: tuple[int, int, int, int], height: float, column: float
) -> tuple[float, float, float, float]:
    """The width of unbroken white from the middle of each side outwards, in heights."""
    white = [1 if is_white(colour) else 0 for colour in labels.colours]
    table = [0, *white, *[0] * (255 - len(white))]
    image = labels.image.point(table)
    x, y = (box[0] + box[2]) // 2, (box[1] + box[3]) // 2
    row = image.crop((0, y, image.width, y + 1)).tobytes()
    line = image.crop((x, 0, x + 1, image.height)).tobytes()
    # The first pixel beyond an edge may be a blend of the two.
    sides = (row[: box[0]][::-1], line[: box[1]][::-1], row[box[2] :], line[box[3] :])
    runs = []
    for side in sides:
        match = re.match(rb"\x00?(\x01+)", side)
        runs.append(len(match[0]) if match else 0)
    return (
        runs[0] * column / height,
        runs[1] / height,
        runs[2] * column / height,
        runs[3] / height,
    )


def _foreign(
    labels: Labels,
    box: tuple[int, int, int, int],
    marks: list[Mark],
    signs: list[Mark],
    whole: float,
) -> float:
    """The share of the rectangle's area that specks in it and paint round it, not white, have."""
    counted = {id(mark) for mark in signs}
    # The black form's outline goes all the way round.
    whole_field = (0, 0, box[2] - box[0], box[3] - box[1])
    specks = sum(m.area for m in marks if id(m) not in counted and m.bounds != whole_field)
    white = {1 + i for i, colour in enumerate(labels.colours) if is_white(colour)}
    around = labels.image.copy()
    around.paste(0, (max(0, box[0] - 1), max(0, box[1] - 1), box[2] + 1, box[3] + 1))
    outside = sum(n for i, n in enumerate(around.histogram()) if i and i not in white)
    return (specks + outside) / whole


def _look(ground: str, stars: list[Star]) -> Look:
    colours = Counter(star.colour for star in stars)
    star = colours.most_common(1)[0][0] if colours else ""
    if star and is_white(ground) and max(channels(star)) < 48:
        return Look.BLACK
    if star and is_blue(ground) and is_white(star):
        return Look.REFLEX_BLUE
    return Look.COLOUR


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
