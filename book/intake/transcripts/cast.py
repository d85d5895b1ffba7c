"""The speakers table of an imported transcript: what the labels say, and no more."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import yaml

from book.intake.transcripts.labels import DIARISED, is_role

UNKNOWN_ID = "?"
"""The abbreviation that stands for whoever it was, until the editor knows."""
TO_BE_GIVEN = "da indicare"
GUESS = "# da verificare"
CONSENT = "    # consent: {ebook: no, web: no, image: no, date: AAAA-MM-GG}"

_PLAIN = re.compile(r"[^\W\d_][\w’' .()-]{0,98}[\w)]")
_ORGANISATION = re.compile(
    r"(?P<name>[^(\[|]{2,80}?)\s*(?:\s[-–—]\s+|\|\s*|[(\[])(?P<organisation>[^()\[\]|]{2,80}?)[)\]]?"
)


@dataclass(frozen=True)
class Member:
    """Somebody who speaks: ``label`` as the file has it (None for nobody known), ``id`` for the
    text, and what the label tells; ``role`` is None until a person gives it.
    """

    label: str | None
    id: str
    name: str | None = None
    role: str | None = None
    organisation: str | None = None


def cast_of(labels: Iterable[str | None]) -> dict[str | None, Member]:
    """The members for labels, in the order in which they come."""
    distinct = list(dict.fromkeys(labels))
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
        id = _free(_initials(name, role is not None), taken)
        taken.add(id.casefold())
        is_known = not role and not DIARISED.fullmatch(name)
        cast[label] = Member(label, id, name if is_known else None, role, organisation)
    return cast


def _initials(name: str, is_a_role: bool) -> str:
    """``MR`` of Mario Rossi, ``FAC`` of facilitatrice, ``AS`` of assistente sociale."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z]+|\d+", ascii_name)
    if not words:
        return "P"
    if len(words) == 1:
        return str(words[0][:3].upper())
    letters = "".join(word if word.isdigit() else word[0] for word in words[:4]).upper()
    return letters if is_a_role or not letters.isdigit() else f"P{letters}"


def _free(id: str, taken: set[str]) -> str:
    if not id[0].isalpha():
        id = f"P{id}"
    if id.casefold() not in taken:
        return id
    number = 2
    while f"{id}{number}".casefold() in taken:
        number += 1
    return f"{id}{number}"


def scalar(text: str) -> str:
    """``text`` as a YAML scalar, in double quotes (YAML 1.2, section 7.3.1) where it needs them."""
    if _PLAIN.fullmatch(text) and yaml.safe_load(text) == text:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def table(cast: Iterable[Member]) -> list[str]:
    """The lines of ``speakers``; guesses and gaps are marked for the editor."""
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
