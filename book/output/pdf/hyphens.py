"""Tells hyphens at line ends from those of the text.

A tagged PDF must distinguish the two: the hyphen of a divided word is U+00AD, so that whoever reads
or copies the text gets the word whole (ISO 32000-1, 14.8.2.2.3). The layout engine sets hyphens at
line ends as U+2010 where the face has a glyph of its own for it; the text has U+002D. So in the
finished PDF every U+2010 is one of a line end.
"""

from __future__ import annotations

from pikepdf import Dictionary, Name, Pdf, Stream

LINE_END_HYPHEN = "\u2010"
_SET = b" <2010>\n"
_MEANT = b" <00ad>\n"


def text_hyphens(text: str) -> str:
    """``text`` with U+002D for every hyphen: its own may be written as U+2010."""
    return text.replace(LINE_END_HYPHEN, "-")


def soften_hyphens(pdf: Pdf) -> None:
    """Map the glyph of U+2010 to U+00AD in every font of ``pdf``."""
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.Font:
            characters = item.get("/ToUnicode")
            if isinstance(characters, Stream):
                characters.write(characters.read_bytes().replace(_SET, _MEANT))
