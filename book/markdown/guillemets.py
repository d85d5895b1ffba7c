"""Guillemets as keyboards without them give: <<word>> for «word»."""

from __future__ import annotations

import re

from book.markdown.kinds.kind import Kind, SourceKinds

_TYPED = re.compile(r"<<(?=[^\s<>])[^<>\n]+(?:\n[^<>\n]+)*>>")
_NO_TEXT = frozenset({Kind.CODE, Kind.COMMENT, Kind.FORMULA})


def typed(text: str) -> bool:
    """Whether there is anything like <<word>> in the text."""
    return bool(_TYPED.search(text))


def with_guillemets(text: str, kinds: SourceKinds) -> tuple[str, list[int]]:
    """The text with «…» for <<…>> where that is prose, and the offsets of the signs set."""
    pieces: list[str] = []
    offsets: list[int] = []
    end = 0
    for match in _TYPED.finditer(text):
        # pandoc takes the inner signs for those of a tag.
        first, last = match.start(), match.end() - 1
        inner = kinds.letters[first + 2 : last - 1]
        if not (kinds.letters[first] == kinds.letters[last] == Kind.PROSE) or _NO_TEXT & {*inner}:
            continue
        set_before = len(offsets)
        offsets += [first - set_before, last - 1 - set_before - 1]
        pieces += [text[end:first], "«", text[first + 2 : last - 1], "»"]
        end = match.end()
    return "".join([*pieces, text[end:]]), offsets
