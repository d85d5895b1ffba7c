"""Makes chapters of transcripts: those of meeting programs, caption files, speech recognition.

Each format has a reader that makes :class:`~book.intake.transcripts.cues.Cue` objects of a file.
``noise`` removes what machines have added, ``times`` estimates missing times, ``turns`` makes
speaker turns, ``clean`` (on demand) removes fillers, ``write`` writes the chapter. Everything that
is left out on the way is reported as a finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from book.intake.imported import Imported
from book.intake.transcripts import meet, plain, sbv, srt, teams_docx, webvtt, whisper, word
from book.intake.transcripts.clean import clean as clean_turns
from book.intake.transcripts.codes import (
    GUESSED_TITLE,
    NO_CUES,
    NOT_UTF8,
    ROLE_WANTED,
    TOO_BIG,
    UNREADABLE,
)
from book.intake.transcripts.cues import Reading
from book.intake.transcripts.turns import turns_of
from book.intake.transcripts.write import write
from book.model.slugs import slug_of

SUFFIXES = frozenset({".vtt", ".srt", ".sbv", ".docx", ".json", ".txt"})
"""Suffixes of files that may be transcripts. The last three may be something else."""
SIZE_LIMIT = 20_000_000
"""The largest file, bytes. Whisper's JSON of eight hours, with a time for each word, has about ten
million."""

_NAMED_SO = re.compile(r"transcri|trascri|sbobin", re.I)
_READERS: dict[str, Callable[[str, Reading], None]] = {
    ".vtt": webvtt.read,
    ".srt": srt.read,
    ".sbv": sbv.read,
    ".json": whisper.read,
}


def looks_like_transcript(name: str, head: bytes) -> bool:
    """Whether the file ``name``, whose content starts with ``head``, is a transcript.

    For a Word file ``head`` must be the whole content, because a zip's directory is at its end.
    If it cannot be read, the file's name decides.
    """
    suffix = Path(name).suffix.lower()
    if suffix in (".vtt", ".srt", ".sbv"):
        return True
    if suffix == ".json":
        return b'"segments"' in head or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")
    if suffix == ".docx":
        reading = Reading(name)
        lines = word.paragraphs(head, reading)
        if not lines:
            return bool(_NAMED_SO.search(name))
        return meet.is_meet(lines) or _is_teams(lines)
    if suffix != ".txt":
        return False
    text = _decoded(head, Reading(name))
    reading = Reading(name)
    plain.read(text, reading)
    labelled = sum(1 for cue in reading.cues if cue.speaker)
    is_captions = text.lstrip("\ufeff").startswith("WEBVTT") or bool(_ARROW.search(text))
    return is_captions or (labelled >= 2 and labelled * 2 >= len(reading.cues))


_ARROW = re.compile(r"^\s{0,9}[\d:.,]{4,20}\s{0,9}-->\s{0,9}[\d:.,]{4,20}", re.M)


def import_transcript(path: Path, *, clean: bool, section_minutes: int = 10) -> Imported:
    """Make a chapter of a transcript. Its ``text`` is empty when the file holds no transcript.

    ``clean`` removes fillers and repetitions and reports each change. ``section_minutes`` is the
    least length of a section: the first turn after it starts a new one.
    """
    reading = _read(path)
    name = f"{slug_of(path.stem)[:80].rstrip('-')}.md"
    if not reading.cues:
        if not any(f.severity == "error" for f in reading.findings):
            reading.findings.insert(0, NO_CUES.at(path.name))
        return Imported(name, "", "transcript", findings=tuple(reading.findings))
    turns, findings = turns_of(reading.cues, path.name)
    reading.findings.extend(findings)
    if clean:
        turns, changes = clean_turns(turns)
        reading.findings.extend(change.finding(path.name) for change in changes)
    if not turns:
        reading.findings.insert(0, NO_CUES.at(path.name))
        return Imported(name, "", "transcript", findings=tuple(reading.findings))
    title = _title(reading, path)
    reading.findings.append(GUESSED_TITLE.at(path.name, title=title))
    written = write(turns, title, section_minutes)
    lines = {turn.speaker: turn.paragraphs[0].line for turn in reversed(turns)}
    for member in written.cast:
        if member.label is not None and member.role is None:
            reading.findings.append(
                ROLE_WANTED.at(path.name, lines[member.label], speaker=member.label)
            )
    return Imported(name, written.text, "transcript", findings=tuple(reading.findings))


def _read(path: Path) -> Reading:
    """Read the cues of a file; what keeps it from being read is among the findings."""
    reading = Reading(path.name)
    try:
        if path.exists() and not path.is_file():
            reading.findings.append(UNREADABLE.at(path.name, reason="not a regular file"))
            return reading
        size = path.stat().st_size
        if size > SIZE_LIMIT:
            reading.findings.append(TOO_BIG.at(path.name, size=size, limit=SIZE_LIMIT))
            return reading
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        reading.findings.append(UNREADABLE.at(path.name, reason=reason))
        return reading
    read_content(content, path.suffix.lower(), reading)
    return reading


def read_content(content: bytes, suffix: str, reading: Reading) -> None:
    """Read the bytes of a file into ``reading``.

    The suffix tells the format. For ``.docx`` and ``.txt`` the content does: people save the
    transcripts of all programs in these.
    """
    if suffix == ".docx":
        lines = word.paragraphs(content, reading)
        if meet.is_meet(lines):
            meet.read_lines(lines, reading)
        elif _is_teams(lines):
            teams_docx.read_lines(lines, reading)
        else:
            plain.read_lines(lines, reading)
        return
    text = _decoded(content, reading)
    if reader := _READERS.get(suffix):
        reader(text, reading)
    elif text.lstrip("\ufeff").startswith("WEBVTT"):
        webvtt.read(text, reading)
    elif _ARROW.search(text):
        srt.read(text, reading)
    elif meet.is_meet(plain.numbered_lines(text.replace("\x0b", "\n"))):
        meet.read(text, reading)
    else:
        plain.read(text, reading)


def _is_teams(lines: list[tuple[int, str]]) -> bool:
    # At least one line in eight: a document may hold a few lines that look like Teams's heads.
    heads = sum(1 for _, line in lines if teams_docx.is_head(line) or teams_docx.is_timing(line))
    return heads > 0 and heads * 8 >= sum(1 for _, line in lines if line.strip())


def _decoded(content: bytes, reading: Reading) -> str:
    """The file's text, with line feeds as line ends.

    An encoding other than UTF-8 is guessed and reported: UTF-16 by its BOM, else Windows-1252.
    """
    text = None
    for bom, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(bom):
            text = content[2:].decode(encoding, "replace")
            reading.findings.append(NOT_UTF8.at(reading.file, encoding="UTF-16"))
    if text is None:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            text = content.decode("cp1252", "replace")
            reading.findings.append(NOT_UTF8.at(reading.file, line, encoding="Windows-1252"))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _title(reading: Reading, path: Path) -> str:
    """The title that the file gives itself, else the file's name in a readable form."""
    title = reading.title or " ".join(re.sub(r"[_]+|(?<=\w)-(?=\w)", " ", path.stem).split())
    title = reading.printable(title, 0)[:200].strip()
    return (title[:1].upper() + title[1:]) or "Trascrizione"
