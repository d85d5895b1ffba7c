"""Finds the calls ``[^a]`` and the definitions ``[^a]:`` of notes in a chapter's source.

Only for findings: pandoc numbers and moves the notes, but does not tell of calls without a note,
of notes without a call, or of notes in notes, whose text its HTML leaves out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from book.markdown.kinds.kind import Kind, SourceKinds

_MARK = re.compile(r"(?<!\\)\[\^([^\]\[\s]+)\]:?")
_READ = re.compile(rf"[{Kind.PROSE}{Kind.CODE}{Kind.FORMULA}{Kind.DEFINITION}]")


@dataclass(frozen=True)
class NoteMark:
    """A label in the source and its offset."""

    label: str
    offset: int


@dataclass(frozen=True)
class NoteMarks:
    """The labels of a chapter's notes, each list in the order of the file.

    ``calls`` are the calls that pandoc numbers. ``inner`` are calls in the text of another note,
    where no note can be called. ``printed`` are calls without a note: pandoc prints them as text.
    ``unread`` are the ranges of offsets of notes whose text pandoc left out.
    """

    definitions: list[NoteMark]
    calls: list[NoteMark]
    inner: list[NoteMark]
    printed: list[NoteMark]
    unread: list[tuple[int, int]]


def note_marks(text: str, kinds: SourceKinds) -> NoteMarks:
    """The marks of notes in a chapter's body ``text``, of which ``kinds`` is the map."""
    marks = NoteMarks([], [], [], [], [])
    found = list(_MARK.finditer(text))
    read = {note.start for note in kinds.notes}
    for match in found:
        if kinds.letters[match.start()] == Kind.DEFINITION:
            marks.definitions.append(NoteMark(match[1], match.start()))
            # pandoc reads a note only if a call asks for it. Nothing of such a note is in a
            # leaf, so its text ends where the next character begins that pandoc did read.
            if match.start() not in read:
                end = _READ.search(kinds.letters, match.end())
                marks.unread.append((match.end(), end.start() if end else len(text)))
    labels = {mark.label for mark in marks.definitions}
    for match in found:
        mark = NoteMark(match[1], match.start())
        kind = kinds.letters[mark.offset]
        is_inner = any(note.start < mark.offset <= note.end for note in kinds.notes)
        if kind not in (Kind.CALL, Kind.PROSE) or _is_in(mark.offset, marks.unread):
            continue
        if is_inner and mark.label in labels:
            marks.inner.append(mark)
        elif kind == Kind.CALL and mark.label in labels:
            marks.calls.append(mark)
        else:
            marks.printed.append(mark)
    return marks


def _is_in(offset: int, ranges: list[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in ranges)


def lost_words(kinds: SourceKinds, marks: NoteMarks) -> list[tuple[int, int]]:
    """The ranges of words that are nowhere in the book, without the notes that pandoc left out.

    Those notes have findings of their own.
    """
    return [span for span in kinds.lost() if not _is_in(span[0], marks.unread)]
