"""The network motif of a cover: places and the paths between them, grown from a name.

Nodes are a Poisson-disc sample (R. Bridson, «Fast Poisson Disk Sampling in Arbitrary
Dimensions», 2007), so that no two are nearer than a minimum distance; paths join neighbours in
the sense of Gabriel (no third node inside the circle on the two as diameter), which never cross
while straight; a few nodes are hubs, large and warm. The same name always grows the same network.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass

from book.model.colour import mixed

Point = tuple[float, float]

SPACING = 15.5
"""Minimum distance of two nodes, mm."""
HUB_SPACING = 40.0
"""Minimum distance of two hubs, mm."""
MARGIN = 16.0
"""How far the network goes on beyond the box, mm, so that its edges cut nodes and paths."""
LONGEST = 2.05
"""The longest path, in multiples of SPACING."""
_CANDIDATES = 30


@dataclass(frozen=True)
class Palette:
    """Flat colours (``#RRGGBB``) of the motif: ground, paths and small nodes, and the hubs."""

    ground: str
    line: str
    node: str
    hubs: tuple[str, ...]


@dataclass(frozen=True)
class Node:
    """A node: centre and radius in mm; ``hub`` for the few large ones."""

    x: float
    y: float
    radius: float
    hub: bool


class Stream:
    """A small deterministic stream of random numbers: SHA-256 of a name and a counter.

    ``random`` is in [0, 1). Unlike :mod:`random`, its numbers are fixed by a published standard
    (FIPS 180-4) and cannot change with a version of Python.
    """

    def __init__(self, name: str) -> None:
        self._name = name.encode()
        self._count = 0

    def random(self) -> float:
        digest = hashlib.sha256(self._name + b"/%d" % self._count).digest()
        self._count += 1
        return int.from_bytes(digest[:6], "big") / 2**48

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.random()


def poisson_disc(stream: Stream, width: float, height: float, spacing: float) -> list[Point]:
    """Points in ``width`` × ``height`` (mm), no two nearer than ``spacing``, none missing."""
    points = [(stream.between(0.2, 0.8) * width, stream.between(0.2, 0.8) * height)]
    active = [0]
    while active:
        slot = int(stream.random() * len(active))
        x, y = points[active[slot]]
        for _ in range(_CANDIDATES):
            angle = stream.between(0, 2 * math.pi)
            distance = spacing * stream.between(1, 1.7)
            candidate = (x + distance * math.cos(angle), y + distance * math.sin(angle))
            inside = 0 <= candidate[0] <= width and 0 <= candidate[1] <= height
            if inside and all(math.dist(candidate, p) >= spacing for p in points):
                active.append(len(points))
                points.append(candidate)
                break
        else:
            active.pop(slot)
    return points


def gabriel_links(points: list[Point], longest: float) -> list[tuple[int, int]]:
    """Pairs of neighbours no further apart than ``longest``, by index."""
    links = []
    for i, a in enumerate(points):
        for j in range(i + 1, len(points)):
            b = points[j]
            reach = math.dist(a, b)
            if reach > longest:
                continue
            middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
            if all(
                math.dist(middle, c) >= reach / 2 for k, c in enumerate(points) if k not in (i, j)
            ):
                links.append((i, j))
    return links


def nodes_of(name: str, width: float, height: float) -> tuple[list[Node], list[tuple[int, int]]]:
    """The network of ``name`` in a box of ``width`` × ``height`` mm: nodes, and their links.

    Coordinates are the box's; nodes of the margin around it lie outside.
    """
    stream = Stream(name)
    outer = (width + 2 * MARGIN, height + 2 * MARGIN)
    points = [
        (x - MARGIN, y - MARGIN) for x, y in poisson_disc(stream, outer[0], outer[1], SPACING)
    ]
    links = gabriel_links(points, SPACING * LONGEST)
    degree = [0] * len(points)
    for i, j in links:
        degree[i] += 1
        degree[j] += 1
    hubs = set(_hubs(stream, points, degree, width, height))
    nodes = [
        Node(x, y, _radius(stream, k in hubs, degree[k]), k in hubs)
        for k, (x, y) in enumerate(points)
    ]
    return nodes, links


def _hubs(
    stream: Stream, points: list[Point], degree: list[int], width: float, height: float
) -> Iterator[int]:
    """Well-joined nodes inside the box, far from one another."""
    chosen: list[Point] = []
    ranked = sorted(
        range(len(points)), key=lambda k: (-min(degree[k], 4) - stream.random(), k)
    )
    for k in ranked:
        x, y = points[k]
        visible = 6 <= x <= width - 6 and 14 <= y <= height - 9
        if visible and all(math.dist(points[k], c) >= HUB_SPACING for c in chosen):
            chosen.append(points[k])
            yield k


def _radius(stream: Stream, hub: bool, degree: int) -> float:
    if hub:
        return stream.between(3.1, 5.2)
    # The better joined a place is, the larger; a few stand out.
    share = stream.random()
    return 0.75 + 0.14 * degree + (1.5 if share > 0.88 else 0.35 * share)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _path(stream: Stream, a: Node, b: Node) -> str:
    """A gently bent path from centre to centre."""
    bend = stream.between(0.07, 0.16) * (1 if stream.random() < 0.5 else -1)
    dx, dy = b.x - a.x, b.y - a.y
    x, y = (a.x + b.x) / 2 - dy * bend, (a.y + b.y) / 2 + dx * bend
    return f"M{_number(a.x)} {_number(a.y)}Q{_number(x)} {_number(y)} {_number(b.x)} {_number(b.y)}"


def _faded(colour: str, palette: Palette, y: float, fade: float) -> str:
    """``colour`` as it stands ``y`` mm below the head of the motif, which comes out of nothing."""
    share = 1.0 if fade <= 0 else max(0.0, min(1.0, y / fade))
    return mixed(colour, palette.ground, round(share * 8) / 8)


def motif_svg(
    name: str, width: float, height: float, palette: Palette, fade: float = 0.0
) -> str:
    """The motif of ``name`` in a box of ``width`` × ``height`` mm, as SVG text.

    The first ``fade`` mm come gradually out of the ground. Colours are flat, never transparent,
    so that a press prints them as they are.
    """
    nodes, links = nodes_of(name, width, height)
    stream = Stream(f"{name}/paths")
    shapes = []
    for i, j in links:
        a, b = nodes[i], nodes[j]
        colour = _faded(palette.line, palette, (a.y + b.y) / 2, fade)
        d = _path(stream, a, b)
        if colour != palette.ground:
            shapes.append(f'<path d="{d}" stroke="{colour}"/>')
    circles = []
    hub_count = 0
    for node in nodes:
        colour = palette.node
        if node.hub:
            colour = palette.hubs[hub_count % len(palette.hubs)]
            hub_count += 1
        colour = _faded(colour, palette, node.y, fade)
        if colour != palette.ground:
            circles.append(
                f'<circle cx="{_number(node.x)}" cy="{_number(node.y)}" '
                f'r="{_number(node.radius)}" fill="{colour}"/>'
            )
    size = f"{_number(width)} {_number(height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_number(width)}mm" '
        f'height="{_number(height)}mm" viewBox="0 0 {size}">'
        f'<g fill="none" stroke-width=".28" stroke-linecap="round">{"".join(shapes)}</g>'
        f"{''.join(circles)}</svg>"
    )
