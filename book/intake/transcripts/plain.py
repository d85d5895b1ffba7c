"""Reads plain text as people type it: ``Nome: words``, with or without times.

Times may stand before the name (``[00:01:02] Nome: …``), after it (``Nome (00:01:02): …``,
``Nome 00:01:02``), or on a line of their own. Meet's transcripts are read by the same function.
"""

from __future__ import annotations

import re

from book.intake.transcripts.codes import NOT_A_SPEAKER
from book.intake.transcripts.cues import Cue, Reading, seconds
from book.intake.transcripts.labels import (
    MOST_WORDS,
    accepted,
    is_name,
    looks_like_label,
    split_label,
)

_CLOCK = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_UNTIL = rf"(?:\s*[-–—]\s*(?:{_CLOCK}[\])]?)?)?"
# A time at the start of a line counts in brackets, or with seconds, or alone on the line. Without
# these conditions «10:30 Meeting: …» would be a time and not words.
_LEADING = re.compile(
    rf"(?:[\[(](?P<in>{_CLOCK})[\])]?{_UNTIL}|(?P<full>\d{{1,3}}:\d{{2}}:\d{{2}}(?:[.,]\d{{1,3}})?)"
    rf"{_UNTIL}(?=\s|$)|(?P<alone>{_CLOCK}){_UNTIL}\s*$)\s*"
)
_TIMED_LABEL = re.compile(
    rf"(?P<label>[^\n:]{{1,70}}?)\s*(?:[\[(](?P<in>{_CLOCK})[\])]|\s(?P<bare>{_CLOCK}))\s*"
    r"(?P<colon>:?)\s*(?P<words>.*)"
)
_BOLD = re.compile(r"^(\*\*|__)(?P<label>[^*_]+?:?)\1(?P<rest>:?.*)$")


def read(text: str, reading: Reading) -> None:
    """Read ``text`` (line ends are line feeds) into ``reading``."""
    read_lines(numbered_lines(text), reading)


def numbered_lines(text: str) -> list[tuple[int, str]]:
    """The lines of ``text``, each with its number from 1."""
    return list(enumerate(text.removeprefix("\ufeff").split("\n"), start=1))


def read_lines(lines: list[tuple[int, str]], reading: Reading) -> None:
    """Read numbered lines into ``reading``. Words before the first label have no speaker.

    All lines are split first, because which labels are speakers depends on the whole file
    (:func:`.labels.accepted`).
    """
    stripped = [(number, _without_bold(" ".join(line.split()))) for number, line in lines]
    split = [_split(line) for _, line in stripped]
    labels = [label for _, label, _, _ in split if label]
    # Lines that continue a turn have neither time nor label and do not count as lines that might
    # have a label.
    starts = sum(1 for time, label, _, _ in split if time is not None or label)
    speakers = accepted(labels, starts) | {label for _, label, _, sure in split if label and sure}
    # Speaker and time hold until the next ones. The time is exact only for the first words after
    # it (``is_fresh``); for later ones it is a lower bound.
    speaker: str | None = None
    time: float | None = None
    is_fresh = False
    silent: int | None = None  # the line of a label without words so far
    reported: set[str] = set()
    for (number, line), (at, label, words, _) in zip(stripped, split, strict=True):
        if at is not None:
            time, is_fresh = at, True
        if label in speakers:
            _report_silent_label(silent, lines, reading)
            speaker, silent = label, number
        elif label:
            # Not a speaker after all: the label is put back before the words.
            words = line if at is None else f"{label}: {words}"
            if label not in reported:
                reported.add(label)
                reading.findings.append(NOT_A_SPEAKER.at(reading.file, number, label=label))
        if words.strip():
            reading.add(Cue(time, None, speaker, words, number, exact=is_fresh))
            is_fresh, silent = False, None
    _report_silent_label(silent, lines, reading)
    reading.report_unused()


def _report_silent_label(
    number: int | None, lines: list[tuple[int, str]], reading: Reading
) -> None:
    """Report a label that no words follow: it may have been words itself."""
    if number is not None:
        reading.unused(number, next(line for n, line in lines if n == number))


def _without_bold(line: str) -> str:
    match = _BOLD.match(line)
    return f"{match['label']}{match['rest']}" if match else line


def _split(line: str) -> tuple[float | None, str | None, str, bool]:
    """The time, the label and the words of a line, and whether the label is certain.

    A label with a time beside it, as in «Nome (00:01:02): …», is certain without being repeated.
    """
    time: float | None = None
    rest = line
    leading = _LEADING.match(line)
    if leading and (at := seconds(leading[leading.lastgroup or 0])) is not None:
        time, rest = at, line[leading.end() :]
    # «Anna Verdi 00:10» alone on a line is a label with a time; with words after it there must be
    # a colon, else «Alle 10:30 si comincia» would be one.
    timed = _TIMED_LABEL.fullmatch(rest)
    if time is None and timed and looks_like_label(timed["label"]) and is_name(timed["label"]):
        at = seconds(timed["in"] or timed["bare"])
        few = len(timed["label"].split()) <= MOST_WORDS
        if at is not None and few and (timed["colon"] or not timed["words"]):
            return at, timed["label"], timed["words"], True
    if rest.endswith(":") and looks_like_label(rest[:-1].strip()) and is_name(rest[:-1].strip()):
        return time, rest[:-1].strip(), "", False
    found = split_label(rest)
    if found:
        return time, found[0], found[1], False
    return time, None, rest, False
