"""Converts offsets in a chapter's body to lines and columns of its file, and back."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class SourceMap:
    """A chapter's body (``text``) and the line of the file, from 1, on which it starts."""

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
