"""What a reader of a finished book finds of the notice: boxes, drawings, words, styles."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Medium(StrEnum):
    """What the evidence was taken from."""

    PDF = "pdf"
    EPUB = "epub"
    WEB = "web"
    SOURCES = "sources"


class Place(StrEnum):
    """Which of the places that the house shows the notice in."""

    COVER = "cover"
    NOTICE = "notice"
    COLOPHON = "colophon"


@dataclass(frozen=True)
class Box:
    """A rectangle in mm, from the page's (or viewport's) upper left corner."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Box, tolerance: float = 0.1) -> bool:
        """Whether the two share more than ``tolerance`` mm in both directions."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return across > tolerance and down > tolerance

    def within(self, other: Box, tolerance: float = 0.1) -> bool:
        """Whether all of this lies inside ``other``."""
        return (
            self.x >= other.x - tolerance
            and self.y >= other.y - tolerance
            and self.x + self.width <= other.x + other.width + tolerance
            and self.y + self.height <= other.y + other.height + tolerance
        )


@dataclass(frozen=True)
class Shape:
    """A filled outline after all transforms: points in the drawing's units, y downwards.

    It is filled by the nonzero rule.
    """

    points: tuple[tuple[float, float], ...]
    fill: str
    """``#RRGGBB``."""


@dataclass(frozen=True)
class Drawing:
    """A picture as shapes, in painting order, inside ``width`` × ``height`` units.

    A raster has no shapes; then ``raster`` holds the file.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...] = ()
    raster: bytes | None = None


@dataclass(frozen=True)
class Words:
    """A run of words in one style."""

    text: str
    box: Box
    family: str
    size: float
    """pt."""
    colour: str
    """``#RRGGBB``."""
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    effects: tuple[str, ...] = ()
    """Shadow, outline, letter-spacing, transformation…: their names."""
    ground: str = "#FFFFFF"
    """The colour that the words stand on."""
    seen: bool = True
    """False when nothing of them shows: covered, clipped away, off the page."""


@dataclass(frozen=True)
class Picture:
    """A picture on the page: the emblem or another logo."""

    box: Box
    alt: str
    drawing: Drawing | None = None
    """None when the drawing could not be taken out."""
    effects: tuple[str, ...] = ()
    """What a style sheet does to it: filter, opacity, transform, cropped, hidden…: their names."""
    seen: float = 1.0
    """The share of it that shows as it is drawn, from 0 to 1."""


@dataclass(frozen=True)
class Notice:
    """The notice as it stands in one place of one artefact.

    ``where`` says it for a person («p. iv», «notice.xhtml, 360 px»). ``page`` is the page or
    viewport in mm. ``ground`` is the colour under the emblem. ``order`` is the position of the
    document in the book (from 1), for rules about prominence; ``first_screen`` whether all of
    it is seen without scrolling (None where there is nothing to scroll). ``sheet`` is the number
    (from 1) of the page in a paged medium, 0 in others.
    """

    medium: Medium
    place: Place
    where: str
    page: Box
    emblem: Picture | None
    words: tuple[Words, ...]
    logos: tuple[Picture, ...] = ()
    ground: str = "#FFFFFF"
    order: int = 1
    first_screen: bool | None = None
    links: tuple[str, ...] = field(default=())
    sheet: int = 0

    @property
    def text(self) -> str:
        """All its words, in reading order."""
        return " ".join(word.text for word in self.words)
