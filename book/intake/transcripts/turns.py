"""Cues to speaker turns: who speaks, in paragraphs, each with the time it starts at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from book.findings import Finding
from book.intake.transcripts import noise
from book.intake.transcripts.codes import DOUBTFUL, NO_SPEAKER, SHARED_SCREEN, SUFFIX
from book.intake.transcripts.cues import Cue, clock
from book.intake.transcripts.times import with_times

DOUBT = 0.4
"""Confidence below which a passage is marked. Whisper's own limit, e⁻¹, is just below."""
PAUSE = 2.0
"""Seconds after which the same speaker may start a new paragraph."""
SILENCE = 60.0
"""Seconds after which the same speaker's words are a new turn, with its own time."""
SHORT, LONG = 40, 120
"""Words: no paragraph ends before SHORT of them, and after LONG the next full stop ends it."""

_SUFFIX = re.compile(
    r"\s*[(\[]\s*(guest|ospite|unverified|non verificato|host|co-host|organizer|organizzatore|"
    r"external|esterno)\s*[)\]]\s*$",
    re.I,
)
_SHARED = re.compile(r"\S.{0,80}['’]s presentation|presentazione di \S.{0,80}", re.I)
_GAP = re.compile(
    r"[\[(](incomprensibile|inudibile|inaudible|voci sovrapposte|audio assente)[\])]",
    re.I,
)
_SENTENCE_END = re.compile(r"[.?!…][»”\"')\]]*$")


@dataclass(frozen=True)
class Piece:
    """Words as said; ``doubt`` is the time, in seconds, of a passage that was hard to hear."""

    text: str
    doubt: float | None = None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a turn; ``start`` in seconds, ``line`` in the file that was handed in."""

    start: float | None
    line: int
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The paragraph's words."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Turn:
    """What one person says at a stretch; ``speaker`` None when the file names nobody."""

    speaker: str | None
    paragraphs: tuple[Paragraph, ...]

    @property
    def start(self) -> float | None:
        """When the turn starts, in seconds."""
        return self.paragraphs[0].start


def turns_of(cues: Sequence[Cue], file: str) -> tuple[list[Turn], list[Finding]]:
    """The turns of a transcript, without what machines added to it."""
    findings: list[Finding] = []
    kept = list(cues)
    for step in (noise.without_loops, noise.without_rolling, noise.without_closers, _named):
        kept, found = step(kept, file)
        findings.extend(found)
    kept, found = with_times(kept, file)
    findings.extend(found)
    turns: list[Turn] = []
    for stretch in _stretches(kept):
        paragraphs = [_paragraph(group) for group in _grouped(stretch)]
        speaker = stretch[0].speaker
        if speaker is None:  # whether one person or more spoke, nobody knows
            turns.extend(Turn(None, (paragraph,)) for paragraph in paragraphs)
        else:
            turns.append(Turn(speaker, tuple(paragraphs)))
    return turns, [*findings, *_doubtful(kept, file), *_nobody(turns, file)]


def _named(cues: Sequence[Cue], file: str) -> tuple[list[Cue], list[Finding]]:
    """Cues whose speakers are people's names alone, spelt as at first."""
    spelt: dict[str, str] = {}
    findings: list[Finding] = []
    told: set[str] = set()
    named = []
    for cue in cues:
        label = cue.speaker
        if label is not None and _SHARED.fullmatch(label):
            if label not in told:
                time = clock(cue.start or 0)
                findings.append(SHARED_SCREEN.at(file, cue.line, label=label, time=time))
            told.add(label)
            label = None
        elif label is not None and (match := _SUFFIX.search(label)) and match.start():
            bare = label[: match.start()]
            if label not in told:
                suffix = label[match.start() :].strip()
                findings.append(SUFFIX.at(file, cue.line, suffix=suffix, speaker=bare))
            told.add(label)
            label = bare
        if label is not None:
            label = spelt.setdefault(label.casefold(), label)
        named.append(replace(cue, speaker=label))
    return named, findings


def _stretches(cues: Iterable[Cue]) -> list[list[Cue]]:
    """Runs of cues of one speaker that no long silence parts."""
    stretches: list[list[Cue]] = []
    for cue in cues:
        last = stretches[-1][-1] if stretches else None
        if last is not None and last.speaker == cue.speaker and _pause(last, cue) <= SILENCE:
            stretches[-1].append(cue)
        else:
            stretches.append([cue])
    return stretches


def _pause(before: Cue, cue: Cue) -> float:
    """Seconds of silence between two cues, 0 where the file does not say when one ends."""
    if before.end is None or cue.start is None:
        return 0.0
    return max(cue.start - before.end, 0.0)


def _grouped(cues: Sequence[Cue]) -> list[list[Cue]]:
    """The cues of each paragraph: it ends with a sentence, at a pause or when it grows long."""
    groups: list[list[Cue]] = []
    words = 0
    for cue in cues:
        last = groups[-1][-1] if groups else None
        if last is not None and not _ends(last, cue, words):
            groups[-1].append(cue)
        else:
            groups.append([cue])
            words = 0
        words += len(cue.text.split())
    return groups


def _ends(last: Cue, cue: Cue, words: int) -> bool:
    if not _SENTENCE_END.search(last.text[-10:]):
        return words > 4 * LONG  # no machine set a full stop: a page without one is no paragraph
    return words > LONG or (words > SHORT and _pause(last, cue) > PAUSE)


def _paragraph(cues: Sequence[Cue]) -> Paragraph:
    pieces: list[Piece] = []
    for cue in cues:
        text = " ".join(_GAP.sub(_with_time(cue), cue.text).split())
        doubt = cue.start if _is_doubtful(cue) else None
        if doubt is None and pieces and pieces[-1].doubt is None:
            pieces[-1] = Piece(f"{pieces[-1].text} {text}")
        else:
            pieces.append(Piece(text, doubt))
    return Paragraph(cues[0].start, cues[0].line, tuple(pieces))


def _with_time(cue: Cue) -> str:
    """The replacement for a gap: what it was called, and when."""
    return r"[\1]" if cue.start is None else rf"[\g<1> {clock(cue.start)}]"


def _is_doubtful(cue: Cue) -> bool:
    return cue.confidence is not None and cue.confidence < DOUBT


def _doubtful(cues: Iterable[Cue], file: str) -> list[Finding]:
    return [
        DOUBTFUL.at(file, cue.line, text=" ".join(cue.text.split()), time=clock(cue.start or 0))
        for cue in cues
        if _is_doubtful(cue)
    ]


def _nobody(turns: Sequence[Turn], file: str) -> list[Finding]:
    """One finding for all passages whose speaker is not known, at the first of them."""
    unknown = [turn for turn in turns if turn.speaker is None]
    if not unknown:
        return []
    return [NO_SPEAKER.at(file, unknown[0].paragraphs[0].line, count=len(unknown))]
