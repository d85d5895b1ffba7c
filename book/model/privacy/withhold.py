"""Names out of an edition, before anything else has seen it.

Regulation (EU) 2016/679, art. 6 and 7: a person's name and words are published with a consent
that can be shown, or because a public document credits them already. Everybody else appears by a
pseudonym, in the fields and in the texts. This happens on the raw data of the files, so that no
model, tree, cache, artefact or report ever holds the name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from book.findings import Finding
from book.model.chapters import RawChapter
from book.model.consent import Medium
from book.model.privacy import codes as privacy_codes
from book.model.privacy.folding import folded
from book.model.privacy.named_people import (
    LABEL,
    Entry,
    EntryKind,
    Register,
    Somebody,
    completed,
    entries_of_chapter,
    entries_of_edition,
    label_of,
)
from book.model.privacy.people import Known
from book.model.privacy.pseudonyms import Numbering, organisation_type
from book.model.privacy.redaction import Named, Redaction, slug
from book.model.yaml.source import KeyPath, YamlSource

_REASONS = {
    "no": privacy_codes.WITHHELD,
    "undated": privacy_codes.CONSENT_UNDATED,
    "nothing": privacy_codes.NO_CONSENT,
}


@dataclass(frozen=True)
class Sources:
    """The files of an edition as data: ``edition`` is None when it cannot be understood."""

    edition: YamlSource | None
    chapters: tuple[RawChapter, ...]


def withhold(
    sources: Sources, people: Mapping[str, Known], medium: Medium
) -> tuple[Sources, Redaction, list[Finding]]:
    """The sources with a pseudonym for everybody who has not agreed to be named in ``medium``.

    Also what takes names out of other texts, and the findings; pseudonyms are numbered in
    reading order, for each kind of body.
    """
    sources = _with_records(sources, people)
    register = Register()
    if sources.edition is not None:
        for entry in entries_of_edition(sources.edition.data):
            register.add(entry, sources.edition)
    for raw in sources.chapters:
        for entry in entries_of_chapter(raw):
            register.add(entry, raw.source)
    for known in people.values():
        register.add_known(known)
    findings = _judge(register, medium, _language(sources))
    named = tuple(Named(p.name, p.shown) for p in register.everybody() if p.name)
    redaction = Redaction(named, _allowed(sources))
    if all(p.shown is None for p in register.everybody()):
        return sources, redaction, findings
    work = _Withholding(register, redaction)
    edition = None if sources.edition is None else work.edition(sources.edition)
    chapters = tuple(work.chapter(raw) for raw in sources.chapters)
    return Sources(edition, chapters), redaction, [*findings, *work.findings]


def _judge(register: Register, medium: Medium, language: str) -> list[Finding]:
    """Give a pseudonym to everybody who may not be named; a finding for each of them."""
    numbering = Numbering(language)
    findings = []
    for person in register.everybody():
        answer = person.says(medium)
        if answer == "yes" and person.name:
            continue
        kind = person.organisation_type
        if kind is None and person.organisation:
            kind = organisation_type(person.organisation, language)
        person.shown = numbering.next(kind)
        code = _REASONS[answer] if person.name else privacy_codes.UNKNOWN_PERSON
        findings.append(code.at(person.file, *person.place, shown=person.shown))
    return findings


class _Lines:
    """The lines of a text whose first is line ``first`` of its file."""

    def __init__(self, text: str, first: int) -> None:
        self._first = first
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def of(self, offset: int) -> int:
        """The line in which ``offset`` is."""
        return self._first + bisect_left(self._ends, offset)


class _Withholding:
    """Sources to sources without names, and what there is to tell about it."""

    def __init__(self, register: Register, redaction: Redaction) -> None:
        self._register = register
        self._redaction = redaction
        self.findings: list[Finding] = []

    def edition(self, source: YamlSource) -> YamlSource:
        """The edition's fields without names."""
        return self._source(source, entries_of_edition(source.data))

    def chapter(self, raw: RawChapter) -> RawChapter:
        """A chapter without names in its fields and its text."""
        labels = self._labels(raw)
        source = self._source(raw.source, entries_of_chapter(raw))

        def speaker(match: re.Match[str]) -> str:
            shown = labels.get(label_of(match["label"]))
            return f"{match['open']}{shown}{match['close']}" if shown else match[0]

        labelled = LABEL.sub(speaker, raw.body) if labels else raw.body
        body, replaced = self._redaction.replaced(labelled)
        lines: dict[str, list[int]] = {}
        line = _Lines(labelled, raw.body_line)
        for offset, shown in replaced:
            lines.setdefault(shown, []).append(line.of(offset))
        for shown, found in lines.items():
            self.findings.append(
                privacy_codes.NAME_REPLACED.at(raw.file, found[0], shown=shown, count=len(found))
            )
        line = _Lines(body, raw.body_line)
        for place in sorted({(line.of(o), shown) for o, shown in self._redaction.parts(body)}):
            self.findings.append(privacy_codes.PART_OF_NAME.at(raw.file, place[0], shown=place[1]))
        return replace(raw, source=source, body=body)

    def _source(self, source: YamlSource, entries: Iterator[Entry] | list[Entry]) -> YamlSource:
        """The fields without names: entries of withheld people anew, all other texts redacted."""
        anew = {}
        for entry in entries:
            person = self._register.find(entry)
            if person is not None:
                anew[entry.path] = _entry_without_name(entry.data, entry.kind, person)
        data = _put(source.data, (), anew)
        return replace(source, data=self._strings(data, source, (), frozenset(anew)))

    def _strings(
        self, value: Any, source: YamlSource, path: KeyPath, skipped: frozenset[KeyPath]
    ) -> Any:
        """All texts below ``path`` redacted, but people's entries and names of files."""
        if path in skipped or _is_file_entry(path):
            return value
        if isinstance(value, dict):
            return {k: self._strings(v, source, (*path, k), skipped) for k, v in value.items()}
        if isinstance(value, list):
            return [self._strings(v, source, (*path, n), skipped) for n, v in enumerate(value)]
        if not isinstance(value, str):
            return value
        text = self._redaction.text(value)
        for shown in dict.fromkeys(part.shown for part in self._redaction.parts(text)):
            place = source.value_at(path)
            self.findings.append(privacy_codes.PART_OF_NAME.at(source.file, *place, shown=shown))
        return text

    def _labels(self, raw: RawChapter) -> dict[str, str]:
        """How turns of withheld speakers are labelled, and what is to stand there."""
        entries = [e for e in entries_of_chapter(raw) if e.kind == "speaker"]
        labels: dict[str, set[str]] = {}
        for entry in entries:
            person = self._register.find(entry)
            if not isinstance(entry.data, dict):
                continue
            for label in _labels_of(entry.data, person):
                shown = person.shown if person and person.shown else label
                labels.setdefault(label, set()).add(shown)
        # A label of two speakers is nobody's.
        return {
            label: next(iter(shown))
            for label, shown in labels.items()
            if len(shown) == 1 and shown != {label}
        }


