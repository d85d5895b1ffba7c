"""A page of a PDF as an SVG whose words are outlines: the same picture in every viewer.

Only what a cover shows is understood: paths, fills, strokes, clips, forms, text in embedded
TrueType or OpenType fonts whose codes are glyphs, constant opacity, JPEG and raw pictures. For
anything else there is an error, never a picture that lacks something.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

import pikepdf
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from pikepdf import Name, Object, Page

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_IGNORED = frozenset({"BDC", "BMC", "EMC", "DP", "MP", "M", "i", "ri"})


class NotDrawable(Exception):
    """The page has something that :func:`page_svg` does not understand."""


@dataclass(frozen=True)
class _State:
    matrix: Matrix = _IDENTITY
    fill: str = "#000000"
    stroke: str = "#000000"
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    width: float = 1.0
    cap: int = 0
    join: int = 0
    font: _Font | None = None
    size: float = 0.0
    rise: float = 0.0
    spacing: float = 0.0
    clip: str = ""


@dataclass
class _Font:
    """An embedded font: outlines by glyph, widths in thousandths of the size."""

    font: TTFont
    units: float
    widths: dict[int, float]
    default_width: float
    glyphs: Any = None

    def path(self, glyph: int, matrix: Matrix) -> str:
        pen = SVGPathPen(self.glyphs, lambda number: f"{number:.2f}".rstrip("0").rstrip("."))
        self.glyphs[self.font.getGlyphName(glyph)].draw(TransformPen(pen, matrix))
        return str(pen.getCommands())

    def width(self, glyph: int) -> float:
        return self.widths.get(glyph, self.default_width)


def page_svg(pdf: bytes, title: str, width_px: int, height_px: int) -> str:
    """The first page of ``pdf`` as SVG of this size; ``title`` is its accessible name.

    The same PDF gives the same text. Raises NotDrawable.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        drawing = _Drawing()
        drawing.draw(page, page.obj.Resources, _State(matrix=(1, 0, 0, -1, -left, top)))
    width, height = f"{right - left:.2f}", f"{top - bottom:.2f}"
    defs = f"<defs>{''.join(drawing.clips)}</defs>\n" if drawing.clips else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_px}" height="{height_px}" '
        f'viewBox="0 0 {width} {height}" role="img"><title>{escape(title)}</title>\n'
        + defs
        + "\n".join(drawing.shapes)
        + "\n</svg>\n"
    )


@dataclass
class _Drawing:
    shapes: list[str] = field(default_factory=list)
    clips: list[str] = field(default_factory=list)
    fonts: dict[tuple[int, int], _Font] = field(default_factory=dict)

    def draw(self, stream: Page | Object, resources: Object, state: _State) -> None:
        _Reader(self, resources, state).read(stream)

    def clip(self, path: str, rule: str, before: str) -> str:
        """An id for the clip ``path`` within the clip ``before``."""
        inside = f' clip-path="url(#{before})"' if before else ""
        shape = f'"{inside}><path d="{path}" clip-rule="{rule}"/></clipPath>'
        for number, known in enumerate(self.clips):
            if known.endswith(shape):
                return f"c{number}"
        name = f"c{len(self.clips)}"
        self.clips.append(f'<clipPath id="{name}{shape}')
        return name


