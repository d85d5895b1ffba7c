"""Puts guillemets for ``<<word>>``, which people type whose keyboards have no «».

Runs before pandoc reads the chapter for its HTML, because pandoc takes ``<word>`` for a tag.
"""

from __future__ import annotations

import re

from book.markdown.kinds.kind import Kind, SourceKinds

_TYPED = re.compile(r"<<(?=[^\s<>])[^<>\n]+(?:\n[^<>\n]+)*>>")
_NO_TEXT = frozenset({Kind.CODE, Kind.COMMENT, Kind.FORMULA})


def has_typed_guillemets(text: str) -> bool:
    """Whether the text has ``<<word>>`` anywhere, in code too."""
    return bool(_TYPED.search(text))


def with_guillemets(text: str, kinds: SourceKinds) -> tuple[str, list[int]]:
    """``text`` with «…» for <<…>> in prose, and the offsets of the guillemets in the result.

    ``kinds`` is the map of ``text``. Each guillemet stands for two characters of ``text``: the
    caller needs the offsets to turn a map of the result into a map of ``text``.
    """
    pieces: list[str] = []
    offsets: list[int] = []
    end = 0
    for match in _TYPED.finditer(text):
        # Only the outer signs are prose to pandoc: it takes the inner ones for those of a tag.
        first, last = match.start(), match.end() - 1
        inner = kinds.letters[first + 2 : last - 1]
        if not (kinds.letters[first] == kinds.letters[last] == Kind.PROSE) or _NO_TEXT & {*inner}:
            continue
        # Every guillemet set before this one has made the text one character shorter.
        set_before = len(offsets)
        offsets += [first - set_before, last - 1 - set_before - 1]
        pieces += [text[end:first], "«", text[first + 2 : last - 1], "»"]
        end = match.end()
    return "".join([*pieces, text[end:]]), offsets