def _labels_of(entry: dict[str, Any], person: Somebody | None) -> set[str]:
    """The labels, in small letters, by which the text may call a speaker."""
    texts = [entry.get(key) for key in ("name", "role", "short")]
    labels = {label_of(text) for text in texts if isinstance(text, str)}
    if person is None or person.shown is None:
        return labels
    own = Named(person.name, person.shown).own
    labels |= {w.casefold() for w in re.split(r"[\s.,]+", person.name) if set(folded(w)) & own}
    id = entry.get("id")
    return labels | (
        {id.strip().casefold()} if isinstance(id, str) and _tells(id, person) else set()
    )


def _tells(id: str, person: Somebody) -> bool:
    """Whether an id is made of the person's name: ``verdi``, ``averdi``, ``anna-v``."""
    written = "".join(folded(id))
    return any(len(token) > 2 and token in written for token in Named(person.name).own)


def _entry_without_name(entry: Any, kind: EntryKind, person: Somebody) -> Any:
    if person.shown is None:
        return entry
    if not isinstance(entry, dict):
        return person.shown
    # Role and body tell who it is as well as a name does: «sindaca», «Comune di …».
    hidden = {"contributor": ("sort",), "person": ("role", "organisation")}
    drop = hidden.get(kind, ("name", "organisation", "short"))
    drop = (*drop, "organisation_type")
    kept = {k: v for k, v in entry.items() if k not in drop or not isinstance(v, str)}
    id = entry.get("id")
    if isinstance(id, str) and person.name and _tells(id, person):
        kept["id"] = slug(person.shown)
    if kind == "contributor":
        kept["sort"] = person.shown
    kept["role" if kind == "speaker" else "name"] = person.shown
    return kept


def _with_records(sources: Sources, people: Mapping[str, Known]) -> Sources:
    """The sources with names and consents of the people files beside the ids."""
    if not people:
        return sources
    edition = sources.edition
    if edition is not None:
        anew = {e.path: completed(e.data, e.kind, people) for e in entries_of_edition(edition.data)}
        edition = replace(edition, data=_put(edition.data, (), anew))
    chapters = []
    for raw in sources.chapters:
        anew = {e.path: completed(e.data, e.kind, people) for e in entries_of_chapter(raw)}
        source = replace(raw.source, data=_put(raw.source.data, (), anew))
        chapters.append(replace(raw, source=source))
    return Sources(edition, tuple(chapters))


def _put(value: Any, path: KeyPath, anew: Mapping[KeyPath, Any]) -> Any:
    """``value`` with what ``anew`` says in the places that it names."""
    if path in anew:
        return anew[path]
    if isinstance(value, dict):
        return {k: _put(v, (*path, k), anew) for k, v in value.items()}
    if isinstance(value, list):
        return [_put(v, (*path, n), anew) for n, v in enumerate(value)]
    return value


def _is_file_entry(path: KeyPath) -> bool:
    """Whether ``path`` is an entry of the contents: such names are told, not changed."""
    return (
        path[:1] == ("contents",)
        and len(path) > 2
        and isinstance(path[-1], int)
        and path[-2] != "parts"
    )


def _language(sources: Sources) -> str:
    language = None if sources.edition is None else sources.edition.data.get("language")
    return language.strip() if isinstance(language, str) and language.strip() else "it"


def _allowed(sources: Sources) -> tuple[str, ...]:
    """The words that the edition allows, as far as they can be understood."""
    privacy = sources.edition.data.get("privacy") if sources.edition is not None else None
    listed = privacy.get("allowed") if isinstance(privacy, dict) else None
    values = (
        [e.get("value") for e in listed if isinstance(e, dict)] if isinstance(listed, list) else []
    )
    return tuple(v.strip() for v in values if isinstance(v, str) and v.strip())
