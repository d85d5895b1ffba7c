"""``docs/rooms.svg``: a drawing of the rooms of the pipeline.

The order is that of the import contract in ``pyproject.toml``, top first. The purpose of a room is
the first line of its docstring. The same sources give the same bytes. Lengths are in pixels.
"""

from __future__ import annotations

import ast
import textwrap
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from lxml import etree

WIDTH = 860
_MARGIN = 64
"""Free space on both sides of the rooms, for the arrows."""
_GAP = 6
_PADDING = 10
_LINE = 17
_NAME_WIDTH = 118
_CHARACTER = 6.2
"""An upper estimate of the average width of a character: no font is measured."""
_TOP, _BOTTOM = (0xCF, 0xE6, 0xEC), (0xFB, 0xE8, 0xCC)
"""The colours of the highest and the lowest room; the others are mixed from them."""
_INK, _QUIET, _GROUND = "#12323b", "#4a6068", "#ffffff"
_STYLE = f"""
text {{ font-family: "Titillium Web", "Noto Sans", "DejaVu Sans", Arial, sans-serif; fill: {_INK} }}
.name {{ font-size: 15px; font-weight: 700 }}
.purpose {{ font-size: 12px }}
.inside {{ font-size: 12px; fill: {_QUIET} }}
.way {{ font-size: 13px; fill: {_QUIET}; text-anchor: middle }}
path {{ fill: none; stroke: {_QUIET}; stroke-width: 1.5 }}
"""
_SVG = "http://www.w3.org/2000/svg"
_PREFIXES = cast("dict[str, str]", {None: _SVG})
_COLUMNS = 2
"""The most rooms of one layer in a row."""


@dataclass(frozen=True)
class Room:
    """A room in the drawing: its name, its purpose, the names of the rooms inside it."""

    name: str
    purpose: str
    inside: tuple[str, ...]

    def lines(self, width: float) -> list[tuple[str, str]]:
        """The lines beside the name, as CSS class and words, at most ``width`` long."""
        characters = int((width - _NAME_WIDTH - _PADDING) / _CHARACTER)
        lines = [("purpose", line) for line in textwrap.wrap(self.purpose, characters)]
        if self.inside:
            lines.append(("inside", " · ".join(self.inside)))
        return lines


def rooms_picture(root: Path) -> str:
    """The drawing of the rooms of the checkout ``root``, as SVG."""
    layers = [[_room(root / "book", name) for name in names] for names in contract(root)]
    boxes, height = _boxes(layers)
    view = f"0 0 {WIDTH} {height}"
    drawing = _element("svg", viewBox=view, width=WIDTH, height=height, role="img")
    drawing.extend(
        (
            _element("title", "The rooms of the pipeline"),
            _element("desc", _told(layers)),
            _element("style", _STYLE),
            _element("rect", width=WIDTH, height=height, fill=_GROUND),
            *boxes,
            *_arrow(_MARGIN / 2, 2 * _PADDING, height - 2 * _PADDING, "imports"),
            *_arrow(WIDTH - _MARGIN / 2, height - 2 * _PADDING, 2 * _PADDING, "data"),
        )
    )
    return etree.tostring(drawing, encoding="unicode", pretty_print=True)


def contract(root: Path) -> list[list[str]]:
    """The names of the rooms in each layer of the import contract, the highest first."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (rooms,) = (contract for contract in contracts if contract["id"] == "rooms")
    return [[name.strip() for name in layer.split("|")] for layer in rooms["layers"]]


def _room(package: Path, name: str) -> Room:
    """The room ``name``, a folder or a module of ``package``, read from its sources."""
    folder = package / name
    source = folder / "__init__.py" if folder.is_dir() else package / f"{name}.py"
    docstring = ast.get_docstring(ast.parse(source.read_text("utf-8"))) or ""
    purpose = docstring.partition("\n")[0].replace("``", "").removesuffix(".")
    inside = sorted(path.parent.name for path in folder.glob("*/__init__.py"))
    return Room(name, purpose, tuple(inside))


def _boxes(layers: Sequence[Sequence[Room]]) -> tuple[list[etree._Element], int]:
    """The boxes of all rooms, layer under layer, and the height of the drawing."""
    boxes: list[etree._Element] = []
    top = _PADDING
    for number, layer in enumerate(layers):
        colour = _mixed(number / max(1, len(layers) - 1))
        for start in range(0, len(layer), _COLUMNS):
            rooms = layer[start : start + _COLUMNS]
            width = (WIDTH - 2 * _MARGIN - _GAP * (len(rooms) - 1)) / len(rooms)
            height = max(len(room.lines(width)) for room in rooms) * _LINE + 2 * _PADDING - 4
            for column, room in enumerate(rooms):
                left = _MARGIN + column * (width + _GAP)
                boxes.append(_element("rect", x=left, y=top, width=width, height=height, rx=4))
                boxes[-1].set("fill", colour)
                boxes.extend(_words(room, left, top + _PADDING + 11, width))
            top += height + _GAP
    return boxes, top - _GAP + _PADDING


def _words(room: Room, left: float, base: float, width: float) -> Iterator[etree._Element]:
    """The texts of a room: its name, and the lines beside it."""
    yield _element("text", room.name, {"class": "name"}, x=left + _PADDING, y=base)
    for number, (kind, words) in enumerate(room.lines(width)):
        place = {"x": left + _NAME_WIDTH, "y": base + number * _LINE}
        yield _element("text", words, {"class": kind}, **place)


def _arrow(x: float, start: float, end: float, words: str) -> Iterator[etree._Element]:
    """A vertical arrow from ``start`` to ``end``, with words along its middle."""
    middle, way = (start + end) / 2, 1 if end > start else -1
    room = way * (len(words) * _CHARACTER / 2 + 10)
    line = (
        f"M{_px(x)} {_px(start)} V{_px(middle - room)} M{_px(x)} {_px(middle + room)} V{_px(end)}"
    )
    wings = _px(end - 6 * way)
    head = f"M{_px(x - 5)} {wings} L{_px(x)} {_px(end)} L{_px(x + 5)} {wings}"
    yield _element("path", d=f"{line} {head}")
    turn = f"rotate(-90 {_px(x)} {_px(middle)})"
    yield _element("text", words, {"class": "way"}, x=x + 4, y=middle, transform=turn)


def _told(layers: Sequence[Sequence[Room]]) -> str:
    """The description of the drawing, for people who cannot see it."""
    names = [" and ".join(room.name for room in layer) for layer in layers]
    return f"A room imports only rooms below it; data goes up. From the top: {', '.join(names)}."


def _mixed(part: float) -> str:
    """The colour at ``part`` of the way from the highest room's (0) to the lowest room's (1)."""
    mixed = (round(high + part * (low - high)) for high, low in zip(_TOP, _BOTTOM, strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)


def _element(
    tag: str, text: str = "", names: Mapping[str, str] | None = None, **attributes: float | str
) -> etree._Element:
    """An SVG element; ``names`` are attributes whose names are keywords of Python (``class``)."""
    values = {key: v if isinstance(v, str) else _px(v) for key, v in attributes.items()}
    element = etree.Element(f"{{{_SVG}}}{tag}", {**(names or {}), **values}, nsmap=_PREFIXES)
    element.text = text or None
    return element


def _px(length: float) -> str:
    return f"{length:.1f}".removesuffix(".0")
