"""The fonts in the repository are those that ``fonts.yaml`` and its README speak of."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
import yaml
from fontTools.ttLib import TTFont

from book.system.checkout import CHECKOUT

FONTS = CHECKOUT / "assets" / "fonts"
FAMILIES: list[dict[str, Any]] = yaml.safe_load((FONTS / "fonts.yaml").read_text("utf-8"))[
    "families"
]
FACES = [(family, face) for family in FAMILIES for face in family["faces"]]
OPENINGS = {
    "OFL-1.1": "SIL OPEN FONT LICENSE Version 1.1",
    "Ubuntu-font-1.0": "UBUNTU FONT LICENCE Version 1.0",
}


def test_every_font_file_is_listed_once() -> None:
    listed = [face["file"] for _, face in FACES]
    here = [path.relative_to(FONTS).as_posix() for path in FONTS.rglob("*.[to]tf")]
    assert sorted(listed) == sorted(here)


@pytest.mark.parametrize(("family", "face"), FACES, ids=lambda value: value.get("file", ""))
def test_a_face_is_what_the_list_says(family: dict[str, Any], face: dict[str, Any]) -> None:
    path = FONTS / face["file"]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == face["sha256"]
    font = TTFont(path)
    # Name 16 is the typographic family, where name 1 has the weight in it.
    name = font["name"].getDebugName(16) or font["name"].getDebugName(1)
    assert name == family["family"]
    assert font["OS/2"].usWeightClass == face["weight"]
    assert bool(font["head"].macStyle & 2) == (face["style"] == "italic")
    # Bits 1 to 3 of OS/2 fsType restrict embedding (OpenType 1.9); these may be embedded.
    assert font["OS/2"].fsType & 0b1110 == 0


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family["family"])
def test_a_family_brings_its_licence_and_its_source(family: dict[str, Any]) -> None:
    licence = (FONTS / family["licence-file"]).read_text("utf-8")
    assert OPENINGS[family["licence"]] in licence
    row = next(
        line
        for line in (FONTS / "README.md").read_text("utf-8").splitlines()
        if line.startswith(f"| {family['family']} {family['version']} |")
    )
    for fact in ("use", "designer", "licence", "package", "package-version"):
        assert family[fact] in row


def test_the_fallbacks_have_what_a_report_uses() -> None:
    covered: set[int] = set()
    for family, face in FACES:
        if family["fallback"]:
            covered |= set(TTFont(FONTS / face["file"]).getBestCmap())
    wanted = "☐☑✓→←↔⇒αβγΩ\u2011\u2009\u202f\u200a≥≤≠×½⅓№′″■□●○◆❦"
    assert [character for character in wanted if ord(character) not in covered] == []
