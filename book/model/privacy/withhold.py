"""Takes the names of people who have not agreed out of an edition's sources.

Regulation (EU) 2016/679, art. 6 and 7: a person's name and words are published with a consent
that can be shown, or because a public document credits them already. Everybody else appears by a
pseudonym, in the fields and in the texts.

The loader calls :func:`withhold` on the raw data of the files, before validation. Models, trees,
cache, artefacts and reports are made of the result, so none of them ever holds the name.
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
    PersonRecord,
    Register,
    completed,
    entries_of_chapter,
    entries_of_edition,
    label_of,
)
from book.model.privacy.people import RawRecord
from book.model.privacy.pseudonyms import Numbering, organisation_type
from book.model.privacy.redaction import NamedPerson, Redaction, slug
from book.model.yaml.source import KeyPath, YamlSource

_REASONS = {
    "no": privacy_codes.WITHHELD,
    "undated": privacy_codes.CONSENT_UNDATED,
    "nothing": privacy_codes.NO_CONSENT,
}
"""The code for each answer of a person's consents but «yes»."""


@dataclass(frozen=True)
class Sources:
    """The files of an edition as raw data; ``edition`` is None when it cannot be parsed."""

    edition: YamlSource | None
    chapters: tuple[RawChapter, ...]


def withhold(
    sources: Sources, people: Mapping[str, RawRecord], medium: Medium
) -> tuple[Sources, Redaction, list[Finding]]:
    """Replace the names of all who have not agreed to be named in ``medium`` by pseudonyms.

    Returns the changed sources, the redaction that takes the same names out of other texts, and
    the findings. Pseudonyms are numbered in reading order, for each kind of body.
    """
    # First the people files, because they hold names and consents of entries with an id alone.
    # Then everybody is registered, in reading order, before anybody is judged: a «no» in the last
    # chapter withholds the name in the first one, too.
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
    findings = _assign_pseudonyms(register, medium, _language(sources))
    named = tuple(NamedPerson(p.name, p.shown) for p in register.everybody() if p.name)
    redaction = Redaction(named, _allowed(sources))
    if all(p.shown is None for p in register.everybody()):
        return sources, redaction, findings
    work = _Withholding(register, redaction)
    edition = None if sources.edition is None else work.edition(sources.edition)
    chapters = tuple(work.chapter(raw) for raw in sources.chapters)
    return Sources(edition, chapters), redaction, [*findings, *work.findings]


def _assign_pseudonyms(register: Register, medium: Medium, language: str) -> list[Finding]:
    """Give a pseudonym to every person who may not be named; return a finding for each."""
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
    """Line numbers of offsets in a text whose first line is line ``first`` of its file."""

    def __init__(self, text: str, first: int) -> None:
        self._first = first
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def of(self, offset: int) -> int:
        """The number of the line that holds ``offset``."""
        return self._first + bisect_left(self._ends, offset)


class _Withholding:
    """Rewrites sources without withheld names, and gathers the findings about it."""

    def __init__(self, register: Register, redaction: Redaction) -> None:
        self._register = register
        self._redaction = redaction
        self.findings: list[Finding] = []

    def edition(self, source: YamlSource) -> YamlSource:
        """The edition's fields without names."""
        return self._source(source, entries_of_edition(source.data))

    def chapter(self, raw: RawChapter) -> RawChapter:
        """A chapter without withheld names in its fields and its text.

        Labels of turns are replaced first: «Anna», or a speaker's short form, is the person at the
        start of a turn and may be anything elsewhere, so redaction would leave it. Redaction of the
        body follows. Words of names that stand alone in the result are reported last. No step
        changes the number of lines, so that all findings have the lines of the file.
        """
        labels = self._labels(raw)
        source = self._source(raw.source, entries_of_chapter(raw))

        def speaker(match: re.Match[str]) -> str:
            shown = labels.get(label_of(match["label"]))
            return f"{match['open']}{shown}{match['close']}" if shown else match[0]

        labelled = LABEL.sub(speaker, raw.body) if labels else raw.body
        body, replaced = self._redaction.replaced(labelled)
        # One finding for each person and chapter, at the first place, with the count.
        lines: dict[str, list[int]] = {}
        line = _Lines(labelled, raw.body_line)
        for offset, shown in replaced:
            lines.setdefault(shown, []).append(line.of(offset))
        for shown, found in lines.items():
            self.findings.append(
                privacy_codes.NAME_REPLACED.at(raw.file, found[0], shown=shown, count=len(found))
            )
        line = _Lines(body, raw.body_line)
        for place in sorted({(line.of(o), shown) for o, shown in self._redaction.lone_words(body)}):
            self.findings.append(privacy_codes.PART_OF_NAME.at(raw.file, place[0], shown=place[1]))
        return replace(raw, source=source, body=body)

    def _source(self, source: YamlSource, entries: Iterator[Entry] | list[Entry]) -> YamlSource:
        """The fields without names: entries of withheld people rewritten, other texts redacted."""
        replacements = {}
        for entry in entries:
            person = self._register.find(entry)
            if person is not None:
                replacements[entry.path] = _entry_without_name(entry.data, entry.kind, person)
        data = _with_replacements(source.data, (), replacements)
        return replace(source, data=self._strings(data, source, (), frozenset(replacements)))

    def _strings(
        self, value: Any, source: YamlSource, path: KeyPath, skipped: frozenset[KeyPath]
    ) -> Any:
        """``value``, at ``path``, with all texts in it redacted.

        Leaves alone the paths ``skipped``, which are rewritten entries of people, and names of
        chapter files: :mod:`.private_files` reports those.
        """
        if path in skipped or _is_file_entry(path):
            return value
        if isinstance(value, dict):
            return {k: self._strings(v, source, (*path, k), skipped) for k, v in value.items()}
        if isinstance(value, list):
            return [self._strings(v, source, (*path, n), skipped) for n, v in enumerate(value)]
        if not isinstance(value, str):
            return value
        text = self._redaction.text(value)
        for shown in dict.fromkeys(part.shown for part in self._redaction.lone_words(text)):
            place = source.value_at(path)
            self.findings.append(privacy_codes.PART_OF_NAME.at(source.file, *place, shown=shown))
        return text

    def _labels(self, raw: RawChapter) -> dict[str, str]:
        """The labels of withheld speakers' turns, and the pseudonym to put for each."""
        entries = [e for e in entries_of_chapter(raw) if e.kind == "speaker"]
        labels: dict[str, set[str]] = {}
        for entry in entries:
            person = self._register.find(entry)
            if not isinstance(entry.data, dict):
                continue
            for label in _labels_of(entry.data, person):
                shown = person.shown if person and person.shown else label
                labels.setdefault(label, set()).add(shown)
        # A label that two speakers share, such as «Partecipante», tells neither: it stays.
        return {
            label: next(iter(shown))
            for label, shown in labels.items()
            if len(shown) == 1 and shown != {label}
        }


