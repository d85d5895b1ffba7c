"""Geometry of outlines: flattens paths, joins holes, makes areas of strokes, clips to rectangles.

All results are contours: closed polygons, each of which is filled by itself with the nonzero rule.
That is the only form in which the painter of :mod:`book.notice.drawing_raster` takes shapes, so
holes and strokes have to be turned into it. Coordinates are in units of the drawing, y downwards.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from fontTools.misc.transform import Transform
from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path import parse_path

Point = tuple[float, float]
Contour = tuple[Point, ...]
Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_STEPS = 16
"""Chords that replace a Bézier curve. For a quarter of a circle the error is 0.01 % of the radius,
far below the tolerances of the rules."""
_MITRE_LIMIT = 4.0
"""SVG's initial stroke-miterlimit: a corner whose mitre would be longer, in widths of the stroke,
is cut off."""


class _Flattener(BasePen):  # type: ignore[misc] # fontTools has no types
    """A fontTools pen that collects the contours of a path as chords, and which are closed."""

    def __init__(self) -> None:
        super().__init__(None)
        self.contours: list[list[Point]] = []
        self.closed: list[bool] = []

    def _moveTo(self, pt: Point) -> None:  # noqa: N802 - fontTools' own names
        self.contours.append([pt])
        self.closed.append(False)

    def _lineTo(self, pt: Point) -> None:  # noqa: N802
        self.contours[-1].append(pt)

    def _curveToOne(self, pt1: Point, pt2: Point, pt3: Point) -> None:  # noqa: N802
        start = self.contours[-1][-1]
        for step in range(1, _STEPS + 1):
            t = step / _STEPS
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            points = (start, pt1, pt2, pt3)
            self.contours[-1].append(
                (
                    sum(w * p[0] for w, p in zip(weights, points, strict=True)),
                    sum(w * p[1] for w, p in zip(weights, points, strict=True)),
                )
            )

    def _closePath(self) -> None:  # noqa: N802
        self.closed[-1] = True


def flatten(path: str, transform: Transform) -> list[tuple[Contour, bool]]:
    """The contours of SVG path data after ``transform``, each with whether it is closed.

    Raises ValueError when ``path`` is not valid path data.
    """
    pen = _Flattener()
    try:
        parse_path(path, pen)
    # fontTools' parser has no error of its own for broken data; these are what it raises.
    except (IndexError, TypeError, AssertionError) as error:
        raise ValueError(f"no path data: {path[:40]}") from error
    return [
        (tuple(transform.transformPoints(_without_duplicates(contour))), closed)
        for contour, closed in zip(pen.contours, pen.closed, strict=True)
        if len(contour) > 1
    ]


def filled(contours: Sequence[Contour], even_odd: bool) -> list[Contour]:
    """The area that the contours of one path paint together, as contours to be filled one by one.

    A contour inside another is a hole in it if the fill rule is even-odd, or if the two run in
    opposite directions (nonzero rule). A hole is joined to the contour around it by a seam. A
    contour inside another that is no hole paints nothing new and is dropped.
    """
    outer: list[Contour] = []
    # Largest first: a contour comes before all that it can contain. A contour inside a hole is not
    # inside the joined outline, so it becomes an outer contour itself.
    by_area = sorted((c for c in contours if len(c) > 2), key=lambda c: -abs(area(c)))
    for contour in by_area:
        for index, around in enumerate(outer):
            if not (_contains_point(contour[0], around) and _in_bounds(contour, around)):
                continue
            if even_odd or area(contour) * area(around) < 0:
                outer[index] = _with_hole(around, contour)
            break
        else:
            outer.append(contour)
    return outer


def stroked(contour: Contour, closed: bool, width: float) -> list[Contour]:
    """The area that a stroke of ``width`` paints along a contour.

    A closed contour gives a ring with mitred corners. An open one gives a bar for each segment,
    without caps and joins: the emblem has no open strokes, and a wrong drawing needs no exact ones.
    """
    if closed and len(contour) > 2:
        return [_with_hole(_offset(contour, width / 2), _offset(contour, -width / 2))]
    bars: list[Contour] = []
    for (x, y), (x2, y2) in pairwise(contour):
        length = math.hypot(x2 - x, y2 - y)
        if length:
            across, down = (y - y2) / length * width / 2, (x2 - x) / length * width / 2
            bars.append(
                (
                    (x + across, y + down),
                    (x2 + across, y2 + down),
                    (x2 - across, y2 - down),
                    (x - across, y - down),
                )
            )
    return bars


def clipped(contour: Contour, clip: Bounds) -> Contour:
    """The part of the contour inside a rectangle (Sutherland and Hodgman); may be empty."""
    points = list(contour)
    # One pass for each side of the rectangle. It keeps the points on the inner side of that side,
    # and adds a point wherever an edge of the contour crosses it.
    for axis, limit, sign in ((0, clip[0], 1), (0, clip[2], -1), (1, clip[1], 1), (1, clip[3], -1)):
        kept: list[Point] = []
        for before, point in zip([*points[-1:], *points[:-1]], points, strict=True):
            from_inside = sign * (before[axis] - limit) >= 0
            to_inside = sign * (point[axis] - limit) >= 0
            if from_inside != to_inside:
                # The share of the edge that lies before the crossing.
                t = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append(
                    (
                        before[0] + t * (point[0] - before[0]),
                        before[1] + t * (point[1] - before[1]),
                    )
                )
            if to_inside:
                kept.append(point)
        points = kept
    return tuple(points)


def bounds(contours: Sequence[Contour]) -> Bounds:
    """The rectangle around all contours. Raises ValueError when there is no point."""
    points = [point for contour in contours for point in contour]
    if not points:
        raise ValueError("nothing is drawn")
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def area(contour: Contour) -> float:
    """The signed area of a contour: positive when it runs clockwise on a page with y downwards.

    It is half the sum of the cross products of successive points (shoelace formula).
    """
    shifted = (*contour[1:], *contour[:1])
    return sum(x * y2 - x2 * y for (x, y), (x2, y2) in zip(contour, shifted, strict=True)) / 2


def _without_duplicates(points: list[Point]) -> list[Point]:
    """``points`` without repetitions in a row: a side of length 0 has no direction to offset."""
    kept = [p for p, before in zip(points, [None, *points], strict=False) if p != before]
    return kept[:-1] if len(kept) > 2 and kept[0] == kept[-1] else kept


def _in_bounds(contour: Contour, around: Contour) -> bool:
    """Whether ``contour`` lies in the bounding rectangle of ``around``."""
    left, top, right, bottom = bounds([around])
    return all(left <= x <= right and top <= y <= bottom for x, y in contour)


def _contains_point(point: Point, contour: Contour) -> bool:
    """Whether the contour contains the point (even-odd rule).

    It does if a ray from the point to the right crosses the contour an odd number of times.
    """
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(contour, (*contour[1:], *contour[:1]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def _with_hole(around: Contour, hole: Contour) -> Contour:
    """One contour that runs round the outside, along a seam, and round the hole in reverse.

    The seam is walked in both directions, so it encloses no area. In the hole the two windings add
    up to 0, so the nonzero rule does not fill it.
    """
    if area(around) * area(hole) > 0:
        hole = hole[::-1]
    return (*around, around[0], *hole, hole[0])


def _offset(contour: Contour, distance: float) -> Contour:
    """The contour moved outwards by ``distance`` (inwards if negative), with mitred corners.

    A corner is moved along the sum of the normals of its two sides. With n1 and n2 as unit normals
    it goes to p + distance * (n1 + n2) / (1 + n1·n2); the denominator is 2 cos² of half the angle
    by which the contour turns. The mitre's length is the reciprocal of that cosine, so the limit L
    is exceeded when the denominator is below 2 / L². Then each side keeps its own end.
    """
    if area(contour) < 0:
        contour = contour[::-1]
    moved: list[Point] = []
    for before, point, after in zip(
        (contour[-1], *contour[:-1]), contour, (*contour[1:], contour[0]), strict=True
    ):
        first, second = _normal(before, point), _normal(point, after)
        denominator = 1 + first[0] * second[0] + first[1] * second[1]
        if denominator < 2 / _MITRE_LIMIT**2:
            moved += [
                (point[0] + distance * n[0], point[1] + distance * n[1]) for n in (first, second)
            ]
        else:
            moved.append(
                (
                    point[0] + distance * (first[0] + second[0]) / denominator,
                    point[1] + distance * (first[1] + second[1]) / denominator,
                )
            )
    return tuple(moved)


def _normal(start: Point, end: Point) -> Point:
    """The unit normal of a side, to the outside of a clockwise contour (y downwards)."""
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    return ((end[1] - start[1]) / length, (start[0] - end[0]) / length)
