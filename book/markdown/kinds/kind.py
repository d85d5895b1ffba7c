"""The kinds of characters of a chapter's Markdown, and the map of a source to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a character of the source is. The values are the letters of a map."""

    PROSE = "p"
    CODE = "c"  # also the text of <code>, <kbd>, <samp>, <pre>, <script>, <style>
    HTML = "h"  # tags and entities
    COMMENT = "k"
    ADDRESS = "a"  # where a link or a picture leads
    ATTRIBUTE = "t"  # {…}, the title of a link, the class of a code block
    FORMULA = "f"
    CALL = "n"  # [^a] and the ^[ of a note in the line
    DEFINITION = "d"  # [^a]: before a note's text
    MARK = "m"  # signs of Markdown, blank lines, and what could not be placed
    LOST = "l"  # words that are in no place of the book


UNTOUCHED = frozenset({Kind.CODE, Kind.HTML, Kind.COMMENT, Kind.ADDRESS, Kind.FORMULA})
"""Kinds of characters that ``--fix`` may not change."""

UNREAD = frozenset({Kind.CODE, Kind.COMMENT})
"""Kinds of characters in which Markdown has no meaning."""


@dataclass(frozen=True)
class Note:
    """A note that pandoc read: where its mark starts and its text ends (excluded)."""

    start: int
    end: int


@dataclass(frozen=True)
class SourceKinds:
    """The kinds of a source's characters: ``letters`` has one letter of :class:`Kind` for each.

    ``exact`` says whether pandoc's two readings agreed: only then is the map proved. ``notes`` are
    in the order in which pandoc numbers them.
    """

    letters: str
    exact: bool
    notes: tuple[Note, ...] = ()

    def shown(self, text: str, kinds: Collection[Kind], mark: str = " ") -> str:
        """``text`` with ``mark`` for every character of another kind; line ends stay."""
        return "".join(
            character if letter in kinds or character == "\n" else mark
            for character, letter in zip(text, self.letters, strict=True)
        )

    def hidden(self, text: str, kinds: Collection[Kind]) -> str:
        """``text`` with a space for every character of these kinds; line ends stay."""
        return self.shown(text, frozenset(Kind).difference(kinds))

    def only(self, text: str, kinds: Collection[Kind]) -> str:
        """The characters of these kinds alone, joined."""
        return "".join(c for c, letter in zip(text, self.letters, strict=True) if letter in kinds)

    def lost(self) -> Iterator[tuple[int, int]]:
        """The range of each run of lost words: offsets of its first character and past its last."""
        pattern = rf"{Kind.LOST}(?:[{Kind.LOST}{Kind.MARK}]*{Kind.LOST})?"
        return (found.span() for found in re.finditer(pattern, self.letters))

    def widened(self, offsets: Collection[int]) -> SourceKinds:
        """The map of a text in which the characters at ``offsets`` are doubled.

        This map is of a text that has « for <<; the result is the map of the text with <<.
        """
        doubled = sorted(offsets)
        letters, at = [], 0
        for offset in doubled:
            letters += [self.letters[at : offset + 1], self.letters[offset]]
            at = offset + 1
        letters.append(self.letters[at:])

        def moved(offset: int) -> int:
            return offset + sum(1 for d in doubled if d < offset)

        notes = tuple(Note(moved(note.start), moved(note.end)) for note in self.notes)
        return SourceKinds("".join(letters), self.exact, notes)


def unknown_kinds(text: str) -> SourceKinds:
    """The map of a source that pandoc could not read. No character counts as prose."""
    return SourceKinds(Kind.MARK * len(text), exact=False)
