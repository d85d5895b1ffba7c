"""The network motif of a cover: nodes and the paths between them, computed from the edition's name.

1. Hubs are placed first, far apart from each other.
2. Nodes are placed around them: close to each other near a hub, sparsely far from all hubs. So the
   picture shows local networks joined by long paths. The nodes are a Poisson-disc sample of
   varying density: random points are drawn, and a point too near to one already placed is dropped.
3. Paths join Gabriel neighbours: two nodes with no third one inside the circle whose diameter is
   the line between them. Such lines never cross while they are straight.
4. Radii follow from the number of paths of a node and from its height.

The same name always gives the same network, because all random numbers are from a :class:`Stream`
of the name and are drawn in a fixed order. Whoever adds a draw changes every cover.
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
"""The distance from a hub, mm, up to which it makes the nodes denser."""
HUB_SPACING = 47.0
"""Minimum distance of two hubs, mm."""
MARGIN = 16.0
"""How far the network extends beyond the box, mm, so that the box cuts nodes and paths."""
LONGEST = 36.0
"""The longest path, mm."""
_DRAWS = 2600
_HUB_DRAWS = 240
"""Numbers of random points drawn for nodes and for hubs. Most are dropped as too near to others."""
_PATH = 0.26
_HUB_PATH = 0.42
"""Widths of paths, mm: of those between nodes, and of those to a hub."""


@dataclass(frozen=True)
class Palette:
    """Flat colours (``#RRGGBB``) of the motif: ground, paths and small nodes, and the hubs."""

    ground: str
    line: str
    node: str
    hubs: tuple[str, ...]


@dataclass(frozen=True)
class Node:
    """A node: its centre and radius in mm. ``hub`` says that it is one of the few large ones."""

    x: float
    y: float
    radius: float
    hub: bool

    @property
    def centre(self) -> Point:
        return self.x, self.y


class Stream:
    """Deterministic random numbers: SHA-256 of a name and a counter.

    A published standard (FIPS 180-4) fixes them. Those of :mod:`random` may change with a version
    of Python, and covers would change with them.
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
    """The upper edge of a network: a slow wave that rises to the right.

    It lies in the first ``depth`` mm of the box. No node is placed above it.
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
        """How far a point lies below the edge, mm. Negative for points above it."""
        return point[1] - self.at(point[0])


def nodes_of(
    name: str, width: float, height: float, skyline_depth: float = 0.0
) -> tuple[list[Node], list[tuple[int, int]]]:
    """The network of ``name`` in a box of ``width`` × ``height`` mm: nodes, and links by index.

    Coordinates are mm from the box's upper left corner. Nodes of the margin lie outside the box.
    """
    stream = Stream(name)
    skyline = Skyline(stream, width, skyline_depth)
    hubs = _place_hubs(stream, width, height, skyline)
    points = _place_nodes(stream, width, height, skyline, hubs)
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


def _place_hubs(stream: Stream, width: float, height: float, skyline: Skyline) -> list[Point]:
    """Hubs with their centres inside the box, well below the skyline. The sides may cut them."""
    hubs: list[Point] = []
    for _ in range(_HUB_DRAWS):
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
    # Smoothstep: without a kink at the hub and at its reach no ring shows around it.
    return NEAR + (FAR - NEAR) * share * share * (3 - 2 * share)


def _place_nodes(
    stream: Stream, width: float, height: float, skyline: Skyline, hubs: list[Point]
) -> list[Point]:
    """The hubs first, then the nodes around and between them."""
    points = list(hubs)
    for _ in range(_DRAWS):
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
    """The pairs of Gabriel neighbours no further apart than ``longest`` mm, by index."""
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
    """A node's radius in mm. ``degree`` is its number of paths, ``depth`` mm below the skyline."""
    share = stream.random()
    if hub:
        return 3.4 + 2.4 * share
    # Nodes with more paths are larger. One in seven stands out. Those near the skyline are small.
    grown = 0.62 + 0.11 * degree + (1.5 * share if share > 0.86 else 0.35 * share)
    return grown * min(1.0, 0.55 + max(depth, 0.0) / 36)


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _path(stream: Stream, a: Node, b: Node) -> str:
    """A gently bent path from centre to centre, as data of an SVG path."""
    bend = stream.between(0.06, 0.15) * (1 if stream.random() < 0.5 else -1)
    dx, dy = b.x - a.x, b.y - a.y
    x, y = (a.x + b.x) / 2 - dy * bend, (a.y + b.y) / 2 + dx * bend
    return f"M{_number(a.x)} {_number(a.y)}Q{_number(x)} {_number(y)} {_number(b.x)} {_number(b.y)}"


def motif_svg(
    name: str, width: float, height: float, palette: Palette, skyline_depth: float = 0.0
) -> str:
    """The motif of ``name`` in a box of ``width`` × ``height`` mm, as SVG text.

    Its upper edge is a skyline within the first ``skyline_depth`` mm. Colours are flat and never
    transparent, so that a press prints exactly these.
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
