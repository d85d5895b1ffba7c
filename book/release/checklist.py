"""«Cosa consegnare»: what is still to be done with a release, and what is done, from the facts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from book.compose.wording import long_date
from book.messages import N_, translate
from book.model.chapter import Transcript
from book.model.edition import Edition
from book.model.handed_over import HandedOver, Recipient
from book.model.identifiers import hyphenated
from book.model.loaded import LoadedEdition
from book.notice.rule import Verdict
from book.release.licences import Licences
from book.report.facts import EditionFacts
from book.validators.verdict import Check

DEPOSIT_DAYS = 60
"""D.P.R. 3 maggio 2006, n. 252, art. 1(1), by legge 15 aprile 2004, n. 106: from the day on which
it is first distributed to the public."""
_APPROVAL_RULE = "EU-22"
_COVER = "cover.jpg"
_STATEMENT = "accessibilita.html"
_RECORDS = (".onix.xml", ".jsonld", ".bib", ".opds.json")
_FORMATS = {"epub": "EPUB", "pdf": "PDF", "print": N_("printed book")}


@dataclass(frozen=True)
class Item:
    """One thing to do: whether it is done, in a sentence, and what more there is to know of it."""

    done: bool
    what: str
    detail: str = ""


@dataclass(frozen=True)
class Group:
    """Things that go to one place."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class _Desk:
    loaded: LoadedEdition
    facts: EditionFacts
    artefacts: Mapping[str, bytes]
    licences: Licences
    language: str

    @property
    def edition(self) -> Edition:
        return self.loaded.edition

    def say(self, text: str, /, **values: Any) -> str:
        return translate(text, self.language).format(**values)

    def date(self, date: datetime.date) -> str:
        return long_date(date, self.language)

    def handed(self, to: Recipient, what: str) -> Item:
        """Something that goes to ``to``: done when this very version has been handed over."""
        told = [entry for entry in self.edition.deliveries if entry.to is to]
        now = [entry for entry in told if entry.version == self.edition.version]
        return Item(bool(now), what, "; ".join(map(self._receipt, now or told)))

    def _receipt(self, entry: HandedOver) -> str:
        text = N_("version {version}, {date}")
        said = self.say(text, version=entry.version, date=self.date(entry.date))
        return f"{said} ({entry.reference})" if entry.reference else said


def checklist(
    loaded: LoadedEdition,
    facts: EditionFacts,
    artefacts: Mapping[str, bytes],
    licences: Licences,
    language: str,
) -> tuple[Group, ...]:
    """What to hand over after the release of ``loaded``, by whom it goes to.

    ``artefacts`` are the released files by name.
    """
    desk = _Desk(loaded, facts, artefacts, licences, language)
    groups = (
        (N_("Legal deposit"), _legal_deposit(desk)),
        (N_("ISBN"), _isbn(desk)),
        (N_("Shops, libraries, the book's page"), _readers(desk)),
        (N_("The programme's Authority"), _authority(desk)),
        (N_("Proof for the project's report"), _proof(desk)),
        (N_("Accessibility"), _accessibility(desk)),
        (N_("People and pictures"), _people(desk)),
    )
    made = (Group(translate(title, language), tuple(items)) for title, items in groups)
    return tuple(group for group in made if group.items)


def deadline(date: datetime.date) -> datetime.date:
    """The last day for the legal deposit of a book that is distributed on ``date``."""
    return date + datetime.timedelta(days=DEPOSIT_DAYS)


def _legal_deposit(desk: _Desk) -> Iterator[Item]:
    edition = desk.edition
    text = N_(
        "Hand in the book by {deadline}: within {days} days of its distribution, reckoned from "
        "the edition's date, {date} (law no. 106 of 15 April 2004; d.P.R. no. 252 of 3 May 2006)."
    )
    what = desk.say(
        text,
        deadline=desk.date(deadline(edition.date)),
        days=DEPOSIT_DAYS,
        date=desk.date(edition.date),
    )
    yield desk.handed(Recipient.LEGAL_DEPOSIT, what)
    text = N_(
        "The colophon names the depositor, the seat and the year: {publisher}, {place}, {year}."
    )
    values = {"publisher": edition.publisher, "place": edition.place, "year": edition.date.year}
    yield Item(True, desk.say(text, **values))


