"""``docs/copertine.png``: the covers of all editions in every brand, side by side.

Each is shown in two sizes: large enough to be judged, and as small as shops show it (160 pixels).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image

from book.compose.cover import cover_html
from book.compose.typeset import typeset_edition
from book.driver.cache import Cache
from book.driver.layouts import Layouts
from book.exit_codes import DONE
from book.findings import has_errors
from book.messages import N_, translate
from book.model.assets import Assets
from book.model.load import edition_names, load_edition
from book.model.loaded import TypesetEdition
from book.output.pdf.part import PartSource
from book.output.pictures.raster import page_images

BRANDS = ("ancilab", "sobrio")
FULL_WIDTH, SMALL_WIDTH = 400, 160
"""Pixels. Five of the larger covers fit the width of a web page."""
_GAP = 20
_GROUND = (224, 226, 228)
_COLOURS = 160


def covers_command(root: Path, target: Path, *, language: str) -> int:
    """Write the sheet of the editions under ``root`` to ``target``. Returns the exit code."""
    target.write_bytes(cover_sheet(root))
    print(translate(N_("Made {file}."), language).format(file=target))
    return DONE


def cover_sheet(root: Path) -> bytes:
    """The sheet as a PNG: for each brand a row of covers, and a row of small ones.

    Raises ValueError when an edition has an error.
    """
    books = [_loaded(root, name) for name in edition_names(root)]
    assets = Assets(root)
    cache = root / "build" / ".cache"
    rows = []
    with Layouts(
        Cache(cache), assets.fonts_folder(), cache / "fonts", os.cpu_count() or 1
    ) as layouts:
        for brand_name in BRANDS:
            brand, _ = assets.brand(brand_name)
            assert brand is not None, "the checkout's own brands are whole"
            folder = assets.brand_folder(brand_name)
            dressed = [replace(book, brand=brand, brand_folder=folder) for book in books]
            parts = layouts.lay_out([_source(book) for book in dressed])
            for width in (FULL_WIDTH, SMALL_WIDTH):
                rows.append([next(iter(page_images(p.pdf, width))).image for p in parts])
    return _sheet(rows)


def _loaded(root: Path, name: str) -> TypesetEdition:
    loaded, findings = load_edition(root, name)
    if loaded is None or has_errors(findings):
        raise ValueError(f"the edition {name} has errors")
    return typeset_edition(loaded)


def _source(book: TypesetEdition) -> PartSource:
    """The front cover as a part to lay out: trimmed, so without bleed and spine."""
    html = cover_html(book, book.page.width, book.page.height)
    return PartSource("cover-sheet", html, "right", book.readable, tagged=False)


def _sheet(rows: Sequence[Sequence[Image.Image]]) -> bytes:
    column = max(image.width for row in rows for image in row) + _GAP
    heights = [max(image.height for image in row) + _GAP for row in rows]
    size = (column * max(len(row) for row in rows) + _GAP, sum(heights) + _GAP)
    sheet = Image.new("RGB", size, _GROUND)
    y = _GAP
    for row, height in zip(rows, heights, strict=True):
        for place, image in enumerate(row):
            sheet.paste(image, (_GAP + place * column, y))
        y += height
    content = BytesIO()
    sheet.quantize(_COLOURS, dither=Image.Dither.NONE).save(content, "PNG", optimize=True)
    return content.getvalue()
