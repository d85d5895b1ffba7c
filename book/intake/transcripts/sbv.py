"""Reads SubViewer (SBV), YouTube's format: ``0:00:01.000,0:00:03.000``, words, an empty line."""

from __future__ import annotations

import re

from book.intake.transcripts.cues import Cue, Reading, seconds
from book.intake.transcripts.labels import attribute

_TIME = r"\d+:\d{1,2}:\d{1,2}(?:\.\d{1,3})?"
_TIMING = re.compile(rf"\s*(?P<start>{_TIME})\s*,\s*(?P<end>{_TIME})\s*")


def read(text: str, reading: Reading) -> None:
    """Read ``text`` (line ends are line feeds) into ``reading``."""
    timing: tuple[int, float | None, float | None] | None = None
    words: list[str] = []
    for number, line in enumerate([*text.removeprefix("\ufeff").split("\n"), None], start=1):
        match = _TIMING.fullmatch(line) if line is not None else None
        if line is not None and not match:
            if timing:
                words.append(line)
            else:
                reading.unused(number, line)
            continue
        if timing:
            at, start, end = timing
            skipped = next((n for n, word in enumerate(words) if word.strip()), 0)
            said = "\n".join(word for word in words if word.strip())
            reading.add(Cue(start, end, None, said.replace("[br]", "\n"), at + 1 + skipped))
        if match:
            timing = (number, *_times(match, number, reading))
            words = []
    attribute(reading)
    reading.report_unused()


def _times(
    match: re.Match[str], number: int, reading: Reading
) -> tuple[float | None, float | None]:
    """Start and end of a cue; a start that cannot be read is the end of the cue before."""
    start, end = seconds(match["start"]), seconds(match["end"])
    if start is None or end is None:
        reading.bad_time(number, match[0])
    if start is None:
        start = reading.cues[-1].end if reading.cues else end
    return start, start if end is None or (start is not None and end < start) else end
