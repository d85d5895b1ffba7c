"""Checks across the fields of an ``edition.yaml``: whether its values agree with one another.

The checks take the raw data and validate the groups of fields that they need by themselves, so
that a mistake in one group does not hide mistakes in another.
"""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from book.findings import Finding
from book.messages import nearest
from book.model import codes
from book.model.contents import named_entries
from book.model.edition import LABORATORY_PROGRAMME, Contents, Identifiers
from book.model.laboratory import Laboratory, Meeting
from book.model.licence import LICENCE_IDS
from book.model.yaml.source import KeyPath, YamlSource
from book.model.yaml.values import shown

M = TypeVar("M", bound=BaseModel)


def part_of(source: YamlSource, key: str, model: type[M]) -> M | None:
    """The group of fields ``key`` as a ``model``; None when it is missing or has mistakes.

    Mistakes in the rest of the file do not matter.
    """
    data: Any = source.data.get(key)
    try:
        return None if data is None else model.model_validate(data)
    except ValidationError:
        return None


def check_edition(source: YamlSource) -> list[Finding]:
    """Findings on licence, ISBNs, meetings and contents of an edition."""
    return [
        *licence_finding(source, ("licence",)),
        *_isbns(source),
        *_meetings(source),
        *_contents(source),
    ]


def meeting_numbers(source: YamlSource) -> frozenset[int] | None:
    """The numbers of the laboratory's meetings; None when the laboratory has mistakes."""
    laboratory = part_of(source, "laboratory", Laboratory)
    if laboratory is None:
        return None if source.data.get("laboratory") is not None else frozenset()
    numbers = (meeting.number for meeting in laboratory.meetings)
    return frozenset(number for number in numbers if number is not None)


def licence_finding(source: YamlSource, path: KeyPath) -> list[Finding]:
    """The finding on the licence at ``path`` if it is unknown; no finding when there is none."""
    value: Any = source.data
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    if not isinstance(value, str) or value.strip() in LICENCE_IDS:
        return []
    place = (source.file, *source.value_at(path))
    values: dict[str, Any] = {"value": shown(value), "allowed": ", ".join(LICENCE_IDS)}
    near = nearest(value, LICENCE_IDS)
    if near:
        return [codes.UNKNOWN_LICENCE_NEAR.at(*place, nearest=near, **values)]
    return [codes.UNKNOWN_LICENCE.at(*place, **values)]


def _isbns(source: YamlSource) -> list[Finding]:
    """Findings on formats with the same ISBN (ISO 2108: each format has its own)."""
    identifiers = part_of(source, "identifiers", Identifiers)
    seen: dict[str, str] = {}
    findings = []
    for name, isbn in identifiers.model_dump().items() if identifiers else ():
        if isbn in seen:
            place = source.value_at(("identifiers", name))
            findings.append(codes.ISBN_TWICE.at(source.file, *place, first=seen[isbn], second=name))
        elif isbn is not None:
            seen[isbn] = name
    return findings


def _meetings(source: YamlSource) -> list[Finding]:
    """Findings on meetings with the same number, and on meetings that end before they start."""
    laboratory = part_of(source, "laboratory", Laboratory)
    if laboratory is None:
        return []
    findings = []
    seen: dict[int, int] = {}
    meetings: list[tuple[KeyPath, Meeting]] = [
        (("laboratory", "meetings", index), meeting)
        for index, meeting in enumerate(laboratory.meetings)
    ]
    if laboratory.final_conference:
        meetings.append((("laboratory", "final_conference"), laboratory.final_conference))
    for path, meeting in meetings:
        number = source.value_at((*path, "number"))
        if meeting.number in seen:
            values = {"number": meeting.number, "first": seen[meeting.number]}
            findings.append(codes.MEETING_TWICE.at(source.file, *number, **values))
        elif meeting.number is not None:
            seen[meeting.number] = number.line
        if meeting.start and meeting.end and meeting.end <= meeting.start:
            times: dict[str, Any] = {
                "start": f"{meeting.start:%H:%M}",
                "end": f"{meeting.end:%H:%M}",
            }
            place = source.value_at((*path, "end"))
            findings.append(codes.MEETING_ENDS_EARLY.at(source.file, *place, **times))
    return findings


def _contents(source: YamlSource) -> list[Finding]:
    """Findings on empty contents, and on the entry for the laboratory's programme.

    Entries that are file names are checked against the folder (:mod:`book.model.contents`).
    """
    contents = part_of(source, "contents", Contents)
    findings = []
    if contents is not None and not contents.entries:
        findings.append(codes.NO_CONTENTS.at(source.file, *source.key_at(("contents",))))
    first = 0
    for path, name in named_entries(source.data):
        if name != LABORATORY_PROGRAMME:
            continue
        line, column = source.value_at(path)
        if source.data.get("laboratory") is None:
            findings.append(
                codes.PROGRAMME_WITHOUT_LABORATORY.at(source.file, line, column, name=name)
            )
        if first:
            findings.append(
                codes.CHAPTER_TWICE.at(source.file, line, column, name=name, first=first)
            )
        first = first or line
    return findings
