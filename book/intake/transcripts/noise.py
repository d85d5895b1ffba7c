"""Removes what machines add to the words: rolling captions, loops, closers nobody has said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from book.findings import Finding
from book.intake.transcripts.codes import (
    HALLUCINATION,
    PERHAPS_HALLUCINATION,
    REPEATED,
    ROLLING,
)
from book.intake.transcripts.cues import Cue, clock

_TOUCH = 0.6
"""The most seconds between two captions when the second repeats a line of the first."""
_LOOP = 4
"""From so many repetitions on, equal cues are taken for a loop of speech recognition."""

# Closing credits that Whisper has learnt from the subtitles of films. It writes them where it
# hears nothing. The first ones are never said at a meeting, the second ones might be.
_CERTAIN = re.compile(
    r"(?:sottotitoli|subtitles|revisione|revisione e sottotitoli)[^.!?\n]{0,60}?"
    r"(?:amara\.org|qtss)(?:\s+community)?[.!]?"
    r"|sottotitoli (?:creati )?dalla comunità (?:di )?amara[.!]?"
    r"|(?:sub(?:title)?s|captions) by (?:the )?amara[^\n.]{0,30}[.!]?",
    re.I,
)
_PERHAPS = re.compile(
    r"(?:grazie (?:a tutti )?per (?:la visione|aver guardato(?: il video)?)"
    r"|iscri(?:viti|vetevi) al (?:nostro |mio )?canale.{0,60}"
    r"|(?:ci vediamo |alla? )(?:nel |al )?prossim[oa] (?:video|puntata)"
    r"|thanks? (?:you )?for watching|please subscribe.{0,40}|copyright .{0,40})[.!…]*",
    re.I,
)


def without_rolling(cues: Sequence[Cue], file: str) -> tuple[list[Cue], list[Finding]]:
    """Remove the lines of rolling captions that are repeated from the caption before.

    YouTube's captions roll: each starts with the last lines of the one before. Lines are removed
    only when at least a third of the cues do so; in any other file the words were said twice.
    """
    # Lines are compared, and kept, with single spaces.
    lines = [[" ".join(line.split()) for line in cue.text.split("\n")] for cue in cues]
    pairs = [
        (n, _overlap(lines[n - 1], lines[n]))
        for n in range(1, len(cues))
        if _touch(cues[n - 1], cues[n])
    ]
    repeated = {n: count for n, count in pairs if count}
    if len(repeated) < 2 or len(repeated) * 3 < len(cues):
        return list(cues), []
    kept = []
    for n, cue in enumerate(cues):
        text = "\n".join(lines[n][repeated.get(n, 0) :])
        if text:
            kept.append(replace(cue, text=text))
    first = cues[min(repeated)].line
    return kept, [ROLLING.at(file, first, count=sum(repeated.values()))]


def _touch(before: Cue, cue: Cue) -> bool:
    """Whether two cues of one speaker follow each other without a pause, or overlap."""
    if before.speaker != cue.speaker or before.end is None or cue.start is None:
        return False
    return abs(cue.start - before.end) <= _TOUCH or cue.start < before.end


def _overlap(before: list[str], after: list[str]) -> int:
    """How many lines (at most 4) at the start of ``after`` equal those at the end of ``before``."""
    for count in range(min(len(before), len(after), 4), 0, -1):
        if before[-count:] == after[:count]:
            return count
    return 0


def without_loops(cues: Sequence[Cue], file: str) -> tuple[list[Cue], list[Finding]]:
    """The cues, with runs of at least :data:`_LOOP` equal ones reduced to the first."""
    kept: list[Cue] = []
    findings: list[Finding] = []
    run: list[Cue] = []  # equal cues in a row; None at the end closes the last run
    for cue in [*cues, None]:
        if cue is not None and run and _same(run[0], cue):
            run.append(cue)
            continue
        if len(run) >= _LOOP:
            text = " ".join(run[0].text.split())
            time = clock(run[0].start or 0)
            findings.append(REPEATED.at(file, run[0].line, text=text, count=len(run), time=time))
            run = run[:1]
        kept.extend(run)
        run = [cue] if cue is not None else []
    return kept, findings


def _same(one: Cue, other: Cue) -> bool:
    return one.speaker == other.speaker and one.text.split() == other.text.split()


def without_closers(cues: Sequence[Cue], file: str) -> tuple[list[Cue], list[Finding]]:
    """The cues without closers that nobody says; those that may have been said are reported."""
    kept: list[Cue] = []
    findings: list[Finding] = []
    for cue in cues:
        time = clock(cue.start or 0)
        text = cue.text
        for match in _CERTAIN.finditer(text):
            said = " ".join(match[0].split())
            findings.append(HALLUCINATION.at(file, cue.line, text=said, time=time))
        text = _CERTAIN.sub("", text).strip()
        if _PERHAPS.fullmatch(" ".join(text.split())):
            findings.append(
                PERHAPS_HALLUCINATION.at(file, cue.line, text=" ".join(text.split()), time=time)
            )
        if text:
            kept.append(replace(cue, text=text))
    return kept, findings
