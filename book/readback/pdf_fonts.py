"""The fonts of a PDF, for reading: codes to characters and widths (ISO 32000-1, 9.7, 9.10)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Stream

_SUBSET_TAG = re.compile(r"^[A-Z]{6}\+")
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|([\[\]])")
REPLACEMENT = "\ufffd"
"""Stands for a code that the font maps to no character."""


@dataclass(frozen=True)
class Font:
    """A font as a page uses it.

    ``name`` is the PostScript name without the subset's tag; ``characters`` maps codes to text,
    ``widths`` codes to thousandths of the font size; ``code_bytes`` is the length of a code.
    """

    name: str
    characters: dict[int, str]
    widths: dict[int, float]
    default_width: float
    code_bytes: int

    def codes(self, shown: bytes) -> list[int]:
        """The codes in a string that a page shows."""
        step = self.code_bytes
        return [int.from_bytes(shown[i : i + step], "big") for i in range(0, len(shown), step)]

    def text(self, code: int) -> str:
        """The characters of ``code``; :data:`REPLACEMENT` when the font does not say."""
        return self.characters.get(code, REPLACEMENT)

    def width(self, code: int) -> float:
        """How far ``code`` advances, in thousandths of the font size."""
        return self.widths.get(code, self.default_width)


def font_of(resource: Object) -> Font:
    """Read a font dictionary.

    Composite fonts are read with two-byte codes (Identity-H, as every layout engine here
    writes); simple fonts with one byte, and without a ToUnicode map as Latin-1.
    """
    composite = resource.get("/Subtype") == Name.Type0
    name = str(resource.get("/BaseFont", resource.get("/Name", ""))).removeprefix("/")
    characters = _characters(resource.get("/ToUnicode"))
    if composite:
        descendant = resource.DescendantFonts[0]
        widths = _composite_widths(descendant.get("/W", Array()))
        default = float(descendant.get("/DW", 1000))
    else:
        first = int(resource.get("/FirstChar", 0))
        listed = enumerate(resource.get("/Widths", Array()), start=first)
        widths = {code: float(width) for code, width in listed}
        default = 0.0
        characters = characters or {code: chr(code) for code in range(256)}
    return Font(
        _SUBSET_TAG.sub("", name), characters, widths, default, code_bytes=2 if composite else 1
    )


def _characters(cmap: Object | None) -> dict[int, str]:
    """A ToUnicode CMap (Adobe Technical Note 5411) as a mapping."""
    mapped: dict[int, str] = {}
    if not isinstance(cmap, Stream):
        return mapped
    for section in _SECTION.finditer(cmap.read_bytes()):
        tokens = _tokens(section[2])
        if section[1] == b"bfchar":
            for code, text in zip(tokens[::2], tokens[1::2], strict=True):
                mapped[_number(code)] = _decoded(text)
        else:
            _add_ranges(mapped, tokens)
    return mapped


def _tokens(section: bytes) -> list[bytes]:
    """Hexadecimal strings decoded; the brackets of arrays as themselves."""
    return [
        match[2] if match[2] else b"x" + bytes.fromhex(match[1].decode())
        for match in _TOKEN.finditer(section)
    ]


def _add_ranges(mapped: dict[int, str], tokens: list[bytes]) -> None:
    """Add triples of first code, last code, and a first text or an array of texts."""
    rest = iter(tokens)
    for low in rest:
        first, last = _number(low), _number(next(rest))
        target = next(rest)
        if target == b"[":
            for code in range(first, last + 1):
                mapped[code] = _decoded(next(rest))
            next(rest)
        else:
            text = _decoded(target)
            for code in range(first, last + 1):
                mapped[code] = text[:-1] + chr(ord(text[-1]) + code - first)


def _number(token: bytes) -> int:
    return int.from_bytes(token[1:], "big")


def _decoded(token: bytes) -> str:
    return token[1:].decode("utf-16-be")


def _composite_widths(listed: Object) -> dict[int, float]:
    """``W`` of a CIDFont: ``first [w …]`` or ``first last w`` (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    rest = iter(list(listed))
    for first in rest:
        second = next(rest)
        if isinstance(second, Array):
            widths.update({int(first) + i: float(width) for i, width in enumerate(second)})
        else:
            width = float(next(rest))
            widths.update(dict.fromkeys(range(int(first), int(second) + 1), width))
    return widths


def fonts_of(resources: Object | None) -> dict[str, Font]:
    """The fonts that ``resources`` names."""
    fonts = resources.get("/Font") if resources is not None else None
    if not isinstance(fonts, Dictionary):
        return {}
    return {name: font_of(font) for name, font in fonts.items()}
