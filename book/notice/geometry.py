"""Measures an emblem on its label image: rectangle, circle of stars, each star, colours, border.

The graphic standards of the emblem give all measures as shares of its height H: the rectangle has
the ratio 3:2; twelve stars stand at equal distances on a circle of radius H/3 round the crossing of
the diagonals; each star has five points on a circle of radius H/18, one of them straight up. The
acts are named with the rules EU-14 to EU-20 in ``assets/rules/visibility.yaml``.

The measuring goes in these steps. The most likely ground colour gives the rectangle. Connected
areas of other colours in it, if they are large enough and do not touch its edge, count as stars.
Their centres give the circle, and whether somebody has stretched the drawing. What is left over is
foreign to the emblem.
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
"""Share of a correct star's area below which a mark is a speck, not a star."""
_GROUND = 0.15
"""Share of the painted area above which a colour may be the ground."""
_SMALLEST = 100
"""Pixels that both sides of the rectangle must have, in a label image of 720 rows. A smaller one is
a part of a picture that shows something else."""
_STRETCH_SEEN = 0.004
"""Difference of the circle's two axes above which it counts as stretched."""
_LEAST_STARS_STRETCHED = 8
"""Stars that it takes to tell a stretched circle from a circle with stars missing."""
_DARK = 48
"""Value of the brightest channel (0-255) below which a colour passes for black."""


class Look(StrEnum):
    """How the emblem is coloured."""

    COLOUR = "colour"
    BLACK = "black"
    """Black stars on white, with a black outline."""
    REFLEX_BLUE = "reflex-blue"
    """White stars on blue."""


@dataclass(frozen=True)
class Star:
    """One star. Lengths are shares of the emblem's height.

    ``x`` and ``y`` are the place of its centre from the crossing of the diagonals, y downwards.
    ``hour`` is its place on the face of a clock (0 to 12) round the centre of the circle of stars,
    ``distance`` its distance from that centre. ``radius``, ``points``, ``spread``, ``tilt`` and
    ``colour`` are those of :class:`book.notice.marks.Form`.
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
    """The measures of an emblem. Lengths are shares of its height, angles are in degrees.

    ``height`` is in units of the drawing (px of a file), times the scale of the page. ``stretch``
    is how much wider the drawing has been made, as a share: 0.1 for a tenth. Except for ``ratio``,
    the other measures are those of the drawing before that, so that stretching breaks one rule,
    not all. ``centre`` and ``radius`` are those of the circle of stars, the centre from the
    crossing of the diagonals. ``gaps`` are the angles between neighbouring stars. ``border`` is the
    width of the white border on the left, top, right and bottom. ``foreign`` is the share of the
    area that is neither ground nor star nor border. ``exact`` is that of the label image.
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
        """The mean radius of the circles through the stars' points; 0 without stars."""
        return _mean([star.radius for star in self.stars])


def measure(labels: Labels, scale: tuple[float, float] = (1.0, 1.0)) -> Measures:
    """Measure an emblem; ``scale`` is how much the page widens and heightens the drawing.

    Raises UnreadableDrawingError when there is no rectangle to measure.
    """
    ground = _ground_label(labels)
    box = _rectangle(labels, ground)
    width, height = float(box[2] - box[0]), float(box[3] - box[1])
    pixel = (labels.units[0] * scale[0], labels.units[1] * scale[1])
    ratio = width * pixel[0] / (height * pixel[1])
    field = labels.image.crop(box)
    marks = list(connected_areas(field, ground))
    correct_star = PENTAGRAM * (height / 18) ** 2
    inside = [mark for mark in marks if not at_edge(mark, field.size)]
    star_marks = [mark for mark in inside if mark.area >= _SPECK * correct_star]
    stretch = _stretch(star_marks, ratio, pixel)
    # The width of a column in heights of a row, in the drawing before it was stretched. All lengths
    # below are in heights of a row.
    column = pixel[0] / pixel[1] / (1 + stretch)
    stars = [form_of(mark, field, labels.colours, column) for mark in star_marks]
    middle = complex(width * column, height) / 2
    centre = _circle_centre([star for star, _ in stars]) if stars else middle
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
        foreign=_foreign(labels, box, marks, star_marks, width * height),
        look=_look(labels.colours[ground - 1], placed),
        exact=labels.exact,
    )


def _rectangle(labels: Labels, ground: int) -> tuple[int, int, int, int]:
    """The emblem's rectangle in the label image: left, top, right, bottom.

    It is the bounding box of the ground. Raises UnreadableDrawingError when it is too small.
    """
    box = labels.image.point([255 if i == ground else 0 for i in range(256)]).getbbox()
    if labels.colours[ground - 1] == "#FFFFFF":
        # The black monochrome form has a white ground inside a black outline; the outline belongs
        # to the rectangle.
        box = labels.image.point([0] + [255] * 255).getbbox()
    if box is None or min(box[2] - box[0], box[3] - box[1]) < _SMALLEST:
        raise UnreadableDrawingError(
            "–" if box is None else f"{box[2] - box[0]} × {box[3] - box[1]}"
        )
    return box


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue (0-255) of ``#RRGGBB``."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def is_white(colour: str) -> bool:
    """Whether a colour passes for white paper."""
    return min(channels(colour)) >= 240


def is_blue(colour: str) -> bool:
    """Whether a colour is a kind of blue: its blue channel clearly exceeds the other two."""
    red, green, blue = channels(colour)
    return blue > red + 40 and blue > green + 20


