"""Pictures: sharp enough for print, credited, none left over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree
from PIL import Image

from book.findings import Finding
from book.lint import codes
from book.markdown.dom import classes, elements, name
from book.markdown.passes.figures import TYPES
from book.model.brand import PageFormat
from book.model.loaded import WrittenEdition

LEAST_DPI = 150
"""Under it the dots of a picture show in print."""
GOOD_DPI = 250
_HEAVY = 5_000_000
_WIDTHS = {"width-half": 1 / 2, "width-two-thirds": 2 / 3}
_MM_PER_INCH = 25.4


def check(body: etree._Element, loaded: WrittenEdition, file: str) -> Iterator[Finding]:
    """Findings on the pictures that a chapter shows."""
    for image in elements(body, "img"):
        path = image.get("src", "")
        line = _line(image)
        figure = next((e for e in image.iterancestors() if name(e) == "figure"), None)
        is_decorative = "decorative" in classes(image) or image.get("role") == "presentation"
        if Path(path).suffix.lower() == ".svg":
            continue
        if not is_decorative and not _has_credit(figure):
            yield codes.NO_CREDIT.at(file, line, path=path)
        width = _width_mm(figure, loaded.page)
        yield from _resolution(loaded.folder / path, path, width, file, line)


def _line(element: etree._Element) -> int:
    found = (e.get("data-line") for e in (element, *element.iterancestors()))
    return int(next((line for line in found if line), "0"))


def _has_credit(figure: etree._Element | None) -> bool:
    return figure is not None and any("credit" in classes(e) for e in elements(figure, "span"))


def _width_mm(figure: etree._Element | None, page: PageFormat) -> float:
    """The width of a picture on the page, in mm; of the text's width without a figure's."""
    text = page.width - page.inner - page.outer
    names = classes(figure) if figure is not None else []
    return text * next((_WIDTHS[n] for n in names if n in _WIDTHS), 1)


def _resolution(file: Path, path: str, mm: float, chapter: str, line: int) -> Iterator[Finding]:
    try:
        with Image.open(file) as picture:
            pixels = picture.width
    except (OSError, Image.DecompressionBombError):
        return  # the figures pass has said so
    inches = mm / _MM_PER_INCH
    dpi = int(pixels / inches)
    needed = round(GOOD_DPI * inches)
    if dpi < GOOD_DPI:
        code = codes.PICTURE_COARSE if dpi < LEAST_DPI else codes.PICTURE_SOFT
        yield code.at(chapter, line, path=path, dpi=dpi, needed=needed)
    size = file.stat().st_size
    if size > _HEAVY:
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
