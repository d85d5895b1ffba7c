"""Reads an SVG file as a :class:`Drawing`: filled outlines after all transforms (SVG 2, 5-13).

An emblem consists of plain filled outlines. All else (gradients, masks, text, half-transparent
paint, embedded pictures, animation) is refused, and the error names it: measuring what is left of a
drawing would say something wrong about it.

The reader walks the tree from the root. A context goes with it and collects what an element takes
over from its ancestors: the matrix to the coordinates of the root, the clipping rectangle, the
viewport to which percentages refer, and the style.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fontTools.misc.transform import Identity, Transform
from fontTools.svgLib.path.shapes import PathBuilder
from lxml import etree

from book.notice.evidence import Drawing
from book.notice.outline import Bounds, Contour, bounds, clipped, filled, flatten, stroked
from book.notice.svg_style import (
    Declarations,
    Styles,
    UnreadableDrawingError,
    opacity_of,
    paint,
)
from book.readback.geometry import Shape

__all__ = ["UnreadableDrawingError", "read_svg"]

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
_SHAPES = frozenset({"circle", "ellipse", "line", "path", "polygon", "polyline", "rect"})
_GROUPS = frozenset({"a", "g", "svg"})
_PAINTS_NOTHING = frozenset(
    {"clipPath", "defs", "desc", "filter", "linearGradient", "marker", "mask", "metadata"}
    | {"pattern", "radialGradient", "style", "symbol", "title"}
)
_ACROSS = frozenset({"x", "width", "cx", "rx", "x1", "x2"})
_LENGTHS = _ACROSS | {"y", "height", "cy", "r", "ry", "y1", "y2"}
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TRANSFORM = re.compile(r"([a-zA-Z]+)\s*\(([^)]*)\)")
# Absolute lengths in px (CSS Values 3, 6.2). Relative units (em, vw) are refused.
_UNITS = {"px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "": 1}
# Groups that <use> one another twice over double the number of elements with every level: a small
# file could keep the reader busy for years. These limits end that.
_DEEPEST = 24
_MOST_ELEMENTS = 20_000


@dataclass(frozen=True)
class _Context:
    """What an element takes over from its ancestors.

    ``matrix`` leads from the element's coordinates to px of the root. ``clip`` is a rectangle in px
    of the root. ``viewport`` is the width and height to which percentages refer, in the element's
    own units. ``depth`` counts the elements above it.
    """

    matrix: Transform
    clip: Bounds
    viewport: tuple[float, float]
    style: Declarations
    depth: int = 0


def read_svg(data: bytes) -> Drawing:
    """Read the drawing in an SVG file, in px of its outermost viewport.

    Raises UnreadableDrawingError when ``data`` is not SVG, or has what cannot be measured.
    """
    # Files come from other people: no entities, which may grow without bounds, and no network.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableDrawingError(f"XML: {error.msg}") from error
    if root.tag != f"{_SVG}svg":
        raise UnreadableDrawingError(f"<{etree.QName(root).localname}>")
    # Without width and height the size is that of the viewBox; without that, CSS's default size of
    # replaced elements, 300 × 150 px.
    box = _numbers(root.get("viewBox", ""))
    default = (box[2], box[3]) if len(box) == 4 else (300.0, 150.0)
    width = _length(root.get("width", "100%"), default[0])
    height = _length(root.get("height", "100%"), default[1])
    if width <= 0 or height <= 0:
        raise UnreadableDrawingError("width, height")
    start = _Context(Identity, (0, 0, width, height), (width, height), {})
    return Drawing(width, height, tuple(_Walker(root).root(root, start)))


class _Walker:
    """Walks the tree in painting order (SVG 2, 3.4: that of the document) and yields shapes."""

    def __init__(self, root: Any) -> None:
        self._styles = Styles(root)
        self._by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
        self._count = 0

    def root(self, element: Any, context: _Context) -> Iterator[Shape]:
        style = self._style(element, context)
        inner = _viewport(element, replace(context, style=style), *context.viewport)
        yield from self._children(element, inner)

    def _children(self, element: Any, context: _Context) -> Iterator[Shape]:
        for child in element:
            if isinstance(child.tag, str) and child.tag.startswith(_SVG):
                yield from self._element(child, context)

    def _element(self, element: Any, context: _Context) -> Iterator[Shape]:
        """The shapes of an element and of all in it. ``context`` is that of its parent."""
        name = etree.QName(element).localname
        if name in _PAINTS_NOTHING:
            return
        self._count += 1
        if context.depth > _DEEPEST or self._count > _MOST_ELEMENTS:
            raise UnreadableDrawingError("<use>")
        style = self._style(element, context)
        if style.get("display") == "none":
            return
        matrix = context.matrix.transform(_transform(element.get("transform", "")))
        inner = replace(context, matrix=matrix, style=style, depth=context.depth + 1)
        inner = replace(inner, clip=self._clip(inner))
        if name in _SHAPES:
            yield from self._shape(element, inner)
        elif name == "svg":
            yield from self._children(element, _nested(element, inner))
        elif name in _GROUPS:
            yield from self._children(element, inner)
        elif name == "use":
            yield from self._use(element, inner)
        else:
            raise UnreadableDrawingError(f"<{name}>")

    def _style(self, element: Any, context: _Context) -> Declarations:
        """The element's style. Raises UnreadableDrawingError for effects that change the look."""
        style = self._styles.of(element, context.style)
        for name in ("filter", "mask"):
            if style.get(name, "none") != "none":
                raise UnreadableDrawingError(name)
        if opacity_of(style.get("opacity", "1")) < 1:
            raise UnreadableDrawingError("opacity")
        if "transform" in style:
            raise UnreadableDrawingError("style: transform")
        return style

    def _use(self, element: Any, context: _Context) -> Iterator[Shape]:
        """The shapes of the element that a <use> refers to (SVG 2, 5.5).

        They are moved by ``x`` and ``y``. A <symbol> has a viewport of its own, which takes the
        width and height of the <use>; other elements ignore these.
        """
        target = self._target(element)
        x, y = (
            _length(element.get(k, "0"), v) for k, v in zip("xy", context.viewport, strict=True)
        )
        context = replace(context, matrix=context.matrix.translate(x, y))
        if target.tag != f"{_SVG}symbol":
            yield from self._element(target, context)
            return
        context = replace(context, style=self._style(target, context))
        size = [
            _length(element.get(k, "100%"), v)
            for k, v in zip(("width", "height"), context.viewport, strict=True)
        ]
        yield from self._children(target, _viewport(target, context, *size))

    def _target(self, element: Any) -> Any:
        """The element of this file to which ``href`` refers; other files are refused."""
        address = next((element.get(name) for name in _HREF if element.get(name)), "")
        target = self._by_id.get(address[1:]) if address.startswith("#") else None
        if target is None:
            raise UnreadableDrawingError(f'<use href="{address[:40]}">')
        return target

    def _shape(self, element: Any, context: _Context) -> Iterator[Shape]:
        """The filled areas of a basic shape or path: its fill, then its stroke over it."""
        style = context.style
        if style.get("visibility", "visible") != "visible":
            return
        contours = _contours(element, context)
        fill, stroke = paint(style, "fill"), paint(style, "stroke")
        painted: list[tuple[Contour, str]] = []
        if fill:
            even_odd = style.get("fill-rule") == "evenodd"
            painted += [(c, fill) for c in filled([c for c, _ in contours], even_odd)]
        # The contours are in px of the root already, so the stroke's width has to be, too. For a
        # matrix that scales x and y differently this is the mean; SVG would draw an uneven stroke.
        scale = math.sqrt(abs(_determinant(context.matrix)))
        width = _length(style.get("stroke-width", "1"), 1) * scale
        if stroke and width:
            painted += [(r, stroke) for c, closed in contours for r in stroked(c, closed, width)]
        for contour, colour in painted:
            visible = clipped(contour, context.clip)
            if len(visible) > 2:
                yield Shape(visible, colour)

    def _clip(self, context: _Context) -> Bounds:
        """The clipping rectangle of an element, in px of the root.

        Drawing programs write a clip path round the whole page. Only such upright rectangles are
        known; another clip path would change the outline of what is painted and is refused.
        """
        written = context.style.get("clip-path", "none")
        if written == "none":
            return context.clip
        match = re.fullmatch(r"url\(\s*[\"']?#([^\"')]+)[\"']?\s*\)", written)
        path = self._by_id.get(match[1]) if match else None
        if path is None or path.get("clipPathUnits", "userSpaceOnUse") != "userSpaceOnUse":
            raise UnreadableDrawingError("clip-path")
        matrix = context.matrix.transform(_transform(path.get("transform", "")))
        contours = []
        for child in path.iterchildren(tag=etree.Element):
            # Many programs put the rectangle into <defs> and refer to it by <use>.
            moved = matrix.transform(_transform(child.get("transform", "")))
            if child.tag == f"{_SVG}use":
                child = self._target(child)
                moved = moved.transform(_transform(child.get("transform", "")))
            if etree.QName(child).localname in _SHAPES:
                contours += _contours(child, replace(context, matrix=moved))
        if len(contours) != 1 or not _is_rectangle(contours[0][0]):
            raise UnreadableDrawingError("clip-path")
        return _intersection(context.clip, bounds([contours[0][0]]))


