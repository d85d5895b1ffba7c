"""What a page of a PDF shows, object by object, as PDFium reads it.

PDFium resolves what makes content streams hard to read: forms, colour spaces, fonts, matrices.
Lengths are in mm from the page's upper left corner. Whoever calls holds
:data:`book.output.pictures.raster.PDFIUM`.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from book.notice.evidence import Box, Shape
from book.readback.pdf_graphics import Matrix

MM = 25.4 / 72
_DEEPEST_FORM = 8
_CURVE_STEPS = 6


@dataclass(frozen=True)
class Painted:
    """A filled or stroked path, or a picture: its outlines and its box.

    ``mcid`` is the marked-content sequence it belongs to, ``artefact`` whether it is decoration;
    ``fill`` and ``stroke`` are ``#RRGGBB``, empty where there is none.
    """

    box: Box
    shapes: tuple[Shape, ...]
    fill: str
    stroke: str
    opacity: float
    mcid: int
    artefact: bool
    image: pypdfium2.PdfImage | None = None
    is_form: bool = False
    """A decoration in a form of its own, whose insides are not read."""


@dataclass(frozen=True)
class TextObject:
    """The style that one text object sets its characters in.

    ``transparent`` holds for a blend mode, a mask or an opacity, its own or that of a group
    around it.
    """

    font: str
    flags: int
    italic_angle: int
    size: float
    matrix: Matrix
    colour: str
    transparent: bool
    render_mode: int
    mcid: int
    address: int


@dataclass
class PageObjects:
    """All objects of a page, in the order of painting."""

    painted: list[Painted] = field(default_factory=list)
    texts: dict[int, TextObject] = field(default_factory=dict)


def to_page(page: pypdfium2.PdfPage) -> Matrix:
    """From the PDF's space (points, upwards) to mm from the page's upper left corner."""
    left, _, _, top = page.get_cropbox()
    return Matrix(MM, 0, 0, -MM, -left * MM, top * MM)


def page_objects(page: pypdfium2.PdfPage) -> PageObjects:
    """What ``page`` paints."""
    found = PageObjects()
    count = pdfium.FPDFPage_CountObjects(page.raw)
    objects = (pdfium.FPDFPage_GetObject(page.raw, n) for n in range(count))
    _collect(objects, to_page(page), page, found, _Context())
    return found


@dataclass(frozen=True)
class _Context:
    mcid: int = -1
    artefact: bool = False
    depth: int = 0
    transparent: bool = False


def _collect(
    objects: Iterator[Any],
    placed: Matrix,
    page: pypdfium2.PdfPage,
    found: PageObjects,
    context: _Context,
) -> None:
    for raw in objects:
        kind = pdfium.FPDFPageObj_GetType(raw)
        here = _context(raw, context)
        matrix = _matrix(raw) @ placed
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            # Within a decoration there is nothing to measure, and a motif has hundreds of paths.
            if here.artefact:
                found.painted.append(_form(raw, placed))
            elif here.depth <= _DEEPEST_FORM:
                count = pdfium.FPDFFormObj_CountObjects(raw)
                inside = (pdfium.FPDFFormObj_GetObject(raw, n) for n in range(count))
                _collect(inside, matrix, page, found, here)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            if (path := _path(raw, matrix, here)) is not None:
                found.painted.append(path)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.painted.append(_image(raw, matrix, page, here))
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            text = _text(raw, matrix, here)
            found.texts[text.address] = text


def _context(raw: Any, outer: _Context) -> _Context:
    mcid = pdfium.FPDFPageObj_GetMarkedContentID(raw)
    return _Context(
        mcid if mcid >= 0 else outer.mcid,
        outer.artefact or "Artifact" in _marks(raw),
        outer.depth + 1,
        outer.transparent or bool(pdfium.FPDFPageObj_HasTransparency(raw)),
    )


def _marks(raw: Any) -> list[str]:
    names = []
    for n in range(pdfium.FPDFPageObj_CountMarks(raw)):
        mark = pdfium.FPDFPageObj_GetMark(raw, n)
        buffer = (pdfium.FPDF_WCHAR * 64)()
        length = ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length)
        names.append(bytes(buffer)[: length.value].decode("utf-16-le").rstrip("\0"))
    return names


def _matrix(raw: Any) -> Matrix:
    own = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(raw, own):
        return Matrix()
    return Matrix(own.a, own.b, own.c, own.d, own.e, own.f)


def _colour(read: Any, raw: Any) -> tuple[str, float]:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not read(raw, *parts):
        return "", 0.0
    red, green, blue, alpha = (part.value for part in parts)
    return f"#{red:02X}{green:02X}{blue:02X}", alpha / 255


def _path(raw: Any, matrix: Matrix, context: _Context) -> Painted | None:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(raw, mode, stroked)
    fill, opacity = _colour(pdfium.FPDFPageObj_GetFillColor, raw) if mode.value else ("", 0.0)
    stroke = ""
    if stroked.value:
        stroke, stroke_opacity = _colour(pdfium.FPDFPageObj_GetStrokeColor, raw)
        opacity = max(opacity, stroke_opacity)
    if not fill and not stroke:
        return None
    outlines = [outline for outline in _outlines(raw, matrix) if outline]
    if not outlines:
        return None
    box = bounds([point for outline in outlines for point in outline])
    shapes = tuple(Shape(outline, fill) for outline in outlines) if fill else ()
    if stroked.value:
        width = ctypes.c_float()
        pdfium.FPDFPageObj_GetStrokeWidth(raw, width)
        half = width.value * matrix.height / 2
        box = Box(box.x - half, box.y - half, box.width + 2 * half, box.height + 2 * half)
    return Painted(box, shapes, fill, stroke, opacity, context.mcid, context.artefact)


def _outlines(raw: Any, matrix: Matrix) -> list[tuple[tuple[float, float], ...]]:
    """The subpaths as polygons; curves become short lines."""
    outlines: list[list[tuple[float, float]]] = []
    controls: list[tuple[float, float]] = []
    for n in range(pdfium.FPDFPath_CountSegments(raw)):
        segment = pdfium.FPDFPath_GetPathSegment(raw, n)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not outlines:
            outlines.append([point])
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            controls.append(point)
            if len(controls) == 3:
                outlines[-1] += _curve(outlines[-1][-1], *controls)
                controls = []
        else:
            outlines[-1].append(point)
    return [_open(outline) for outline in outlines if len(outline) > 1]


def _open(outline: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """The outline without its last point where that is the first one again."""
    first, last = outline[0], outline[-1]
    closed = len(outline) > 2 and abs(first[0] - last[0]) + abs(first[1] - last[1]) < 1e-4
    return tuple(outline[:-1] if closed else outline)


def _curve(*points: tuple[float, float]) -> list[tuple[float, float]]:
    curve = []
    for step in range(1, _CURVE_STEPS + 1):
        t = step / _CURVE_STEPS
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        curve.append(
            (
                sum(w * p[0] for w, p in zip(weights, points, strict=True)),
                sum(w * p[1] for w, p in zip(weights, points, strict=True)),
            )
        )
    return curve


def _form(raw: Any, placed: Matrix) -> Painted:
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(raw, *sides)
    left, bottom, right, top = (side.value for side in sides)
    box = bounds([placed.point(left, bottom), placed.point(right, top)])
    return Painted(box, (), "", "", 1.0, -1, artefact=True, is_form=True)


def _image(raw: Any, matrix: Matrix, page: pypdfium2.PdfPage, context: _Context) -> Painted:
    corners = [matrix.point(x, y) for x in (0, 1) for y in (0, 1)]
    image = pypdfium2.PdfImage(raw, page=page, pdf=page.pdf)
    return Painted(bounds(corners), (), "", "", 1.0, context.mcid, context.artefact, image)


def _text(raw: Any, matrix: Matrix, context: _Context) -> TextObject:
    font = pdfium.FPDFTextObj_GetFont(raw)
    size, angle = ctypes.c_float(), ctypes.c_int()
    pdfium.FPDFTextObj_GetFontSize(raw, size)
    pdfium.FPDFFont_GetItalicAngle(font, angle)
    length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    name = ctypes.create_string_buffer(length)
    pdfium.FPDFFont_GetBaseFontName(font, name, length)
    colour, _ = _colour(pdfium.FPDFPageObj_GetFillColor, raw)
    return TextObject(
        font=name.value.decode("utf-8", "replace"),
        flags=pdfium.FPDFFont_GetFlags(font),
        italic_angle=angle.value,
        size=size.value * matrix.height / MM,
        matrix=matrix,
        colour=colour,
        transparent=context.transparent,
        render_mode=pdfium.FPDFTextObj_GetTextRenderMode(raw),
        mcid=context.mcid,
        address=address_of(raw),
    )


def address_of(raw: Any) -> int:
    """Where PDFium keeps an object: the same object has the same address."""
    return ctypes.cast(raw, ctypes.c_void_p).value or 0


def bounds(points: list[tuple[float, float]]) -> Box:
    """The smallest box around ``points``."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def around(boxes: list[Box]) -> Box:
    """The smallest box around ``boxes``, of which there is at least one."""
    corners = [(b.x, b.y) for b in boxes] + [(b.x + b.width, b.y + b.height) for b in boxes]
    return bounds(corners)
