"""A drawing or a PNG or JPEG file as *labels*: for each pixel, which of a few colours it has.

Vector and raster pictures are measured in one way: outlines are painted at a fixed height,
without anti-aliasing, so that their colours stay exact; pixels of a file get the nearest
of the few colours that the picture is made of.
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
"""Rows of the picture that is measured; a star of a right emblem has a radius of 40."""
SMALLEST = 200
"""Rows of a file below which a star is eleven pixels and cannot be measured."""
MOST_COLOURS = 8
_MOST_PIXELS = 80_000_000
_SEAM = 1e-6
"""Pixels by which spans are lengthened, so that shapes that share an edge leave no gap."""
# Pillow says SyntaxError of a broken PNG.
_BROKEN = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    Image.DecompressionBombError,
)
_SAMPLE = 700
"""Rows of a picture from which on its colours are counted on a smaller one."""
_EVEN = 40
"""Difference between neighbouring pixels up to which a place is even."""
_APART = 60.0
"""Distance in RGB (0-441) from which two colours count as two."""
_ON_THE_WAY = 35.0
"""A colour this near to the line between two others is the blend at their border."""
_RAREST = 0.001
"""Share of a colour; twelve stars have 2.8 % of the emblem."""

RGB = tuple[int, int, int]


@dataclass(frozen=True)
class Labels:
    """``image`` (mode L) holds 0 where nothing is painted, else 1 + the index in ``colours``.

    ``units`` is the size of one pixel, across and down, in units of the drawing or pixels of
    the file. ``exact`` says that the edges are those of a drawing, not of a file's pixels.
    """

    image: Image.Image
    colours: tuple[str, ...]
    units: tuple[float, float]
    exact: bool


def labels_of(drawing: Drawing) -> Labels:
    """The labels of a drawing or of the raster in it. Raises UnreadableDrawingError."""
    if drawing.raster is not None:
        return labels_of_file(drawing.raster)
    return labels_of_shapes(drawing)


def labels_of_shapes(drawing: Drawing) -> Labels:
    """The shapes painted one over the other. Raises UnreadableDrawingError when there is none."""
    if not drawing.shapes:
        raise UnreadableDrawingError("–")
    left, top, right, bottom = bounds([shape.points for shape in drawing.shapes])
    across, down = right - left, bottom - top
    if across <= 0 or down <= 0 or not math.isfinite(across * down):
        raise UnreadableDrawingError(f"{across:g} × {down:g}")
    scale = HEIGHT / max(down, across / 2)
    colours = tuple(dict.fromkeys(shape.fill.upper() for shape in drawing.shapes))
    if len(colours) > 250:
        raise UnreadableDrawingError(f"{len(colours)} colours")
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
    """Row, first and last + 1 of the pixels whose centres lie in a contour (nonzero rule).

    Pillow's own polygons also paint every pixel that an edge touches: a star of 40 pixels would
    measure one per cent too large.
    """
    crossings: dict[int, list[tuple[float, int]]] = {}
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        if y1 == y2:
            continue
        low, high, winding = (y1, y2, 1) if y1 < y2 else (y2, y1, -1)
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
    """The pixels of a PNG, JPEG or other file that Pillow reads. Raises UnreadableDrawingError."""
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
    opaque = picture.getchannel("A").resize(size, Image.Resampling.BICUBIC)
    plain = Image.new("RGB", picture.size, (255, 255, 255))
    plain.paste(picture, mask=picture.getchannel("A"))
    colours = _main_colours(plain)
    resized = plain.resize(size, Image.Resampling.BICUBIC)
    nearest = resized.quantize(palette=_palette(colours), dither=Image.Dither.NONE)
    # The palette's spare entries repeat its first colour.
    table = [index + 1 if index < len(colours) else 1 for index in range(256)]
    image = Image.frombytes("L", size, nearest.tobytes()).point(table)
    image.paste(0, mask=opaque.point(lambda alpha: 255 if alpha < 128 else 0))
    return Labels(image, tuple(f"#{r:02X}{g:02X}{b:02X}" for r, g, b in colours), units, False)


def _main_colours(picture: Image.Image) -> list[RGB]:
    """The colours that the picture is made of, most frequent first.

    Counted where a pixel is like its neighbours, so that edges, blended by anti-aliasing and
    smeared by JPEG, add no colour of their own; everywhere when hardly any place is even.
    """
    sample = picture.reduce(max(1, picture.height // _SAMPLE))
    for limit in (_EVEN, 255):
        counts = _even_colours(sample, limit)
        kept = _apart(counts)
        if len(kept) > 1:
            return kept
    return kept or [(255, 255, 255)]


def _even_colours(picture: Image.Image, limit: int) -> list[tuple[int, RGB]]:
    """Pixels by colour, of those that differ from none around them by more than ``limit``."""
    highest = picture.filter(ImageFilter.MaxFilter(3))
    lowest = picture.filter(ImageFilter.MinFilter(3))
    red, green, blue = ImageChops.subtract(highest, lowest).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    marked = picture.convert("RGBA")
    marked.putalpha(most.point([255 if level <= limit else 0 for level in range(256)]))
    counts: Any = marked.getcolors(picture.width * picture.height) or []
    return [(count, colour[:3]) for count, colour in counts if colour[3]]


def _apart(counts: list[tuple[int, RGB]]) -> list[RGB]:
    """The commonest colours that are neither alike nor blends of two others."""
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
        if all(math.dist(colour, other) > _APART for other in kept) and not any(
            _between(colour, first, second) for first in kept for second in kept
        ):
            kept.append(colour)
    return kept


def _weight(sums: dict[RGB, int], key: RGB) -> float:
    """The pixels of a bucket, and half of those beside it: a JPEG scatters a colour over them."""
    steps = (-1, 0, 1)
    near = sum(
        sums.get((key[0] + r, key[1] + g, key[2] + b), 0)
        for r in steps
        for g in steps
        for b in steps
    )
    return (near + sums[key]) / 2


def _between(colour: RGB, first: RGB, second: RGB) -> bool:
    length = math.dist(first, second)
    if not length:
        return False
    along = sum((c - a) * (b - a) for c, a, b in zip(colour, first, second, strict=True))
    share = along / length**2
    on_line = [a + share * (b - a) for a, b in zip(first, second, strict=True)]
    return 0 < share < 1 and math.dist(colour, on_line) < _ON_THE_WAY


def _palette(colours: list[RGB]) -> Image.Image:
    palette = Image.new("P", (1, 1))
    # Entries that are not given would be black: repeat the first.
    entries = [*colours, *[colours[0]] * (256 - len(colours))]
    palette.putpalette([channel for colour in entries for channel in colour])
    return palette
