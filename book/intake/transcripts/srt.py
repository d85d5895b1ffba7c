"""Reads SubRip (SRT) as YouTube, Whisper and editing programs write it.

The format has no specification. A cue is a number, a line ``00:00:01,000 --> 00:00:03,000``,
words, and an empty line. Numbers may be missing or wrong, and words may hold empty lines, so this
reader goes from timing to timing and takes what is between for words.
"""

from __future__ import annotations

import re

from book.intake.transcripts.cues import Cue, Reading, seconds
from book.intake.transcripts.labels import attribute

_TIMING = re.compile(
    r"\s*(?P<start>\d+(?::\d+){1,2}(?:[.,]\d+)?)\s*-->\s*(?P<end>\d+(?::\d+){1,2}(?:[.,]\d+)?)"
    r"(?:\s+[XY][12]:.*)?\s*"
)
_BROKEN = re.compile(r"[\d:.,\s-]*-->[\d:.,\s-]*")
_NUMBER = re.compile(r"\s*\d{1,9}\s*")
_TAG = re.compile(r"</?(?:b|i|u|s|font)(?:\s[^<>]*)?>|\{\\an?\d\}", re.I)


def read(text: str, reading: Reading) -> None:
    """Read ``text`` (line ends are line feeds) into ``reading``."""
    lines = text.removeprefix("\ufeff").split("\n")
    timed = [
        n for n, line in enumerate(lines) if _TIMING.fullmatch(line) or _BROKEN.fullmatch(line)
    ]
    first = timed[0] if timed else len(lines)
    for number, line in enumerate(lines[:first], start=1):
        if not (number == first and _NUMBER.fullmatch(line)):
            reading.unused(number, line)
    for at, following in zip(timed, [*timed[1:], len(lines)], strict=bool(timed)):
        end = following
        # A number on the line before a timing is the next cue's and no word of this one.
        is_last = following == len(lines)
        if not is_last and end - 1 > at and _NUMBER.fullmatch(lines[end - 1]):
            end -= 1
        _cue(lines[at], lines[at + 1 : end], at + 1, reading)
    attribute(reading)
    reading.report_unused()


def _cue(timing: str, words: list[str], number: int, reading: Reading) -> None:
    """Add one cue; a start that cannot be read is the end of the cue before."""
    match = _TIMING.fullmatch(timing)
    start, end = (seconds(match["start"]), seconds(match["end"])) if match else (None, None)
    if start is None or end is None:
        reading.bad_time(number, timing)
    if start is None:
        start = reading.cues[-1].end if reading.cues else end
    if end is None or (start is not None and end < start):
        end = start
    skipped = next((n for n, line in enumerate(words) if line.strip()), 0)
    text = "\n".join(line for line in words if line.strip())
    reading.add(Cue(start, end, None, _TAG.sub("", text), number + 1 + skipped))
