"""Checks an edition's own picture for its cover: licence, file, resolution in print."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from PIL import Image, UnidentifiedImageError

from book.findings import Finding
from book.model import codes
from book.model.brand import PageFormat
from book.model.coherence import licence_finding, part_of
from book.model.edition import CoverPicture
from book.model.yaml.source import YamlSource
from book.model.yaml.values import shown

LEAST_DPI = 300
"""The least resolution of a printed picture, pixels to the inch."""
BLEED = 3.0
"""The bleed of a cover: what is printed past the trimmed edge, mm."""
PICTURE_FROM = 0.34
"""Where the picture begins: the share of the page's height, from the top, that is above it."""
_MM_PER_INCH = 25.4


def check_cover_picture(source: YamlSource, folder: Path, page: PageFormat | None) -> list[Finding]:
    """Findings on the field ``cover`` of an edition; ``page`` is its format (None: unknown).

    No findings when there is no such field, or when it has mistakes: validation reports those.
    """
    cover = part_of(source, "cover", CoverPicture)
    if cover is None:
        return []
    findings = licence_finding(source, ("cover", "licence"))
    place = (source.file, *source.value_at(("cover", "image")))
    path = (folder / cover.image).resolve()
    if not path.is_file() or not path.is_relative_to(folder.resolve()):
        return [*findings, codes.COVER_PICTURE_MISSING.at(*place, value=shown(cover.image))]
    try:
        with Image.open(path, formats=("JPEG", "PNG")) as picture:
            width, height = picture.size
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return [*findings, codes.COVER_PICTURE_UNREADABLE.at(*place, value=shown(cover.image))]
    if page is not None:
        needed = needed_pixels(page)
        dpi = int(LEAST_DPI * min(width / needed[0], height / needed[1]))
        if dpi < LEAST_DPI:
            values: dict[str, Any] = {"value": shown(cover.image), "width": width}
            values |= {"height": height, "dpi": dpi, "least": LEAST_DPI}
            values |= {"needed_width": needed[0], "needed_height": needed[1]}
            findings.append(codes.COVER_PICTURE_COARSE.at(*place, **values))
    return findings


def needed_pixels(page: PageFormat) -> tuple[int, int]:
    """Width and height, in pixels, that a picture needs to fill its place on a printed cover."""
    width = page.width + 2 * BLEED
    height = page.height * (1 - PICTURE_FROM) + BLEED
    return (
        math.ceil(width / _MM_PER_INCH * LEAST_DPI),
        math.ceil(height / _MM_PER_INCH * LEAST_DPI),
    )
