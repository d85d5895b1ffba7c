"""The brand's style sheet for pages: faces, tokens, and its own rules."""

from __future__ import annotations

from pathlib import Path

from book.compose.fonts import font_face_css, token_css
from book.compose.templates import environment
from book.model.loaded import LoadedEdition


def page_css(loaded: LoadedEdition, templates_folder: Path) -> str:
    """The CSS of the PDF's pages, in the brand's default format.

    The brand's ``pdf.css.j2`` gets ``brand``, ``edition`` and ``page`` (lengths in mm, type
    in pt). Raises jinja2.TemplateError.
    """
    brand = loaded.brand
    jinja = environment(loaded.brand_folder, templates_folder, loaded.edition.language)
    rules = jinja.get_template("pdf.css.j2").render(
        brand=brand, edition=loaded.edition, page=brand.formats[brand.default_format]
    )
    faces = font_face_css(brand, loaded.fonts_folder, "{uri}")
    return faces + token_css(brand, loaded.edition.ground) + rules
