"""What content streams are made of: places, transformations, text and drawings as drawn."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the page's lower left corner."""


@dataclass(frozen=True)
class TextRun:
    """Characters that one operator shows in one font.

    ``page`` counts from 0; ``size``, ``x``, ``y`` (start of the baseline) and ``width`` are in
    points, matrices applied; ``colour`` has one component for grey, three for RGB, four for
    CMYK, from 0 to 1; ``slant`` is how far the matrix leans the letters (0 for upright, whatever
    the font's own design). ``mcid`` is the marked-content sequence that the run belongs to;
    ``artefact`` says that it is page furniture or decoration, no content. ``actual`` is the
    replacement text (ActualText) of the sequence around it.
    """

    page: int
    text: str
    font: str
    size: float
    colour: tuple[float, ...]
    x: float
    y: float
    width: float
    slant: float
    mcid: int | None
    artefact: bool
    actual: str | None = None


@dataclass(frozen=True)
class DrawnImage:
    """A picture or drawing: an image, or all the paths of one marked-content sequence.

    ``colours`` are the fill colours of the paths, in the order in which they first come; empty
    for an image. A box takes no account of clipping.
    """

    page: int
    kind: str
    box: Box
    colours: tuple[tuple[float, ...], ...]
    mcid: int | None
    artefact: bool


@dataclass(frozen=True)
class Matrix:
    """A transformation [a b c d e f] (ISO 32000-1, 8.3.3)."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def __matmul__(self, then: Matrix) -> Matrix:
        """First this transformation, then ``then``."""
        return Matrix(
            self.a * then.a + self.b * then.c,
            self.a * then.b + self.b * then.d,
            self.c * then.a + self.d * then.c,
            self.c * then.b + self.d * then.d,
            self.e * then.a + self.f * then.c + then.e,
            self.e * then.b + self.f * then.d + then.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def height(self) -> float:
        """What a vertical unit becomes; for upright letters, the scale of their size."""
        return float((self.c**2 + self.d**2) ** 0.5)
