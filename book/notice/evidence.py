"""What a reader of a finished book finds of the notice: drawings, words, styles."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from book.readback.geometry import Box, Shape


class Medium(StrEnum):
    """What the evidence was taken from."""

    PDF = "pdf"
    EPUB = "epub"
    WEB = "web"
    SOURCES = "sources"


class Place(StrEnum):
    """The places of a book in which the house shows the notice."""

    COVER = "cover"
    NOTICE = "notice"
    COLOPHON = "colophon"


@dataclass(frozen=True)
class Drawing:
    """A picture of ``width`` × ``height`` units, as vector shapes in painting order.

    A raster picture has no shapes; ``raster`` holds its file.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...] = ()
    raster: bytes | None = None


@dataclass(frozen=True)
class Words:
    """A run of words in one style.

    ``family`` is the typeface that the words are really set in.
    """

    text: str
    box: Box
    family: str
    size: float
    """Type size in pt."""
    colour: str
    """``#RRGGBB``."""
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    effects: tuple[str, ...] = ()
    """The names of effects on the words: shadow, outline, letter-spacing, transformation…"""
    ground: str = "#FFFFFF"
    """The colour behind the words."""
    seen: bool = True
    """False when the words are not visible: covered, clipped away, off the page."""


@dataclass(frozen=True)
class Picture:
    """A picture on the page: the emblem or another logo."""

    box: Box
    alt: str
    drawing: Drawing | None = None
    """None when the drawing could not be taken out of the artefact."""
    effects: tuple[str, ...] = ()
    """The names of what a style sheet does to it: filter, opacity, transform, cropped…"""
    seen: float = 1.0
    """The share of its area that is visible and unaltered, from 0 to 1."""


@dataclass(frozen=True)
class Notice:
    """What one place of one artefact shows of the notice.

    ``where`` names the place for a person («p. iv», «notice.xhtml, 360 px»). ``page`` is the page
    or viewport in mm. ``ground`` is the colour behind the emblem. ``order`` is the position of the
    document in the book (from 1); rules on prominence ask for it. ``first_screen`` is whether all
    of the notice is visible without scrolling, None in a medium without scrolling. ``sheet`` is
    the number of the page (from 1) in a paged medium, 0 in others. ``links`` are the targets of the
    links in the notice.
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
