"""Reads the Word files of Teams and Stream, in both their forms.

The newer form heads each turn with ``Name   0:03``. The older form has, for each caption, a line
``0:0:0.0 --> 0:0:1.720``, a line with the name, and the words.
"""

from __future__ import annotations

import re

from book.intake.transcripts.codes import PROGRAM_LINE
from book.intake.transcripts.cues import Cue, Reading, seconds

_ARROW = re.compile(r"\s*(?P<start>\d+(?::\d+){1,2}(?:[.,]\d+)?)\s*-->\s*(?P<end>[\d:.,]+)\s*")
_HEAD = re.compile(r"(?P<name>\S.{0,80}?)[ \t\u00a0]+(?P<time>\d{1,3}:\d{2}(?::\d{2})?)\s*")
_PROGRAM = re.compile(
    r".+ (?:started|stopped) transcription|.+ ha (?:avviato|interrotto|arrestato) la trascrizione"
    r"|(?:\d+\s?(?:h|m|s|min|sec)\s*){1,3}|\d{1,2} \w+ \d{4},? \d{1,2}[:.]\d{2}\s?(?:[AP]M)?"
    r"|\w+ \d{1,2}, \d{4},? \d{1,2}:\d{2}\s?[AP]M",
    re.I,
)


def is_head(line: str) -> bool:
    """Whether a line heads a turn in the newer form."""
    match = _HEAD.fullmatch(line)
    return bool(match and seconds(match["time"]) is not None and any(map(str.isalpha, match[1])))


def is_timing(line: str) -> bool:
    """Whether a line is a timing of the older form."""
    return bool(_ARROW.fullmatch(line))


def read_lines(lines: list[tuple[int, str]], reading: Reading) -> None:
    """Read the lines of a document, numbered by paragraph."""
    if any(is_timing(line) for _, line in lines):
        _older(lines, reading)
    else:
        _newer(lines, reading)
    reading.report_unused()


def _newer(lines: list[tuple[int, str]], reading: Reading) -> None:
    """Read the newer form: after each head, one or more lines of words.

    Only the first line after a head has an exact time; :mod:`.times` estimates the others.
    """
    head: tuple[str, float | None] | None = None
    head_line: tuple[int, str] | None = None
    for number, line in lines:
        match = _HEAD.fullmatch(line) if is_head(line) else None
        if match:
            _report_silent_label(head_line, reading)
            head = (match["name"], seconds(match["time"]))
            head_line = (number, line)
        elif not line.strip():
            continue
        elif _PROGRAM.fullmatch(line.strip()):
            _report_program_line(number, line, reading)
        elif head is None:
            _read_preamble(number, line, reading)
        else:
            name, time = head
            reading.add(Cue(time, None, name, line, number, exact=head_line is not None))
            head_line = None
    _report_silent_label(head_line, reading)


def _older(lines: list[tuple[int, str]], reading: Reading) -> None:
    """Read the older form: lines are grouped by timing first, then each group becomes a cue."""
    blocks: list[tuple[re.Match[str], int, list[tuple[int, str]]]] = []
    for number, line in lines:
        if match := _ARROW.fullmatch(line):
            blocks.append((match, number, []))
        elif not line.strip():
            continue
        elif _PROGRAM.fullmatch(line.strip()):
            _report_program_line(number, line, reading)
        elif blocks:
            blocks[-1][2].append((number, line))
        else:
            _read_preamble(number, line, reading)
    for match, number, words in blocks:
        start, end = seconds(match["start"]), seconds(match["end"])
        if start is None or end is None:
            reading.bad_time(number, match[0])
        # A time that cannot be read must not lose the words: they get the end of the cue before.
        if start is None:
            start = reading.cues[-1].end if reading.cues else end
        if end is None or (start is not None and end < start):
            end = start
        # The first line is the name. A single line is words without a speaker.
        speaker = words[0][1] if len(words) > 1 else None
        said = words[1:] if len(words) > 1 else words
        if said:
            text = "\n".join(line for _, line in said)
            reading.add(Cue(start, end, speaker, text, said[0][0]))


def _read_preamble(number: int, line: str, reading: Reading) -> None:
    """Take a line before the first turn: the first one is the title, all others are reported."""
    if reading.title is None and not reading.cues:
        reading.title = " ".join(reading.printable(line, number).split())
    else:
        reading.unused(number, line)


def _report_program_line(number: int, line: str, reading: Reading) -> None:
    text = " ".join(reading.printable(line, number).split())
    reading.findings.append(PROGRAM_LINE.at(reading.file, number, text=text))


def _report_silent_label(head_line: tuple[int, str] | None, reading: Reading) -> None:
    if head_line is not None:
        reading.unused(*head_line)
