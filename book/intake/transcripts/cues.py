"""What every reader of transcripts produces: cues, and findings on all lines that are none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from book.findings import Finding
from book.intake.transcripts.codes import BAD_TIME, CONTROL_CHARACTER, UNUSED_LINE
from book.model.yaml.encoding import UNPRINTABLE, character_name

LONGEST = 400 * 3600
"""The latest time, seconds. A larger value is not the time of a meeting."""

_TIME = re.compile(r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,6}))?")
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
"""Control characters and separators that end a line."""


@dataclass(frozen=True)
class Cue:
    """Words said by one person from ``start`` to ``end``, in seconds of the recording.

    ``start`` and ``end`` are None where the file gives no time. ``speaker`` is the label as
    written, None when the file names nobody. ``text`` keeps the cue's line breaks. ``line`` is
    where the words start: the line of a text, the paragraph of a Word file, the segment of a JSON
    file, from 1. ``confidence`` is what the program says of its own certainty, from 0 to 1; None
    when it says nothing. ``exact`` is false when ``start`` is the time of an earlier cue, taken
    over because the file gives none here; :mod:`.times` then estimates it.
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
    """What a reader has read of a file so far: cues and findings.

    ``title`` is the title that the file gives itself. ``_unused`` are numbered lines that are
    nobody's words and have not been reported yet.
    """

    file: str
    cues: list[Cue] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    title: str | None = None
    _unused: list[tuple[int, str]] = field(default_factory=list)

    def add(self, cue: Cue) -> None:
        """Add a cue if it has words; control characters are removed from them."""
        text = self.printable(cue.text, cue.line).strip()
        if text:
            label = cue.speaker and " ".join(self.printable(cue.speaker, cue.line).split())
            self.cues.append(
                Cue(cue.start, cue.end, label or None, text, cue.line, cue.confidence, cue.exact)
            )

    def printable(self, text: str, line: int) -> str:
        """``text`` with spaces in place of control characters, reported if there were any."""
        text = _BREAKS.sub("\n", text).replace("\ufeff", "")
        found = sorted({character_name(c) for c in UNPRINTABLE.findall(text)})
        if found:
            self.findings.append(CONTROL_CHARACTER.at(self.file, line, characters=", ".join(found)))
        return UNPRINTABLE.sub(" ", text)

    def unused(self, line: int, text: str) -> None:
        """Note a line that is nobody's words.

        Lines that follow one another, with at most one line between, are reported together.
        """
        if not text.strip():
            return
        if self._unused and line > self._unused[-1][0] + 2:
            self.report_unused()
        self._unused.append((line, text.strip()))

    def report_unused(self) -> None:
        """Report the lines noted so far, as one finding. Readers call it at the end, too."""
        if self._unused:
            line = self._unused[0][0]
            text = self.printable("\n".join(text for _, text in self._unused), line)
            self.findings.append(UNUSED_LINE.at(self.file, line, text=" ".join(text.split())))
            self._unused.clear()

    def bad_time(self, line: int, text: str) -> None:
        """Report a timing that cannot be read."""
        shown = " ".join(self.printable(text, line).split())
        self.findings.append(BAD_TIME.at(self.file, line, text=shown))


def seconds(time: str) -> float | None:
    """The time ``[h…:]m:s[.f]`` in seconds; None when it is no time or beyond :data:`LONGEST`.

    Accepts the forms of all formats: ``0:0:1.720`` (Stream), ``1:02`` (Teams), ``00:00:01,5``
    (SRT). Without hours, minutes may exceed 59.
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
    """Seconds as ``hh:mm:ss``. Fractions are cut off, not rounded, as players do."""
    whole = int(value)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
