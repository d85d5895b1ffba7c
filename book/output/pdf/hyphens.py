"""Hyphens that the line ends brought are told apart from those of the text.

A tagged PDF shall make the two distinct: the hyphen of a divided word is U+00AD, so that who
reads or copies the text gets the word whole (ISO 32000-1, 14.8.2.2.3). The style sheet has the
layout engine set them as U+2010 where the face allows it; the text has U+002D.
"""

from __future__ import annotations

from pikepdf import Dictionary, Name, Pdf, Stream

LINE_END_HYPHEN = "\u2010"
_SET = b" <2010>\n"
_MEANT = b" <00ad>\n"


def text_hyphens(text: str) -> str:
    """``text`` with U+002D for every hyphen that is its own."""
    return text.replace(LINE_END_HYPHEN, "-")


def soften_hyphens(pdf: Pdf) -> None:
    """Let every font of ``pdf`` say that its U+2010 stands for U+00AD."""
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.Font:
            characters = item.get("/ToUnicode")
            if isinstance(characters, Stream):
                characters.write(characters.read_bytes().replace(_SET, _MEANT))
