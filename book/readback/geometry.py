"""Rectangles and outlines, as finished pages show them: of PDFs, EPUBs and drawings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MM = 25.4 / 72
"""One point in mm."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle in mm, from the page's (or viewport's) upper left corner."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Box, tolerance: float = 0.1) -> bool:
        """Whether the two share more than ``tolerance`` mm in both directions."""
        # The tolerance keeps boxes apart that only touch: their sides are rounded numbers.
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return across > tolerance and down > tolerance

    def within(self, other: Box, tolerance: float = 0.1) -> bool:
        """Whether all of this lies inside ``other``."""
        return (
            self.x >= other.x - tolerance
            and self.y >= other.y - tolerance
            and self.x + self.width <= other.x + other.width + tolerance
            and self.y + self.height <= other.y + other.height + tolerance
        )


@dataclass(frozen=True)
class Shape:
    """A filled outline after all transforms: points in the drawing's units, y downwards.

    It is filled by the nonzero rule.
    """

    points: tuple[Point, ...]
    fill: str
    """``#RRGGBB``."""


def bounds(points: Sequence[Point]) -> Box:
    """The smallest box around ``points``, of which there is at least one."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box around ``boxes``, of which there is at least one."""
    corners = [(b.x, b.y) for b in boxes] + [(b.x + b.width, b.y + b.height) for b in boxes]
    return bounds(corners)
