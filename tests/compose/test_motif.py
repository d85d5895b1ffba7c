"""The network motif: the same for the same name, well spaced, of flat colours."""

from __future__ import annotations

import math
import os
import subprocess
import sys

import pytest
from lxml import etree

from book.compose.motif import (
    HUB_SPACING,
    NEAR,
    Palette,
    Stream,
    gabriel_links,
    motif_svg,
    nodes_of,
    spacing_at,
)

PALETTE = Palette("#0E4A5A", "#558089", "#CFDBDE", ("#E08A4F", "#F4BE86"))
NAMES = ["reti-locali", "valutazione", "co-programmazione", "toolkit", "dimostrativa"]
BOX = (170.0, 122.0)


def test_the_stream_is_even() -> None:
    stream = Stream("a name")
    numbers = [stream.random() for _ in range(4000)]
    assert all(0 <= n < 1 for n in numbers)
    assert sum(numbers) / len(numbers) == pytest.approx(0.5, abs=0.02)
    assert len(set(numbers)) == len(numbers)


def test_every_name_has_its_own_network() -> None:
    drawings = {motif_svg(name, *BOX, PALETTE, 46) for name in NAMES}
    assert len(drawings) == len(NAMES)


def test_the_network_does_not_depend_on_the_hash_seed() -> None:
    code = (
        "import sys; from book.compose.motif import *; "
        "sys.stdout.write(motif_svg('reti-locali', 170, 122, "
        "Palette('#0E4A5A', '#558089', '#CFDBDE', ('#E08A4F', '#F4BE86')), 46))"
    )
    drawings = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert drawings == {motif_svg("reti-locali", 170, 122, PALETTE, 46)}


@pytest.mark.parametrize("name", NAMES)
def test_nodes_keep_their_distance(name: str) -> None:
    nodes, _ = nodes_of(name, *BOX, 46)
    hubs = [node.centre for node in nodes if node.hub]
    for k, node in enumerate(nodes):
        for other in nodes[k + 1 :]:
            distance = math.dist(node.centre, other.centre)
            assert distance >= NEAR
            if not other.hub:
                assert distance >= spacing_at(other.centre, hubs)
            # Circles never touch.
            assert distance > node.radius + other.radius + 0.5


@pytest.mark.parametrize("name", NAMES)
def test_hubs_are_few_large_and_far_apart(name: str) -> None:
    nodes, _ = nodes_of(name, *BOX, 46)
    hubs = [node for node in nodes if node.hub]
    others = [node for node in nodes if not node.hub]
    assert 3 <= len(hubs) <= 9 < len(others)
    assert min(h.radius for h in hubs) > max(n.radius for n in others)
    for k, hub in enumerate(hubs):
        for other in hubs[k + 1 :]:
            assert math.dist(hub.centre, other.centre) >= HUB_SPACING


@pytest.mark.parametrize("name", NAMES)
def test_the_network_runs_over_every_edge_but_the_upper(name: str) -> None:
    nodes, links = nodes_of(name, *BOX, 46)
    assert min(node.y for node in nodes) >= 0
    crossing = {"left": False, "right": False, "foot": False}
    for i, j in links:
        a, b = nodes[i], nodes[j]
        crossing["left"] |= min(a.x, b.x) < 0 < max(a.x, b.x)
        crossing["right"] |= min(a.x, b.x) < BOX[0] < max(a.x, b.x)
        crossing["foot"] |= min(a.y, b.y) < BOX[1] < max(a.y, b.y)
    assert all(crossing.values())


def test_gabriel_links_leave_out_what_a_third_point_stands_between() -> None:
    points = [(0.0, 0.0), (10.0, 0.0), (5.0, 1.0)]
    assert gabriel_links(points, 20) == [(0, 2), (1, 2)]
    assert gabriel_links(points[:2], 20) == [(0, 1)]
    assert gabriel_links(points[:2], 9) == []


def test_colours_are_flat_and_from_the_palette() -> None:
    root = etree.fromstring(motif_svg("toolkit", *BOX, PALETTE, 46))
    circles = {c.get("fill") for c in root.iter("{http://www.w3.org/2000/svg}circle")}
    assert circles == {PALETTE.node, *PALETTE.hubs}
    assert "opacity" not in motif_svg("toolkit", *BOX, PALETTE, 46)


def test_the_drawing_is_in_millimetres_of_its_box() -> None:
    root = etree.fromstring(motif_svg("toolkit", 148, 99.5, PALETTE))
    assert (root.get("width"), root.get("height")) == ("148mm", "99.5mm")
    assert root.get("viewBox") == "0 0 148 99.5"
