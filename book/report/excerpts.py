"""Findings beside the source lines that they are about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from book.findings import Finding, Severity

_CONTEXT = 2
"""Lines shown before and after the line of a finding."""
_CONTEXT_LENGTH = 160
_LINE_LENGTH = 480
_LARGEST_SOURCE = 4 * 1024 * 1024
_ELLIPSIS = "…"
# What a column points at: a word, or a single sign.
_WORD = re.compile(r"\w+|\S")
_CONTROLS = {code: 0x2400 + code for code in range(32) if chr(code) != "\t"}
"""Control characters and the visible signs for them, so that editors see what to remove."""


@dataclass(frozen=True)
class Piece:
    """A piece of a line; ``spot`` is True if the column of a finding points at it."""

    text: str
    spot: bool = False


@dataclass(frozen=True)
class SourceLine:
    """A line of a source: its number from 1, its text, and whether it is the line of a finding."""

    number: int
    pieces: tuple[Piece, ...]
    meant: bool = False


@dataclass(frozen=True)
class Place:
    """The findings on one line, and that line with its neighbours, () if it cannot be read."""

    line: int
    findings: tuple[Finding, ...]
    excerpt: tuple[SourceLine, ...]


@dataclass(frozen=True)
class FileFindings:
    """The findings in one file, from top to bottom."""

    file: str
    places: tuple[Place, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of all places."""
        return tuple(finding for place in self.places for finding in place.findings)


def by_file(
    findings: Iterable[Finding], root: Path, hide: Callable[[str], str] = str
) -> list[FileFindings]:
    """Findings by file, the files with the most severe findings first.

    ``root`` is the folder that paths start from. ``hide`` takes out of a file's text what must not
    be published, and keeps its lines.
    """
    ordered = sorted(findings, key=lambda f: (f.file, f.line, f.column))
    files = [
        FileFindings(file, _places(list(group), source_lines(root, file, hide)))
        for file, group in groupby(ordered, key=lambda finding: finding.file)
    ]
    severities = list(Severity)
    return sorted(files, key=lambda f: min(severities.index(x.severity) for x in f.findings))


def source_lines(root: Path, file: str, hide: Callable[[str], str] = str) -> list[str]:
    """The lines of a source below ``root``; none for what is missing, too large, or no text."""
    # The report is passed on, so it must not quote what lies outside of the root.
    path = (root / file).resolve()
    if not path.is_relative_to(root.resolve()) or not path.is_file():
        return []
    if path.stat().st_size > _LARGEST_SOURCE:
        return []
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    # A zero byte tells a binary file. Not splitlines(), which also splits at signs such as U+2028.
    return [] if "\0" in text else hide(text).split("\n")


def _places(findings: list[Finding], lines: list[str]) -> tuple[Place, ...]:
    places = []
    for line, group in groupby(findings, key=lambda finding: finding.line):
        here = tuple(group)
        columns = [finding.column for finding in here if finding.column]
        places.append(Place(line, here, excerpt(lines, line, columns)))
    return tuple(places)


def excerpt(lines: list[str], line: int, columns: Sequence[int]) -> tuple[SourceLine, ...]:
    """Line ``line`` with its neighbours, long lines cut; () if there is no such line.

    Lines and columns count from 1. Each of the ``columns`` makes a spot of the word there.
    """
    if not 1 <= line <= len(lines):
        return ()
    first, last = max(1, line - _CONTEXT), min(len(lines), line + _CONTEXT)
    return tuple(
        SourceLine(number, _spotted(text, columns), meant=True)
        if number == line
        else SourceLine(number, (Piece(_cut(text)),))
        for number, text in enumerate(map(_visible, lines[first - 1 : last]), start=first)
    )


def _spotted(text: str, columns: Sequence[int]) -> tuple[Piece, ...]:
    """Split ``text`` at its spots; of a long line keep only what is around the first of them."""
    # A hidden name may make a line shorter than the column of its finding: no word is there then.
    words = [word for column in sorted(set(columns)) if (word := _WORD.match(text, column - 1))]
    left = max(0, words[0].start() - _LINE_LENGTH // 2) if words else 0
    right = left + _LINE_LENGTH
    pieces = [Piece(_ELLIPSIS)] if left else []
    done = left
    for word in words:
        if done <= word.start() and word.end() <= right:
            pieces += [Piece(text[done : word.start()]), Piece(word.group(), spot=True)]
            done = word.end()
    pieces.append(Piece(text[done:right] + (_ELLIPSIS if len(text) > right else "")))
    return tuple(piece for piece in pieces if piece.text)


def _cut(text: str) -> str:
    return text if len(text) <= _CONTEXT_LENGTH else text[:_CONTEXT_LENGTH] + _ELLIPSIS


def _visible(text: str) -> str:
    return text.translate(_CONTROLS)
