"""Finds speakers in formats that write them into the words: ``Name: words``.

A colon is also common in speech («Una cosa: …»). Therefore a label must look like a name, and the
file must use it like one (:func:`accepted`). In doubt the label stays part of the words, and a
finding names it.
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
"""The labels of speech recognition for speakers that it tells apart and cannot name."""
_NO_NAME = re.compile(r"[?!;…«»\"“”<>=@#*_/\\]|\.\.|-->|\d:\d|,\s.*,\s|\d{3}")
_NO_LETTER = re.compile(r"[\W\d_]+")
MOST_WORDS = 7
"""The most words of a label."""

_ROLE = re.compile(
    r"(?:facilita|modera|condut|rela|forma|educa|diret|coordina|opera|media|ricerca|tradut)"
    r"(?:tore|trice)|intervista(?:tore|trice|t[oa])|docente|partecipante|assistente|sindac[oa]"
    r"|assessora?|(?:vice)?president(?:e|essa)|segretari[oa]|dirigente|responsabile|referente"
    r"|volontari[oa]|interprete|pubblico|sala|voce|student(?:e|essa)|insegnante|psicolog[oa]"
    r"|funzionari[oa]|tecnic[oa]|consulente|consiglier[ea]|speaker|host|moderator|participant"
    r"|interview(?:er|ee)|audience|facilitator|interpreter|chair",
    re.I,
)
"""First words of labels that are roles («facilitatrice») and not names."""


def looks_like_label(text: str) -> bool:
    """Whether ``text`` may be a label: ``Anna Bianchi (Comune)``, ``SPEAKER_01``.

    Only its form is judged; :func:`is_name` is stricter.
    """
    if DIARISED.fullmatch(text):
        return True
    # The organisation in brackets may be written in any way.
    bare = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", text).strip()
    words = bare.split()
    if not words or len(words) > MOST_WORDS or _NO_NAME.search(bare) or _NO_LETTER.fullmatch(bare):
        return False
    return words[0][0].isupper() and not words[-1].endswith(".")


def is_name(text: str) -> bool:
    """Whether every word has a capital, as in names, or the first word is a known role.

    Particles («de») need no capital.
    """
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
    """Whether the label is a role: ``Assistente sociale``, ``Partecipante 3``."""
    return not DIARISED.fullmatch(text) and bool(
        _ROLE.fullmatch(re.split(r"[\s_\d]+", text.strip())[0])
    )


def split_label(text: str) -> tuple[str, str] | None:
    """The label that ``text`` may start with, and the words after it; None if there is none."""
    match = _LABEL.match(text)
    if not match or not looks_like_label(match["label"].strip()):
        return None
    label = match["label"].strip()
    diarised = DIARISED.fullmatch(label)
    return diarised[1] if diarised else label, match["words"]


def accepted(labels: Sequence[str], lines: int) -> frozenset[str]:
    """Those of ``labels`` that are speakers, judged by how often the file uses them.

    ``labels`` are all labels of the file with repetitions; ``lines`` is the number of lines that
    might have one. Where at least half of the lines have a label, a name (:func:`is_name`) is a
    speaker at once, and any other label if it comes three times. In other files a name must come
    twice, and no other label is a speaker.
    """
    counts = Counter(labels)
    labelled = len(labels) * 2 >= lines

    def is_speaker(label: str, count: int) -> bool:
        if is_name(label):
            return labelled or count > 1
        return labelled and count > 2

    return frozenset(label for label, count in counts.items() if is_speaker(label, count))


def attribute(reading: Reading) -> None:
    """Move labels from the words of a reading's cues to their ``speaker``.

    Only for cues that name no speaker. Cues in which several people speak are split.
    """
    # Labels are judged over the whole file first, then cues are changed.
    found = {n: split_label(c.text) for n, c in enumerate(reading.cues) if c.speaker is None}
    labels = [split[0] for split in found.values() if split]
    speakers = accepted(labels, len(found))
    reported: set[str] = set()
    for number, split in found.items():
        if split is None:
            continue
        cue = reading.cues[number]
        label, words = split
        if label in speakers:
            reading.cues[number] = replace(cue, speaker=label, text=words)
        elif label not in reported:
            reported.add(label)
            reading.findings.append(NOT_A_SPEAKER.at(reading.file, cue.line, label=label))
    reading.cues[:] = [cue for cue in _lines_apart(reading.cues, speakers) if cue.text.strip()]


def _lines_apart(cues: Iterable[Cue], speakers: frozenset[str]) -> Iterator[Cue]:
    """The cues, split where a line after the first starts with the label of a speaker."""
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
