"""The laboratory's programme: a document that the pipeline generates from ``edition.yaml``."""

from __future__ import annotations

from typing import Any

from book.compose.wording import (
    hours,
    meeting_label,
    meeting_when,
    names,
    short_meeting_date,
)
from book.model.chapter import Text, Transcript
from book.model.laboratory import Laboratory, Meeting
from book.model.loaded import ChapterSource


def programme_context(
    laboratory: Laboratory, chapters: dict[str, ChapterSource], language: str
) -> dict[str, Any]:
    """What the programme's template shows: the laboratory, its conductors, its meetings as rows.

    The first meeting of a module has the module's name in its row, the others have None.
    """
    by_number = _chapters_by_meeting(chapters)
    every = [*laboratory.meetings]
    if laboratory.final_conference:
        every.append(laboratory.final_conference)
    has_modules = any(meeting.module for meeting in every)
    rows = []
    previous = None
    for meeting in every:
        row = _row(meeting, by_number, language)
        row["module"] = meeting.module if meeting.module != previous else None
        row["level"] = 3 if has_modules and meeting.module else 2
        previous = meeting.module
        rows.append(row)
    return {
        "laboratory": laboratory,
        "conductors": names(laboratory.speakers, language),
        "meetings": rows,
    }


def _chapters_by_meeting(chapters: dict[str, ChapterSource]) -> dict[int, dict[str, str]]:
    """The first chapter about each meeting, as id and title, by the meeting's number."""
    found: dict[int, dict[str, str]] = {}
    for source in chapters.values():
        matter = source.front_matter
        if isinstance(matter, Text | Transcript) and matter.meeting is not None:
            found.setdefault(matter.meeting, {"id": source.slug, "title": matter.title})
    return found


def _row(meeting: Meeting, by_number: dict[int, dict[str, str]], language: str) -> dict[str, Any]:
    return {
        "label": meeting_label(meeting.number, language),
        "title": meeting.title,
        "short_date": short_meeting_date(meeting.date, language),
        "hours": hours(meeting),
        "when": meeting_when(meeting, language),
        "where": meeting.venue or meeting.platform,
        "abstract": meeting.abstract,
        "speakers": names(meeting.speakers, language),
        "recording": meeting.recording,
        "chapter": by_number.get(meeting.number) if meeting.number is not None else None,
    }
