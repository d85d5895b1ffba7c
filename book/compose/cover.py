"""The cover: title fitted to its width, motif, and the band with the co-financing notice.

One template serves the PDF's cover page and the EPUB's cover picture. The constants below are
lengths on a page of 170 × 240 mm. On a page of another width they are multiplied by ``unit``, the
width in units of 170 mm.
"""

from __future__ import annotations

import base64
from mimetypes import MimeTypes
from pathlib import Path
from typing import Any

from book.compose.emblem import Form, emblem_svg
from book.compose.fonts import (
    MM_PER_PT,
    FaceRole,
    face_of,
    font_face_css,
    ground_of,
    text_width,
    token_css,
)
from book.compose.motif import Palette, motif_svg
from book.compose.notice import notice_context
from book.compose.templates import environment
from book.compose.title_fit import Width, balanced_lines, fit_title
from book.messages import N_, translate
from book.model.brand import Brand
from book.model.colour import contrast, mixed
from book.model.edition import Edition
from book.model.loaded import TypesetEdition
from book.model.person import Role

REFERENCE_WIDTH = 170.0
REFERENCE_HEIGHT = 240.0
SIDE = 18.0
"""Margin left and right of everything on a cover, mm."""
HEAD = 21.0
"""Head margin, mm, on a page of 170 × 240 mm."""
BAND = 36.0
"""Least height of the band at the foot with the notice, mm."""
EMBLEM_HEIGHT = 14.0
"""Height of the emblem, mm, on a page 170 mm wide."""
SUBTITLE = 12.5
"""Size of the subtitle, pt, on a page of 170 × 240 mm."""
SUBTITLE_LEADING = 1.36
# The motif begins at this share of the page's height or lower. Its upper edge is a wave of this
# depth, mm.
_MOTIF_FROM = 0.34
_SKYLINE = 46.0
# Height of eyebrow, by-line and the spaces between the words of a cover, mm.
_OTHER_WORDS = 26.0
_LEAST_HUB_CONTRAST = 2.3
_BYLINES = ((Role.AUTHOR, "{names}"), (Role.CURATOR, N_("Edited by {names}")))
_MOST_NAMES = 3
_MEDIA_TYPES = MimeTypes()
"""Python's own table of media types. The system's would make builds differ between machines."""


def cover_context(
    loaded: TypesetEdition, width_mm: float, height_mm: float, bleed: float = 0.0
) -> dict[str, Any]:
    """What ``cover.xhtml.j2`` and ``cover.css.j2`` show, all under the key ``cover``.

    Sizes of type are in pt, lengths in mm. ``unit`` is the width in units of 170 mm. ``motif`` is
    the data URL of an SVG, or empty. ``ground`` is the colour of the cover. ``ground_text`` is the
    quieter of the two colours of text on it; the other one is the paper's. ``bleed`` is how far,
    in mm, the ground extends past the trimmed page on every side.
    """
    edition, brand = loaded.edition, loaded.brand
    unit = width_mm / REFERENCE_WIDTH
    # A tall page, like the EPUB's cover of 1600 × 2560 px, has room for a larger title.
    scale = max(unit, height_mm / REFERENCE_HEIGHT)
    measure = width_mm - 2 * SIDE * unit
    title = fit_title(edition.title, measure, _width(loaded, "display", 700), scale)
    size = SUBTITLE * scale
    subtitle = balanced_lines(
        edition.subtitle or "", measure, _width(loaded, "text", 400, "italic"), size
    )
    ground = ground_of(brand, edition.ground)
    head = HEAD * scale
    set_points = len(title.lines) * title.leading + len(subtitle) * size * SUBTITLE_LEADING
    words_end = head + set_points * MM_PER_PT + _OTHER_WORDS * unit
    # The motif must not touch the words: a long title pushes it down.
    motif_top = round(max(height_mm * _MOTIF_FROM, words_end), 2)
    motif_height = round(height_mm - BAND * unit - motif_top, 2)
    return {
        "cover": {
            "width": round(width_mm, 3),
            "height": round(height_mm, 3),
            "bleed": bleed,
            "unit": unit,
            "side": SIDE,
            "head": round(head, 2),
            "band": BAND,
            "eyebrow": edition.series or "",
            "title_lines": title.lines,
            "title_size": title.size,
            "title_leading": title.leading,
            "subtitle_lines": subtitle if edition.subtitle else (),
            "subtitle_size": round(size, 2),
            "subtitle_leading": SUBTITLE_LEADING,
            "byline": byline(edition),
            "edition_statement": edition.edition_statement or "",
            "publisher": edition.publisher,
            "imprint": brand.imprint if edition.publisher == brand.publisher else None,
            "ground": ground,
            "ground_text": mixed(brand.colours["paper"], ground, 0.86),
            "motif": "" if edition.cover else _motif(loaded, ground, motif_height / unit),
            "picture": _picture(loaded),
            "picture_alt": edition.cover.alt if edition.cover else "",
            "logo": _logo(loaded, unit),
            "motif_top": motif_top,
            "motif_height": motif_height,
            **_band(loaded),
        }
    }


