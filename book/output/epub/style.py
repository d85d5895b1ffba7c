"""The EPUB's style sheet, rendered from templates, and the fonts to embed.

``base.css.j2`` beside this module has the rules that are the same for all brands: those that law
prescribes, and those that the documents' markup needs. ``epub.css.j2`` in the brand's folder gets
``brand``, ``fonts`` (the embedded faces, each with its address ``href``), ``families(role)`` (a CSS
list of font families) and the filter ``both_grounds``
(:func:`~book.output.epub.colours.for_both_grounds`). Both write out values instead of using custom
properties, which the engines of older e-readers do not support.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

import jinja2

from book.compose.fonts import family_list
from book.compose.templates import environment
from book.findings import Finding
from book.model.brand import FontFace
from book.model.loaded import LoadedEdition
from book.output.epub.codes import BROKEN_STYLE, UNREADABLE_FONT
from book.output.epub.colours import for_both_grounds

TEMPLATE = "epub.css.j2"
BASE_TEMPLATE = "base.css.j2"
_HERE = Path(__file__).parent
# EPUB 3.3, section 3.2, core media types.
_MEDIA_TYPES = {
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True)
class EmbeddedFont:
    """A font file in the EPUB."""

    face: FontFace
    href: str
    media_type: str
    content: bytes


def embedded_fonts(loaded: LoadedEdition) -> tuple[tuple[EmbeddedFont, ...], list[Finding]]:
    """The fonts to embed: only the upright faces of the co-financing statement.

    The statement must be set in one of the fonts that Reg. (EU) 821/2014, art. 4(4), and Reg. (EU)
    2021/1060, annex IX 1.3, allow. The text is set in the face that the reader chooses.
    """
    if not any(programme.has_notice for programme in loaded.programmes):
        return (), []
    fonts: list[EmbeddedFont] = []
    findings: list[Finding] = []
    for face in loaded.brand.fonts:
        if face.family not in loaded.brand.faces.statement or face.style != "normal":
            continue
        media_type = _MEDIA_TYPES.get(PurePosixPath(face.file).suffix.lower())
        try:
            content = (loaded.fonts_folder / face.file).read_bytes()
        except OSError as error:
            findings.append(_font_finding(face, error.strerror or type(error).__name__))
            continue
        if media_type is None:
            findings.append(_font_finding(face, PurePosixPath(face.file).suffix))
            continue
        href = f"fonts/{PurePosixPath(face.file).name}"
        fonts.append(EmbeddedFont(face, href, media_type, content))
    return tuple(fonts), findings


def style_sheet(
    loaded: LoadedEdition, fonts: tuple[EmbeddedFont, ...]
) -> tuple[str, list[Finding]]:
    """The style sheet as CSS. It is empty, with a finding, when the brand's template is broken."""
    jinja = environment(loaded, common=(_HERE,))
    jinja.filters["both_grounds"] = for_both_grounds
    tokens = {
        "brand": loaded.brand,
        "fonts": fonts,
        "families": partial(family_list, loaded.brand),
    }
    try:
        sheets = [jinja.get_template(t).render(tokens) for t in (BASE_TEMPLATE, TEMPLATE)]
        return "\n".join(sheets), []
    except jinja2.TemplateError as error:
        file = f"assets/brands/{loaded.edition.brand}/{TEMPLATE}"
        line = getattr(error, "lineno", None) or 0
        return "", [BROKEN_STYLE.at(file, line, reason=error.message or type(error).__name__)]


def _font_finding(face: FontFace, reason: str) -> Finding:
    return UNREADABLE_FONT.at(f"assets/fonts/{face.file}", path=face.file, reason=reason)
