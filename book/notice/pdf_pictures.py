"""The pictures of a page of a PDF: groups of what is painted, and which of them is the emblem.

A vector picture is painted as many shapes. The figures of the structure tree tell which of them
belong together. Untagged raster images and forms are pictures by themselves.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from book.readback.geometry import Box, Shape, around
from book.readback.pdf.paintings import Painted
from book.readback.pdf.structure import Element

_NAMED = re.compile(
    r"\b(?:emblem|emblema|bandiera|flag)\b.*\b(?:europ\w*|union\w*|UE|EU)\b", re.IGNORECASE
)
_LEAST_STARS = 6
"""Yellow shapes on blue from which on a drawing is taken for an emblem, if a wrong one."""
_TILE = 96
"""Width in px of the reduced copy on which the colours of a raster are counted."""


@dataclass(frozen=True)
class Group:
    """One picture: a figure of the structure, or shapes and images that no figure claims.

    ``shapes`` are in painting order. ``mcid`` is the id of its marked content. ``artefact`` says
    whether it is tagged as decoration.
    """

    box: Box
    alt: str
    shapes: tuple[Shape, ...]
    image: Image.Image | None
    mcid: int
    artefact: bool


def groups(painted: Sequence[Painted], structure: Element) -> list[Group]:
    """The pictures of a page: figures, untagged images and forms, an emblem of untagged shapes.

    ``structure`` is the structure tree of this page only.
    """
    found: list[Group] = []
    figures = [element for element in structure.elements() if element.kind == "Figure"]
    tagged: set[int] = set()
    for figure in figures:
        mcids = {mark.mcid for mark in figure.marks()}
        tagged |= mcids
        parts = [p for p in painted if p.context.mcid in mcids and not p.context.artefact]
        if parts:
            found.append(_group(parts, figure.alt))
    loose = [p for p in painted if p.context.mcid not in tagged or p.context.artefact]
    found += [_group([p], "") for p in loose if p.image is not None or p.is_form]
    if (drawn := _loose_emblem([p for p in loose if p.shapes])) is not None:
        found.append(drawn)
    return found


def is_emblem(group: Group) -> bool:
    """Whether a picture is meant to be the emblem of the Union, by its name or by its colours.

    A wrong emblem counts, too: the rules are to tell what is wrong with it.
    """
    if _NAMED.search(group.alt):
        return True
    if group.image is not None:
        return _raster_looks_like_it(group.image)
    return _looks_like_it(group.shapes)


def is_blue(colour: str) -> bool:
    """Whether a colour may be the blue of an emblem's ground; wide limits let wrong blues in."""
    hue, saturation, value = _hsv(colour)
    return 190 <= hue <= 265 and saturation > 0.5 and value > 0.2


def is_yellow(colour: str) -> bool:
    """Whether a colour may be the yellow of an emblem's stars; wide limits let wrong yellows in."""
    hue, saturation, value = _hsv(colour)
    return 38 <= hue <= 66 and saturation > 0.4 and value > 0.6


def _hsv(colour: str) -> tuple[float, float, float]:
    """Hue in degrees, saturation and value (0 to 1) of ``#RRGGBB``."""
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    return hue * 360, saturation, value


def _group(parts: Sequence[Painted], alt: str) -> Group:
    """The group of ``parts``, which are in painting order."""
    return Group(
        box=around([p.box for p in parts]),
        alt=alt,
        shapes=tuple(shape for p in parts for shape in p.shapes),
        image=next((p.image for p in parts if p.image is not None), None),
        mcid=parts[0].context.mcid,
        artefact=parts[0].context.artefact,
    )


def _looks_like_it(shapes: Sequence[Shape]) -> bool:
    """Whether shapes have the colours of an emblem."""
    stars = [shape for shape in shapes if is_yellow(shape.fill)]
    return len(stars) >= _LEAST_STARS and any(is_blue(shape.fill) for shape in shapes)


def _raster_looks_like_it(image: Image.Image) -> bool:
    """Whether more than half of a raster is blue and a small share yellow, as in an emblem."""
    small = image.convert("RGB").resize((_TILE, _TILE * 2 // 3))
    colours = small.getcolors(_TILE * _TILE) or []
    counted = [(n, "#" + bytes(c).hex()) for n, c in colours if isinstance(c, tuple)]
    every = sum(n for n, _ in counted)
    blue = sum(n for n, colour in counted if is_blue(colour)) / every
    yellow = sum(n for n, colour in counted if is_yellow(colour)) / every
    return blue > 0.5 and 0.005 < yellow < 0.3


def _loose_emblem(painted: Sequence[Painted]) -> Group | None:
    """An emblem among untagged shapes: a blue shape with yellow shapes painted upon it later.

    The search begins with the last shape, because that is the innermost: a cover may be blue as a
    whole.
    """
    for index, ground in reversed(list(enumerate(painted))):
        if not is_blue(ground.fill):
            continue
        upon = [p for p in painted[index + 1 :] if p.box.within(ground.box)]
        if sum(is_yellow(p.fill) for p in upon) >= _LEAST_STARS:
            return _group([ground, *upon], "")
    return None
