"""Checks across the fields of a brand: defaults, colours and their contrast, the logo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from book.findings import Finding
from book.model import codes
from book.model.brand import Brand
from book.model.colour import contrast, mixed
from book.model.yaml.source import YamlSource

TEXT_ROLES = ("ink", "title", "accent", "grey", "statement")
SURFACE_ROLES = ("paper", "tint")
OTHER_ROLES = ("warm", "hairline")
LEAST_TEXT = 4.5
"""The least contrast of text (WCAG 2.2, success criterion 1.4.3). Every role also sets small type,
so the lower limit for large text does not apply."""
LEAST_LARGE = 3.0
"""The same criterion's limit for large text, from 18 pt, or 14 pt bold: titles of covers."""
QUIET_SHARE = 0.86
"""The opacity of the less important words on a cover: the paper's colour mixed with the ground."""


def check_brand(brand: Brand, source: YamlSource, folder: Path) -> list[Finding]:
    """Findings on undefined defaults, missing colours, low contrast and the logo.

    ``source`` is the brand's file, ``folder`` its folder.
    """
    return [
        *_defaults(brand, source),
        *_contrasts(brand, source),
        *_logo(brand, source, folder),
    ]


def text_pairs(brand: Brand) -> list[tuple[str, str, str, str, float]]:
    """Every combination of text and background that the brand's pages and covers use.

    Each is the names of text and background, their colours, and the least contrast they need.
    """
    colours = brand.colours
    pairs = [
        (text, ground, colours[text], colours[ground], LEAST_TEXT)
        for text in TEXT_ROLES
        for ground in SURFACE_ROLES
    ]
    paper = colours["paper"]
    for name, ground in brand.grounds.items():
        quiet = mixed(paper, ground, QUIET_SHARE)
        pairs += [
            ("paper", name, paper, ground, LEAST_LARGE),
            ("paper 86%", name, quiet, ground, LEAST_TEXT),
            (name, "paper", ground, paper, LEAST_TEXT),
        ]
    return pairs


def _defaults(brand: Brand, source: YamlSource) -> list[Finding]:
    """Findings on a default ground or format that the brand does not define."""
    findings = []
    for key, value, table, allowed in (
        ("default_ground", brand.default_ground, "grounds", brand.grounds),
        ("default_format", brand.default_format, "formats", brand.formats),
    ):
        if value not in allowed:
            values: dict[str, Any] = {"value": value, "table": table}
            values["allowed"] = ", ".join(allowed)
            place = source.value_at((key,))
            findings.append(codes.NOT_IN_BRAND.at(source.file, *place, key=key, **values))
    return findings


def _contrasts(brand: Brand, source: YamlSource) -> list[Finding]:
    """Findings on missing colours, else on combinations with too little contrast."""
    roles = (*TEXT_ROLES, *SURFACE_ROLES, *OTHER_ROLES)
    if missing := [role for role in roles if role not in brand.colours]:
        place = source.key_at(("colours",))
        return [codes.MISSING_COLOUR.at(source.file, *place, roles=", ".join(missing))]
    findings = []
    for text, ground, text_colour, ground_colour, least in text_pairs(brand):
        ratio = contrast(text_colour, ground_colour)
        if ratio >= least:
            continue
        # The finding points to the cover ground if one is involved, else to the colour of the text.
        key = ("grounds", ground) if ground in brand.grounds else ("colours", text)
        if text in brand.grounds:
            key = ("grounds", text)
        values: dict[str, Any] = {"text": text, "ground": ground, "least": f"{least:g}"}
        # Rounded down, else a contrast of 4.49 would be shown as 4.5 and still be reported.
        values |= {"text_colour": text_colour, "ground_colour": ground_colour}
        values["ratio"] = f"{int(ratio * 100) / 100:g}"
        findings.append(codes.LOW_CONTRAST.at(source.file, *source.value_at(key), **values))
    return findings


def _logo(brand: Brand, source: YamlSource, folder: Path) -> list[Finding]:
    """Findings on a logo whose file is missing or that is shown smaller than its owner demands."""
    logo = brand.logo
    if logo is None:
        return []
    findings = []
    path = (folder / logo.file).resolve()
    if not path.is_file() or not path.is_relative_to(folder.resolve()):
        place = source.value_at(("logo", "file"))
        findings.append(codes.LOGO_MISSING.at(source.file, *place, value=logo.file))
    if logo.height < logo.min_height:
        place = source.value_at(("logo", "height"))
        values: dict[str, Any] = {"height": f"{logo.height:g}", "least": f"{logo.min_height:g}"}
        findings.append(codes.LOGO_TOO_SMALL.at(source.file, *place, **values))
    return findings