def cover_css(loaded: TypesetEdition, width_mm: float, height_mm: float, bleed: float = 0.0) -> str:
    """The brand's style sheets of front and back cover, for covers of this size."""
    jinja = environment(loaded)
    context = cover_context(loaded, width_mm, height_mm, bleed)
    return "".join(
        jinja.get_template(name).render(brand=loaded.brand, **context)
        for name in ("cover.css.j2", "back-cover.css.j2")
    )


def cover_html(
    loaded: TypesetEdition,
    width_mm: float,
    height_mm: float,
    base_url_form: str = "{uri}",
) -> str:
    """The cover as an HTML document of one page, with its fonts and style.

    ``base_url_form`` is the form of the fonts' addresses, see
    :func:`book.compose.fonts.font_face_css`. Raises jinja2.TemplateError for a broken template
    of the brand.
    """
    jinja = environment(loaded)
    shared = {
        "brand": loaded.brand,
        "edition": loaded.edition,
        **cover_context(loaded, width_mm, height_mm),
    }
    css = "".join(
        [
            font_face_css(loaded.brand, loaded.fonts_folder, base_url_form),
            token_css(loaded.brand, loaded.edition.ground),
            jinja.get_template("cover.css.j2").render(**shared),
        ]
    )
    return jinja.get_template("standalone.xhtml.j2").render(
        title=loaded.edition.title,
        language=loaded.edition.language,
        css=css,
        body=jinja.get_template("cover.xhtml.j2").render(**shared),
    )


def byline(edition: Edition) -> str:
    """The authors' names, else «Edited by» and the curators'; "" for more than three names."""
    for role, form in _BYLINES:
        people = [c.name for c in edition.contributors if c.role is role]
        if people:
            if len(people) > _MOST_NAMES:
                return ""
            return translate(form, edition.language.split("-")[0]).format(names=", ".join(people))
    return ""


def _width(loaded: TypesetEdition, role: FaceRole, weight: int, style: str = "normal") -> Width:
    font = loaded.fonts_folder / face_of(loaded.brand, role, weight, style).file
    return lambda text: text_width(text, font, 1.0)


def _band(loaded: TypesetEdition) -> dict[str, Any]:
    context = notice_context(loaded)
    programmes, notice = context["programmes"], context["notice"]
    names = [a["name"] for programme in programmes for a in programme["authorities"]]
    return {
        "programmes": programmes,
        "emblem": data_address(emblem_svg(Form.COLOUR)),
        "emblem_alt": notice["emblem_alt"],
        "project": notice["project"],
        "cup": notice["cup"],
        "authorities": list(dict.fromkeys(names)),
    }


def _motif(loaded: TypesetEdition, ground: str, height: float) -> str:
    """The data URL of the motif for a page 170 mm wide; "" without room or for a brand without it.

    The style sheet scales it to the page, so that an edition has one motif on all its covers.
    """
    if loaded.brand.motif == "none" or height <= 0:
        return ""
    palette = palette_of(loaded.brand, ground)
    return data_address(motif_svg(loaded.name, REFERENCE_WIDTH, height, palette, _SKYLINE))


def _picture(loaded: TypesetEdition) -> str:
    """The edition's own cover picture as a data URL; "" when it has none."""
    if loaded.edition.cover is None:
        return ""
    return file_address(loaded.folder / loaded.edition.cover.image)


def _logo(loaded: TypesetEdition, unit: float) -> dict[str, Any] | None:
    """The brand's logo: data URL, height and clear space in mm; None for a name in type.

    Its height scales with the page down to the least height that its owner allows. It is never
    higher than the emblem, which no other logo may exceed (Reg. (EU) 2021/1060, annex IX).
    """
    logo = loaded.brand.logo
    if logo is None or loaded.edition.publisher != loaded.brand.publisher:
        return None
    height = min(max(logo.height * unit, logo.min_height), EMBLEM_HEIGHT * unit)
    return {
        "src": file_address(loaded.brand_folder / logo.file),
        "height": round(height, 3),
        "space": round(height * logo.clear_space, 3),
    }


def palette_of(brand: Brand, ground: str) -> Palette:
    """The motif's colours on a ground: tints of the paper, and for hubs the brand's warm colours.

    Warm colours with too little contrast to the ground are left out.
    """
    paper = brand.colours["paper"]
    warm = (brand.colours.get(role) for role in ("warm", "warm-light"))
    seen = tuple(c for c in warm if c and contrast(c, ground) >= _LEAST_HUB_CONTRAST)
    return Palette(
        ground=ground,
        line=mixed(paper, ground, 0.36),
        node=mixed(paper, ground, 0.8),
        hubs=seen or (mixed(paper, ground, 0.9),),
    )


def file_address(path: Path) -> str:
    """A picture file as a data URL."""
    media_type = _MEDIA_TYPES.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{media_type};base64," + base64.b64encode(path.read_bytes()).decode()


def data_address(svg: str) -> str:
    """An SVG as a data URL."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
