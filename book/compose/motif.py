"""The network motif of a cover: places and the paths between them, grown from a name.

Hubs are sown first, far apart; round them nodes stand close, between them sparsely, so that local
networks show, joined by long paths. Nodes are a Poisson-disc sample of varying density, none
nearer than a minimum distance; paths join neighbours in the sense of Gabriel (no third node
inside the circle on the two as diameter), which never cross while straight. The same name always
grows the same network.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

from book.model.colour import mixed

Point = tuple[float, float]

NEAR = 9.0
"""Minimum distance of two nodes beside a hub, mm."""
FAR = 18.5
"""Minimum distance of two nodes far from every hub, mm."""
REACH = 34.0
"""How far from a hub its density is felt, mm."""
HUB_SPACING = 47.0
"""Minimum distance of two hubs, mm."""
MARGIN = 16.0
"""How far the network goes on beyond the box, mm, so that its edges cut nodes and paths."""
LONGEST = 36.0
"""The longest path, mm."""
_DARTS = 2600
_HUB_DARTS = 240
_PATH = 0.26
_HUB_PATH = 0.42


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

    @property
    def centre(self) -> Point:
        return self.x, self.y


class Stream:
    """A small deterministic stream of random numbers: SHA-256 of a name and a counter.

    Unlike those of :mod:`random`, its numbers are fixed by a published standard (FIPS 180-4)
    and cannot change with a version of Python.
    """

    def __init__(self, name: str) -> None:
        self._name = name.encode()
        self._count = 0

    def random(self) -> float:
        """The next number, in [0, 1)."""
        digest = hashlib.sha256(self._name + b"/%d" % self._count).digest()
        self._count += 1
        return int.from_bytes(digest[:6], "big") / 2**48

    def between(self, low: float, high: float) -> float:
        """The next number, in [low, high)."""
        return low + (high - low) * self.random()


class Skyline:
    """The upper edge of a network that grows from below: a slow wave, higher to the right.

    It lies in the first ``depth`` mm; what is above it is not drawn.
    """

    def __init__(self, stream: Stream, width: float, depth: float) -> None:
        self._width = width
        self._depth = depth
        self._phases = [stream.between(0, 2 * math.pi) for _ in range(2)]

    def at(self, x: float) -> float:
        """The edge at ``x``, mm from the top."""
        share = x / self._width
        first, second = self._phases
        wave = 0.62 * math.sin(4.4 * share + first) + 0.38 * math.sin(9.7 * share + second)
        return self._depth * min(1.0, max(0.0, 0.62 - 0.42 * share + 0.26 * wave))

    def depth_below(self, point: Point) -> float:
        """How far a point lies below the edge, mm; negative above it."""
        return point[1] - self.at(point[0])


def nodes_of(
    name: str, width: float, height: float, skyline_depth: float = 0.0
) -> tuple[list[Node], list[tuple[int, int]]]:
    """The network of ``name`` in a box of ``width`` × ``height`` mm: nodes, and their links.

    Coordinates are the box's; nodes of the margin around it lie outside.
    """
    stream = Stream(name)
    skyline = Skyline(stream, width, skyline_depth)
    hubs = _sow_hubs(stream, width, height, skyline)
    points = _sow(stream, width, height, skyline, hubs)
    links = gabriel_links(points, LONGEST)
    degree = [0] * len(points)
    for i, j in links:
        degree[i] += 1
        degree[j] += 1
    nodes = []
    for k, point in enumerate(points):
        hub = k < len(hubs)
        radius = _radius(stream, hub, degree[k], skyline.depth_below(point))
        nodes.append(Node(*point, radius, hub))
    return nodes, links


def _sow_hubs(stream: Stream, width: float, height: float, skyline: Skyline) -> list[Point]:
    """Hubs inside the box, well below the skyline; they may be cut by the sides."""
    hubs: list[Point] = []
    for _ in range(_HUB_DARTS):
        point = stream.between(2, width - 2), stream.between(0, height - 7)
        if skyline.depth_below(point) < 15:
            continue
        if all(math.dist(point, hub) >= HUB_SPACING for hub in hubs):
            hubs.append(point)
    return hubs


def spacing_at(point: Point, hubs: list[Point]) -> float:
    """The minimum distance from a node at ``point`` to its neighbours, mm."""
    nearest = min((math.dist(point, hub) for hub in hubs), default=REACH)
    share = min(1.0, nearest / REACH)
    return NEAR + (FAR - NEAR) * share * share * (3 - 2 * share)


def _sow(
    stream: Stream, width: float, height: float, skyline: Skyline, hubs: list[Point]
) -> list[Point]:
    """The hubs, and nodes round and between them."""
    points = list(hubs)
    for _ in range(_DARTS):
        point = (
            stream.between(-MARGIN, width + MARGIN),
            stream.between(0, height + MARGIN),
        )
        if skyline.depth_below(point) < 0:
            continue
        spacing = spacing_at(point, hubs)
        if all(math.dist(point, other) >= spacing for other in points):
            points.append(point)
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
            others = (c for k, c in enumerate(points) if k not in (i, j))
            if all(math.dist(middle, c) >= reach / 2 for c in others):
                links.append((i, j))
    return links


def _radius(stream: Stream, hub: bool, degree: int, depth: float) -> float:
    share = stream.random()
    if hub:
        return 3.4 + 2.4 * share
    # The better joined a place is, the larger; a few stand out; the youngest, on top, are small.
    grown = 0.62 + 0.11 * degree + (1.5 * share if share > 0.86 else 0.35 * share)
    return grown * min(1.0, 0.55 + max(depth, 0.0) / 36)


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _path(stream: Stream, a: Node, b: Node) -> str:
    """A gently bent path from centre to centre."""
    bend = stream.between(0.06, 0.15) * (1 if stream.random() < 0.5 else -1)
    dx, dy = b.x - a.x, b.y - a.y
    x, y = (a.x + b.x) / 2 - dy * bend, (a.y + b.y) / 2 + dx * bend
    return f"M{_number(a.x)} {_number(a.y)}Q{_number(x)} {_number(y)} {_number(b.x)} {_number(b.y)}"


def motif_svg(
    name: str, width: float, height: float, palette: Palette, skyline_depth: float = 0.0
) -> str:
    """The motif of ``name`` in a box of ``width`` × ``height`` mm, as SVG text.

    Its upper edge is a skyline within the first ``skyline_depth`` mm. Colours are flat, never
    transparent, so that a press prints them as they are.
    """
    nodes, links = nodes_of(name, width, height, skyline_depth)
    stream = Stream(f"{name}/paths")
    paths = []
    for i, j in links:
        a, b = nodes[i], nodes[j]
        hub = a.hub or b.hub
        colour = mixed(palette.node, palette.line, 0.25) if hub else palette.line
        paths.append(
            f'<path d="{_path(stream, a, b)}" stroke="{colour}" '
            f'stroke-width="{_HUB_PATH if hub else _PATH}"/>'
        )
    circles = []
    for k, node in enumerate(nodes):
        colour = palette.hubs[k % len(palette.hubs)] if node.hub else palette.node
        circles.append(
            f'<circle cx="{_number(node.x)}" cy="{_number(node.y)}" '
            f'r="{_number(node.radius)}" fill="{colour}"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_number(width)}mm" '
        f'height="{_number(height)}mm" viewBox="0 0 {_number(width)} {_number(height)}">'
        f'<g fill="none" stroke-linecap="round">{"".join(paths)}</g>{"".join(circles)}</svg>'
    )
