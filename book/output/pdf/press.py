"""Prepares the PDF for a printing house: page boxes, crop marks, no links, bookmarks and tags.

The boxes follow ISO 32000-1, 14.11.2. The trim box is the page, the bleed box is 3 mm larger on
every side, and the media box is larger by what the crop marks need. Links, bookmarks and tags are
removed: PDF/X forbids annotations inside the bleed box (ISO 15930-7, 6.13), and paper does not need
them.
"""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Name, Page

from book.compose.documents import PRINT, Book
from book.model.cover_picture import BLEED
from book.output.pdf.assemble import saved
from book.output.pdf.xmp import write_metadata

_PT_PER_MM = 72 / 25.4
_MARK_GAP = 4.0
"""Distance from the trimmed edge to the mark, mm. It must be more than the bleed."""
_MARK_LENGTH = 5.0
_MARK_WEIGHT = 0.25
"""Width of the marks in points, as printing houses ask."""
_HAIR = 0.5
"""How far, in points, the page's content ends before the bleed box does."""
_SLUG = _MARK_GAP + _MARK_LENGTH + 1.0


def finished_for_print(pdf: bytes, book: Book) -> bytes:
    """``pdf``, laid out with a bleed, as the file to be printed; pages of the edition's format."""
    width = book.loaded.page.width * _PT_PER_MM
    height = book.loaded.page.height * _PT_PER_MM
    with pikepdf.open(io.BytesIO(pdf)) as printed:
        marks, clip = _crop_marks(width, height), _clip(width, height)
        for page in printed.pages:
            _set_boxes(page, width, height)
            for key in ("/Annots", "/StructParents", "/Tabs"):
                if key in page.obj:
                    del page.obj[key]
            page.contents_add(clip, prepend=True)
            page.contents_add(b"Q\n" + marks)
        for key in (
            "/StructTreeRoot",
            "/MarkInfo",
            "/Outlines",
            "/Names",
            "/PageMode",
            "/OutputIntents",
        ):
            if key in printed.Root:
                del printed.Root[key]
        write_metadata(printed, book, PRINT)
        printed.trailer.Info.Trapped = Name("/False")
        return saved(printed)


def _set_boxes(page: Page, width: float, height: float) -> None:
    for name, margin in (
        ("/MediaBox", _SLUG),
        ("/CropBox", _SLUG),
        ("/BleedBox", BLEED),
        ("/TrimBox", 0.0),
    ):
        past = margin * _PT_PER_MM
        corners = (-past, -past, width + past, height + past)
        page.obj[name] = Array([round(corner, 3) for corner in corners])


def _clip(width: float, height: float) -> bytes:
    """The operators that clip a page's content just inside the bleed box, away from the marks."""
    past = BLEED * _PT_PER_MM - _HAIR
    box = (-past, -past, width + 2 * past, height + 2 * past)
    return b"q\n" + " ".join(f"{side:.3f}" for side in box).encode() + b" re W n\n"


def _crop_marks(width: float, height: float) -> bytes:
    """The operators that draw two marks at each corner, outside the bleed box."""
    near, far = _MARK_GAP * _PT_PER_MM, (_MARK_GAP + _MARK_LENGTH) * _PT_PER_MM
    lines = []
    for x, outwards in ((0.0, -1), (width, 1)):
        for y in (0.0, height):
            lines.append((x + outwards * near, y, x + outwards * far, y))
    for y, outwards in ((0.0, -1), (height, 1)):
        for x in (0.0, width):
            lines.append((x, y + outwards * near, x, y + outwards * far))
    drawn = "".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S\n" for a, b, c, d in lines)
    return f"q\n0 G {_MARK_WEIGHT} w\n{drawn}Q\n".encode()
