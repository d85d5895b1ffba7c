"""RTF made ready for pandoc, which misses what word processors write in their own ways.

RTF: Rich Text Format Specification 1.9.1. Without this, headings known by their style alone
become paragraphs, and LibreOffice's footnotes, marked as skippable, vanish.
"""

from __future__ import annotations

import re

_HEADING_STYLE = re.compile(
    rb"\{\\s(\d{1,4})(?!\d)[^{};]{0,2000}?(?:heading|titolo|intestazione) ([1-9]);\}", re.I
)
_PARAGRAPH = re.compile(rb"\\pard\\plain ?\s?\\s(\d{1,4})(?!\d)")
_SECOND_PICTURE = b"{\\nonshppict"


def prepared(content: bytes) -> bytes:
    """``content`` with outline levels on headings, plain footnotes, and each picture once."""
    content = content.replace(rb"{\*\footnote", rb"{\footnote")
    content = _without_second_pictures(content)
    levels = {number: int(level) - 1 for number, level in _HEADING_STYLE.findall(content)}

    def outlined(match: re.Match[bytes]) -> bytes:
        level = levels.get(match[1])
        return match[0] if level is None else match[0] + b"\\outlinelevel%d" % level

    return _PARAGRAPH.sub(outlined, content) if levels else content


def footnotes(content: bytes) -> int:
    """How many notes the file has."""
    return content.count(rb"\footnote")


def _without_second_pictures(content: bytes) -> bytes:
    """Leave out the copies for readers that know no modern pictures."""
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
    for match in re.compile(rb"\\.|[{}]", re.S).finditer(content, start):
        depth += {b"{": 1, b"}": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    return len(content)
