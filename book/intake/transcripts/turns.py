"""Makes speaker turns of cues: a speaker and paragraphs, each with the time at which it starts."""

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
"""The confidence below which a passage is marked as doubtful. Whisper's own limit, a mean
log-probability of -1, is e⁻¹ = 0.37."""
PAUSE = 2.0
"""Seconds of silence after which the same speaker may start a new paragraph."""
SILENCE = 60.0
"""Seconds of silence after which the same speaker starts a new turn, with its own time."""
SHORT, LONG = 40, 120
"""Words. No paragraph ends before SHORT words; after LONG words it ends with the sentence."""

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
    """Words of a paragraph; ``doubt`` is their time in seconds if they are doubtful, else None."""

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
    """What one person says without interruption; ``speaker`` is None when the file names nobody."""

    speaker: str | None
    paragraphs: tuple[Paragraph, ...]

    @property
    def start(self) -> float | None:
        """When the turn starts, in seconds."""
        return self.paragraphs[0].start


def turns_of(cues: Sequence[Cue], file: str) -> tuple[list[Turn], list[Finding]]:
    """The turns of a transcript, without what machines have added, and findings.

    ``cues`` are in the order of the file, which is kept even where times go backwards.
    """
    findings: list[Finding] = []
    kept = list(cues)
    # Loops come before rolling captions: equal cues in a row look like rolling ones. Closers come
    # after both, so that each is reported once. Times are estimated last, because they depend on
    # the words that are left.
    for step in (
        noise.without_loops,
        noise.without_rolling,
        noise.without_closers,
        _with_clean_labels,
    ):
        kept, found = step(kept, file)
        findings.extend(found)
    kept, found = with_times(kept, file)
    findings.extend(found)
    turns: list[Turn] = []
    for stretch in _stretches(kept):
        paragraphs = [_paragraph(group) for group in _grouped(stretch)]
        speaker = stretch[0].speaker
        if speaker is None:  # one person or several: each paragraph is a turn of its own
            turns.extend(Turn(None, (paragraph,)) for paragraph in paragraphs)
        else:
            turns.append(Turn(speaker, tuple(paragraphs)))
    return turns, [*findings, *_doubtful(kept, file), *_unknown_speakers(turns, file)]


def _with_clean_labels(cues: Sequence[Cue], file: str) -> tuple[list[Cue], list[Finding]]:
    """The cues with labels that are names or roles alone, each in its first spelling.

    Removes what programs add («(Guest)»). A label for a shared screen is no speaker.
    """
    spelt: dict[str, str] = {}
    findings: list[Finding] = []
    reported: set[str] = set()
    named = []
    for cue in cues:
        label = cue.speaker
        if label is not None and _SHARED.fullmatch(label):
            if label not in reported:
                time = clock(cue.start or 0)
                findings.append(SHARED_SCREEN.at(file, cue.line, label=label, time=time))
            reported.add(label)
            label = None
        elif label is not None and (match := _SUFFIX.search(label)) and match.start():
            bare = label[: match.start()]
            if label not in reported:
                suffix = label[match.start() :].strip()
                findings.append(SUFFIX.at(file, cue.line, suffix=suffix, speaker=bare))
            reported.add(label)
            label = bare
        if label is not None:
            label = spelt.setdefault(label.casefold(), label)
        named.append(replace(cue, speaker=label))
    return named, findings


def _stretches(cues: Iterable[Cue]) -> list[list[Cue]]:
    """Runs of cues of one speaker without a silence of more than :data:`SILENCE` seconds."""
    stretches: list[list[Cue]] = []
    for cue in cues:
        last = stretches[-1][-1] if stretches else None
        if last is not None and last.speaker == cue.speaker and _pause(last, cue) <= SILENCE:
            stretches[-1].append(cue)
        else:
            stretches.append([cue])
    return stretches


def _pause(before: Cue, cue: Cue) -> float:
    """Seconds of silence between two cues; 0 where the file does not say when the first ends."""
    if before.end is None or cue.start is None:
        return 0.0
    return max(cue.start - before.end, 0.0)


def _grouped(cues: Sequence[Cue]) -> list[list[Cue]]:
    """The cues of a turn, grouped into paragraphs (:func:`_ends`)."""
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
    """Whether a paragraph of so many ``words`` ends between the cues ``last`` and ``cue``.

    It ends with a sentence, when it is long or a pause follows. Some programs set no full stops;
    then it ends after about a page.
    """
    if not _SENTENCE_END.search(last.text[-10:]):
        return words > 4 * LONG
    return words > LONG or (words > SHORT and _pause(last, cue) > PAUSE)


def _paragraph(cues: Sequence[Cue]) -> Paragraph:
    """One paragraph of cues; doubtful cues are pieces of their own."""
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
    """The replacement for a mark of inaudible words: the mark with the time of the cue."""
    return r"[\1]" if cue.start is None else rf"[\g<1> {clock(cue.start)}]"


def _is_doubtful(cue: Cue) -> bool:
    return cue.confidence is not None and cue.confidence < DOUBT


def _doubtful(cues: Iterable[Cue], file: str) -> list[Finding]:
    return [
        DOUBTFUL.at(file, cue.line, text=" ".join(cue.text.split()), time=clock(cue.start or 0))
        for cue in cues
        if _is_doubtful(cue)
    ]


def _unknown_speakers(turns: Sequence[Turn], file: str) -> list[Finding]:
    """One finding for all passages without a speaker, at the first of them."""
    unknown = [turn for turn in turns if turn.speaker is None]
    if not unknown:
        return []
    return [NO_SPEAKER.at(file, unknown[0].paragraphs[0].line, count=len(unknown))]
