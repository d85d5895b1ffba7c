"""A drawn page of a PDF: the colour behind words, and how much of a picture is visible.

What a page paints does not tell what a reader sees: later paint covers earlier. So the page is
drawn, and the pixels are compared with what words and pictures should look like.
"""

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
"""Pixels per pt in which a page is drawn."""
_RING = 1.0
"""Width in mm of the ring round a picture in which its ground is looked for."""
_COLUMNS, _ROWS = 36, 24
"""The grid of points at which the visibility of a picture is checked."""
_ALIKE = 48
"""Greatest difference in one channel (0-255) with which two colours count as equal."""
_INK = 0.01
"""Share of a box's pixels that visible words colour at least."""

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
        """``words`` with the colour behind them, and with whether they are visible.

        The most frequent colour of their box is the ground. They are visible if enough pixels are
        nearer to the words' own colour than to that. Words in the colour of their ground count as
        visible: their contrast tells that they are not.
        """
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
        """The most frequent colour in a ring round ``box``; white when it is off the page."""
        outer = Box(box.x - _RING, box.y - _RING, box.width + 2 * _RING, box.height + 2 * _RING)
        whole, inner = self._tile(outer), self._tile(box)
        if whole is None:
            return "#FFFFFF"
        ring = _colours(whole)
        if inner is not None:
            ring.subtract(_colours(inner))
        return _name(max(ring, key=lambda colour: ring[colour]))

    def share_seen(self, group: Group) -> float:
        """The visible share of a picture, from 0 to 1.

        At the points of a grid the drawn page is compared with the colour that the picture itself
        has there. Points at which the picture has no certain colour do not count.
        """
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
        """The colour of the drawn page at a point in mm; None off the page."""
        column, row = int(x * self.per_mm), int(y * self.per_mm)
        if not (0 <= column < self.image.width and 0 <= row < self.image.height):
            return None
        pixel = self.image.getpixel((column, row))
        assert isinstance(pixel, tuple)
        return pixel[0], pixel[1], pixel[2]

    def _tile(self, box: Box) -> Image.Image | None:
        """The part of the drawn page in ``box``; None when that is off the page."""
        left, top = max(0, int(box.x * self.per_mm)), max(0, int(box.y * self.per_mm))
        right = min(self.image.width, int((box.x + box.width) * self.per_mm) + 1)
        bottom = min(self.image.height, int((box.y + box.height) * self.per_mm) + 1)
        if right <= left or bottom <= top:
            return None
        return self.image.crop((left, top, right, bottom))


def _drawn_colour(
    group: Group, shapes: Sequence[tuple[Shape, Box]], across: float, down: float
) -> _RGB | None:
    """The colour of a picture at a share (0 to 1) of its width and height.

    None where it paints nothing, and near the edge of a shape, where anti-aliasing mixes colours:
    the points a little to the left, right, above and below must be in the same shape.
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
    """As :func:`_drawn_colour`, for a raster: None where it is not even or not opaque."""
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
    """The topmost shape at a point. The boxes of shapes exclude most of them quickly."""
    for shape, box in reversed(shapes):
        inside = box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height
        if inside and _holds(shape.points, x, y):
            return shape
    return None


def _holds(points: tuple[tuple[float, float], ...], x: float, y: float) -> bool:
    """Whether a polygon contains a point (even-odd rule)."""
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
    """The largest difference of two colours in one channel, from 0 to 255."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _rgb(colour: str) -> _RGB:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _name(colour: _RGB) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)
