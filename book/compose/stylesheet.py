"""The CSS of the PDF: the brand's fonts, its tokens and its own rules."""

from __future__ import annotations

from dataclasses import dataclass

from book.compose.cover import cover_css
from book.compose.fonts import font_face_css, line_end_hyphen, token_css
from book.compose.templates import environment
from book.model.loaded import TypesetEdition


@dataclass(frozen=True)
class PageStyle:
    """The CSS of the PDF: one for its pages, one for its cover."""

    pages: str
    cover: str


def page_style(loaded: TypesetEdition, bleed: float = 0.0) -> PageStyle:
    """The CSS of the PDF in the edition's page format.

    The brand's ``pdf.css.j2`` and ``notice.css.j2`` get ``brand``, ``edition``, ``page``
    (lengths in mm, type in pt), ``scale`` (its size of type as a multiple of that of the brand's
    default format), ``bleed`` (mm) and ``hyphen`` (the character that ends a line within a word).
    Raises jinja2.TemplateError.
    """
    brand = loaded.brand
    page = loaded.page
    scale = page.font_size / brand.formats[brand.default_format].font_size
    jinja = environment(loaded)
    hyphen = line_end_hyphen(brand, loaded.fonts_folder)
    rules = "".join(
        jinja.get_template(name).render(
            brand=brand, edition=loaded.edition, page=page, scale=scale, bleed=bleed, hyphen=hyphen
        )
        for name in ("pdf.css.j2", "notice.css.j2")
    )
    shared = font_face_css(brand, loaded.fonts_folder, "{uri}")
    shared += token_css(brand, loaded.edition.ground)
    cover = cover_css(loaded, page.width, page.height, bleed)
    return PageStyle(pages=shared + rules, cover=shared + cover)
