"""Explains PyYAML's syntax errors in terms of what an editor has written.

PyYAML says «mapping values are not allowed here» when an editor has put a colon in a title. Each
frequent cause has a code of its own, found by PyYAML's wording and by the line in question. All
other errors get a code that quotes PyYAML. PyYAML's wording may change with a new version:
``tests/model/test_bad_books.py`` would notice.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from book.findings import Code, Finding
from book.model.yaml import codes as yaml_codes

_FIELD = re.compile(r"\s*(?:- +)*([^\s:#][^:#]*?): ")
"""The name of a field at the start of a line, perhaps in a list."""
_NO_SPACE = re.compile(r"\s*(?:- +)*([A-Za-z_][\w-]*):(?=[^\s/])")
"""A field without a space after its colon; ``https://`` is none."""
_INDENTATION = re.compile(r"\s*")


def diagnose(error: yaml.MarkedYAMLError, text: str, file: str, first_line: int) -> Finding:
    """The finding for a syntax error of PyYAML in ``text``, which starts at ``first_line``."""
    return _Mistake(error, text, file, first_line).finding()


class _Mistake:
    """A syntax error and the text it is in. Rows and columns count from 0, as PyYAML's do.

    PyYAML names up to two places: ``problem``, where the parser stopped (``row``, ``column``),
    and ``context``, where the construct began that it was parsing (``context_place``).
    """

    def __init__(self, error: yaml.MarkedYAMLError, text: str, file: str, first_line: int) -> None:
        # PyYAML leaves out either mark in some errors.
        mark = error.problem_mark or error.context_mark
        context = error.context_mark or mark
        self.lines = text.split("\n")
        self.file = file
        self.first_line = first_line
        self.problem = error.problem or ""
        self.context = error.context or ""
        self.row, self.column = (mark.line, mark.column) if mark else (0, 0)
        self.context_place = (context.line, context.column) if context else (0, 0)

    def finding(self) -> Finding:
        # Blanks come first: a tab or a no-break space in the indentation makes PyYAML stop with
        # any of the other messages, on the same line or the next.
        return (
            self._blanks()
            or self._colon()
            or self._quotes()
            or self._special()
            or self._block()
            or self._at(yaml_codes.YAML_SYNTAX, reason=f"{self.context} {self.problem}".strip())
        )

    def _at(self, code: Code, place: tuple[int, int] | None = None, **values: Any) -> Finding:
        row, column = place or (self.row, self.column)
        return code.at(self.file, row + self.first_line, column + 1, **values)

    def _line(self, row: int) -> str:
        return self.lines[row] if row < len(self.lines) else ""

    def _character(self, place: tuple[int, int]) -> str:
        return self._line(place[0])[place[1] : place[1] + 1]

    def _blanks(self) -> Finding | None:
        """Tabs, and characters that only look like spaces, in the indentation."""
        if "\\t" in self.problem or "\t" in self._indentation(self.row):
            lines = [
                str(row + self.first_line)
                for row in range(len(self.lines))
                if "\t" in self._indentation(row) or row == self.row
            ]
            column = max(self._line(self.row).find("\t"), 0)
            return self._at(yaml_codes.YAML_TAB, (self.row, column), lines=", ".join(lines))
        for row in (self.row, self.row - 1):
            strange = self._indentation(row).replace(" ", "") if row >= 0 else ""
            if strange:
                place = (row, self._line(row).index(strange[0]))
                name = f"U+{ord(strange[0]):04X}"
                return self._at(yaml_codes.YAML_STRANGE_SPACE, place, character=name)
        return None

    def _indentation(self, row: int) -> str:
        match = _INDENTATION.match(self._line(row))
        return match.group() if match else ""

    def _colon(self) -> Finding | None:
        """A colon inside a text, or a colon without a space after it."""
        if "mapping values are not allowed" in self.problem:
            # PyYAML stops at the second colon. With a field before it on the line, the text of
            # that field holds the colon. Else the line before lacks its space, or indentation
            # is wrong.
            head = _FIELD.match(self._line(self.row)[: self.column])
            if head:
                return self._at(yaml_codes.YAML_COLON, key=head[1])
            return self._no_space(self._row_before()) or self._at(yaml_codes.YAML_INDENTATION)
        if "could not find expected ':'" in self.problem:
            return self._no_space(self.context_place[0]) or self._at(
                yaml_codes.YAML_NO_KEY, self.context_place
            )
        return None

    def _row_before(self) -> int:
        """The nearest row above that is not empty."""
        row = self.row - 1
        while row > 0 and not self._line(row).strip():
            row -= 1
        return max(row, 0)

    def _no_space(self, row: int) -> Finding | None:
        """The finding for a field of this row without a space after its colon, if it is one."""
        match = _NO_SPACE.match(self._line(row))
        if not match:
            return None
        return self._at(yaml_codes.YAML_NO_SPACE, (row, match.end() - 1), key=match[1])

    def _quotes(self) -> Finding | None:
        """Quotation marks and brackets that are not closed, and wrong escapes inside quotes."""
        if "quoted scalar" in self.context:
            if "escape" in self.problem or "hexadecimal" in self.problem:
                return self._at(yaml_codes.YAML_ESCAPE)
            mark = self._character(self.context_place)
            return self._at(yaml_codes.YAML_OPEN_QUOTE, self.context_place, mark=mark)
        if self.context.startswith("while parsing a flow "):
            mark = self._character(self.context_place)
            return self._at(yaml_codes.YAML_OPEN_BRACKET, self.context_place, mark=mark)
        return None

    def _special(self) -> Finding | None:
        """A text that starts with a character that has a meaning in YAML."""
        if "cannot start any token" in self.problem:
            return self._at(yaml_codes.YAML_SPECIAL, mark=self._character((self.row, self.column)))
        if "tag" in self.context or "tag handle" in self.problem:
            words = self._line(self.row)[self.context_place[1] :].split()
            return self._at(yaml_codes.YAML_TAG, self.context_place, tag=words[0] if words else "!")
        if re.search("alias|anchor|block scalar|directive", self.context):
            mark = self._character(self.context_place)
            return self._at(yaml_codes.YAML_SPECIAL, self.context_place, mark=mark)
        return None

    def _block(self) -> Finding | None:
        """A line that does not fit into the list or the group of fields around it.

        Most often the indentation is wrong. Two causes look the same to PyYAML: text after a
        closing quotation mark, and text after a closing bracket («[omissis] e altro»).
        """
        if "expected <block end>" not in self.problem:
            return None
        before = self._line(self.row)[: self.column].rstrip()
        if "scalar" in self.problem and before.endswith(("'", '"')):
            return self._at(yaml_codes.YAML_AFTER_QUOTE, mark=before[-1])
        if before.endswith(("]", "}")):
            mark = "[" if before.endswith("]") else "{"
            return self._at(
                yaml_codes.YAML_SPECIAL, (self.row, max(before.find(mark), 0)), mark=mark
            )
        return self._at(yaml_codes.YAML_INDENTATION)