class _Reader:
    """Reads one content stream (ISO 32000-1, clauses 8 and 9)."""

    def __init__(self, drawing: _Drawing, resources: Object, state: _State) -> None:
        self.drawing, self.resources, self.state = drawing, resources, state
        self.stack: list[_State] = []
        self.path: list[str] = []
        self.pending_clip = ""
        self.text: Matrix = _IDENTITY
        self.line: Matrix = _IDENTITY

    def read(self, stream: Page | Object) -> None:
        for instruction in pikepdf.parse_content_stream(stream):
            operator = str(instruction.operator)
            operands: list[Any] = list(instruction.operands)
            if operator in _IGNORED:
                continue
            handler = _HANDLERS.get(operator)
            if handler is None:
                raise NotDrawable(f"the operator {operator}")
            handler(self, operands)

    # Graphics state.

    def save(self, _: Sequence[Any]) -> None:
        self.stack.append(self.state)

    def restore(self, _: Sequence[Any]) -> None:
        self.state = self.stack.pop()

    def concatenate(self, operands: Sequence[Any]) -> None:
        self.state = replace(self.state, matrix=_times(_matrix(operands), self.state.matrix))

    def set(self, **values: Any) -> None:
        self.state = replace(self.state, **values)

    def parameters(self, operands: Sequence[Any]) -> None:
        state = self.resources.ExtGState[str(operands[0])]
        if "/SMask" in state and state.SMask != Name.None_:
            raise NotDrawable("a soft mask")
        if "/ca" in state:
            self.set(fill_opacity=float(state.ca))
        if "/CA" in state:
            self.set(stroke_opacity=float(state.CA))

    # Paths.

    def point(self, x: Any, y: Any) -> str:
        a, b, c, d, e, f = self.state.matrix
        x, y = float(x), float(y)
        return f"{_number(a * x + c * y + e)} {_number(b * x + d * y + f)}"

    def step(self, letter: str, operands: Sequence[Any]) -> None:
        points = zip(operands[::2], operands[1::2], strict=True)
        self.path.append(letter + " ".join(self.point(x, y) for x, y in points))

    def rectangle(self, operands: Sequence[Any]) -> None:
        x, y, width, height = (float(operand) for operand in operands)
        self.step("M", (x, y))
        for corner in ((x + width, y), (x + width, y + height), (x, y + height)):
            self.step("L", corner)
        self.path.append("Z")

    def dash(self, operands: Sequence[Any]) -> None:
        if len(operands[0]):
            raise NotDrawable("a dashed line")

    def paint(self, fill: str = "", stroke: bool = False, close: bool = False) -> None:
        if close:
            self.path.append("Z")
        path = "".join(self.path)
        if path and (fill or stroke):
            self.emit(path, fill, stroke)
        if self.pending_clip and path:
            self.set(clip=self.drawing.clip(path, self.pending_clip, self.state.clip))
        self.path, self.pending_clip = [], ""

    def emit(self, path: str, fill: str, stroke: bool) -> None:
        state = self.state
        attributes = [f'd="{path}"', f'fill="{state.fill if fill else "none"}"']
        if fill == "evenodd":
            attributes.append('fill-rule="evenodd"')
        if fill and state.fill_opacity < 1:
            attributes.append(f'fill-opacity="{state.fill_opacity:g}"')
        if stroke:
            a, b, c, d, _, _ = state.matrix
            width = state.width * abs(a * d - b * c) ** 0.5
            attributes.append(f'stroke="{state.stroke}" stroke-width="{_number(width)}"')
            if state.cap:
                attributes.append(f'stroke-linecap="{("butt", "round", "square")[state.cap]}"')
            if state.join:
                attributes.append(f'stroke-linejoin="{("miter", "round", "bevel")[state.join]}"')
            if state.stroke_opacity < 1:
                attributes.append(f'stroke-opacity="{state.stroke_opacity:g}"')
        self.add(f"<path {' '.join(attributes)}/>")

    def add(self, shape: str) -> None:
        if self.state.clip:
            shape = f'<g clip-path="url(#{self.state.clip})">{shape}</g>'
        self.drawing.shapes.append(shape)

    # Forms and pictures.

    def external(self, operands: Sequence[Any]) -> None:
        target = self.resources.XObject[str(operands[0])]
        if target.Subtype == Name.Image:
            self.picture(target)
            return
        inside = _Reader(self.drawing, target.get("/Resources", self.resources), self.state)
        inside.concatenate(list(target.get("/Matrix", _IDENTITY)))
        x0, y0, x1, y1 = (float(edge) for edge in target.BBox)
        inside.rectangle((x0, y0, x1 - x0, y1 - y0))
        inside.pending_clip = "nonzero"
        inside.paint()
        inside.read(target)

    def picture(self, image: Any) -> None:
        if "/SMask" in image:
            raise NotDrawable("a picture with transparency")
        if image.get("/Filter") == Name.DCTDecode:
            content, kind = image.read_raw_bytes(), "jpeg"
        else:
            target = io.BytesIO()
            pikepdf.PdfImage(image).as_pil_image().save(target, "PNG", optimize=True)
            content, kind = target.getvalue(), "png"
        # A picture fills the unit square, its first row at the top.
        matrix = " ".join(_number(n) for n in _times((1, 0, 0, -1, 0, 1), self.state.matrix))
        data = base64.b64encode(content).decode()
        self.add(
            f'<image width="1" height="1" preserveAspectRatio="none" '
            f'transform="matrix({matrix})" href="data:image/{kind};base64,{data}"/>'
        )

    # Text.

    def begin(self, _: Sequence[Any]) -> None:
        self.text = self.line = _IDENTITY

    def move(self, operands: Sequence[Any]) -> None:
        x, y = (float(operand) for operand in operands)
        self.text = self.line = _times((1, 0, 0, 1, x, y), self.line)

    def place(self, operands: Sequence[Any]) -> None:
        self.text = self.line = _matrix(operands)

    def choose_font(self, operands: Sequence[Any]) -> None:
        font = self.resources.Font[str(operands[0])]
        key = font.objgen
        if key not in self.drawing.fonts:
            self.drawing.fonts[key] = _embedded(font)
        self.set(font=self.drawing.fonts[key], size=float(operands[1]))

    def show(self, operands: Sequence[Any]) -> None:
        items = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
        for item in items:
            if isinstance(item, pikepdf.String):
                self.glyphs(bytes(item))
            else:
                self.advance(-float(item) / 1000 * self.state.size)

    def glyphs(self, codes: bytes) -> None:
        font, size = self.state.font, self.state.size
        assert font is not None, "text comes after a font"
        scale = size / font.units
        paths = []
        for index in range(0, len(codes), 2):
            glyph = int.from_bytes(codes[index : index + 2], "big")
            to_page = _times((scale, 0, 0, scale, 0, self.state.rise), self.text)
            paths.append(font.path(glyph, _times(to_page, self.state.matrix)))
            self.advance(font.width(glyph) / 1000 * size + self.state.spacing)
        if path := "".join(paths):
            self.emit(path, "nonzero", stroke=False)

    def advance(self, distance: float) -> None:
        self.text = _times((1, 0, 0, 1, distance, 0), self.text)


