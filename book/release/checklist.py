"""The checklist «Cosa consegnare»: what is to be done with a release, and what is done already."""

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
"""Days for the legal deposit, from the day of the first distribution to the public (D.P.R. 3 maggio
2006, n. 252, art. 1(1); legge 15 aprile 2004, n. 106)."""
_APPROVAL_RULE = "EU-22"
"""The rule of the notice about the Authority's written approval."""
_COVER = "cover.jpg"
_STATEMENT = "accessibilita.html"
_RECORDS = (".onix.xml", ".jsonld", ".bib", ".opds.json")
_FORMATS = {"epub": "EPUB", "pdf": "PDF", "print": N_("printed book")}


@dataclass(frozen=True)
class Item:
    """One thing to do: a sentence (``what``), whether it is done, and further details."""

    done: bool
    what: str
    detail: str = ""


@dataclass(frozen=True)
class Group:
    """The items for one recipient."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class _Context:
    """What the items are made from; ``artefacts`` are the released files by name."""

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
        """An item for the recipient ``to``: done when this version has been delivered.

        Otherwise the details name the deliveries of earlier versions.
        """
        recorded = [entry for entry in self.edition.deliveries if entry.to is to]
        now = [entry for entry in recorded if entry.version == self.edition.version]
        return Item(bool(now), what, "; ".join(map(self._receipt, now or recorded)))

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
    """The checklist of a release in ``language``, grouped by recipient; empty groups are left out.

    ``artefacts`` are the released files by name.
    """
    context = _Context(loaded, facts, artefacts, licences, language)
    groups = (
        (N_("Legal deposit"), _legal_deposit(context)),
        (N_("ISBN"), _isbn(context)),
        (N_("Shops, libraries, the book's page"), _readers(context)),
        (N_("The programme's Authority"), _authority(context)),
        (N_("Proof for the project's report"), _proof(context)),
        (N_("Accessibility"), _accessibility(context)),
        (N_("People and pictures"), _people(context)),
    )
    made = (Group(translate(title, language), tuple(items)) for title, items in groups)
    return tuple(group for group in made if group.items)


def deadline(date: datetime.date) -> datetime.date:
    """The last day for the legal deposit of a book that is distributed on ``date``."""
    return date + datetime.timedelta(days=DEPOSIT_DAYS)


def _legal_deposit(context: _Context) -> Iterator[Item]:
    """The deposit with its deadline, and the data that the colophon must give for it."""
    edition = context.edition
    text = N_(
        "Hand in the book by {deadline}: within {days} days of its distribution, reckoned from "
        "the edition's date, {date} (law no. 106 of 15 April 2004; d.P.R. no. 252 of 3 May 2006)."
    )
    what = context.say(
        text,
        deadline=context.date(deadline(edition.date)),
        days=DEPOSIT_DAYS,
        date=context.date(edition.date),
    )
    yield context.handed(Recipient.LEGAL_DEPOSIT, what)
    text = N_(
        "The colophon names the depositor, the seat and the year: {publisher}, {place}, {year}."
    )
    values = {"publisher": edition.publisher, "place": edition.place, "year": edition.date.year}
    yield Item(True, context.say(text, **values))


def _isbn(context: _Context) -> Iterator[Item]:
    """The ISBN of each format, and the notice to the agency if there is any."""
    given = False
    for name, label in _FORMATS.items():
        isbn = getattr(context.edition.identifiers, name)
        given = given or bool(isbn)
        format = context.say(label)
        if isbn:
            yield Item(True, f"{format}: ISBN {hyphenated(isbn)}")
        else:
            text = N_("{format}: no ISBN. Shops want one for each format (identifiers.{name}).")
            yield Item(False, context.say(text, format=format, name=name))
    if given:
        text = N_("Tell the ISBN agency title, date and format of each ISBN.")
        yield context.handed(Recipient.ISBN_AGENCY, context.say(text))


def _readers(context: _Context) -> Iterator[Item]:
    """What goes to shops, libraries and the book's page."""
    name = context.loaded.name
    records = [f"{name}{end}" for end in _RECORDS if f"{name}{end}" in context.artefacts]
    if records:
        text = N_("The catalogue records are in the release.")
        yield Item(True, context.say(text), ", ".join(records))
    text = N_("Give the shops EPUB, cover and ONIX record.")
    yield context.handed(Recipient.STORES, context.say(text))
    text = N_("Give libraries and catalogues the records and the address of the book.")
    yield context.handed(Recipient.LIBRARIES, context.say(text))
    text = N_("Put the files on the book's page: {url}.")
    what = context.say(text, url=context.edition.url)
    if not context.edition.url:
        what = context.say(N_("Put the files on a page of the book, and write its address (url)."))
    yield context.handed(Recipient.WEBSITE, what)


