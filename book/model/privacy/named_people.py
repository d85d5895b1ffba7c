"""The people whom the fields of an edition and its chapters name, and what their consents say.

All functions take the raw data of the files, before validation: a mistake in one field must not
keep a name in another field from being found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from book.model.chapters import RawChapter
from book.model.consent import Consent, Medium
from book.model.privacy.folding import folded
from book.model.privacy.people import RawRecord
from book.model.yaml.source import KeyPath, Position, YamlSource

EntryKind = Literal["contributor", "person", "speaker"]
"""The model that an entry is read by: Contributor, Person or Speaker."""
_FROM_RECORD = {
    "contributor": ("name", "organisation_type", "sort", "consent"),
    "person": ("name", "role", "organisation", "organisation_type", "consent"),
    "speaker": ("name", "role", "organisation", "organisation_type", "consent"),
}
"""Fields that an entry takes over from the people file, by kind: those that its model has."""


LABEL = re.compile(
    r"^(?P<open>[ \t]{0,8}(?:\*\*|__)[ \t]{0,8})(?P<label>[^*_\n]{1,120}?)"
    r"(?P<close>[ \t]{0,8}(?::[ \t]{0,8}(?:\*\*|__)|(?:\*\*|__)[ \t]{0,8}:))",
    re.M,
)
"""The label of a speaker at the start of a turn: ``**Label:**`` or ``**Label**:``.

Repetitions are bounded, so that no line makes the search slow.
"""


def label_of(text: str) -> str:
    """A speaker's label in the form in which labels are compared: spaces and case do not count."""
    return " ".join(text.split()).casefold()


class Entry(NamedTuple):
    """A place in the fields where a person may be named: its path and the data there."""

    kind: EntryKind
    path: KeyPath
    data: Any


@dataclass
class PersonRecord:
    """A person of the edition with everything that the files say about them.

    ``name`` is empty for an id that no people file knows. ``file`` and ``place`` are where the
    person is named first. ``consents`` are those of all places together. ``shown`` is the
    pseudonym, None as long as the person may be named.
    """

    name: str
    file: str
    place: Position
    consents: list[Consent] = field(default_factory=list)
    organisation: str | None = None
    organisation_type: str | None = None
    shown: str | None = None

    def says(self, medium: Medium) -> Literal["yes", "no", "undated", "nothing"]:
        """What all consents together say about ``medium``.

        One «no» anywhere outweighs every «yes». Without a «no», one dated «yes» is enough.
        """
        answers = {consent.says(medium) for consent in self.consents}
        for answer in ("no", "yes", "undated"):
            if answer in answers:
                return answer
        return "nothing"


def entries_of_edition(data: Mapping[str, Any]) -> Iterator[Entry]:
    """The people of an ``edition.yaml`` in reading order."""
    yield from _entries("contributor", data, ("contributors",))
    laboratory = data.get("laboratory")
    if not isinstance(laboratory, dict):
        return
    yield from _entries("person", laboratory, ("laboratory", "speakers"))
    meetings = laboratory.get("meetings")
    for number, meeting in enumerate(meetings if isinstance(meetings, list) else ()):
        if isinstance(meeting, dict):
            yield from _entries("person", meeting, ("laboratory", "meetings", number, "speakers"))
    conference = laboratory.get("final_conference")
    if isinstance(conference, dict):
        path = ("laboratory", "final_conference", "speakers")
        yield from _entries("person", conference, path)


def entries_of_chapter(raw: RawChapter) -> list[Entry]:
    """The people of a chapter: authors, then speakers in the order of their first turns.

    Pseudonyms are numbered in this order, so that the first participant who speaks in the text
    is «Partecipante 1», whatever the order of the list in the front matter.
    """
    data = raw.source.data
    speakers = list(_entries("speaker", data, ("speakers",)))
    turns: dict[str, int] = {}
    for match in LABEL.finditer(raw.body) if speakers else ():
        turns.setdefault(label_of(match["label"]), match.start())
    return [
        *_entries("person", data, ("authors",)),
        *sorted(speakers, key=lambda entry: _first_turn(entry.data, turns, len(raw.body))),
    ]