def _contours(element: Any, context: _Context) -> list[tuple[Contour, bool]]:
    """The contours of a basic shape or path in px of the root, each with whether it is closed.

    fontTools turns basic shapes into path data, but knows only numbers: a copy of the element gets
    all lengths as numbers.
    """
    plain = etree.Element(element.tag)
    for name, value in element.attrib.items():
        if name in _LENGTHS:
            width, height = context.viewport
            reference = width if name in _ACROSS else height
            plain.set(name, repr(_length(value, reference)))
        elif name in ("d", "points"):
            plain.set(name, value)
    # SVG's initial value of these is 0 or auto (SVG 2, 10.2-10.4); fontTools demands a value.
    for name in ("width", "height", "r"):
        plain.set(name, plain.get(name, "0"))
    if etree.QName(element).localname == "ellipse":
        for name, other in (("rx", "ry"), ("ry", "rx")):
            plain.set(name, plain.get(name, plain.get(other, "0")))
    builder = PathBuilder()
    builder.add_path_from_element(plain)
    found = []
    for path in builder.paths:
        try:
            found += flatten(path, context.matrix)
        except ValueError as error:
            raise UnreadableDrawingError(str(error)) from error
    # fontTools does not close the paths of circles and ellipses; their strokes are rings, though.
    if etree.QName(element).localname in ("circle", "ellipse"):
        found = [(contour, True) for contour, _ in found]
    return found


