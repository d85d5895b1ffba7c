"""WebVTT as Zoom, Teams, Stream, YouTube and Whisper write it.

Follows the parser of the WebVTT specification (https://www.w3.org/TR/webvtt1/, section 6.1), and
is more tolerant where a browser may drop what a book must not lose: a line of speech may hold an
arrow, a cue with a broken timing keeps its words, and each line left out is a finding.
"""

from __future__ import annotations

import re
from html import unescape

from book.intake.transcripts.codes import NO_SIGNATURE, NOTE
from book.intake.transcripts.cues import Cue, Reading, seconds
from book.intake.transcripts.labels import attribute

_ARROW = re.compile(r"^\s*(?P<start>[\d:.,]+)\s*-->\s*(?P<end>[\d:.,]+)(?:\s+(?P<settings>.*))?$")
_BROKEN_ARROW = re.compile(r"[\d:.,\s-]*-->[\d:.,\s-]*$")
_SETTINGS = re.compile(r"(?:(?:region|vertical|line|position|size|align):\S*(?:\s+|$))*")
_ID = re.compile(r"\d{1,9}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:[/-][\w/-]+)?", re.I)
_NOTE = re.compile(r"NOTE(?:\s|$)")
_CONFIDENCE = re.compile(r"confidence\s*:\s*(\d(?:\.\d+)?)", re.I)
_HEADER = re.compile(r"(?:Kind|Language)\s*:.*", re.I)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<name>[^<>\n]{0,200})>|</v\s*>")
_TAG = re.compile(r"</?(?:c|i|b|u|ruby|rt|v|lang)(?:[.\s][^<>]*)?>|<\d[\d:.]*>")


def read(text: str, reading: Reading) -> None:
    """Read ``text`` (line feeds alone) into ``reading``."""
    lines = text.split("\n")
    position = _header(lines, reading)
    confidence = None
    while position < len(lines):
        block, position = _block(lines, position)
        if not block:
            continue
        first = block[0][1].strip()
        if timed := _timings(block):
            if timed[-1] == len(block) - 1:
                following, after = _block(lines, _first_of_next(lines, position))
                if _is_loose(following):
                    block, position = [*block, *following], after
            _cues(block, timed, confidence, reading)
            confidence = None
        elif _NOTE.match(first):
            confidence = _note(block, confidence, reading)
        elif first in ("STYLE", "REGION") or first.startswith("REGION:"):
            _say_note(block, reading)
        else:
            for number, line in block:
                reading.unused(number, line)
    attribute(reading)
    reading.tell_unused()


def _header(lines: list[str], reading: Reading) -> int:
    """Read the signature and the lines below it; return where the first block may start."""
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
    """The lines up to the next empty one, each with its number, and where to go on."""
    block = []
    while position < len(lines) and lines[position].strip("\r"):
        block.append((position + 1, lines[position]))
        position += 1
    return block, position + 1


def _first_of_next(lines: list[str], position: int) -> int:
    while position < len(lines) and not lines[position].strip():
        position += 1
    return position


def _is_loose(block: list[tuple[int, str]]) -> bool:
    """Whether a block is nothing by itself: below a timing without words it holds them.

    Files whose line ends were converted twice have an empty line after each line.
    """
    first = block[0][1].strip() if block else ""
    is_special = (
        bool(_NOTE.match(first)) or first in ("STYLE", "REGION") or bool(_ID.fullmatch(first))
    )
    return bool(block) and not is_special and not _timings(block)


def _is_timing(line: str) -> bool:
    match = _ARROW.match(line)
    return bool(match and _SETTINGS.fullmatch(match["settings"] or ""))


def _timings(block: list[tuple[int, str]]) -> list[int]:
    """Which lines of a block are timings: good ones anywhere, doubtful ones where a cue starts."""
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
    """The cues of a block: a timing ends the cue before it, whether or not a line is empty."""
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
    """An id is dropped; one that holds words is told, for it may be a line that lost its cue."""
    number, text = line
    if len(text.split()) > 3:
        reading.unused(number, text)


def _times(line: tuple[int, str], reading: Reading) -> tuple[float | None, float | None]:
    """The times of a timing line; what cannot be read is as the cue before says."""
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
    """One cue for each voice."""
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
    """Cue text without tags, character references resolved (specification, section 6.4)."""
    return unescape(_TAG.sub("", text))


def _note(block: list[tuple[int, str]], confidence: float | None, reading: Reading) -> float | None:
    """A NOTE: Stream tells in one how sure it is of the cue that follows."""
    text = " ".join(line for _, line in block)
    if match := _CONFIDENCE.search(text):
        return min(float(match[1]), 1.0)
    if not re.fullmatch(r"NOTE\s*(?:(?:duration|language|recognizability)\s*:.*)?", text):
        _say_note(block, reading)
    return confidence


def _say_note(block: list[tuple[int, str]], reading: Reading) -> None:
    text = reading.printable(" ".join(line for _, line in block), block[0][0])
    reading.findings.append(NOTE.at(reading.file, block[0][0], text=" ".join(text.split())))
