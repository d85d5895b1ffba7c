"""A page of a PDF as it is seen: what lies under words, and how much of a drawing shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image

from book.notice.evidence import Words
from book.notice.pdf_pictures import Group
from book.readback.geometry import MM, Box, Shape, bounds
from book.readback.pdf.document import FinishedPdf

_SCALE = 2.5
"""Pixels per point."""
_RING = 1.0
"""mm around a picture that are looked at for the ground it stands on."""
_COLUMNS, _ROWS = 36, 24
_ALIKE = 48
"""Greatest difference in any of red, green, blue."""
_INK = 0.01
"""The share of a box that words leave coloured at least."""

_RGB = tuple[int, int, int]


@dataclass(frozen=True)
class PageView:
    """A drawn page; boxes are in mm from its upper left corner."""

    image: Image.Image
    per_mm: float

    @classmethod
    def of(cls, pdf: FinishedPdf, page: int) -> PageView:
        """Draw a page (from 0)."""
        return cls(pdf.drawn(page, _SCALE), _SCALE / MM)

    def looked_at(self, words: Words) -> Words:
        """``words`` with the ground that they stand on, and whether anything of them is seen."""
        tile = self._tile(words.box)
        if tile is None:
            return replace(words, seen=False)
        counted = _colours(tile)
        ground = counted.most_common(1)[0][0]
        contrast = _difference(_rgb(words.colour), ground)
        inked = sum(n for c, n in counted.items() if _difference(c, ground) > contrast / 2)
        seen = contrast == 0 or inked > _INK * tile.width * tile.height
        return replace(words, ground=_name(ground), seen=seen)

    def ground_around(self, box: Box) -> str:
        """The colour that most of the ring around ``box`` has."""
        outer = Box(box.x - _RING, box.y - _RING, box.width + 2 * _RING, box.height + 2 * _RING)
        whole, inner = self._tile(outer), self._tile(box)
        if whole is None:
            return "#FFFFFF"
        ring = _colours(whole)
        if inner is not None:
            ring.subtract(_colours(inner))
        return _name(max(ring, key=lambda colour: ring[colour]))

    def share_seen(self, group: Group) -> float:
        """How much of a picture shows as it is drawn, from 0 to 1, looked at in a grid."""
        box = group.box
        shapes = [(shape, bounds(shape.points)) for shape in group.shapes]
        asked = shown = 0
        for row in range(_ROWS):
            for column in range(_COLUMNS):
                at = (column + 0.5) / _COLUMNS, (row + 0.5) / _ROWS
                drawn = _drawn_colour(group, shapes, *at)
                if drawn is None:
                    continue
                asked += 1
                seen = self._pixel(box.x + at[0] * box.width, box.y + at[1] * box.height)
                shown += seen is not None and _difference(seen, drawn) <= _ALIKE
        return shown / asked if asked else 1.0

    def _pixel(self, x: float, y: float) -> _RGB | None:
        column, row = int(x * self.per_mm), int(y * self.per_mm)
        if not (0 <= column < self.image.width and 0 <= row < self.image.height):
            return None
        pixel = self.image.getpixel((column, row))
        assert isinstance(pixel, tuple)
        return pixel[0], pixel[1], pixel[2]

    def _tile(self, box: Box) -> Image.Image | None:
        left, top = max(0, int(box.x * self.per_mm)), max(0, int(box.y * self.per_mm))
        right = min(self.image.width, int((box.x + box.width) * self.per_mm) + 1)
        bottom = min(self.image.height, int((box.y + box.height) * self.per_mm) + 1)
        if right <= left or bottom <= top:
            return None
        return self.image.crop((left, top, right, bottom))


def _drawn_colour(
    group: Group, shapes: Sequence[tuple[Shape, Box]], across: float, down: float
) -> _RGB | None:
    """The colour that a picture has at a share of its width and height.

    None where it has none, and near the edge of a shape, where neighbours mix.
    """
    if group.image is not None:
        return _image_colour(group.image, across, down)
    x = group.box.x + across * group.box.width
    y = group.box.y + down * group.box.height
    near = group.box.height / 80
    around = [(x, y), (x - near, y), (x + near, y), (x, y - near), (x, y + near)]
    tops = [_top(shapes, *point) for point in around]
    if any(top is not tops[0] for top in tops) or tops[0] is None:
        return None
    return _rgb(tops[0].fill)


def _image_colour(image: Image.Image, across: float, down: float) -> _RGB | None:
    column, row = int(across * image.width), int(down * image.height)
    reach = max(1, image.height // 80)
    corner = (max(0, column - reach), max(0, row - reach), column + reach, row + reach)
    found = image.crop(corner).getextrema()
    if any(high - low > _ALIKE for low, high in found):  # type: ignore[misc]
        return None
    pixel = image.getpixel((column, row))
    assert isinstance(pixel, tuple)
    return None if pixel[3] < 250 else (pixel[0], pixel[1], pixel[2])


def _top(shapes: Sequence[tuple[Shape, Box]], x: float, y: float) -> Shape | None:
    """The topmost shape at a point. Most are told by the boxes around them, which is quick."""
    for shape, box in reversed(shapes):
        inside = box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height
        if inside and _holds(shape.points, x, y):
            return shape
    return None


def _holds(points: tuple[tuple[float, float], ...], x: float, y: float) -> bool:
    """Whether a polygon holds a point (even-odd)."""
    inside = False
    before = points[-1]
    for point in points:
        if (point[1] > y) != (before[1] > y):
            crossing = (before[0] - point[0]) * (y - point[1]) / (before[1] - point[1]) + point[0]
            inside ^= x < crossing
        before = point
    return inside


def _colours(image: Image.Image) -> Counter[_RGB]:
    found = image.getcolors(image.width * image.height) or []
    return Counter({c[:3]: n for n, c in found if isinstance(c, tuple)})  # type: ignore[misc]


def _difference(one: _RGB, other: _RGB) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _rgb(colour: str) -> _RGB:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _name(colour: _RGB) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)
