"""Text as words to compare: whatever accents, case, entities or percent signs it is written in.

Every word keeps its place in the text, so that what is found can be replaced there.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_UNITS = re.compile(
    r"(?P<entity>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|(?P<escaped>\\[ux](?:[0-9A-Fa-f]{4}|[0-9A-Fa-f]{2}))"
    r"|(?P<percent>(?:%[0-9A-Fa-f]{2})+)"
)
_MOST_ASTERISKS = 3
_JOINERS = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""Characters that nobody sees and that stand inside words."""


class Word(NamedTuple):
    """A word: its letters and digits folded, where it stands, and whether it has a capital."""

    text: str
    start: int
    end: int
    capital: bool


def words(text: str) -> list[Word]:
    """The words of ``text`` in order; offsets count characters of ``text``."""
    found: list[Word] = []
    letters: list[str] = []
    start = end = 0
    capital = False

    def close() -> None:
        if letters:
            found.append(Word("".join(letters), start, end, capital))
            letters.clear()

    for character, first, last in _characters(text):
        if character in _JOINERS or unicodedata.combining(character):
            end = last if letters else end
            continue
        folded = "".join(
            c for c in unicodedata.normalize("NFKD", character).casefold() if c.isalnum()
        )
        if folded:
            if not letters:
                start, capital = first, character.isupper() or character.istitle()
            letters.append(folded)
            end = last
        elif not (character == "*" and _within_word(text, first)):
            close()
    close()
    return found


def folded(name: str) -> tuple[str, ...]:
    """The words of a name: ``Nicolò D’Amico`` is ``nicolo``, ``d``, ``amico``."""
    return tuple(word.text for word in words(name))


def _characters(text: str) -> Iterator[tuple[str, int, int]]:
    """Each character that ``text`` means, with the range in which it is written."""
    at = 0
    for match in _UNITS.finditer(text):
        yield from ((c, n, n + 1) for n, c in enumerate(text[at : match.start()], at))
        yield from _decoded(match)
        at = match.end()
    yield from ((c, n, n + 1) for n, c in enumerate(text[at:], at))


def _decoded(match: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    written, start, end = match[0], match.start(), match.end()
    if match["percent"]:
        content = bytes.fromhex(written.replace("%", ""))
        try:
            meant = content.decode("utf-8")
        except UnicodeDecodeError:
            meant = content.decode("latin-1")
        at = start
        for character in meant:
            size = 3 * len(character.encode("utf-8")) if len(meant) != len(content) else 3
            yield character, at, min(at + size, end)
            at = min(at + size, end)
        return
    meant = html.unescape(written) if match["entity"] else chr(int(written[2:], 16))
    for character in meant:
        yield character, start, end


def _within_word(text: str, at: int) -> bool:
    """Whether the asterisks around ``at`` stand between two letters: emphasis inside a word."""
    before, after = at, at
    while before > max(at - _MOST_ASTERISKS, 0) and text[before - 1] == "*":
        before -= 1
    while after < min(at + _MOST_ASTERISKS, len(text)) and text[after] == "*":
        after += 1
    return before > 0 and after < len(text) and text[before - 1].isalpha() and text[after].isalpha()
