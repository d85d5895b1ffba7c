"""What machines add to what was said: rolling captions, loops, closers that nobody spoke."""

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
"""Seconds between two captions of which the second repeats a line of the first."""
_LOOP = 4
"""As many times nobody says the same words; a recogniser that lost its way does."""

# Closers that Whisper learnt from the subtitles of films: nobody says them at a meeting.
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
    """Cues whose first lines repeat the last ones of the cue before, as YouTube's do, once each.

    Only in a file that does so throughout: elsewhere a repeated line was said twice.
    """
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
    if before.speaker != cue.speaker or before.end is None or cue.start is None:
        return False
    return abs(cue.start - before.end) <= _TOUCH or cue.start < before.end


def _overlap(before: list[str], after: list[str]) -> int:
    """How many lines at the start of ``after`` are those at the end of ``before``."""
    for count in range(min(len(before), len(after), 4), 0, -1):
        if before[-count:] == after[:count]:
            return count
    return 0


def without_loops(cues: Sequence[Cue], file: str) -> tuple[list[Cue], list[Finding]]:
    """Cues without runs of :data:`_LOOP` and more that say the very same."""
    kept: list[Cue] = []
    findings: list[Finding] = []
    run: list[Cue] = []
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
    """Cues without the closers that nobody says; those that somebody might say are flagged."""
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
