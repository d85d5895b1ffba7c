"""The paths and pictures of a page of a PDF, with their outlines, colours and places."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2.raw as pdfium
from PIL import Image
from pypdfium2 import PdfPage

from book.readback.geometry import Box, Point, Shape, bounds
from book.readback.pdf.objects import Context, PageObject, colour, page_objects

_CURVE_STEPS = 6


@dataclass(frozen=True)
class Painted:
    """A filled or stroked path, or a picture: its outlines and its box.

    ``fill`` is ``#RRGGBB``, empty where there is none. A box takes no account of clipping.
    ``is_form`` is true for a decoration in a form of its own, whose insides are not read.
    """

    box: Box
    context: Context
    shapes: tuple[Shape, ...] = ()
    fill: str = ""
    image: Image.Image | None = None
    is_form: bool = False


def page_paintings(page: PdfPage) -> list[Painted]:
    """The paths and pictures of ``page`` in the order of painting.

    A form that is an artefact is one of them, and nothing in it is: nobody measures a decoration,
    and a motif has hundreds of paths.
    """
    found = (_painted(one) for one in page_objects(page) if not one.context.decoration)
    return [painted for painted in found if painted is not None]


def _painted(one: PageObject) -> Painted | None:
    kind = one.source.type
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        return _path(one)
    if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        # A picture is painted into the unit square (ISO 32000-1, 8.9.3).
        box = bounds([one.matrix.transform((x, y)) for x in (0, 1) for y in (0, 1)])
        bitmap = one.source.get_bitmap(render=True)
        return Painted(box, one.context, image=bitmap.to_pil().convert("RGBA").copy())
    if kind == pdfium.FPDF_PAGEOBJ_FORM and one.context.artefact:
        left, bottom, right, top = one.source.get_bounds()
        box = bounds([one.outer.transform((left, bottom)), one.outer.transform((right, top))])
        return Painted(box, one.context, is_form=True)
    return None


def _path(one: PageObject) -> Painted | None:
    source = one.source
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(source, mode, stroked)
    fill = colour(pdfium.FPDFPageObj_GetFillColor, source) if mode.value else ""
    stroke = colour(pdfium.FPDFPageObj_GetStrokeColor, source) if stroked.value else ""
    half = 0.0
    if stroked.value:
        width = ctypes.c_float()
        pdfium.FPDFPageObj_GetStrokeWidth(source, width)
        # A stroke lies half inside the outline and half outside (ISO 32000-1, 8.5.3.2).
        half = width.value * one.height / 2
    # A path that is neither filled nor stroked serves for clipping, and shows nothing.
    outlines = _outlines(one)
    if not outlines or not (fill or stroke):
        return None
    box = bounds([point for outline in outlines for point in outline])
    box = Box(box.x - half, box.y - half, box.width + 2 * half, box.height + 2 * half)
    shapes = tuple(Shape(outline, fill) for outline in outlines) if fill else ()
    return Painted(box, one.context, shapes, fill)


def _outlines(one: PageObject) -> list[tuple[Point, ...]]:
    """The subpaths as polygons; curves become short lines."""
    outlines: list[list[Point]] = []
    controls: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(pdfium.FPDFPath_CountSegments(one.source)):
        segment = pdfium.FPDFPath_GetPathSegment(one.source, n)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = one.matrix.transform((x.value, y.value))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not outlines:
            outlines.append([point])
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            # PDFium gives a curve as three such segments: two control points and the end.
            controls.append(point)
            if len(controls) == 3:
                outlines[-1] += _curve(outlines[-1][-1], *controls)
                controls = []
        else:
            outlines[-1].append(point)
    return [_open(outline) for outline in outlines if len(outline) > 1]


def _open(outline: list[Point]) -> tuple[Point, ...]:
    """The outline without its last point where that is the first one again."""
    first, last = outline[0], outline[-1]
    closed = len(outline) > 2 and abs(first[0] - last[0]) + abs(first[1] - last[1]) < 1e-4
    return tuple(outline[:-1] if closed else outline)


def _curve(*points: Point) -> Iterator[Point]:
    """Points on a cubic Bézier curve (ISO 32000-1, 8.5.2.2) after its first."""
    for step in range(1, _CURVE_STEPS + 1):
        t = step / _CURVE_STEPS
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        x, y = (sum(w * p[i] for w, p in zip(weights, points, strict=True)) for i in (0, 1))
        yield x, y
