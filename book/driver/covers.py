"""The pictures of an edition's cover: for the EPUB, the web, and lists of books."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from book.compose.card import card_html
from book.compose.cover import cover_html
from book.driver.codes import COVER_NOT_DRAWN
from book.findings import Finding
from book.model.loaded import LoadedEdition
from book.output.pdf.part import LaidOutPart, PartSource
from book.output.pictures.cover_image import COVER_PAGE_MM, COVER_PIXELS, cover_jpeg, reduced_jpeg
from book.output.vector import NotDrawable, page_svg

COVER_JPEG = "cover.jpg"
"""1600 × 2560 pixels, as shops want it; the EPUB has the same."""
COVER_SVG = "cover.svg"
"""The same cover as a drawing; its words are outlines, so it needs no font."""
CARD = "card.jpg"
"""1200 × 630 pixels: what a link to the book shows when it is shared."""
THUMBNAIL = "thumbnail.jpg"
THUMBNAIL_PIXELS = (160, 256)
_CARD_PIXELS = (1200, 630)


def cover_files(
    loaded: LoadedEdition,
    lay_out: Callable[[Sequence[PartSource]], list[LaidOutPart]],
) -> tuple[dict[str, bytes], list[Finding]]:
    """The pictures by file name, laid out by ``lay_out`` like any part.

    A brand's cover may hold what no drawing of ours can show; then a finding says so, and there
    is no SVG. Raises jinja2.TemplateError for a broken template of the brand.
    """
    html = {
        "cover-image": cover_html(loaded, *COVER_PAGE_MM),
        "card": card_html(loaded),
    }
    sources = [
        PartSource(id, text, "right", loaded.readable, tagged=False) for id, text in html.items()
    ]
    cover, card = lay_out(sources)
    jpeg = cover_jpeg(cover.pdf)
    files = {
        COVER_JPEG: jpeg,
        CARD: cover_jpeg(card.pdf, *_CARD_PIXELS),
        THUMBNAIL: reduced_jpeg(jpeg, *THUMBNAIL_PIXELS),
    }
    try:
        files[COVER_SVG] = page_svg(cover.pdf, loaded.edition.title, *COVER_PIXELS).encode()
    except NotDrawable as error:
        brand = f"assets/brands/{loaded.edition.brand}"
        return files, [COVER_NOT_DRAWN.at(f"{brand}/cover.css.j2", reason=str(error))]
    return files, []
