"""Checks on pictures: resolution in print, size of the file, credit, files that nothing uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree
from PIL import Image

from book.findings import Finding
from book.lint import codes
from book.markdown.dom import classes, elements, line_of, name
from book.markdown.passes.figures import TYPES
from book.model.brand import PageFormat
from book.model.loaded import WrittenEdition

LEAST_DPI = 150
"""Dots per inch below which a reader sees the pixels of a picture in print."""
GOOD_DPI = 250
"""Dots per inch from which a picture is sharp in print."""
_HEAVY = 5_000_000
"""Bytes above which a picture's file is told to be heavy."""
_WIDTHS = {"width-half": 1 / 2, "width-two-thirds": 2 / 3}
_MM_PER_INCH = 25.4


def check(body: etree._Element, loaded: WrittenEdition, file: str) -> Iterator[Finding]:
    """Findings on the pictures that a chapter shows."""
    for image in elements(body, "img"):
        path = image.get("src", "")
        line = line_of(image)
        figure = next((e for e in image.iterancestors() if name(e) == "figure"), None)
        is_decorative = "decorative" in classes(image) or image.get("role") == "presentation"
        if Path(path).suffix.lower() == ".svg":
            continue  # a vector drawing has no resolution
        if not is_decorative and not _has_credit(figure):
            yield codes.NO_CREDIT.at(file, line, path=path)
        width = _width_mm(figure, loaded.page)
        yield from _resolution(loaded.folder / path, path, width, file, line)


def _has_credit(figure: etree._Element | None) -> bool:
    return figure is not None and any("credit" in classes(e) for e in elements(figure, "span"))


def _width_mm(figure: etree._Element | None, page: PageFormat) -> float:
    """The width of a picture on the page in mm.

    It is the width of the text, or the share of it that a class of the figure asks for.
    """
    text = page.width - page.inner - page.outer
    names = classes(figure) if figure is not None else []
    return text * next((_WIDTHS[n] for n in names if n in _WIDTHS), 1)


def _resolution(file: Path, path: str, mm: float, chapter: str, line: int) -> Iterator[Finding]:
    """Findings on a picture that is shown ``mm`` wide and has too few pixels, or too many bytes."""
    try:
        with Image.open(file) as picture:
            pixels = picture.width
    except (OSError, Image.DecompressionBombError):
        return  # the figures pass of the Markdown room reports pictures that cannot be opened
    inches = mm / _MM_PER_INCH
    dpi = int(pixels / inches)
    needed = round(GOOD_DPI * inches)
    if dpi < GOOD_DPI:
        code = codes.PICTURE_COARSE if dpi < LEAST_DPI else codes.PICTURE_SOFT
        yield code.at(chapter, line, path=path, dpi=dpi, needed=needed)
    size = file.stat().st_size
    if size > _HEAVY:
        # The hint asks for twice the pixels that a sharp print needs: no print shows more.
        yield codes.PICTURE_HEAVY.at(
            chapter, line, path=path, size=round(size / 1_000_000), needed=2 * needed
        )


def unused(loaded: WrittenEdition, shown: Iterable[str]) -> Iterator[Finding]:
    """A hint for each picture of the edition that neither a chapter nor the cover shows."""
    used = set(shown)
    if loaded.edition.cover:
        used.add(loaded.edition.cover.image)
    prefix = loaded.file.rpartition("/")[0]
    for file in sorted((loaded.folder / "images").rglob("*")):
        path = file.relative_to(loaded.folder).as_posix()
        if file.suffix.lower() in TYPES and path not in used:
            yield codes.PICTURE_UNUSED.at(f"{prefix}/{path}", path=path)