def _ground_label(labels: Labels) -> int:
    """The label of the ground: the most frequent blue; else the most frequent colour; else any.

    White and black come last, because an emblem on a white page has more white than blue round it.
    Raises UnreadableDrawingError when no colour covers a large area.
    """
    histogram = labels.image.histogram()
    painted = sum(histogram[1:]) or 1
    large = [
        label
        for label in sorted(range(1, 256), key=lambda i: -histogram[i])
        if histogram[label] > _GROUND * painted
    ]
    colours = {label: labels.colours[label - 1] for label in large}
    blue = [label for label in large if is_blue(colours[label])]
    coloured = [i for i in large if not is_white(colours[i]) and max(channels(colours[i])) > _DARK]
    chosen = [*blue, *coloured, *large]
    if not chosen:
        raise UnreadableDrawingError("–")
    return chosen[0]


def _stretch(star_marks: list[Mark], ratio: float, pixel: tuple[float, float]) -> float:
    """How much wider the drawing has been made than it was, as a share; 0 when that cannot be told.

    Stars at equal distances on a circle are spread alike in both directions; on a stretched circle
    they are not, and the quotient of the spreads is the stretch. It is believed only if the
    rectangle is 3:2 without it. Else the drawing itself has a wrong circle.
    """
    if len(star_marks) < _LEAST_STARS_STRETCHED:
        return 0.0
    centres = [centroid(mark, pixel[0] / pixel[1]) for mark in star_marks]
    middle = sum(centres) / len(centres)
    # Root mean square of the distances from the middle, horizontally and vertically.
    across = math.sqrt(_mean([(c - middle).real ** 2 for c in centres]))
    down = math.sqrt(_mean([(c - middle).imag ** 2 for c in centres]))
    if not across or not down:
        return 0.0
    found = across / down - 1
    explains_ratio = abs(ratio / (1 + found) / 1.5 - 1) < 0.01
    return found if abs(found) > _STRETCH_SEEN and explains_ratio else 0.0


def _circle_centre(centres: list[complex]) -> complex:
    """The centre of the circle that fits the stars' centres best (least squares after Kåsa).

    The mean of the centres would do for a full circle, but moves to the other side when a star is
    missing. Kåsa minimises the sum of (x² + y² - 2ax - 2by - c)², which is linear in the centre
    (a, b). With coordinates from the mean, c drops out and two equations remain; they are solved by
    Cramer's rule. One or two stars, or stars on a line, have no circle: then the mean is returned.
    """
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
    """A star by its place and form; ``centre`` is that of the circle, ``middle`` the emblem's."""
    arm = star - centre
    # atan2(x, -y) is the angle from straight up, clockwise, because y grows downwards.
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
    """The angles between neighbouring stars, which are sorted by hour; an hour is 30 degrees."""
    if len(stars) < 2:
        return ()
    hours = [star.hour for star in stars]
    following = [*hours[1:], hours[0] + 12]
    return tuple((b - a) * 30 for a, b in zip(hours, following, strict=True))


def _border(
    labels: Labels, box: tuple[int, int, int, int], height: float, column: float
) -> tuple[float, float, float, float]:
    """The width of the white border on the left, top, right and bottom, as shares of the height.

    On each side, the function counts white pixels from the middle of the rectangle's side outwards
    until the first that is not white.
    """
    white = [1 if is_white(colour) else 0 for colour in labels.colours]
    table = [0, *white, *[0] * (255 - len(white))]
    image = labels.image.point(table)
    x, y = (box[0] + box[2]) // 2, (box[1] + box[3]) // 2
    row = image.crop((0, y, image.width, y + 1)).tobytes()
    line = image.crop((x, 0, x + 1, image.height)).tobytes()
    # Strips of 0 and 1 from the rectangle to the edge of the image, in reading order from inside.
    sides = (row[: box[0]][::-1], line[: box[1]][::-1], row[box[2] :], line[box[3] :])
    runs = []
    for side in sides:
        # The first pixel beyond the edge may be a blend of ground and border.
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
    star_marks: list[Mark],
    whole: float,
) -> float:
    """The area of all that is foreign to the emblem, as a share of its rectangle (``whole``).

    Foreign are marks in the rectangle that are not stars, and paint outside of it that is not
    white.
    """
    counted = {id(mark) for mark in star_marks}
    # A mark as large as the rectangle is the outline of the black monochrome form.
    whole_field = (0, 0, box[2] - box[0], box[3] - box[1])
    specks = sum(m.area for m in marks if id(m) not in counted and m.bounds != whole_field)
    white = {1 + i for i, colour in enumerate(labels.colours) if is_white(colour)}
    # One pixel all round the rectangle is left out: it may be a blend of ground and border.
    around = labels.image.copy()
    around.paste(0, (max(0, box[0] - 1), max(0, box[1] - 1), box[2] + 1, box[3] + 1))
    outside = sum(n for i, n in enumerate(around.histogram()) if i and i not in white)
    return (specks + outside) / whole


def _look(ground: str, stars: list[Star]) -> Look:
    """The form of the emblem, by the colours of its ground and of most of its stars."""
    colours = Counter(star.colour for star in stars)
    star = colours.most_common(1)[0][0] if colours else ""
    if star and is_white(ground) and max(channels(star)) < _DARK:
        return Look.BLACK
    if star and is_blue(ground) and is_white(star):
        return Look.REFLEX_BLUE
    return Look.COLOUR


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
