"""Who speaks, where a format writes it into the words: ``Name: words``.

A colon is common in speech, so a label has to look like a name, and a file has to use it like
one. Nobody is invented: in doubt the words stay words, and a finding names the label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from book.intake.transcripts.codes import NOT_A_SPEAKER
from book.intake.transcripts.cues import Cue, Reading

_LABEL = re.compile(r"(?P<label>[^\n:]{1,70}?)\s*:(?![\d/])\s*(?P<words>\S.*)", re.S)
_PARTICLE = re.compile(
    r"d[eiao]|del(?:l[aeo])?|de[ig]|degli|dall?a?|v[ao]n|der|den|l[ae]|[ea]l|bin|ibn|ed?|d['’]",
    re.I,
)
DIARISED = re.compile(r"\[?(SPEAKER_\d{1,4})\]?")
"""What recognisers call somebody whom they tell apart and do not know."""
_NO_NAME = re.compile(r"[?!;…«»\"“”<>=@#*_/\\]|\.\.|-->|\d:\d|,\s.*,\s|\d{3}")
_NO_LETTER = re.compile(r"[\W\d_]+")
MOST_WORDS = 7

_ROLE = re.compile(
    r"(?:facilita|modera|condut|rela|forma|educa|diret|coordina|opera|media|ricerca|tradut)"
    r"(?:tore|trice)|intervista(?:tore|trice|t[oa])|docente|partecipante|assistente|sindac[oa]"
    r"|assessora?|(?:vice)?president(?:e|essa)|segretari[oa]|dirigente|responsabile|referente"
    r"|volontari[oa]|interprete|pubblico|sala|voce|student(?:e|essa)|insegnante|psicolog[oa]"
    r"|funzionari[oa]|tecnic[oa]|consulente|consiglier[ea]|speaker|host|moderator|participant"
    r"|interview(?:er|ee)|audience|facilitator|interpreter|chair",
    re.I,
)
"""First words that say what somebody does rather than who it is."""


def looks_like_label(text: str) -> bool:
    """Whether ``text`` could be a name or a role: ``Anna Bianchi (Comune)``, ``SPEAKER_01``."""
    if DIARISED.fullmatch(text):
        return True
    bare = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", text).strip()
    words = bare.split()
    if not words or len(words) > MOST_WORDS or _NO_NAME.search(bare) or _NO_LETTER.fullmatch(bare):
        return False
    return words[0][0].isupper() and not words[-1].endswith(".")


def is_name(text: str) -> bool:
    """Whether every word is written as names are, or the first is a known role."""
    bare = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", text).strip()
    words = re.split(r"[\s-]+", bare)
    return (
        bool(DIARISED.fullmatch(text))
        or is_role(text)
        or all(
            not w
            or w[0].isupper()
            or w[0].isdigit()
            or not w[0].isalnum()
            or _PARTICLE.fullmatch(w)
            for w in words
        )
    )


def is_role(text: str) -> bool:
    """Whether the label says what somebody does: ``Assistente sociale``, ``Partecipante 3``."""
    return not DIARISED.fullmatch(text) and bool(
        _ROLE.fullmatch(re.split(r"[\s_\d]+", text.strip())[0])
    )


def split_label(text: str) -> tuple[str, str] | None:
    """The label that ``text`` could start with, and the words after it."""
    match = _LABEL.match(text)
    if not match or not looks_like_label(match["label"].strip()):
        return None
    label = match["label"].strip()
    diarised = DIARISED.fullmatch(label)
    return diarised[1] if diarised else label, match["words"]


def accepted(labels: Sequence[str], lines: int) -> frozenset[str]:
    """Those of ``labels`` (as they come, with repetitions) that are speakers.

    In a file most of whose ``lines`` start with one, a label need only be written as a name is;
    elsewhere it must come again, too. A label that is no name must come three times.
    """
    counts = Counter(labels)
    labelled = len(labels) * 2 >= lines

    def is_speaker(label: str, count: int) -> bool:
        if is_name(label):
            return labelled or count > 1
        return labelled and count > 2

    return frozenset(label for label, count in counts.items() if is_speaker(label, count))


def attribute(reading: Reading) -> None:
    """Take the speakers out of the words of those cues that name none of their own."""
    found = {n: split_label(c.text) for n, c in enumerate(reading.cues) if c.speaker is None}
    labels = [split[0] for split in found.values() if split]
    speakers = accepted(labels, len(found))
    told: set[str] = set()
    for number, split in found.items():
        if split is None:
            continue
        cue = reading.cues[number]
        label, words = split
        if label in speakers:
            reading.cues[number] = replace(cue, speaker=label, text=words)
        elif label not in told:
            told.add(label)
            reading.findings.append(NOT_A_SPEAKER.at(reading.file, cue.line, label=label))
    reading.cues[:] = [cue for cue in _lines_apart(reading.cues, speakers) if cue.text.strip()]


def _lines_apart(cues: Iterable[Cue], speakers: frozenset[str]) -> Iterator[Cue]:
    """Cues whose later lines start with a speaker's label, one for each speaker."""
    for cue in cues:
        parts: list[tuple[str | None, list[str]]] = [(cue.speaker, [])]
        for line in cue.text.split("\n"):
            split = split_label(line.removeprefix("- ")) if parts[0][1] else None
            if split and split[0] in speakers:
                parts.append((split[0], [split[1]]))
            else:
                parts[-1][1].append(line)
        for speaker, lines in parts:
            yield replace(cue, speaker=speaker, text="\n".join(lines))
