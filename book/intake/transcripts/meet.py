"""Reads Google Meet's transcript, a Google document exported as text or as a Word file.

It starts with ``… - Transcript`` and the names of the participants. Then come turns ``Name:
words``, with a time on a line of its own every few minutes. :mod:`.times` estimates the times
between.
"""

from __future__ import annotations

import re

from book.intake.transcripts import plain
from book.intake.transcripts.codes import PROGRAM_LINE
from book.intake.transcripts.cues import Reading

_TITLE = re.compile(r"(?P<title>\S.{0,200}?)\s{1,5}[-–—]\s{1,5}(?:Transcript|Trascrizione)", re.I)
_HEADING = re.compile(r"(?:📖\s*)?(?:Transcript|Trascrizione)", re.I)
_ANCHOR = re.compile(r"\s*\d{2}:\d{2}:\d{2}\s*")
_END = re.compile(
    r"(?:meeting|transcription|la riunione|la trascrizione|trascrizione)\s+"
    r"(?:ended after|(?:è\s+)?terminata dopo)\s+[\d:]+.*"
    r"|this editable transcript was computer generated.*"
    r"|questa trascrizione modificabile è stata generata.*",
    re.I,
)


def is_meet(lines: list[tuple[int, str]]) -> bool:
    """Whether lines are Meet's: there is its heading or its end, and a time on its own line."""
    texts = [line.strip() for _, line in lines]
    named = any(_TITLE.fullmatch(t) or _HEADING.fullmatch(t) or _END.fullmatch(t) for t in texts)
    return named and any(_ANCHOR.fullmatch(t) for t in texts)


def read(text: str, reading: Reading) -> None:
    """Read ``text`` (line ends are line feeds) into ``reading``."""
    read_lines(plain.numbered_lines(text.replace("\x0b", "\n")), reading)


def read_lines(lines: list[tuple[int, str]], reading: Reading) -> None:
    """Read numbered lines. Lines before the transcript and Meet's own lines are reported."""
    start = _start(lines)
    for number, line in lines[:start]:
        text = reading.printable(line, number).strip()
        title = _TITLE.fullmatch(text)
        if title and reading.title is None:
            reading.title = title["title"]
        elif text and not _HEADING.fullmatch(text):
            reading.findings.append(
                PROGRAM_LINE.at(reading.file, number, text=" ".join(text.split()))
            )
    said = []
    for number, line in lines[start:]:
        if _END.fullmatch(line.strip()):
            text = " ".join(reading.printable(line, number).split())
            reading.findings.append(PROGRAM_LINE.at(reading.file, number, text=text))
        else:
            said.append((number, line))
    plain.read_lines(said, reading)


def _start(lines: list[tuple[int, str]]) -> int:
    """The index of the first line of the transcript.

    It is below the heading «Transcript», else below the title, else at the first time.
    """
    first_time = next((n for n, (_, t) in enumerate(lines) if _ANCHOR.fullmatch(t)), len(lines))
    for pattern in (_HEADING, _TITLE):
        for n, (_, line) in enumerate(lines[: first_time + 1]):
            if pattern.fullmatch(line.strip()):
                return n + 1
    return min(first_time, len(lines) - 1) if first_time < len(lines) else 0
