"""The pictures of a page of a PDF: what is painted, put together to emblem and logos."""

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
_TILE = 96


@dataclass(frozen=True)
class Group:
    """What belongs together: one figure, or loose shapes; its box, and its parts in order."""

    box: Box
    alt: str
    shapes: tuple[Shape, ...]
    image: Image.Image | None
    mcid: int
    artefact: bool


def groups(painted: Sequence[Painted], structure: Element) -> list[Group]:
    """The pictures: figures of the structure, untagged images, and an emblem drawn loose.

    ``structure`` has what is on the page alone.
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
    """Whether a picture is the European emblem, well drawn or not: by its name or its look."""
    if _NAMED.search(group.alt):
        return True
    if group.image is not None:
        return _raster_looks_like_it(group.image)
    return _looks_like_it(group.shapes)


def is_blue(colour: str) -> bool:
    """A blue as an emblem's ground has it, more or less."""
    hue, saturation, value = _hsv(colour)
    return 190 <= hue <= 265 and saturation > 0.5 and value > 0.2


def is_yellow(colour: str) -> bool:
    """A yellow as an emblem's stars have it, more or less."""
    hue, saturation, value = _hsv(colour)
    return 38 <= hue <= 66 and saturation > 0.4 and value > 0.6


def _hsv(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    return hue * 360, saturation, value


def _group(parts: Sequence[Painted], alt: str) -> Group:
    return Group(
        box=around([p.box for p in parts]),
        alt=alt,
        shapes=tuple(shape for p in parts for shape in p.shapes),
        image=next((p.image for p in parts if p.image is not None), None),
        mcid=parts[0].context.mcid,
        artefact=parts[0].context.artefact,
    )


def _looks_like_it(shapes: Sequence[Shape]) -> bool:
    stars = [shape for shape in shapes if is_yellow(shape.fill)]
    return len(stars) >= _LEAST_STARS and any(is_blue(shape.fill) for shape in shapes)


def _raster_looks_like_it(image: Image.Image) -> bool:
    small = image.convert("RGB").resize((_TILE, _TILE * 2 // 3))
    colours = small.getcolors(_TILE * _TILE) or []
    counted = [(n, "#" + bytes(c).hex()) for n, c in colours if isinstance(c, tuple)]
    every = sum(n for n, _ in counted)
    blue = sum(n for n, colour in counted if is_blue(colour)) / every
    yellow = sum(n for n, colour in counted if is_yellow(colour)) / every
    return blue > 0.5 and 0.005 < yellow < 0.3


def _loose_emblem(painted: Sequence[Painted]) -> Group | None:
    """A blue ground with yellow shapes on it that no figure of the structure claims.

    The last such ground is the innermost: a cover may be blue as a whole.
    """
    for index, ground in reversed(list(enumerate(painted))):
        if not is_blue(ground.fill):
            continue
        upon = [p for p in painted[index + 1 :] if p.box.within(ground.box)]
        if sum(is_yellow(p.fill) for p in upon) >= _LEAST_STARS:
            return _group([ground, *upon], "")
    return None