_HANDLERS: dict[str, Any] = {
    "q": _Reader.save,
    "Q": _Reader.restore,
    "cm": _Reader.concatenate,
    "gs": _Reader.parameters,
    "rg": lambda r, o: r.set(fill=_colour(o)),
    "RG": lambda r, o: r.set(stroke=_colour(o)),
    "g": lambda r, o: r.set(fill=_colour([o[0]] * 3)),
    "G": lambda r, o: r.set(stroke=_colour([o[0]] * 3)),
    "d": _Reader.dash,
    "w": lambda r, o: r.set(width=float(o[0])),
    "J": lambda r, o: r.set(cap=int(o[0])),
    "j": lambda r, o: r.set(join=int(o[0])),
    "m": lambda r, o: r.step("M", o),
    "l": lambda r, o: r.step("L", o),
    "c": lambda r, o: r.step("C", o),
    "h": lambda r, o: r.path.append("Z"),
    "re": _Reader.rectangle,
    "W": lambda r, o: setattr(r, "pending_clip", "nonzero"),
    "W*": lambda r, o: setattr(r, "pending_clip", "evenodd"),
    "n": lambda r, o: r.paint(),
    "f": lambda r, o: r.paint(fill="nonzero"),
    "f*": lambda r, o: r.paint(fill="evenodd"),
    "S": lambda r, o: r.paint(stroke=True),
    "s": lambda r, o: r.paint(stroke=True, close=True),
    "B": lambda r, o: r.paint(fill="nonzero", stroke=True),
    "B*": lambda r, o: r.paint(fill="evenodd", stroke=True),
    "b": lambda r, o: r.paint(fill="nonzero", stroke=True, close=True),
    "Do": _Reader.external,
    "BT": _Reader.begin,
    "ET": lambda r, o: None,
    "Td": _Reader.move,
    "Tm": _Reader.place,
    "Tf": _Reader.choose_font,
    "TJ": _Reader.show,
    "Tj": _Reader.show,
    "Ts": lambda r, o: r.set(rise=float(o[0])),
    "Tc": lambda r, o: r.set(spacing=float(o[0])),
}


def _embedded(font: Object) -> _Font:
    descendant = font.DescendantFonts[0]
    if font.get("/Encoding") != Name("/Identity-H") or descendant.get("/CIDToGIDMap") not in (
        Name.Identity,
        None,
    ):
        raise NotDrawable("a font whose codes are no glyphs")
    descriptor = descendant.FontDescriptor
    stream = descriptor.get("/FontFile2", descriptor.get("/FontFile3"))
    if stream is None:
        raise NotDrawable("a font that is not embedded")
    outlines = TTFont(io.BytesIO(stream.read_bytes()), lazy=True)
    made = _Font(
        outlines,
        float(outlines["head"].unitsPerEm),
        _widths(descendant.get("/W", [])),
        float(descendant.get("/DW", 1000)),
    )
    made.glyphs = outlines.getGlyphSet()
    return made


def _widths(array: Any) -> dict[int, float]:
    """Both forms of a width array (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    items = list(array)
    while items:
        first, second = int(items[0]), items[1]
        if isinstance(second, pikepdf.Array):
            widths |= {first + index: float(width) for index, width in enumerate(second)}
            items = items[2:]
        else:
            widths |= dict.fromkeys(range(first, int(second) + 1), float(items[2]))
            items = items[3:]
    return widths


def _colour(operands: Sequence[Any]) -> str:
    return "#" + "".join(f"{round(float(share) * 255):02X}" for share in operands)


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = (float(operand) for operand in operands)
    return (a, b, c, d, e, f)


def _times(first: Matrix, second: Matrix) -> Matrix:
    """``first`` applied, then ``second`` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (
        *(a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s),
        *(e * p + f * r + t, e * q + f * s + u),
    )


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