def _labels_of(entry: dict[str, Any], person: PersonRecord | None) -> set[str]:
    """The labels (:func:`label_of`) that a speaker's turns may have in the text.

    For a withheld speaker also the single words of the name, and the id if it is made of them.
    """
    texts = [entry.get(key) for key in ("name", "role", "short")]
    labels = {label_of(text) for text in texts if isinstance(text, str)}
    if person is None or person.shown is None:
        return labels
    own = NamedPerson(person.name, person.shown).own
    labels |= {w.casefold() for w in re.split(r"[\s.,]+", person.name) if set(folded(w)) & own}
    id = entry.get("id")
    return labels | (
        {id.strip().casefold()} if isinstance(id, str) and _is_made_of_name(id, person) else set()
    )


def _is_made_of_name(id: str, person: PersonRecord) -> bool:
    """Whether an id is made of words of the person's name: ``verdi``, ``averdi``, ``anna-v``."""
    written = "".join(folded(id))
    return any(len(token) > 2 and token in written for token in NamedPerson(person.name).own)


def _entry_without_name(entry: Any, kind: EntryKind, person: PersonRecord) -> Any:
    """A person's entry with the pseudonym in place of the name; as it is if not withheld."""
    if person.shown is None:
        return entry
    if not isinstance(entry, dict):
        return person.shown
    # Role and body together tell who it is as well as a name does («sindaca», «Comune di …»), so
    # they go, too. A speaker's model demands a role: the pseudonym is put there.
    hidden = {"contributor": ("sort",), "person": ("role", "organisation")}
    drop = hidden.get(kind, ("name", "organisation", "short"))
    drop = (*drop, "organisation_type")
    kept = {k: v for k, v in entry.items() if k not in drop or not isinstance(v, str)}
    id = entry.get("id")
    if isinstance(id, str) and person.name and _is_made_of_name(id, person):
        kept["id"] = slug(person.shown)
    if kind == "contributor":
        kept["sort"] = person.shown
    kept["role" if kind == "speaker" else "name"] = person.shown
    return kept


def _with_records(sources: Sources, people: Mapping[str, RawRecord]) -> Sources:
    """The sources with names and consents of the people files in the entries with an id."""
    if not people:
        return sources
    edition = sources.edition
    if edition is not None:
        replacements = {
            e.path: completed(e.data, e.kind, people) for e in entries_of_edition(edition.data)
        }
        edition = replace(edition, data=_with_replacements(edition.data, (), replacements))
    chapters = []
    for raw in sources.chapters:
        replacements = {e.path: completed(e.data, e.kind, people) for e in entries_of_chapter(raw)}
        source = replace(raw.source, data=_with_replacements(raw.source.data, (), replacements))
        chapters.append(replace(raw, source=source))
    return Sources(edition, tuple(chapters))


def _with_replacements(value: Any, path: KeyPath, replacements: Mapping[KeyPath, Any]) -> Any:
    """``value``, at ``path``, with other data at the paths that ``replacements`` names."""
    if path in replacements:
        return replacements[path]
    if isinstance(value, dict):
        return {k: _with_replacements(v, (*path, k), replacements) for k, v in value.items()}
    if isinstance(value, list):
        return [_with_replacements(v, (*path, n), replacements) for n, v in enumerate(value)]
    return value


def _is_file_entry(path: KeyPath) -> bool:
    """Whether ``path`` is an entry of the contents, which is the name of a chapter file."""
    return (
        path[:1] == ("contents",)
        and len(path) > 2
        and isinstance(path[-1], int)
        and path[-2] != "parts"
    )


def _language(sources: Sources) -> str:
    """The language of the edition, for pseudonyms; Italian when it says none."""
    language = None if sources.edition is None else sources.edition.data.get("language")
    return language.strip() if isinstance(language, str) and language.strip() else "it"


def _allowed(sources: Sources) -> tuple[str, ...]:
    """The phrases under ``privacy: allowed`` of the edition; malformed ones are passed over."""
    privacy = sources.edition.data.get("privacy") if sources.edition is not None else None
    listed = privacy.get("allowed") if isinstance(privacy, dict) else None
    values = (
        [e.get("value") for e in listed if isinstance(e, dict)] if isinstance(listed, list) else []
    )
    return tuple(v.strip() for v in values if isinstance(v, str) and v.strip())
