"""Reads Whisper's JSON: ``segments`` with times, words, and measures of certainty.

The measures and their limits are Whisper's own (https://github.com/openai/whisper,
``whisper/transcribe.py``): a mean log-probability below -1 or a compression ratio above 2.4 counts
as a failed decoding.
"""

from __future__ import annotations

import json
import math
from typing import Any

from book.intake.transcripts.codes import UNREADABLE
from book.intake.transcripts.cues import LONGEST, Cue, Reading
from book.intake.transcripts.labels import attribute

COMPRESSION_LIMIT = 2.4
"""The compression ratio above which words repeat themselves so much that they are a loop."""
_MANY = 500_000
"""The most segments that are read; the others are reported as unused."""


def read(text: str, reading: Reading) -> None:
    """Read ``text`` into ``reading``; ``line`` of a cue is the number of its segment."""
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "JSON")
        line = getattr(error, "lineno", 0)
        reading.findings.append(UNREADABLE.at(reading.file, line, reason=reason))
        return
    segments = data.get("segments") if isinstance(data, dict) else data
    if not isinstance(segments, list):
        return
    for number, segment in enumerate(segments[:_MANY], start=1):
        words = segment.get("text") if isinstance(segment, dict) else None
        if not isinstance(words, str):
            reading.unused(number, json.dumps(segment, ensure_ascii=False))
            continue
        start, end = _time(segment.get("start")), _time(segment.get("end"))
        if start is None:
            reading.bad_time(number, str(segment.get("start")))
            start = reading.cues[-1].end if reading.cues else end
        if end is None or (start is not None and end < start):
            end = start
        speaker = segment.get("speaker")
        name = speaker if isinstance(speaker, str) else None
        reading.add(Cue(start, end, name, words, number, _confidence(segment)))
    for number, segment in enumerate(segments[_MANY:], start=_MANY + 1):
        reading.unused(number, json.dumps(segment, ensure_ascii=False))
    attribute(reading)
    reading.report_unused()


def _time(value: Any) -> float | None:
    """A time in seconds; None when it is no number or out of range."""
    number = _number(value)
    return number if number is not None and 0 <= number <= LONGEST else None


def _number(value: Any) -> float | None:
    """A finite number; None for anything else: JSON may hold NaN, Infinity and huge integers."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _confidence(segment: dict[str, Any]) -> float | None:
    """The mean probability of the words, from 0 to 1; 0 where Whisper ran in a loop.

    None when the segment does not tell.
    """
    ratio = _number(segment.get("compression_ratio"))
    if ratio is not None and ratio > COMPRESSION_LIMIT:
        return 0.0
    logprob = _number(segment.get("avg_logprob"))
    return math.exp(min(logprob, 0.0)) if logprob is not None else None