def _isbn(desk: _Desk) -> Iterator[Item]:
    given = False
    for name, label in _FORMATS.items():
        isbn = getattr(desk.edition.identifiers, name)
        given = given or bool(isbn)
        format = desk.say(label)
        if isbn:
            yield Item(True, f"{format}: ISBN {hyphenated(isbn)}")
        else:
            text = N_("{format}: no ISBN. Shops want one for each format (identifiers.{name}).")
            yield Item(False, desk.say(text, format=format, name=name))
    if given:
        text = N_("Tell the ISBN agency title, date and format of each ISBN.")
        yield desk.handed(Recipient.ISBN_AGENCY, desk.say(text))


def _readers(desk: _Desk) -> Iterator[Item]:
    name = desk.loaded.name
    records = [f"{name}{end}" for end in _RECORDS if f"{name}{end}" in desk.artefacts]
    if records:
        text = N_("The catalogue records are in the release.")
        yield Item(True, desk.say(text), ", ".join(records))
    text = N_("Give the shops EPUB, cover and ONIX record.")
    yield desk.handed(Recipient.STORES, desk.say(text))
    text = N_("Give libraries and catalogues the records and the address of the book.")
    yield desk.handed(Recipient.LIBRARIES, desk.say(text))
    text = N_("Put the files on the book's page: {url}.")
    what = desk.say(text, url=desk.edition.url)
    if not desk.edition.url:
        what = desk.say(N_("Put the files on a page of the book, and write its address (url)."))
    yield desk.handed(Recipient.WEBSITE, what)


def _authority(desk: _Desk) -> Iterator[Item]:
    if not any(programme.has_notice for programme in desk.loaded.programmes):
        return
    for result in desk.facts.notice.results:
        if result.rule.id == _APPROVAL_RULE:
            kept = result.verdict is Verdict.KEPT
            text = N_("Written approval of emblem and logos, given beforehand and on record.")
            yield Item(kept, desk.say(text), result.measured)
    for question in desk.facts.notice.to_confirm:
        yield Item(False, desk.say(N_("To be confirmed: {question}"), question=question))
    yield desk.handed(Recipient.AUTHORITY, desk.say(N_("Send the Authority the released book.")))


def _proof(desk: _Desk) -> Iterator[Item]:
    edition = desk.edition
    if not any(programme.has_notice for programme in desk.loaded.programmes):
        return
    places = [notice.where for notice in desk.facts.notice.notices if notice.where]
    text = N_("The notice is in the book and keeps the rules that are demanded.")
    yield Item(not desk.facts.notice.holds_back, desk.say(text), ", ".join(dict.fromkeys(places)))
    if edition.project is not None:
        text = N_("The CUP stands near the notice and in the colophon: {cup}.")
        yield Item(True, desk.say(text, cup=edition.project.cup))
    text = N_("The cover, with emblem and statement, is in the release as a picture.")
    yield Item(_COVER in desk.artefacts, desk.say(text), _COVER)
    text = N_(
        "Take a picture of the screen of the book's page, with emblem and statement in sight."
    )
    yield Item(False, desk.say(text))
    if edition.url:
        yield Item(True, desk.say(N_("Name the address in the report: {url}."), url=edition.url))
    else:
        yield Item(False, desk.say(N_("Name the address of the book in the report (url).")))


def _accessibility(desk: _Desk) -> Iterator[Item]:
    for check in desk.facts.checks:
        validator = translate(check.validator, desk.language)
        yield Item(True, _passed(check, desk), f"{validator} {check.version}".strip())
    if _STATEMENT in desk.artefacts:
        text = N_("The accessibility statement goes onto the book's page (d.lgs. no. 82 of 2022).")
        done = desk.handed(Recipient.WEBSITE, "").done
        yield Item(done, desk.say(text), _STATEMENT)


def _passed(check: Check, desk: _Desk) -> str:
    text = N_("{artefact} passes {standard}.")
    return desk.say(text, artefact=check.artefact, standard=desk.say(check.standard))


def _people(desk: _Desk) -> Iterator[Item]:
    named = [person for person in desk.loaded.redaction.people if person.shown is None]
    if named:
        text = N_("Named with a consent or by a public document: {count}.")
        yield Item(True, desk.say(text, count=len(named)))
    for chapter in desk.loaded.chapters.values():
        matter = chapter.front_matter
        if isinstance(matter, Transcript):
            date = matter.approved
            text = N_("«{title}»: approved by those who speak.")
            detail = desk.date(date) if date else desk.say(N_("no date is recorded"))
            yield Item(date is not None, desk.say(text, title=matter.title), detail)
    without = dict.fromkeys(picture.file for picture in desk.licences.uncredited)
    if without:
        text = N_("Pictures of which nobody says who made them: {count}.")
        yield Item(False, desk.say(text, count=len(without)), ", ".join(without))
