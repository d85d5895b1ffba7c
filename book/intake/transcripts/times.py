"""Estimates missing times, and reports times that go backwards.

Meet and many typed transcripts give a time only every few minutes. The cues between two times get
theirs in proportion to the words said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from book.findings import Finding
from book.intake.transcripts.codes import ESTIMATED_TIMES, NO_TIMES, TIMES_BACKWARDS
from book.intake.transcripts.cues import Cue, clock

WORDS_PER_SECOND = 2.4
"""The rate of Italian speech at a meeting. Used only after the file's last time."""
_SLACK = 1.0
"""The most seconds by which a cue may start before the previous one without being reported: people
interrupt each other."""


def with_times(cues: Sequence[Cue], file: str) -> tuple[list[Cue], list[Finding]]:
    """The cues with estimated starts where the file gives none, and findings.

    Cues before the first time of the file keep having none.
    """
    if not cues:
        return [], []
    if all(cue.start is None for cue in cues):
        return list(cues), [NO_TIMES.at(file)]
    known = [n for n, cue in enumerate(cues) if cue.exact and cue.start is not None]
    timed = list(cues)
    for at, following in zip(known, [*known[1:], None], strict=True):
        _spread(timed, at, following)
    findings = []
    if any(not c.exact and c.speaker != b.speaker for b, c in pairwise(cues)):
        findings.append(ESTIMATED_TIMES.at(file))
    return timed, [*findings, *_backwards(timed, file)]


def _spread(cues: list[Cue], at: int, following: int | None) -> None:
    """Set the starts of the cues after number ``at``, up to ``following`` (excluded).

    Both have known times, and the words of the cues share the time between: the more words were
    said before a cue, the later it starts. After the last known time ``following`` is None, and
    the usual rate of speech is taken.
    """
    start = cues[at].start or 0.0
    last = following if following is not None else len(cues)
    counts = [len(cue.text.split()) for cue in cues[at:last]]
    rate = 1 / WORDS_PER_SECOND
    if following is not None:
        rate = max((cues[following].start or 0.0) - start, 0.0) / max(sum(counts), 1)
    said = counts[0]
    for n in range(at + 1, last):
        cues[n] = replace(cues[n], start=start + said * rate)
        said += counts[n - at]


def _backwards(cues: Sequence[Cue], file: str) -> list[Finding]:
    """A finding for each cue that starts before the previous one."""
    findings = []
    previous: float | None = None
    for cue in cues:
        if cue.start is None:
            continue
        if previous is not None and cue.start < previous - _SLACK:
            findings.append(
                TIMES_BACKWARDS.at(file, cue.line, time=clock(cue.start), previous=clock(previous))
            )
        previous = cue.start
    return findings
