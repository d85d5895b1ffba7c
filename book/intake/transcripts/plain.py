"""Plain text: ``Nome: words``, with or without times, as people type it up.

Times may stand before the name (``[00:01:02] Nome: …``), after it (``Nome (00:01:02): …``,
``Nome 00:01:02``), or on a line of their own.
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
# «10:30 Meeting: …» is words: without brackets a time has seconds, or the line to itself.
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
    """Read ``text`` (line feeds alone) into ``reading``."""
    read_lines(enumerate_lines(text), reading)


def enumerate_lines(text: str) -> list[tuple[int, str]]:
    """The lines of ``text``, each with its number."""
    return list(enumerate(text.removeprefix("\ufeff").split("\n"), start=1))


def read_lines(lines: list[tuple[int, str]], reading: Reading) -> None:
    """Read numbered lines; words before the first speaker are nobody's, and kept as such."""
    stripped = [(number, _without_bold(" ".join(line.split()))) for number, line in lines]
    split = [_split(line) for _, line in stripped]
    labels = [label for _, label, _, _ in split if label]
    starts = sum(1 for time, label, _, _ in split if time is not None or label)
    speakers = accepted(labels, starts) | {label for _, label, _, sure in split if label and sure}
    speaker: str | None = None
    time: float | None = None
    is_fresh = False
    silent: int | None = None  # the line of a label that no words have followed yet
    told: set[str] = set()
    for (number, line), (at, label, words, _) in zip(stripped, split, strict=True):
        if at is not None:
            time, is_fresh = at, True
        if label in speakers:
            _tell_silent(silent, lines, reading)
            speaker, silent = label, number
        elif label:
            words = line if at is None else f"{label}: {words}"
            if label not in told:
                told.add(label)
                reading.findings.append(NOT_A_SPEAKER.at(reading.file, number, label=label))
        if words.strip():
            reading.add(Cue(time, None, speaker, words, number, exact=is_fresh))
            is_fresh, silent = False, None
    _tell_silent(silent, lines, reading)
    reading.tell_unused()


def _tell_silent(number: int | None, lines: list[tuple[int, str]], reading: Reading) -> None:
    """A label without words may have been words itself."""
    if number is not None:
        reading.unused(number, next(line for n, line in lines if n == number))


def _without_bold(line: str) -> str:
    match = _BOLD.match(line)
    return f"{match['label']}{match['rest']}" if match else line


def _split(line: str) -> tuple[float | None, str | None, str, bool]:
    """A line's time, label and words, and whether a time beside it makes the label sure."""
    time: float | None = None
    rest = line
    leading = _LEADING.match(line)
    if leading and (at := seconds(leading[leading.lastgroup or 0])) is not None:
        time, rest = at, line[leading.end() :]
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
