"""What the pages of a PDF show: text with its face, size, colour and place; drawings.

Content streams are read as a viewer reads them (ISO 32000-1, clauses 8 and 9), as far as the
position and the look of text and pictures need it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Object, Page

from book.readback.pdf_fonts import Font, fonts_of
from book.readback.pdf_graphics import Box, DrawnImage, Matrix, TextRun

_DEEPEST_FORM = 12


@dataclass(frozen=True)
class _State:
    """The graphics state, as far as it matters here."""

    ctm: Matrix = field(default_factory=Matrix)
    fill: tuple[float, ...] = (0.0,)
    font: Font | None = None
    size: float = 0.0
    character_spacing: float = 0.0
    word_spacing: float = 0.0
    scaling: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


@dataclass(frozen=True)
class _Mark:
    """A marked-content sequence that is open."""

    mcid: int | None
    artefact: bool
    actual: str | None


@dataclass
class PageContent:
    """What one page shows, in the order in which it is drawn."""

    runs: list[TextRun] = field(default_factory=list)
    images: list[DrawnImage] = field(default_factory=list)


def page_content(page: Page, number: int) -> PageContent:
    """What ``page``, the page ``number`` from 0, shows."""
    reader = _Reader(number)
    reader.read(page.obj, page.obj.get("/Resources"))
    return reader.finished()


class _Reader:
    """Goes through content streams, operator by operator."""

    def __init__(self, page: int) -> None:
        self._page = page
        self._content = PageContent()
        self._state = _State()
        self._stack: list[_State] = []
        self._marks: list[_Mark] = []
        self._text = self._line = Matrix()
        self._path: list[tuple[float, float]] = []
        self._drawings: dict[tuple[int | None, bool], tuple[list[Any], list[Any]]] = {}

    def finished(self) -> PageContent:
        """Everything read; the paths of each sequence as one drawing."""
        for (mcid, artefact), (points, colours) in self._drawings.items():
            distinct = tuple(dict.fromkeys(colours))
            drawn = DrawnImage(self._page, "paths", _box(points), distinct, mcid, artefact)
            self._content.images.append(drawn)
        return self._content

    def read(self, stream: Object, resources: Object | None, depth: int = 0) -> None:
        """Read a page, or a form that it draws."""
        fonts = fonts_of(resources)
        for instruction in pikepdf.parse_content_stream(stream):
            operands, name = list(instruction.operands), str(instruction.operator)
            if name == "Tf":
                font = fonts.get(str(operands[0]))
                self._state = replace(self._state, font=font, size=float(operands[1]))
            elif name in ("BMC", "BDC"):
                self._marks.append(_mark(operands, resources))
            elif name == "Do":
                self._draw(_resource(resources, "/XObject", operands[0]), resources, depth)
            else:
                self._apply(name, operands)

    def _apply(self, name: str, operands: list[Any]) -> None:
        """Carry out an operator that needs no resources."""
        if name == "q":
            self._stack.append(self._state)
        elif name == "Q":
            self._state = self._stack.pop()
        elif name == "cm":
            self._state = replace(self._state, ctm=_matrix(operands) @ self._state.ctm)
        elif name == "EMC":
            self._marks.pop()
        elif name in ("g", "rg", "k", "sc", "scn"):
            numbers = [o for o in operands if not isinstance(o, Name)]
            self._state = replace(self._state, fill=tuple(float(o) for o in numbers))
        elif name in _TEXT_STATE:
            key, scale = _TEXT_STATE[name]
            changed: dict[str, Any] = {key: float(operands[0]) * scale}
            self._state = replace(self._state, **changed)
        elif name in _PATH_POINTS:
            self._add_to_path(name, [float(o) for o in operands])
        elif name in _PAINT:
            self._paint(filled=name not in ("S", "s"))
        elif name == "n":
            self._path.clear()
        else:
            self._apply_text(name, operands)

    def _apply_text(self, name: str, operands: list[Any]) -> None:
        if name == "BT":
            self._text = self._line = Matrix()
        elif name == "Tm":
            self._text = self._line = _matrix(operands)
        elif name in ("Td", "TD"):
            x, y = float(operands[0]), float(operands[1])
            if name == "TD":
                self._state = replace(self._state, leading=-y)
            self._move_line(x, y)
        elif name == "T*":
            self._move_line(0, -self._state.leading)
        elif name == "Tj":
            self._show([operands[0]])
        elif name == "TJ":
            self._show(list(operands[0]))
        elif name == "'":
            self._move_line(0, -self._state.leading)
            self._show([operands[0]])

    def _move_line(self, x: float, y: float) -> None:
        self._text = self._line = Matrix(e=x, f=y) @ self._line

    def _show(self, pieces: list[Any]) -> None:
        """Show strings, with numbers between them that move what follows."""
        state = self._state
        if state.font is None:
            return
        start = Matrix(f=state.rise) @ self._text @ state.ctm
        text: list[str] = []
        advance = 0.0
        for piece in pieces:
            if not isinstance(piece, pikepdf.String):
                advance -= float(piece) / 1000 * state.size * state.scaling
                continue
            for code in state.font.codes(bytes(piece)):
                text.append(state.font.text(code))
                spacing = state.character_spacing
                if state.font.code_bytes == 1 and code == ord(" "):
                    spacing += state.word_spacing
                width = state.font.width(code) / 1000 * state.size + spacing
                advance += width * state.scaling
        self._text = Matrix(e=advance) @ self._text
        if text:
            self._content.runs.append(self._run("".join(text), start, advance))

    def _run(self, text: str, start: Matrix, advance: float) -> TextRun:
        state = self._state
        x, y = start.point(0, 0)
        end_x, end_y = start.point(advance, 0)
        upright = start.a * start.d - start.b * start.c
        leaning = start.a * start.c + start.b * start.d
        assert state.font is not None
        return TextRun(
            page=self._page,
            text=text,
            font=state.font.name,
            size=state.size * start.height,
            colour=state.fill,
            x=x,
            y=y,
            width=((end_x - x) ** 2 + (end_y - y) ** 2) ** 0.5,
            slant=leaning / upright if upright else 0.0,
            mcid=self._mcid(),
            artefact=self._is_artefact(),
            actual=next((m.actual for m in reversed(self._marks) if m.actual is not None), None),
        )

    def _mcid(self) -> int | None:
        return next((m.mcid for m in reversed(self._marks) if m.mcid is not None), None)

    def _is_artefact(self) -> bool:
        return any(mark.artefact for mark in self._marks)

    def _add_to_path(self, name: str, numbers: list[float]) -> None:
        if name == "re":
            x, y, width, height = numbers
            numbers = [x, y, x + width, y, x, y + height, x + width, y + height]
        for x, y in zip(numbers[::2], numbers[1::2], strict=True):
            self._path.append(self._state.ctm.point(x, y))

    def _paint(self, *, filled: bool) -> None:
        if self._path:
            key = (self._mcid(), self._is_artefact())
            points, colours = self._drawings.setdefault(key, ([], []))
            points += self._path
            if filled:
                colours.append(self._state.fill)
        self._path.clear()

    def _draw(self, drawn: Object | None, resources: Object | None, depth: int) -> None:
        """Draw an image into the unit square, or a form by its own operators."""
        if drawn is None:
            return
        if drawn.get("/Subtype") == Name.Image:
            corners = [self._state.ctm.point(x, y) for x in (0, 1) for y in (0, 1)]
            mcid, artefact = self._mcid(), self._is_artefact()
            image = DrawnImage(self._page, "image", _box(corners), (), mcid, artefact)
            self._content.images.append(image)
        elif drawn.get("/Subtype") == Name.Form and depth < _DEEPEST_FORM:
            outside = self._state, self._stack, self._text, self._line
            self._stack = []
            placed = _matrix(list(drawn.get("/Matrix", (1, 0, 0, 1, 0, 0)))) @ self._state.ctm
            self._state = replace(self._state, ctm=placed)
            self.read(drawn, drawn.get("/Resources", resources), depth + 1)
            self._state, self._stack, self._text, self._line = outside


_TEXT_STATE = {
    "Tc": ("character_spacing", 1.0),
    "Tw": ("word_spacing", 1.0),
    "Tz": ("scaling", 0.01),
    "TL": ("leading", 1.0),
    "Ts": ("rise", 1.0),
}
_PATH_POINTS = frozenset(("m", "l", "c", "v", "y", "re"))
_PAINT = frozenset(("f", "F", "f*", "B", "B*", "b", "b*", "S", "s"))


def _matrix(numbers: list[Any]) -> Matrix:
    return Matrix(*(float(number) for number in numbers))


def _box(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _resource(resources: Object | None, kind: str, name: Any) -> Object | None:
    named = resources.get(kind) if resources is not None else None
    return named.get(str(name)) if isinstance(named, Dictionary) else None


def _mark(operands: list[Any], resources: Object | None) -> _Mark:
    """The sequence that ``BMC`` or ``BDC`` opens: a tag, and properties if it has any."""
    properties = operands[1] if len(operands) > 1 else None
    if isinstance(properties, Name):
        properties = _resource(resources, "/Properties", properties)
    if not isinstance(properties, Dictionary):
        properties = Dictionary()
    mcid, actual = properties.get("/MCID"), properties.get("/ActualText")
    return _Mark(
        mcid=None if mcid is None else int(mcid),
        artefact=operands[0] == Name.Artifact,
        actual=None if actual is None else str(actual),
    )
