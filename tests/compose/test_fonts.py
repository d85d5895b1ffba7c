"""Faces in CSS, how wide they set, and the characters that they lack."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from book.compose.fonts import (
    coverage,
    face_of,
    family_list,
    font_face_css,
    ground_of,
    missing_glyphs,
    text_width,
    token_css,
)
from book.findings import Severity
from book.model.loaded import TypesetEdition

EditionOf = Callable[..., TypesetEdition]


@pytest.mark.parametrize(
    ("form", "address"),
    [
        ("../fonts/{name}", "../fonts/Ubuntu_700Bold.ttf"),
        ("assets/fonts/{file}", "assets/fonts/ubuntu/Ubuntu_700Bold.ttf"),
    ],
)
def test_font_faces_have_the_address_asked_for(
    edition_of: EditionOf, form: str, address: str
) -> None:
    loaded = edition_of("toolkit")
    css = font_face_css(loaded.brand, loaded.fonts_folder, form)
    assert css.count("@font-face") == len(loaded.brand.fonts)
    assert (
        '@font-face { font-family: "Ubuntu"; font-weight: 700; font-style: normal; '
        f'src: url("{address}") format("truetype"); }}\n'
    ) in css


def test_font_faces_can_be_file_uris(edition_of: EditionOf) -> None:
    loaded = edition_of("toolkit")
    css = font_face_css(loaded.brand, loaded.fonts_folder, "{uri}")
    assert (loaded.fonts_folder / "ubuntu/Ubuntu_700Bold.ttf").as_uri() in css


def test_tokens_name_colours_ground_and_faces(edition_of: EditionOf) -> None:
    brand = edition_of("toolkit").brand
    css = token_css(brand, "plum")
    assert "  --ink: #1B1F24;\n" in css
    assert "  --ground: #5A2A4B;\n" in css
    assert f"  --face-text: {family_list(brand, 'text')};\n" in css
    assert family_list(brand, "statement") == '"Ubuntu", sans-serif'
    assert family_list(brand, "code").endswith("monospace")


def test_a_ground_that_a_brand_lacks_is_its_default(edition_of: EditionOf) -> None:
    brand = edition_of("toolkit", "sobrio").brand
    assert ground_of(brand, "plum") == brand.grounds["black"]
    assert ground_of(brand, None) == brand.grounds["black"]


def test_the_nearest_weight_sets_a_role(edition_of: EditionOf) -> None:
    brand = edition_of("toolkit").brand
    assert face_of(brand, "display", 700).file == "titillium-web/TitilliumWeb_700Bold.ttf"
    assert face_of(brand, "display", 900).weight == 700
    assert face_of(brand, "text", 400, "italic").style == "italic"
    # No italic in the family of the statement, and none is wanted.
    assert face_of(brand, "statement", 400, "italic").style == "normal"


def test_a_family_without_files_is_refused(edition_of: EditionOf) -> None:
    brand = edition_of("toolkit").brand
    faces = brand.faces.model_copy(update={"display": ("Nothing",)})
    with pytest.raises(ValueError, match="Nothing"):
        face_of(brand.model_copy(update={"faces": faces}), "display")


def test_text_width_grows_with_size_text_and_spacing(edition_of: EditionOf) -> None:
    loaded = edition_of("toolkit")
    font = loaded.fonts_folder / "noto-sans-mono/NotoSansMono_400Regular.ttf"
    # Every advance of this face is 0.6 em.
    assert text_width("abcde", font, 10) == pytest.approx(5 * 0.6 * 10 * 25.4 / 72)
    assert text_width("abcde", font, 20) == pytest.approx(2 * text_width("abcde", font, 10))
    assert text_width("abcde", font, 10, 0.1) == pytest.approx(5 * 0.7 * 10 * 25.4 / 72)
    assert text_width("", font, 10) == 0


def test_a_missing_glyph_is_a_finding_that_names_it(edition_of: EditionOf) -> None:
    loaded = edition_of("toolkit")
    findings = missing_glyphs(
        {7: "Tutto bene", 12: "Ecco: \U0001f9ff e ancora \U0001f9ff", 9: "\ue000"},
        loaded.brand,
        loaded.fonts_folder,
        "text",
        "chapters/x/01.md",
    )
    assert [(f.line, f.values["code"], f.values["name"]) for f in findings] == [
        (9, "U+E000", "—"),
        (12, "U+1F9FF", "NAZAR AMULET"),
    ]
    assert all(f.file == "chapters/x/01.md" for f in findings)
    assert all(f.code.id == "F101" and f.severity is Severity.WARNING for f in findings)
    assert "«\U0001f9ff» (U+1F9FF NAZAR AMULET)" in findings[1].problem("en")


def test_the_statement_has_no_fallback(edition_of: EditionOf) -> None:
    loaded = edition_of("toolkit")
    text = {1: "☂"}
    arguments = (loaded.brand, loaded.fonts_folder)
    assert missing_glyphs(text, *arguments, "statement", "x.yaml")
    assert not missing_glyphs(text, *arguments, "text", "x.md")


def test_characters_that_draw_nothing_need_no_glyph(edition_of: EditionOf) -> None:
    loaded = edition_of("toolkit")
    text = {1: "a\u00a0b\u00adc\u200bd\u2009e\tf\u2060"}
    assert not missing_glyphs(text, loaded.brand, loaded.fonts_folder, "statement", "x.md")


@pytest.mark.parametrize("brand", ["ancilab", "sobrio"])
@pytest.mark.parametrize("role", ["text", "display", "statement", "code"])
def test_every_face_sets_italian(edition_of: EditionOf, brand: str, role: str) -> None:
    loaded = edition_of("toolkit", brand)
    known = coverage(loaded.brand, loaded.fonts_folder, role)  # type: ignore[arg-type]
    wanted = "abcdefghijklmnopqrstuvwxyzÀÈÉÌÒÙàèéìòù«»“”‘’–—…·§°€&0123456789"
    assert not {c for c in wanted + wanted.upper() if ord(c) not in known}