def _authority(context: _Context) -> Iterator[Item]:
    """What the programme's Authority must approve or get; nothing without a programme."""
    if not any(programme.has_notice for programme in context.loaded.programmes):
        return
    for result in context.facts.notice.results:
        if result.rule.id == _APPROVAL_RULE:
            kept = result.verdict is Verdict.KEPT
            text = N_("Written approval of emblem and logos, given beforehand and on record.")
            yield Item(kept, context.say(text), result.measured)
    for question in context.facts.notice.to_confirm:
        yield Item(False, context.say(N_("To be confirmed: {question}"), question=question))
    yield context.handed(
        Recipient.AUTHORITY, context.say(N_("Send the Authority the released book."))
    )


def _proof(context: _Context) -> Iterator[Item]:
    """The proofs of publicity that the project's report demands; nothing without a programme."""
    edition = context.edition
    if not any(programme.has_notice for programme in context.loaded.programmes):
        return
    places = [notice.where for notice in context.facts.notice.notices if notice.where]
    text = N_("The notice is in the book and keeps the rules that are demanded.")
    yield Item(
        not context.facts.notice.holds_back, context.say(text), ", ".join(dict.fromkeys(places))
    )
    if edition.project is not None:
        text = N_("The CUP stands near the notice and in the colophon: {cup}.")
        yield Item(True, context.say(text, cup=edition.project.cup))
    text = N_("The cover, with emblem and statement, is in the release as a picture.")
    yield Item(_COVER in context.artefacts, context.say(text), _COVER)
    text = N_(
        "Take a picture of the screen of the book's page, with emblem and statement in sight."
    )
    yield Item(False, context.say(text))
    if edition.url:
        yield Item(True, context.say(N_("Name the address in the report: {url}."), url=edition.url))
    else:
        yield Item(False, context.say(N_("Name the address of the book in the report (url).")))


def _accessibility(context: _Context) -> Iterator[Item]:
    """The validators that the book has passed, and the accessibility statement."""
    for check in context.facts.checks:
        validator = translate(check.validator, context.language)
        yield Item(True, _passed(check, context), f"{validator} {check.version}".strip())
    if _STATEMENT in context.artefacts:
        text = N_("The accessibility statement goes onto the book's page (d.lgs. no. 82 of 2022).")
        done = context.handed(Recipient.WEBSITE, "").done
        yield Item(done, context.say(text), _STATEMENT)


def _passed(check: Check, context: _Context) -> str:
    text = N_("{artefact} passes {standard}.")
    return context.say(text, artefact=check.artefact, standard=context.say(check.standard))


def _people(context: _Context) -> Iterator[Item]:
    """Consents, approvals of transcripts, and pictures without a credit."""
    named = [person for person in context.loaded.redaction.people if person.shown is None]
    if named:
        text = N_("Named with a consent or by a public document: {count}.")
        yield Item(True, context.say(text, count=len(named)))
    for chapter in context.loaded.chapters.values():
        matter = chapter.front_matter
        if isinstance(matter, Transcript):
            date = matter.approved
            text = N_("«{title}»: approved by those who speak.")
            detail = context.date(date) if date else context.say(N_("no date is recorded"))
            yield Item(date is not None, context.say(text, title=matter.title), detail)
    without = dict.fromkeys(picture.file for picture in context.licences.uncredited)
    if without:
        text = N_("Pictures of which nobody says who made them: {count}.")
        yield Item(False, context.say(text, count=len(without)), ", ".join(without))
