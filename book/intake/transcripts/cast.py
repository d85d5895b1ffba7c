"""Makes the list of speakers of an imported transcript from the labels in the file.

The list holds only what the labels say. Names and roles are guesses and marked for the editor.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import yaml

from book.intake.transcripts.labels import DIARISED, is_role

UNKNOWN_ID = "?"
"""The id of unknown speakers, until the editor replaces it."""
TO_BE_GIVEN = "da indicare"
GUESS = "# da verificare"
CONSENT = "    # consent: {ebook: no, web: no, image: no, date: AAAA-MM-GG}"

_PLAIN = re.compile(r"[^\W\d_][\w’' .()-]{0,98}[\w)]")
"""Texts that may be plain scalars in YAML, if they do not read as another type."""
# «Anna Verdi (Comune)», «Anna Verdi - Comune», «Anna Verdi | Comune».
_ORGANISATION = re.compile(
    r"(?P<name>[^(\[|]{2,80}?)\s*(?:\s[-–—]\s+|\|\s*|[(\[])(?P<organisation>[^()\[\]|]{2,80}?)[)\]]?"
)


@dataclass(frozen=True)
class Member:
    """A speaker: ``label`` as in the file (None: unknown), ``id`` as in the chapter's text.

    ``name``, ``role`` and ``organisation`` are what the label tells. When it tells no role,
    ``role`` is None and the editor has to give it.
    """

    label: str | None
    id: str
    name: str | None = None
    role: str | None = None
    organisation: str | None = None


def cast_of(labels: Iterable[str | None]) -> dict[str | None, Member]:
    """A member for each distinct label, in the order in which the labels come first."""
    distinct = list(dict.fromkeys(labels))
    # An id must not equal the label of another speaker, either.
    taken = {label.casefold() for label in distinct if label}
    cast: dict[str | None, Member] = {}
    for label in distinct:
        if label is None:
            cast[None] = Member(None, UNKNOWN_ID)
            continue
        name, organisation = label, None
        if match := _ORGANISATION.fullmatch(label):
            name, organisation = match["name"].strip(), match["organisation"].strip()
        role = name if is_role(name) else None
        id = _unused_id(_initials(name, role is not None), taken)
        taken.add(id.casefold())
        is_known = not role and not DIARISED.fullmatch(name)
        cast[label] = Member(label, id, name if is_known else None, role, organisation)
    return cast


def _initials(name: str, is_a_role: bool) -> str:
    """Initials of a name or role: ``MR`` of Mario Rossi, ``FAC`` of facilitatrice."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z]+|\d+", ascii_name)
    if not words:
        return "P"
    if len(words) == 1:
        return str(words[0][:3].upper())
    letters = "".join(word if word.isdigit() else word[0] for word in words[:4]).upper()
    return letters if is_a_role or not letters.isdigit() else f"P{letters}"


def _unused_id(id: str, taken: set[str]) -> str:
    """``id``, with a number if it is among ``taken``; it starts with a letter."""
    if not id[0].isalpha():
        id = f"P{id}"
    if id.casefold() not in taken:
        return id
    number = 2
    while f"{id}{number}".casefold() in taken:
        number += 1
    return f"{id}{number}"


def scalar(text: str) -> str:
    """``text`` as a YAML scalar, in double quotes (YAML 1.2, section 7.3.1) where needed.

    Quotes are needed where YAML 1.1 would not read the same text: ``no``, ``12``, ``a: b``.
    """
    if _PLAIN.fullmatch(text) and yaml.safe_load(text) == text:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def table(cast: Iterable[Member]) -> list[str]:
    """The lines of the field ``speakers``, with marks for the editor on guesses and gaps."""
    lines = ["speakers:"]
    for member in cast:
        lines.append(f"  - id: {scalar(member.id)}")
        if member.name:
            lines.append(f"    name: {scalar(member.name)} {GUESS}")
            lines.append(CONSENT)
        role = f"{scalar(member.role)} {GUESS}" if member.role else TO_BE_GIVEN
        lines.append(f"    role: {role}")
        if member.organisation:
            lines.append(f"    organisation: {scalar(member.organisation)} {GUESS}")
    return lines
