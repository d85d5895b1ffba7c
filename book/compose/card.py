"""The card that messengers show for a link to the book: the cover's parts in landscape format."""

from __future__ import annotations

from typing import Any

from book.compose.cover import cover_context
from book.compose.fonts import face_of, font_face_css, text_width, token_css
from book.compose.templates import environment
from book.compose.title_fit import fit_title
from book.model.colour import mixed
from book.model.loaded import TypesetEdition

CARD_MM = (240.0, 126.0)
"""Width and height of the card's page, mm, in the proportion of 1200 × 630 pixels."""
_WORDS = 150.0
"""Width of the column of words at the left, mm."""
_SIZE = 1.18
"""The title's size, as a multiple of its size on a cover 170 mm wide."""


def card_html(loaded: TypesetEdition) -> str:
    """The card as an HTML document of one page. Raises jinja2.TemplateError."""
    jinja = environment(loaded)
    shared: dict[str, Any] = {"brand": loaded.brand, "edition": loaded.edition}
    # The motif is made for a cover of this size: it is then as high as the card's upper part.
    shared |= cover_context(loaded, 170.0, 240.0)
    font = loaded.fonts_folder / face_of(loaded.brand, "display", 700).file
    title = fit_title(
        loaded.edition.title, _WORDS, lambda text: text_width(text, font, 1.0), scale=_SIZE
    )
    width, height = CARD_MM
    shared["card"] = {
        "width": width,
        "height": height,
        "words": _WORDS,
        "title": title,
        # A panel a shade darker than the ground, so that the motif ends at a visible edge.
        "panel": mixed(shared["cover"]["ground"], "#000000", 0.86),
    }
    css = "".join(
        [
            font_face_css(loaded.brand, loaded.fonts_folder, "{uri}"),
            token_css(loaded.brand, loaded.edition.ground),
            jinja.get_template("card.css.j2").render(**shared),
        ]
    )
    return jinja.get_template("standalone.xhtml.j2").render(
        title=loaded.edition.title,
        language=loaded.edition.language,
        css=css,
        body=jinja.get_template("card.xhtml.j2").render(**shared),
    )
