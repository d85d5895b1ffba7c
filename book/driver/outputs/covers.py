"""The pictures of an edition's cover: for the EPUB, the web, and lists of books."""

from __future__ import annotations

from book.compose.card import card_html
from book.compose.cover import cover_html
from book.driver.outputs.output import BuildContext, Product
from book.model.loaded import TypesetEdition
from book.output.pdf.part import PartSource
from book.output.pdf.write import LayOut
from book.output.pictures.cover_image import COVER_PAGE_MM, cover_jpeg, reduced_jpeg

COVER_JPEG = "cover.jpg"
"""1600 × 2560 pixels, as shops want it; the EPUB has the same."""
CARD = "card.jpg"
"""1200 × 630 pixels: what a link to the book shows when it is shared."""
THUMBNAIL = "thumbnail.jpg"
_THUMBNAIL_PIXELS = (160, 256)
_CARD_PIXELS = (1200, 630)


def make_covers(context: BuildContext) -> Product:
    """All pictures of the cover."""
    return Product(cover_files(context.book.loaded, context.lay_out))


def cover_files(loaded: TypesetEdition, lay_out: LayOut) -> dict[str, bytes]:
    """The pictures by file name, laid out by ``lay_out`` like any part.

    Raises jinja2.TemplateError for a broken template of the brand.
    """
    html = {
        "cover-image": cover_html(loaded, *COVER_PAGE_MM),
        "card": card_html(loaded),
    }
    # Untagged: only pictures are made of these pages, and nobody reads their PDF.
    sources = [
        PartSource(id, text, "right", loaded.readable, tagged=False) for id, text in html.items()
    ]
    cover, card = lay_out(sources)
    jpeg = cover_jpeg(cover.pdf)
    return {
        COVER_JPEG: jpeg,
        CARD: cover_jpeg(card.pdf, *_CARD_PIXELS),
        THUMBNAIL: reduced_jpeg(jpeg, *_THUMBNAIL_PIXELS),
    }
