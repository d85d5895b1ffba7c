"""Finds what lies in the emblem's rectangle, and measures its form as a star.

A *mark* is a connected component of the label image: pixels that touch along a side and do not have
the colour of the ground. In a correct emblem the marks are the twelve stars. Coordinates are
complex numbers x + y·i with y downwards, because turning and symmetry are then powers and phases.
"""

from __future__ import annotations

import cmath
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

PENTAGRAM = 1.12257
"""Area of a pentagram whose points lie on a circle of radius 1. Its sides are straight lines from
point to point, as the emblem's stars have them."""
PENTAGRAM_SPREAD = 0.21601
"""Mean square distance of the pentagram's area from its centre, divided by that area. It does not
depend on size; a stouter star has less, a leaner one more."""


@dataclass
class Mark:
    """A connected component, as runs of pixels: row, first column, last column + 1."""

    runs: list[tuple[int, int, int]]

    @property
    def area(self) -> int:
        return sum(end - start for _, start, end in self.runs)

    @property
    def bounds(self) -> tuple[int, int, int, int]:
        return (
            min(start for _, start, _ in self.runs),
            self.runs[0][0],
            max(end for _, _, end in self.runs),
            self.runs[-1][0] + 1,
        )

    def pixels(self) -> Iterator[complex]:
        """The centres of its pixels as x + y·i, in columns and rows."""
        for row, start, end in self.runs:
            for column in range(start, end):
                yield complex(column + 0.5, row + 0.5)


def connected_areas(field: Image.Image, ground: int) -> Iterator[Mark]:
    """The connected components of all pixels that do not have the label ``ground``.

    Pixels that touch at a corner only are not connected. The function finds runs of pixels row by
    row. Runs of successive rows that share a column belong together; a union-find structure
    (``parents`` gives for each run another one of its component, or itself) joins their components.
    """
    width, height = field.size
    data = field.point([0 if i == ground else 1 for i in range(256)]).tobytes()
    parents: list[int] = []
    runs: list[tuple[int, int, int]] = []

    def find(index: int) -> int:
        """The run that stands for the component of a run; shortens the way to it (path halving)."""
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    above: list[int] = []
    for row in range(height):
        here = []
        line = data[row * width : (row + 1) * width]
        for match in re.finditer(rb"\x01+", line):
            index = len(runs)
            runs.append((row, match.start(), match.end()))
            parents.append(index)
            here.append(index)
            for other in above:
                if runs[other][1] < match.end() and runs[other][2] > match.start():
                    first, second = sorted((find(other), find(index)))
                    parents[second] = first
        above = here
    groups: dict[int, list[tuple[int, int, int]]] = {}
    for index, run in enumerate(runs):
        groups.setdefault(find(index), []).append(run)
    yield from (Mark(group) for group in groups.values())


def at_edge(mark: Mark, size: tuple[int, int]) -> bool:
    """Whether a mark comes within one pixel of the edge of an image of ``size`` (width, height).

    Such a mark belongs to an outline or to something cut off, not to the stars.
    """
    left, top, right, bottom = mark.bounds
    return left <= 1 or top <= 1 or right >= size[0] - 1 or bottom >= size[1] - 1


def centroid(mark: Mark, column: float) -> complex:
    """The centre of gravity of a mark as x + y·i, in heights of a row.

    ``column`` is the width of a column in heights of a row: pixels need not be square.
    """
    total = mark.area
    x = sum((start + end) / 2 * (end - start) for _, start, end in mark.runs) / total
    y = sum((row + 0.5) * (end - start) for row, start, end in mark.runs) / total
    return complex(x * column, y)


@dataclass(frozen=True)
class Form:
    """The form of a mark as a star.

    ``radius`` is that of the circle through its points, in heights of a row. ``points`` is how many
    it has, 0 when that cannot be told. ``spread`` is how far its area reaches out, as a share of
    what a pentagram's does. ``tilt`` is in degrees, 0 when one of five points is straight up.
    ``colour`` is ``#RRGGBB``.
    """

    radius: float
    points: int
    spread: float
    tilt: float
    colour: str


def form_of(
    mark: Mark, field: Image.Image, colours: tuple[str, ...], column: float
) -> tuple[complex, Form]:
    """The centre and the form of a mark, from the harmonics of its area round the centre.

    With z as the position of a pixel from the centre, the sum of z^n over all pixels vanishes for a
    shape with k points unless n is a multiple of k: turning the shape by 360°/k changes nothing,
    but turns each z^n. So the order n with the largest sum, as a share of the sum of |z|^n, is the
    number of points, and its phase tells how the shape is turned. This needs no edges and no
    corners, which a raster blurs.
    """
    centre = centroid(mark, column)
    offsets = [complex(p.real * column, p.imag) - centre for p in mark.pixels()]
    orders = range(3, 10)
    waves = {n: abs(sum(z**n for z in offsets)) / sum(abs(z) ** n for z in offsets) for n in orders}
    points = max(orders, key=lambda n: waves[n])
    phase = math.degrees(cmath.phase(sum(z**5 for z in offsets)))
    # With y downwards a point that is straight up lies at -90°, so the fifth power of its z lies at
    # -450°, which is -90°. The difference to that, divided by five, is the tilt (-36° to 36°).
    tilt = ((phase + 90 + 180) % 360 - 180) / 5
    # Pixels blunt the tips, so the radius is taken from the area, not from the farthest pixel.
    radius = math.sqrt(mark.area * column / PENTAGRAM)
    spread = (
        sum(abs(z) ** 2 for z in offsets) / len(offsets) / (mark.area * column) / PENTAGRAM_SPREAD
    )
    # The colour is the most frequent label: a star may have blended pixels at its edge.
    counted = Counter[int]()
    for row, start, end in mark.runs:
        counted.update(field.crop((start, row, end, row + 1)).tobytes())
    colour = counted.most_common(1)[0][0]
    name = colours[colour - 1] if colour else "#FFFFFF"
    # A disc has no order with a large share: its points cannot be told.
    return centre, Form(radius, points if waves[points] > 0.1 else 0, spread, tilt, name)
