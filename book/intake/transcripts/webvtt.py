"""Reads WebVTT as Zoom, Teams, Stream, YouTube and Whisper write it.

Follows the parser of the WebVTT specification (https://www.w3.org/TR/webvtt1/, section 6.1) but
loses no words where a browser may: words may hold an arrow ``-->``, a cue with a broken timing
keeps its words, and each line that is left out is reported.

A file is a header and blocks, separated by empty lines. A block is a cue (an optional id, a line
with times, words), a note, a style sheet or a region.
"""

from __future__ import annotations

import re
from html import unescape

from book.intake.transcripts.codes import NO_SIGNATURE, NOTE
from book.intake.transcripts.cues import Cue, Reading, seconds
from book.intake.transcripts.labels import attribute

_ARROW = re.compile(r"^\s*(?P<start>[\d:.,]+)\s*-->\s*(?P<end>[\d:.,]+)(?:\s+(?P<settings>.*))?$")
_BROKEN_ARROW = re.compile(r"[\d:.,\s-]*-->[\d:.,\s-]*$")
"""A timing of which a part is missing or wrong."""
_SETTINGS = re.compile(r"(?:(?:region|vertical|line|position|size|align):\S*(?:\s+|$))*")
# The ids that programs write: numbers and UUIDs. Any line may be an id, but other ones cannot be
# told from words.
_ID = re.compile(r"\d{1,9}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:[/-][\w/-]+)?", re.I)
_NOTE = re.compile(r"NOTE(?:\s|$)")
# Microsoft Stream writes «NOTE Confidence: 0.89» before each cue.
_CONFIDENCE = re.compile(r"confidence\s*:\s*(\d(?:\.\d+)?)", re.I)
_HEADER = re.compile(r"(?:Kind|Language)\s*:.*", re.I)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<name>[^<>\n]{0,200})>|</v\s*>")
_TAG = re.compile(r"</?(?:c|i|b|u|ruby|rt|v|lang)(?:[.\s][^<>]*)?>|<\d[\d:.]*>")


def read(text: str, reading: Reading) -> None:
    """Read ``text`` (line ends are line feeds) into ``reading``."""
    lines = text.split("\n")
    position = _header(lines, reading)
    confidence = None  # of the next cue, from a note before it
    while position < len(lines):
        block, position = _block(lines, position)
        if not block:
            continue
        first = block[0][1].strip()
        if timed := _timings(block):
            # A timing without words ends the block: the words may be in the next block.
            if timed[-1] == len(block) - 1:
                following, after = _block(lines, _first_of_next(lines, position))
                if _is_loose(following):
                    block, position = [*block, *following], after
            _cues(block, timed, confidence, reading)
            confidence = None
        elif _NOTE.match(first):
            confidence = _note(block, confidence, reading)
        elif first in ("STYLE", "REGION") or first.startswith("REGION:"):
            _report_note(block, reading)
        else:
            for number, line in block:
                reading.unused(number, line)
    attribute(reading)
    reading.report_unused()


def _header(lines: list[str], reading: Reading) -> int:
    """Read the signature and the lines of the header; return the index where blocks may start.

    A missing empty line after the header is tolerated: a timing, or an id before one, ends it.
    """
    signature = lines[0].removeprefix("\ufeff") if lines else ""
    if not re.match(r"WEBVTT(?:[ \t]|$)", signature):
        reading.findings.append(NO_SIGNATURE.at(reading.file, 1))
        return 0
    title = signature[6:].strip(" \t-–")
    if title:
        reading.findings.append(NOTE.at(reading.file, 1, text=reading.printable(title, 1)))
    position = 1
    while position < len(lines) and lines[position].strip() and not _is_timing(lines[position]):
        following = lines[position + 1] if position + 1 < len(lines) else ""
        if _is_timing(following):
            break
        if not _HEADER.fullmatch(lines[position].strip()):
            reading.unused(position + 1, lines[position])
        position += 1
    return position


def _block(lines: list[str], position: int) -> tuple[list[tuple[int, str]], int]:
    """The lines of a block with their numbers, and the index after the empty line that ends it."""
    block = []
    while position < len(lines) and lines[position].strip("\r"):
        block.append((position + 1, lines[position]))
        position += 1
    return block, position + 1


def _first_of_next(lines: list[str], position: int) -> int:
    """The index of the first line from ``position`` on that is not empty."""
    while position < len(lines) and not lines[position].strip():
        position += 1
    return position


