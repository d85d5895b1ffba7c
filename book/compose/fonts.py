"""The fonts of a brand: their CSS rules, the width of words set in them, glyphs that they lack."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from fontTools.ttLib import TTFont

from book.compose.codes import MISSING_GLYPH
from book.findings import Finding
from book.model.brand import Brand, FontFace

FaceRole = Literal["text", "display", "statement", "code"]
ROLES: tuple[FaceRole, ...] = ("text", "display", "statement", "code")
MM_PER_PT = 25.4 / 72
_FORMATS = {".ttf": "truetype", ".otf": "opentype", ".woff": "woff", ".woff2": "woff2"}
_GENERIC = {"text": "serif", "display": "sans-serif", "statement": "sans-serif"}
# Separators, controls and format characters draw nothing, so no face needs a glyph for them.
_INVISIBLE = {"Zs", "Zl", "Zp", "Cc", "Cf"}


def font_face_css(brand: Brand, fonts_folder: Path, base_url_form: str) -> str:
    """The ``@font-face`` rules of the brand's fonts.

    ``base_url_form`` gives a font's address from ``{file}`` (path below the fonts folder),
    ``{name}`` (file name) or ``{uri}`` (``file:`` URI): ``"../fonts/{name}"`` in an EPUB,
    ``"{uri}"`` for a layout on this machine.
    """
    rules = []
    for face in brand.fonts:
        path = fonts_folder / face.file
        uri = path.resolve().as_uri() if "{uri}" in base_url_form else ""
        url = base_url_form.format(file=face.file, name=path.name, uri=uri)
        rules.append(
            f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
            f"font-style: {face.style}; "
            f'src: url("{url}") format("{_FORMATS[path.suffix.lower()]}"); }}\n'
        )
    return "".join(rules)


def family_list(brand: Brand, role: FaceRole) -> str:
    """The value of ``font-family`` for a role, with the generic family at its end.

    The generic family of the EU statement is ``sans-serif``. A reading system could then choose a
    face that the regulations do not allow; that is why outputs embed a face of the list.
    """
    families = [f'"{family}"' for family in getattr(brand.faces, role)]
    return ", ".join([*families, _GENERIC.get(role, "monospace")])


def ground_of(brand: Brand, name: str | None) -> str:
    """The colour of the cover ground ``name``; the brand's default if it has no such ground.

    An edition that changes brand keeps the name of its ground, which the new brand may not have.
    """
    return brand.grounds.get(name or "", brand.grounds[brand.default_ground])


def token_css(brand: Brand, ground: str | None = None) -> str:
    """The brand's tokens as custom properties of ``:root``.

    There is one for each colour by its role (``--ink``, ``--title``…), ``--ground`` for the
    edition's cover ground (``ground`` names it, else it is the brand's default), and
    ``--face-text``, ``--face-display``, ``--face-statement``, ``--face-code``.
    """
    lines = [f"  --{role}: {colour};" for role, colour in brand.colours.items()]
    lines.append(f"  --ground: {ground_of(brand, ground)};")
    lines += [f"  --face-{role}: {family_list(brand, role)};" for role in ROLES]
    return ":root {\n" + "\n".join(lines) + "\n}\n"


def face_of(brand: Brand, role: FaceRole, weight: int = 400, style: str = "normal") -> FontFace:
    """The face for a role: of its first family, with the style, the one of the nearest weight.

    Raises ValueError when the family has no file. The loader of brands reports that before.
    """
    family = getattr(brand.faces, role)[0]
    faces = [face for face in brand.fonts if face.family == family]
    styled = [face for face in faces if face.style == style] or faces
    if not styled:
        raise ValueError(f"no font file for the family {family}")
    return min(styled, key=lambda face: (abs(face.weight - weight), face.weight))


@cache
def _metrics(path: Path) -> tuple[int, dict[int, int], int]:
    """Units per em, advance by character, advance of the missing glyph."""
    with TTFont(path, lazy=True) as font:
        advances = font["hmtx"].metrics
        by_character = {code: advances[name][0] for code, name in font.getBestCmap().items()}
        return font["head"].unitsPerEm, by_character, advances[".notdef"][0]


@cache
def _tells_hyphens_apart(path: Path) -> bool:
    """Whether the font has a glyph for U+2010 (hyphen) that U+002D (hyphen-minus) does not use."""
    with TTFont(path, lazy=True) as font:
        glyphs = font.getBestCmap()
        return 0x2010 in glyphs and glyphs[0x2010] != glyphs.get(0x2D)


def line_end_hyphen(brand: Brand, fonts_folder: Path) -> str:
    """The hyphen that the pages put where a line ends within a word: U+2010, or U+002D.

    A PDF maps glyphs to characters. If a text face has one glyph for both hyphens, a reader of the
    PDF cannot tell a hyphen at a line's end from one of the text. Then U+002D is used, so that the
    text's own hyphens stay what they are.
    """
    family = brand.faces.text[0]
    paths = [fonts_folder / face.file for face in brand.fonts if face.family == family]
    return "\u2010" if all(_tells_hyphens_apart(path) for path in paths) else "-"


def text_width(text: str, font: Path, size: float, letter_spacing: float = 0.0) -> float:
    """The width of ``text`` on one line, in mm, at ``size`` pt, without kerning.

    ``letter_spacing`` is in em. In the house's faces kerning makes words narrower, so the true
    width is larger than this by a hair at most.
    """
    units, advances, missing = _metrics(font)
    em = size * MM_PER_PT
    total = sum(advances.get(ord(character), missing) for character in text)
    return total / units * em + len(text) * letter_spacing * em


def coverage(brand: Brand, fonts_folder: Path, role: FaceRole) -> frozenset[int]:
    """The code points for which some font file of the role's families has a glyph."""
    families = getattr(brand.faces, role)
    faces = (face for face in brand.fonts if face.family in families)
    return frozenset().union(*(_metrics(fonts_folder / face.file)[1] for face in faces))


def missing_glyphs(
    text_by_line: Mapping[int, str],
    brand: Brand,
    fonts_folder: Path,
    role: FaceRole,
    file: str,
) -> list[Finding]:
    """A finding for each character without a glyph in the faces of ``role``, at its first place.

    ``text_by_line`` maps line numbers (from 1) of ``file`` to the text that they show.
    """
    known = coverage(brand, fonts_folder, role)
    found: dict[str, Finding] = {}
    for line, text in sorted(text_by_line.items()):
        for character in text:
            if character in found or ord(character) in known:
                continue
            if unicodedata.category(character) in _INVISIBLE:
                continue
            found[character] = MISSING_GLYPH.at(
                file,
                line,
                character=character,
                code=f"U+{ord(character):04X}",
                name=unicodedata.name(character, "—"),
                families=", ".join(getattr(brand.faces, role)),
            )
    return list(found.values())
