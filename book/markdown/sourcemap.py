"""Where in a chapter's file things stand: offsets in the body to lines and columns of the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

WORD = re.compile(r"[^\W_]+")
_FENCE = re.compile(
    r"^[ ]{0,3}(`{3,}+|~{3,}+)[^\n]*+\n.*?(?:^[ ]{0,3}\1[`~]*[ ]*$|\Z)", re.M | re.S
)
_CODE = re.compile(r"(?<!`)(`++)(?:(?!\n[ ]*\n).)+?(?<!`)\1(?!`)", re.S)
_COMMENT = ("<!--", "-->")
_VISIBLE = re.compile(r"[^\n]")
_NOTE = re.compile(r"(?<!\\)\[\^([^\]\[\s]+)\](:?)|(?<!\\)\^\[")


def without_between(text: str, opening: str, closing: str, mark: str) -> str:
    """The text with ``mark`` for every character from ``opening`` to ``closing``, both included.

    Lines stay. In linear time, which a regular expression is not.
    """
    kept = []
    at = 0
    while (start := text.find(opening, at)) >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        end += len(closing)
        kept += [text[at:start], _VISIBLE.sub(mark, text[start:end])]
        at = end
    return "".join((*kept, text[at:]))


@dataclass(frozen=True)
class NoteCall:
    """A note's call in the source: its label (None for an inline note) and its offset."""

    label: str | None
    offset: int


@dataclass(frozen=True)
class SourceMap:
    """A chapter's body and the line of the file (from 1) that it starts on."""

    text: str
    first_line: int = 1
    _line_starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0, *(m.end() for m in re.finditer("\n", self.text))]
        object.__setattr__(self, "_line_starts", starts)

    def line(self, offset: int) -> int:
        """The line of the file that holds the offset, from 1."""
        return self.first_line + bisect_right(self._line_starts, max(offset, 0)) - 1

    def column(self, offset: int) -> int:
        """The column of the offset in its line, from 1."""
        return offset - self._line_starts[bisect_right(self._line_starts, max(offset, 0)) - 1] + 1

    def start_of(self, line: int) -> int:
        """The offset at which a line of the file starts; 0 for lines before the body."""
        index = min(max(line - self.first_line, 0), len(self._line_starts) - 1)
        return self._line_starts[index]

    @cached_property
    def bare(self) -> str:
        """The text with code and comments blanked out, character by character."""
        return self.without_code(" ")

    def without_code(self, mark: str) -> str:
        """The text with ``mark`` in place of every character of code and comments."""

        def blanked(match: re.Match[str]) -> str:
            return _VISIBLE.sub(mark, match[0])

        text = without_between(_FENCE.sub(blanked, self.text), *_COMMENT, mark)
        return _CODE.sub(blanked, text)

    @cached_property
    def _notes(self) -> tuple[list[NoteCall], list[NoteCall]]:
        calls: list[NoteCall] = []
        definitions: list[NoteCall] = []
        for match in _NOTE.finditer(self.bare):
            start = match.start()
            before = self.bare[self.bare.rfind("\n", 0, start) + 1 : start]
            is_definition = bool(match[2]) and not before.strip() and len(before) < 4
            (definitions if is_definition else calls).append(NoteCall(match[1], start))
        return calls, definitions

    @property
    def note_calls(self) -> list[NoteCall]:
        """Every call of a note, in the order of the file."""
        return self._notes[0]

    @property
    def note_definitions(self) -> list[NoteCall]:
        """Every note with a label, in the order of the file."""
        return self._notes[1]

    @cached_property
    def notes_in_order(self) -> list[int]:
        """The offset of the text of each note, in the order in which pandoc numbers them."""
        where = {d.label: d.offset for d in self.note_definitions}
        return [
            call.offset if call.label is None else where[call.label]
            for call in self.note_calls
            if call.label is None or call.label in where
        ]
