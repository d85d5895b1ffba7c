"""What lies in the emblem's rectangle: connected areas, and each one's form as a star."""

from __future__ import annotations

import cmath
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

PENTAGRAM = 1.12257
"""Area of a five-pointed star whose notches lie on the lines between points, for radius 1."""
PENTAGRAM_SPREAD = 0.21601
"""Mean square distance from its centre of that star's points, divided by its area."""


@dataclass
class Mark:
    """A connected area of other colours than the ground: its runs (row, first, last + 1)."""

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
        """The centres of its pixels as x + y·i."""
        for row, start, end in self.runs:
            for column in range(start, end):
                yield complex(column + 0.5, row + 0.5)


def connected_areas(field: Image.Image, ground: int) -> Iterator[Mark]:
    """Connected areas of everything but the ground, by rows; corners do not connect."""
    width, height = field.size
    data = field.point([0 if i == ground else 1 for i in range(256)]).tobytes()
    parents: list[int] = []
    runs: list[tuple[int, int, int]] = []

    def find(index: int) -> int:
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
    """Whether a mark reaches the edge of a field of this size (width, height), or nearly."""
    left, top, right, bottom = mark.bounds
    return left <= 1 or top <= 1 or right >= size[0] - 1 or bottom >= size[1] - 1


def centroid(mark: Mark, column: float) -> complex:
    """The centre of a mark as x + y·i in rows; ``column`` is how wide a column is in them."""
    total = mark.area
    x = sum((start + end) / 2 * (end - start) for _, start, end in mark.runs) / total
    y = sum((row + 0.5) * (end - start) for row, start, end in mark.runs) / total
    return complex(x * column, y)


@dataclass(frozen=True)
class Form:
    """A star's form: radius in rows, points, spread, tilt, colour."""

    radius: float
    points: int
    spread: float
    tilt: float
    colour: str


def form_of(
    mark: Mark, field: Image.Image, colours: tuple[str, ...], column: float
) -> tuple[complex, Form]:
    """The centre and the form of a mark, from the harmonics of its area round the centre."""
    centre = centroid(mark, column)
    offsets = [complex(p.real * column, p.imag) - centre for p in mark.pixels()]
    orders = range(3, 10)
    waves = {n: abs(sum(z**n for z in offsets)) / sum(abs(z) ** n for z in offsets) for n in orders}
    points = max(orders, key=lambda n: waves[n])
    phase = math.degrees(cmath.phase(sum(z**5 for z in offsets)))
    # A point straight up is at -90°; its fifth harmonic at -450°, that is -90°.
    tilt = ((phase + 90 + 180) % 360 - 180) / 5
    # In a file's pixels the tips are blunt; the area tells the radius better than they do.
    radius = math.sqrt(mark.area * column / PENTAGRAM)
    spread = (
        sum(abs(z) ** 2 for z in offsets) / len(offsets) / (mark.area * column) / PENTAGRAM_SPREAD
    )
    counted = Counter[int]()
    for row, start, end in mark.runs:
        counted.update(field.crop((start, row, end, row + 1)).tobytes())
    colour = counted.most_common(1)[0][0]
    name = colours[colour - 1] if colour else "#FFFFFF"
    return centre, Form(radius, points if waves[points] > 0.1 else 0, spread, tilt, name)