def _nested(element: Any, context: _Context) -> _Context:
    """The context inside an <svg> element that stands inside another."""
    x, y = (_length(element.get(k, "0"), v) for k, v in zip("xy", context.viewport, strict=True))
    width, height = (
        _length(element.get(k, "100%"), v)
        for k, v in zip(("width", "height"), context.viewport, strict=True)
    )
    return _viewport(
        element, replace(context, matrix=context.matrix.translate(x, y)), width, height
    )


def _viewport(element: Any, context: _Context, width: float, height: float) -> _Context:
    """The context inside a viewport of ``width`` × ``height`` (SVG 2, 8.2 and 8.6).

    The clip is narrowed to the viewport, unless its overflow is visible. The matrix fits the
    viewBox into the viewport as ``preserveAspectRatio`` asks.
    """
    clip = context.clip
    if context.style.get("overflow", "hidden") not in ("visible", "auto"):
        corners = context.matrix.transformPoints([(0, 0), (width, 0), (width, height), (0, height)])
        clip = _intersection(clip, bounds([tuple(corners)]))
    # The overflow of a viewport is dealt with; it must not count again for the viewports in it.
    style = {k: v for k, v in context.style.items() if k != "overflow"}
    box = _numbers(element.get("viewBox", ""))
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        return replace(context, clip=clip, viewport=(width, height), style=style)
    scale = (width / box[2], height / box[3])
    words = element.get("preserveAspectRatio", "xMidYMid meet").split()
    if words[0] != "none":
        # One scale for both axes: «meet» shows the whole viewBox, «slice» fills the viewport.
        scale = ((max if "slice" in words else min)(scale),) * 2
    # The share of the room that is left over which stands before the viewBox: left, or above.
    shares = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}
    align = words[0] if re.fullmatch(r"x(Min|Mid|Max)Y(Min|Mid|Max)", words[0]) else "xMidYMid"
    x = (width - box[2] * scale[0]) * shares[align[1:4]]
    y = (height - box[3] * scale[1]) * shares[align[5:8]]
    matrix = context.matrix.translate(x, y).scale(*scale).translate(-box[0], -box[1])
    return replace(context, matrix=matrix, clip=clip, viewport=(box[2], box[3]), style=style)