def _is_loose(block: list[tuple[int, str]]) -> bool:
    """Whether a block has no timing and is no note, style, region or id.

    After a timing without words such a block holds the words. Files whose line ends were
    converted twice have an empty line after each line.
    """
    first = block[0][1].strip() if block else ""
    is_special = (
        bool(_NOTE.match(first)) or first in ("STYLE", "REGION") or bool(_ID.fullmatch(first))
    )
    return bool(block) and not is_special and not _timings(block)


def _is_timing(line: str) -> bool:
    """Whether a line is a timing, with nothing but valid cue settings after it."""
    match = _ARROW.match(line)
    return bool(match and _SETTINGS.fullmatch(match["settings"] or ""))


def _timings(block: list[tuple[int, str]]) -> list[int]:
    """The indexes of the lines of a block that are timings.

    Valid timings count anywhere, because an empty line between cues may be missing. A broken one
    counts only in the first two lines, where a cue has its timing: elsewhere it may be words.
    """
    good = [n for n, (_, line) in enumerate(block) if _is_timing(line)]
    if good and good[0] < 2:
        return good
    for n, (_, line) in enumerate(block[:2]):
        if _ARROW.match(line) or _BROKEN_ARROW.match(line):
            return [n, *good]
    return good


def _cues(
    block: list[tuple[int, str]], timed: list[int], confidence: float | None, reading: Reading
) -> None:
    """Add the cues of a block; ``timed`` are the indexes of its timings.

    Each timing ends the cue before it, also without an empty line between them.
    """
    for number, line in block[: max(timed[0] - 1, 0)]:
        reading.unused(number, line)
    if timed[0] > 0:
        _id(block[timed[0] - 1], reading)
    for at, following in zip(timed, [*timed[1:], None], strict=True):
        words = block[at + 1 : following]
        if following is not None and words and _ID.fullmatch(words[-1][1].strip()):
            words = words[:-1]
        start, end = _times(block[at], reading)
        _cue(words, start, end, confidence, reading)


def _id(line: tuple[int, str], reading: Reading) -> None:
    """Leave out the id of a cue. One of more than three words is reported: it may be speech."""
    number, text = line
    if len(text.split()) > 3:
        reading.unused(number, text)


def _times(line: tuple[int, str], reading: Reading) -> tuple[float | None, float | None]:
    """Start and end of a timing line; a start that cannot be read is the end of the cue before."""
    number, text = line
    match = _ARROW.match(text)
    start, end = (seconds(match["start"]), seconds(match["end"])) if match else (None, None)
    if start is None or end is None:
        reading.bad_time(number, text)
    if start is None:
        start = reading.cues[-1].end if reading.cues else end
    return start, start if end is None or (start is not None and end < start) else end


def _cue(
    words: list[tuple[int, str]],
    start: float | None,
    end: float | None,
    confidence: float | None,
    reading: Reading,
) -> None:
    """Add a cue for each voice (``<v Name>``) among the words."""
    if not words:
        return
    first = words[0][0]
    text = "\n".join(line for _, line in words)
    speaker: str | None = None
    position = 0
    for voice in (*_VOICE.finditer(text), None):
        piece = text[position : voice.start() if voice else None]
        number = first + text[:position].count("\n") + (len(piece) - len(piece.lstrip("\n")))
        reading.add(Cue(start, end, speaker, plain(piece), number, confidence))
        if voice:
            position = voice.end()
            speaker = plain(voice["name"]).strip() or None if voice["name"] else None


def plain(text: str) -> str:
    """Cue text without tags, with character references resolved (specification, section 6.4)."""
    return unescape(_TAG.sub("", text))


def _note(block: list[tuple[int, str]], confidence: float | None, reading: Reading) -> float | None:
    """Read a note; return the confidence for the next cue, ``confidence`` if it gives none.

    Notes of Stream's own kinds are left out silently, all others are reported.
    """
    text = " ".join(line for _, line in block)
    if match := _CONFIDENCE.search(text):
        return min(float(match[1]), 1.0)
    if not re.fullmatch(r"NOTE\s*(?:(?:duration|language|recognizability)\s*:.*)?", text):
        _report_note(block, reading)
    return confidence


def _report_note(block: list[tuple[int, str]], reading: Reading) -> None:
    text = reading.printable(" ".join(line for _, line in block), block[0][0])
    reading.findings.append(NOTE.at(reading.file, block[0][0], text=" ".join(text.split())))
