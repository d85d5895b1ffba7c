r"""Prepares RTF for pandoc, whose reader does not know all that word processors write.

Without this, headings that are told by their style alone become paragraphs, pictures come twice,
and LibreOffice's footnotes are lost, because it marks them with ``\*`` as destinations that readers
may skip. The format: Rich Text Format (RTF) Specification, version 1.9.1.
"""

from __future__ import annotations

import re

_HEADING_STYLE = re.compile(
    rb"\{\\s(\d{1,4})(?!\d)[^{};]{0,2000}?(?:heading|titolo|intestazione) ([1-9]);\}", re.I
)
"""A style of the style sheet that is a heading by its name: its number and level."""
_PARAGRAPH = re.compile(rb"\\pard\\plain ?\s?\\s(\d{1,4})(?!\d)")
"""The start of a paragraph with a style."""
_SECOND_PICTURE = b"{\\nonshppict"
"""The start of a copy of a picture for readers that do not know ``\\shppict``."""


def prepared(content: bytes) -> bytes:
    """``content`` with outline levels for headings, readable footnotes, and each picture once."""
    content = content.replace(rb"{\*\footnote", rb"{\footnote")
    content = _without_second_pictures(content)
    levels = {number: int(level) - 1 for number, level in _HEADING_STYLE.findall(content)}

    def outlined(match: re.Match[bytes]) -> bytes:
        level = levels.get(match[1])
        return match[0] if level is None else match[0] + b"\\outlinelevel%d" % level

    return _PARAGRAPH.sub(outlined, content) if levels else content


def footnotes(content: bytes) -> int:
    """The number of notes in the file."""
    return content.count(rb"\footnote")


def _without_second_pictures(content: bytes) -> bytes:
    r"""``content`` without the groups ``\nonshppict``."""
    kept = []
    position = 0
    while (start := content.find(_SECOND_PICTURE, position)) >= 0:
        end = _end_of_group(content, start)
        kept.append(content[position:start])
        position = end
    kept.append(content[position:])
    return b"".join(kept)


def _end_of_group(content: bytes, start: int) -> int:
    """The offset after the group that opens at ``start``."""
    depth = 0
    # A backslash escapes the character after it, so an escaped brace opens no group.
    for match in re.compile(rb"\\.|[{}]", re.S).finditer(content, start):
        depth += {b"{": 1, b"}": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    return len(content)
