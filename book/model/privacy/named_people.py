"""Who is named in the fields of an edition and its chapters, and whether they may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from book.model.chapters import RawChapter
from book.model.consent import Consent, Medium
from book.model.privacy.folding import folded
from book.model.privacy.people import Known
from book.model.yaml.source import KeyPath, Position, YamlSource

EntryKind = Literal["contributor", "person", "speaker"]
_FROM_RECORD = {
    "contributor": ("name", "organisation_type", "sort", "consent"),
    "person": ("name", "role", "organisation", "organisation_type", "consent"),
    "speaker": ("name", "role", "organisation", "organisation_type", "consent"),
}


LABEL = re.compile(
    r"^(?P<open>[ \t]{0,8}(?:\*\*|__)[ \t]{0,8})(?P<label>[^*_\n]{1,120}?)"
    r"(?P<close>[ \t]{0,8}(?::[ \t]{0,8}(?:\*\*|__)|(?:\*\*|__)[ \t]{0,8}:))",
    re.M,
)
"""Who speaks, at the start of a turn: ``**Label:**`` or ``**Label**:``."""


def label_of(text: str) -> str:
    """A speaker's label as labels are compared."""
    return " ".join(text.split()).casefold()


class Entry(NamedTuple):
    """A place of the fields where a person is named: path and what stands there."""

    kind: EntryKind
    path: KeyPath
    data: Any


@dataclass
class Somebody:
    """A person of the edition with everything that its files say about them.

    ``name`` is empty for an id that no people file knows. ``file`` and ``place`` are where the
    person first comes.
    """

    name: str
    file: str
    place: Position
    consents: list[Consent] = field(default_factory=list)
    organisation: str | None = None
    organisation_type: str | None = None
    shown: str | None = None

    def says(self, medium: Medium) -> Literal["yes", "no", "undated", "nothing"]:
        """What all consents come to: one «no» is enough, and so is one «yes» without any."""
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
    """The people of a chapter: authors, then speakers in the order of their first turns."""
    data = raw.source.data
    speakers = list(_entries("speaker", data, ("speakers",)))
    turns: dict[str, int] = {}
    for match in LABEL.finditer(raw.body) if speakers else ():
        turns.setdefault(label_of(match["label"]), match.start())
    return [
        *_entries("person", data, ("authors",)),
        *sorted(speakers, key=lambda entry: _first_turn(entry.data, turns, len(raw.body))),
    ]


def completed(entry: Any, kind: EntryKind, people: Mapping[str, Known]) -> Any:
    """An entry with what a people file says about its ``id``; its own fields come first."""
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
    """The name of a person that an entry holds; None for bodies, roles, and anything else."""
    if isinstance(entry, str):
        return entry.strip() or None
    if not isinstance(entry, dict) or entry.get("kind") not in (None, "person"):
        return None
    name = entry.get("name")
    return name.strip() or None if isinstance(name, str) else None


class Register:
    """Everybody whom an edition names, in the order of their first places."""

    def __init__(self) -> None:
        self._by_key: dict[tuple[str, ...], Somebody] = {}

    def everybody(self) -> Sequence[Somebody]:
        """All people, in order."""
        return tuple(self._by_key.values())

    def find(self, entry: Entry) -> Somebody | None:
        """The person whom an entry is about, if it is about one who was added."""
        key = _key(entry.data, entry.kind)
        return self._by_key.get(key) if key else None

    def add(self, entry: Entry, source: YamlSource) -> None:
        """Take down the person of an entry, and what it says about consent and body."""
        self._add(
            _key(entry.data, entry.kind), entry.data, source.file, source.value_at(entry.path)
        )

    def add_known(self, known: Known) -> None:
        """Take down somebody whom only a people file names."""
        if name_in(known.data) is not None:
            self._add(_key(known.data, "person"), known.data, known.file, known.place)

    def _add(self, key: tuple[str, ...] | None, entry: Any, file: str, place: Position) -> None:
        if key is None:
            return
        person = self._by_key.setdefault(key, Somebody(name_in(entry) or "", file, place))
        if not isinstance(entry, dict):
            return
        consent = _consent(entry.get("consent"))
        if consent is not None:
            person.consents.append(consent)
        for attribute in ("organisation", "organisation_type"):
            value = entry.get(attribute)
            if getattr(person, attribute) is None and isinstance(value, str) and value.strip():
                setattr(person, attribute, value.strip())


def _key(entry: Any, kind: EntryKind) -> tuple[str, ...] | None:
    """What makes two entries the same person: the words of the name, in any order; else the id.

    None for whoever is no person, or is called by a role alone.
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
    """A consent as far as it can be understood; the mistakes in it are told elsewhere."""
    try:
        return None if data is None else Consent.model_validate(data)
    except ValidationError:
        return None


def _entries(kind: EntryKind, holder: Mapping[str, Any], path: KeyPath) -> Iterator[Entry]:
    listed = holder.get(str(path[-1]))
    for number, entry in enumerate(listed if isinstance(listed, list) else ()):
        yield Entry(kind, (*path, number), entry)


def _first_turn(entry: Any, turns: Mapping[str, int], end: int) -> int:
    """Where the speaker first speaks; ``end`` when nowhere. ``turns`` are offsets by label."""
    if not isinstance(entry, dict):
        return end
    labels = [entry.get(key) for key in ("id", "name", "role", "short")]
    return min((turns.get(label_of(x), end) for x in labels if isinstance(x, str)), default=end)
