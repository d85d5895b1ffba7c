"""Guillemets as keyboards without them give: <<word>> for «word»."""

from __future__ import annotations

import re

from book.markdown.sourcemap import SourceMap

_HIDDEN = "\0"
_TYPED = re.compile(rf"<<(?=[^\s<>{_HIDDEN}])[^<>\n{_HIDDEN}]+(?:\n[^<>\n{_HIDDEN}]+)*>>")


def with_guillemets(positions: SourceMap) -> str:
    """The text with «…» for <<…>> outside code and comments.

    pandoc would take ``<word>`` for a tag, and the word would be lost.
    """
    pieces, end = [], 0
    for match in _TYPED.finditer(positions.without_code(_HIDDEN)):
        inner = positions.text[match.start() + 2 : match.end() - 2]
        pieces += [positions.text[end : match.start()], "«", inner, "»"]
        end = match.end()
    return "".join([*pieces, positions.text[end:]])