def completed(entry: Any, kind: EntryKind, people: Mapping[str, RawRecord]) -> Any:
    """An entry with the fields that a people file has for its ``id``.

    Fields that the entry has itself stay as they are.
    """
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        return entry
    known = people.get(entry["id"].strip())
    if known is None:
        return entry
    more = {
        key: known.data[key]
        for key in _FROM_RECORD[kind]
        if entry.get(key) is None and known.data.get(key) is not None
    }
    return {**entry, **more}


def name_in(entry: Any) -> str | None:
    """The person's name that an entry holds; None for bodies, roles and malformed entries."""
    if isinstance(entry, str):
        return entry.strip() or None
    if not isinstance(entry, dict) or entry.get("kind") not in (None, "person"):
        return None
    name = entry.get("name")
    return name.strip() or None if isinstance(name, str) else None


class Register:
    """The people whom an edition names, in the order in which they are first named.

    Entries that are about the same person (:func:`_key`) share one :class:`PersonRecord`.
    """

    def __init__(self) -> None:
        self._by_key: dict[tuple[str, ...], PersonRecord] = {}

    def everybody(self) -> Sequence[PersonRecord]:
        """All people, in the order in which they were added first."""
        return tuple(self._by_key.values())

    def find(self, entry: Entry) -> PersonRecord | None:
        """The person whom an entry is about; None if it is about none that was added."""
        key = _key(entry.data, entry.kind)
        return self._by_key.get(key) if key else None

    def add(self, entry: Entry, source: YamlSource) -> None:
        """Add the person of an entry, or what the entry says about one who is there already."""
        self._add(
            _key(entry.data, entry.kind), entry.data, source.file, source.value_at(entry.path)
        )

    def add_known(self, known: RawRecord) -> None:
        """Add a person of a people file, whom no field may name: texts may."""
        if name_in(known.data) is not None:
            self._add(_key(known.data, "person"), known.data, known.file, known.place)

    def _add(self, key: tuple[str, ...] | None, entry: Any, file: str, place: Position) -> None:
        if key is None:
            return
        person = self._by_key.setdefault(key, PersonRecord(name_in(entry) or "", file, place))
        if not isinstance(entry, dict):
            return
        # All consents are kept, because one «no» must outweigh the others. Of the other fields
        # the first value counts.
        consent = _consent(entry.get("consent"))
        if consent is not None:
            person.consents.append(consent)
        for attribute in ("organisation", "organisation_type"):
            value = entry.get(attribute)
            if getattr(person, attribute) is None and isinstance(value, str) and value.strip():
                setattr(person, attribute, value.strip())


def _key(entry: Any, kind: EntryKind) -> tuple[str, ...] | None:
    """The key of the person whom an entry is about: two entries with one key are one person.

    The key is made of the words of the name, in any order («Anna Verdi», «Verdi, Anna»), or of
    the id when no people file knows it. None for entries that name no person: bodies, entries
    with a role alone, and texts where the model expects a group of fields.
    """
    if isinstance(entry, str) and kind != "person":
        return None
    name = name_in(entry)
    if name is not None:
        return ("name", *sorted(folded(name))) if folded(name) else None
    if not isinstance(entry, dict) or entry.get("kind") not in (None, "person"):
        return None
    id = entry.get("id")
    says_role = kind == "speaker" or (kind == "person" and entry.get("role") is not None)
    if isinstance(id, str) and entry.get("name") is None and not says_role:
        return ("id", id.strip())
    return None


def _consent(data: Any) -> Consent | None:
    """The consent that the data holds; None when it has mistakes.

    Validation of the file reports the mistakes. Until they are mended the name is withheld.
    """
    try:
        return None if data is None else Consent.model_validate(data)
    except ValidationError:
        return None


def _entries(kind: EntryKind, holder: Mapping[str, Any], path: KeyPath) -> Iterator[Entry]:
    listed = holder.get(str(path[-1]))
    for number, entry in enumerate(listed if isinstance(listed, list) else ()):
        yield Entry(kind, (*path, number), entry)


def _first_turn(entry: Any, turns: Mapping[str, int], end: int) -> int:
    """The offset of the speaker's first turn; ``end`` when there is none.

    ``turns`` maps labels (:func:`label_of`) to the offsets where they first stand.
    """
    if not isinstance(entry, dict):
        return end
    labels = [entry.get(key) for key in ("id", "name", "role", "short")]
    return min((turns.get(label_of(x), end) for x in labels if isinstance(x, str)), default=end)
