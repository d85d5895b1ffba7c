"""Turns a vector drawing or a raster file into a *label image*, so that both are measured alike.

Each pixel of a label image has the number of one of a few colours. A drawing is painted at a fixed
height without anti-aliasing, so its colours stay exact. The pixels of a file have many colours:
edges are blended by anti-aliasing, and JPEG smears everything. So the few colours that the picture
is made of are found first, and each pixel gets the nearest of them.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageChops, ImageFilter, UnidentifiedImageError

from book.notice.evidence import Drawing
from book.notice.outline import bounds
from book.notice.svg_style import UnreadableDrawingError

HEIGHT = 720
"""Rows of a label image. A star of a correct emblem then has a radius of 40 pixels."""
SMALLEST = 200
"""Rows of a file below which a star has a radius of eleven pixels: too few to measure its form."""
MOST_COLOURS = 8
"""Colours that are told apart in a raster: an emblem has two, with its border three."""
_MOST_PIXELS = 80_000_000
"""Pixels of a file above which it is refused: decoded, it would take 320 MB of memory."""
_SEAM = 1e-6
"""Pixels by which a span is lengthened on both sides: rounding must leave no gap between shapes
that share an edge."""
# What Pillow raises for a broken file; SyntaxError is for PNG.
_BROKEN = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    Image.DecompressionBombError,
)
_SAMPLE = 700
"""Rows of a picture above which its colours are counted on a reduced copy, to save time."""
_EVEN = 40
"""Difference of a pixel to its neighbours, in one channel, up to which its place is even."""
_DISTINCT = 60.0
"""Distance in RGB (0-441) from which on two colours are two, not shades of one."""
_BLEND = 35.0
"""Distance in RGB to the line between two colours up to which a colour is a blend of them."""
_RAREST = 0.001
"""Share of the pixels below which a colour is noise. All twelve stars have 2.8 % of the emblem."""

RGB = tuple[int, int, int]


@dataclass(frozen=True)
class Labels:
    """A label image.

    A pixel of ``image`` (mode L) is 0 where nothing is painted, else 1 + an index in ``colours``.
    ``units`` is the width and height of one pixel, in units of the drawing or in pixels of the
    file. ``exact`` says whether the edges are those of a vector drawing; else they are known to a
    pixel of the file only.
    """

    image: Image.Image
    colours: tuple[str, ...]
    units: tuple[float, float]
    exact: bool


def labels_of(drawing: Drawing) -> Labels:
    """The label image of a drawing or of the raster in it.

    Raises UnreadableDrawingError when it cannot be measured.
    """
    if drawing.raster is not None:
        return labels_of_file(drawing.raster)
    return labels_of_shapes(drawing)


def labels_of_shapes(drawing: Drawing) -> Labels:
    """The label image of a vector drawing: its shapes painted one over the other.

    Raises UnreadableDrawingError when it has no shapes, no area, or too many colours for a byte.
    """
    if not drawing.shapes:
        raise UnreadableDrawingError("–")
    left, top, right, bottom = bounds([shape.points for shape in drawing.shapes])
    across, down = right - left, bottom - top
    if across <= 0 or down <= 0 or not math.isfinite(across * down):
        raise UnreadableDrawingError(f"{across:g} × {down:g}")
    # A drawing far wider than high would become a huge image; such a one gets fewer rows.
    scale = HEIGHT / max(down, across / 2)
    colours = tuple(dict.fromkeys(shape.fill.upper() for shape in drawing.shapes))
    if len(colours) > 250:
        raise UnreadableDrawingError(f"{len(colours)} colours")
    # A margin of one pixel all round keeps shapes off the edge of the image.
    size = (math.ceil(across * scale) + 2, math.ceil(down * scale) + 2)
    canvas = bytearray(size[0] * size[1])
    for shape in drawing.shapes:
        points = [((x - left) * scale + 1, (y - top) * scale + 1) for x, y in shape.points]
        label = bytes([1 + colours.index(shape.fill.upper())])
        for row, start, end in _spans(points):
            begin = row * size[0]
            canvas[begin + start : begin + end] = label * (end - start)
    image = Image.frombytes("L", size, bytes(canvas))
    return Labels(image, colours, (1 / scale, 1 / scale), exact=True)


def _spans(points: list[tuple[float, float]]) -> Iterator[tuple[int, int, int]]:
    """The pixels whose centres lie in a contour, as spans: row, first column, last column + 1.

    Pillow's polygons would paint every pixel that an edge touches, and a star of 40 pixels would
    measure one per cent too large.

    For each row the function notes where the edges cross the line through the centres of its
    pixels, and in which direction (``winding``). From left to right the directions add up; the
    contour covers the stretches where the sum is not zero (nonzero rule).
    """
    crossings: dict[int, list[tuple[float, int]]] = {}
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        if y1 == y2:
            continue
        low, high, winding = (y1, y2, 1) if y1 < y2 else (y2, y1, -1)
        # The rows whose centre line (row + 0.5) lies in [low, high): half-open, so that a vertex on
        # such a line is counted for one of its two edges only.
        for row in range(math.ceil(low - 0.5), math.ceil(high - 0.5)):
            x = x1 + (row + 0.5 - y1) * (x2 - x1) / (y2 - y1)
            crossings.setdefault(row, []).append((x, winding))
    for row, found in crossings.items():
        inside = 0
        begin = 0.0
        for x, winding in sorted(found):
            if not inside:
                begin = x
            inside += winding
            if not inside:
                start, end = math.ceil(begin - 0.5 - _SEAM), math.ceil(x - 0.5 + _SEAM)
                if end > start:
                    yield row, start, end


def labels_of_file(data: bytes) -> Labels:
    """The label image of a PNG, JPEG or other file that Pillow reads.

    Raises UnreadableDrawingError for a file that is broken, too small or too large.
    """
    try:
        with Image.open(io.BytesIO(data)) as file:
            if file.width * file.height > _MOST_PIXELS:
                raise UnreadableDrawingError(f"{file.width} × {file.height} px")
            picture = file.convert("RGBA")
    except _BROKEN as error:
        raise UnreadableDrawingError(type(error).__name__) from error
    if picture.height < SMALLEST:
        raise UnreadableDrawingError(f"{picture.height} px < {SMALLEST} px")
    size = (max(1, round(picture.width * HEIGHT / picture.height)), HEIGHT)
    size = (min(size[0], 4 * HEIGHT), HEIGHT)
    units = (picture.width / size[0], picture.height / size[1])
    # Transparent pixels are those where nothing is painted. For the colours of the others, what is
    # half transparent stands on white, as it would on paper.
    opaque = picture.getchannel("A").resize(size, Image.Resampling.BICUBIC)
    plain = Image.new("RGB", picture.size, (255, 255, 255))
    plain.paste(picture, mask=picture.getchannel("A"))
    colours = _main_colours(plain)
    resized = plain.resize(size, Image.Resampling.BICUBIC)
    nearest = resized.quantize(palette=_palette(colours), dither=Image.Dither.NONE)
    # From index in the palette to label. The palette's spare entries repeat its first colour.
    table = [index + 1 if index < len(colours) else 1 for index in range(256)]
    image = Image.frombytes("L", size, nearest.tobytes()).point(table)
    image.paste(0, mask=opaque.point(lambda alpha: 255 if alpha < 128 else 0))
    return Labels(image, tuple(f"#{r:02X}{g:02X}{b:02X}" for r, g, b in colours), units, False)


def _main_colours(picture: Image.Image) -> list[RGB]:
    """The colours that the picture is made of, most frequent first.

    Only pixels that are like their neighbours count, so the blended colours of edges do not. A
    picture in which this leaves fewer than two colours is counted as a whole.
    """
    sample = picture.reduce(max(1, picture.height // _SAMPLE))
    for limit in (_EVEN, 255):
        counts = _colours_of_even_places(sample, limit)
        kept = _distinct_colours(counts)
        if len(kept) > 1:
            return kept
    return kept or [(255, 255, 255)]


def _colours_of_even_places(picture: Image.Image, limit: int) -> list[tuple[int, RGB]]:
    """The number of pixels of each colour, among pixels whose surroundings are even.

    A place is even if, in no channel, the pixels of a 3 × 3 square differ by more than ``limit``.
    """
    highest = picture.filter(ImageFilter.MaxFilter(3))
    lowest = picture.filter(ImageFilter.MinFilter(3))
    red, green, blue = ImageChops.subtract(highest, lowest).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    # getcolors has no mask. Alpha marks the even pixels, and those without it are dropped.
    marked = picture.convert("RGBA")
    marked.putalpha(most.point([255 if level <= limit else 0 for level in range(256)]))
    counts: Any = marked.getcolors(picture.width * picture.height) or []
    return [(count, colour[:3]) for count, colour in counts if colour[3]]


def _distinct_colours(counts: list[tuple[int, RGB]]) -> list[RGB]:
    """The most frequent colours, without those that are near to, or blends of, more frequent ones.

    Colours are first counted in buckets of 16 levels for each channel, because a JPEG spreads one
    colour over many similar ones. A bucket stands for its most frequent colour.
    """
    buckets: dict[RGB, list[tuple[int, RGB]]] = {}
    for count, (r, g, b) in counts:
        buckets.setdefault((r >> 4, g >> 4, b >> 4), []).append((count, (r, g, b)))
    sums = {key: sum(n for n, _ in found) for key, found in buckets.items()}
    total = sum(sums.values())
    ranked = sorted(
        ((_weight(sums, key), max(found)[1]) for key, found in buckets.items()),
        key=lambda entry: (-entry[0], entry[1]),
    )
    kept: list[RGB] = []
    for weight, colour in ranked:
        if weight < _RAREST * total or len(kept) == MOST_COLOURS:
            break
        if all(math.dist(colour, other) > _DISTINCT for other in kept) and not any(
            _is_blend(colour, first, second) for first in kept for second in kept
        ):
            kept.append(colour)
    return kept


def _weight(sums: dict[RGB, int], key: RGB) -> float:
    """The weight of a bucket: its pixels, and half of those in the 26 buckets around it.

    A colour near the limit of a bucket is scattered over its neighbours, too.
    """
    steps = (-1, 0, 1)
    near = sum(
        sums.get((key[0] + r, key[1] + g, key[2] + b), 0)
        for r in steps
        for g in steps
        for b in steps
    )
    return (near + sums[key]) / 2


def _is_blend(colour: RGB, first: RGB, second: RGB) -> bool:
    """Whether ``colour`` lies near the line between two colours, as blends at their border do."""
    length = math.dist(first, second)
    if not length:
        return False
    along = sum((c - a) * (b - a) for c, a, b in zip(colour, first, second, strict=True))
    share = along / length**2
    on_line = [a + share * (b - a) for a, b in zip(first, second, strict=True)]
    return 0 < share < 1 and math.dist(colour, on_line) < _BLEND


def _palette(colours: list[RGB]) -> Image.Image:
    """An image whose palette has these colours, as Pillow's quantize() wants it."""
    palette = Image.new("P", (1, 1))
    # Entries without a value would be black, a colour that the picture may not have.
    entries = [*colours, *[colours[0]] * (256 - len(colours))]
    palette.putpalette([channel for colour in entries for channel in colour])
    return palette
