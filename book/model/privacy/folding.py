"""Text as words that can be compared, without accents and case, with escapes decoded.

A name may be written in a Markdown file in many ways: «Nicolò», «NICOLO'», ``Nicol&ograve;``,
``Nicol%C3%B2`` in an address, ``Nico**lò**`` with emphasis inside, or with an invisible soft
hyphen. All of them fold to ``nicolo``. Each word keeps its range in the text as written, so that
the caller can replace it there.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Escapes that stand for other characters: character references of HTML, \uXXXX and \xXX of YAML
# and JSON, percent-encoded bytes of addresses (RFC 3986, section 2.1). A run of percent escapes is
# one match, because a character may take up to four bytes of UTF-8.
_UNITS = re.compile(
    r"(?P<entity>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|(?P<escaped>\\[ux](?:[0-9A-Fa-f]{4}|[0-9A-Fa-f]{2}))"
    r"|(?P<percent>(?:%[0-9A-Fa-f]{2})+)"
)
_MOST_ASTERISKS = 3
"""The longest mark of emphasis, ``***``. Longer runs are not looked through."""
_JOINERS = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""Invisible characters that may stand inside a word: they do not end it."""


class Word(NamedTuple):
    """A word of a text.

    ``text`` are its letters and digits, folded. ``start`` and ``end`` (excluded) are its range in
    the text as written. ``capital`` says whether its first letter is a capital.
    """

    text: str
    start: int
    end: int
    capital: bool


def words(text: str) -> list[Word]:
    """The words of ``text`` in order. Offsets count characters of ``text``, not of the folding."""
    found: list[Word] = []
    letters: list[str] = []
    start = end = 0
    capital = False

    def close() -> None:
        if letters:
            found.append(Word("".join(letters), start, end, capital))
            letters.clear()

    for character, first, last in _characters(text):
        # A combining accent belongs to the letter before it. It is not a letter of the folded
        # word, but it must lie in the word's range, else a replacement would leave it behind.
        if character in _JOINERS or unicodedata.combining(character):
            end = last if letters else end
            continue
        # NFKD parts letters from accents and ligatures into letters; casefold turns ß into ss.
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
    """The folded words of a name: ``Nicolò D’Amico`` gives ``nicolo``, ``d``, ``amico``."""
    return tuple(word.text for word in words(name))


def _characters(text: str) -> Iterator[tuple[str, int, int]]:
    """Each character of ``text`` with escapes decoded, and the range that it is written in."""
    at = 0
    for match in _UNITS.finditer(text):
        yield from ((c, n, n + 1) for n, c in enumerate(text[at : match.start()], at))
        yield from _decoded(match)
        at = match.end()
    yield from ((c, n, n + 1) for n, c in enumerate(text[at:], at))


def _decoded(match: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """The characters that an escape stands for, each with its range in the text.

    An entity may stand for several characters: they all get the range of the whole entity.
    """
    written, start, end = match[0], match.start(), match.end()
    if match["percent"]:
        content = bytes.fromhex(written.replace("%", ""))
        try:
            meant = content.decode("utf-8")
        except UnicodeDecodeError:
            meant = content.decode("latin-1")
        at = start
        for character in meant:
            # Each byte is written with three characters («%C3»). When there are as many
            # characters as bytes, each is one byte (ASCII, or Latin-1 decoded above); else
            # the bytes are UTF-8 and a character has as many as its encoding.
            size = 3 * len(character.encode("utf-8")) if len(meant) != len(content) else 3
            yield character, at, min(at + size, end)
            at = min(at + size, end)
        return
    meant = html.unescape(written) if match["entity"] else chr(int(written[2:], 16))
    for character in meant:
        yield character, start, end


def _within_word(text: str, at: int) -> bool:
    """Whether the asterisk at ``at`` belongs to emphasis inside a word: letters on both sides.

    At most :data:`_MOST_ASTERISKS` are looked through on each side, so that a line of thousands
    of asterisks does not take quadratic time.
    """
    before, after = at, at
    while before > max(at - _MOST_ASTERISKS, 0) and text[before - 1] == "*":
        before -= 1
    while after < min(at + _MOST_ASTERISKS, len(text)) and text[after] == "*":
        after += 1
    return before > 0 and after < len(text) and text[before - 1].isalpha() and text[after].isalpha()