def _transform(written: str) -> Transform:
    """The matrix of a ``transform`` attribute. Raises UnreadableDrawingError."""
    matrix = Identity
    for name, arguments in _TRANSFORM.findall(written):
        numbers = _numbers(arguments)
        try:
            matrix = matrix.transform(_one_transform(name, numbers))
        except (IndexError, TypeError) as error:
            raise UnreadableDrawingError(f"transform={written[:40]}") from error
    return matrix


def _one_transform(name: str, numbers: list[float]) -> Transform:
    """The matrix of one transform function (CSS Transforms 1, 8); angles are in degrees.

    Raises UnreadableDrawingError for a function that SVG does not have, and IndexError or TypeError
    for a wrong number of arguments.
    """
    if name == "matrix":
        return Transform(*numbers)
    if name == "translate":
        return Identity.translate(numbers[0], numbers[1] if numbers[1:] else 0)
    if name == "scale":
        return Identity.scale(numbers[0], numbers[1] if numbers[1:] else numbers[0])
    if name == "rotate":
        x, y = numbers[1:] or (0.0, 0.0)
        return Identity.translate(x, y).rotate(math.radians(numbers[0])).translate(-x, -y)
    if name in ("skewX", "skewY"):
        angle = math.radians(numbers[0])
        return Identity.skew(angle, 0) if name == "skewX" else Identity.skew(0, angle)
    raise UnreadableDrawingError(f"transform={name}")


def _length(written: str, reference: float) -> float:
    """A length in px; percentages are of ``reference``. Raises UnreadableDrawingError."""
    match = re.fullmatch(rf"\s*({_NUMBER.pattern})\s*([a-z]*|%)\s*", written)
    if match is None or (match[2] != "%" and match[2] not in _UNITS):
        raise UnreadableDrawingError(f"«{written[:40]}»")
    factor = reference / 100 if match[2] == "%" else _UNITS[match[2]]
    return float(match[1]) * factor


def _numbers(written: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(written)]


def _determinant(matrix: Mapping[int, float] | Any) -> float:
    return float(matrix[0] * matrix[3] - matrix[1] * matrix[2])


def _is_rectangle(contour: Contour) -> bool:
    """Whether a contour is an upright rectangle: each point is a corner, and all four are there."""
    left, top, right, bottom = bounds([contour])
    tolerance = 1e-6 * max(right - left, bottom - top)
    return {(x - left < tolerance, y - top < tolerance) for x, y in contour} == {
        (a, b) for a in (False, True) for b in (False, True)
    } and all(
        min(x - left, right - x) < tolerance and min(y - top, bottom - y) < tolerance
        for x, y in contour
    )


def _intersection(first: Bounds, second: Bounds) -> Bounds:
    return (
        max(first[0], second[0]),
        max(first[1], second[1]),
        min(first[2], second[2]),
        min(first[3], second[3]),
    )
