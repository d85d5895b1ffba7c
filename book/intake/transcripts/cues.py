"""What every reader of transcripts gives: cues, and findings for what is none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from book.findings import Finding
from book.intake.transcripts.codes import BAD_TIME, CONTROL_CHARACTER, UNUSED_LINE
from book.model.yaml.encoding import UNPRINTABLE, character_name

LONGEST = 400 * 3600
"""Seconds. What lies beyond is no time of a meeting."""

_TIME = re.compile(r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,6}))?")
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True)
class Cue:
    """Words said by one person from ``start`` to ``end``, in seconds of the recording.

    ``start`` and ``end`` are None where the file gives no time at all. ``speaker`` is the label
    as written, None when the file names nobody. ``text`` keeps the cue's line breaks. ``line``
    is where the words start: the line of a text, the paragraph of a Word file, the segment of a
    JSON file, from 1. ``confidence`` is the program's own, from 0 to 1, None when it gives none.
    ``exact`` is false for a time that was reckoned from those around it.
    """

    start: float | None
    end: float | None
    speaker: str | None
    text: str
    line: int
    confidence: float | None = None
    exact: bool = True


@dataclass
class Reading:
    """What a reader has made of a file so far; ``title`` when the file names itself."""

    file: str
    cues: list[Cue] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    title: str | None = None
    _unused: list[tuple[int, str]] = field(default_factory=list)

    def add(self, cue: Cue) -> None:
        """Keep a cue that has words."""
        text = self.printable(cue.text, cue.line).strip()
        if text:
            label = cue.speaker and " ".join(self.printable(cue.speaker, cue.line).split())
            self.cues.append(
                Cue(cue.start, cue.end, label or None, text, cue.line, cue.confidence, cue.exact)
            )

    def printable(self, text: str, line: int) -> str:
        """``text`` without control characters, with a finding when there were any."""
        text = _BREAKS.sub("\n", text).replace("\ufeff", "")
        found = sorted({character_name(c) for c in UNPRINTABLE.findall(text)})
        if found:
            self.findings.append(CONTROL_CHARACTER.at(self.file, line, characters=", ".join(found)))
        return UNPRINTABLE.sub(" ", text)

    def unused(self, line: int, text: str) -> None:
        """Note a line that is nobody's words; lines that follow one another make one finding."""
        if not text.strip():
            return
        if self._unused and line > self._unused[-1][0] + 2:
            self.tell_unused()
        self._unused.append((line, text.strip()))

    def tell_unused(self) -> None:
        """Make the finding of the lines noted so far."""
        if self._unused:
            line = self._unused[0][0]
            text = self.printable("\n".join(text for _, text in self._unused), line)
            self.findings.append(UNUSED_LINE.at(self.file, line, text=" ".join(text.split())))
            self._unused.clear()

    def bad_time(self, line: int, text: str) -> None:
        """Note a timing that is none."""
        shown = " ".join(self.printable(text, line).split())
        self.findings.append(BAD_TIME.at(self.file, line, text=shown))


def seconds(time: str) -> float | None:
    """``[h…:]m:s[.f]`` in seconds, None when it is no time or beyond :data:`LONGEST`.

    More tolerant than any one format: ``0:0:1.720`` (Stream), ``1:02`` (Teams), ``00:00:01,5``.
    """
    match = _TIME.fullmatch(time.strip())
    if not match:
        return None
    hours, minutes, secs, fraction = match.groups()
    if int(secs) > 59 or (hours is not None and int(minutes) > 59):
        return None
    value = int(hours or 0) * 3600 + int(minutes) * 60 + int(secs) + float(f"0.{fraction or 0}")
    return value if value <= LONGEST else None


def clock(value: float) -> str:
    """Seconds as ``hh:mm:ss``, cut, as a recording's own display does."""
    whole = int(value)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
