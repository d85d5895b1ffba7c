"""The facts of an edition that every record repeats, gathered once.

ONIX, JSON-LD, BibTeX, OPDS and the accessibility statement are written from a :class:`Record`
and from nothing else, so that they cannot disagree.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from book.compose.documents import EPUB, PDF, Book
from book.compose.notice import in_language
from book.model.edition import Project
from book.model.licence import Licence, licence_of
from book.model.person import Contributor
from book.output.catalogue.features import SUPPORTS
from book.output.catalogue.pdf_facts import PdfFacts
from book.output.epub.accessibility import Claims
from book.output.epub.layout import shown_documents

MEDIA_TYPES = {EPUB: "application/epub+zip", PDF: "application/pdf"}
_BLANKS = re.compile(r"[ \t\r\n]+")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True)
class Access:
    """What a format claims about its accessibility.

    ``standards`` are the names of those that it conforms to; ``supports`` codes of list 196 for
    what holds throughout it; the other fields are those of
    :class:`book.output.epub.accessibility.Claims`.
    """

    modes: tuple[str, ...]
    sufficient: tuple[tuple[str, ...], ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]
    standards: tuple[str, ...] = ()
    summary: str = ""
    certified_by: str | None = None
    report: str | None = None
    exemption: str | None = None
    supports: tuple[str, ...] = ()

    @property
    def read_without_sight(self) -> bool:
        """Whether the text alone is enough."""
        return ("textual",) in self.sufficient


@dataclass(frozen=True)
class Format:
    """A file of the edition that is a product of its own (ISO 2108).

    ``name`` is :data:`EPUB` or :data:`PDF`; ``reference`` names this product for good, whether it
    has an ISBN or not; ``identifier`` is the URN that the file itself bears; ``size`` counts
    bytes; ``version`` is that of the format.
    """

    name: str
    file: str
    reference: str
    identifier: str
    isbn: str | None
    size: int
    version: str
    access: Access

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.name]


@dataclass(frozen=True)
class Record:
    """An edition for the catalogues.

    Texts have no line breaks. ``languages`` are BCP 47 tags, the edition's own first; ``funders``
    are the names of the programmes that pay for the book; ``pages`` are those of the PDF, 0
    without one; ``print_isbn`` is the ISBN of the printed book, which is no product here because
    nothing is known of its binding, price and supply. ``contact`` is whom to write to about
    accessibility, ``barriers`` what is known to stand in the way, a sentence each.
    """

    name: str
    urn: str
    title: str
    subtitle: str | None
    series: str | None
    statement: str | None
    version: str
    date: datetime.date
    publisher: str
    place: str
    language: str
    languages: tuple[str, ...]
    contributors: tuple[Contributor, ...]
    description: str
    thema: tuple[str, ...]
    keywords: tuple[str, ...]
    licence: Licence
    url: str | None
    project: Project | None
    funders: tuple[str, ...]
    formats: tuple[Format, ...]
    pages: int
    print_isbn: str | None
    contact: str | None = None
    barriers: tuple[str, ...] = ()

    def format(self, name: str) -> Format | None:
        """The format :data:`EPUB` or :data:`PDF`, if the edition has it."""
        return next((made for made in self.formats if made.name == name), None)


def record_of(
    book: Book, claims: Claims, pages: int, sizes: Mapping[str, int], pdf: PdfFacts | None
) -> Record:
    """The record of ``book``, of whose files ``sizes`` gives bytes by name.

    A format whose file has no size is not there. ``claims`` are the EPUB's, ``pdf`` the facts of
    the PDF, which has ``pages``.
    """
    edition = book.loaded.edition
    languages = dict.fromkeys((edition.language, *(d.language for d in shown_documents(book))))
    funded = [programme for programme in book.loaded.programmes if programme.has_notice]
    return Record(
        name=book.loaded.name,
        urn=book.identifier,
        title=in_a_line(edition.title),
        subtitle=_optional(edition.subtitle),
        series=_optional(edition.series),
        statement=_optional(edition.edition_statement),
        version=edition.version,
        date=edition.date,
        publisher=in_a_line(edition.publisher),
        place=in_a_line(edition.place),
        language=edition.language,
        languages=tuple(languages),
        contributors=tuple(_in_lines(c) for c in edition.contributors),
        description=in_a_line(edition.description),
        thema=edition.subjects.thema,
        keywords=tuple(in_a_line(word) for word in edition.subjects.keywords),
        licence=licence_of(edition.licence, edition.language),
        url=edition.url,
        project=edition.project,
        funders=tuple(in_language(programme.name, edition.language) for programme in funded),
        formats=_formats(book, claims, sizes, pdf),
        pages=pages,
        print_isbn=edition.identifiers.print,
        contact=_optional(claims.contact),
        barriers=tuple(in_a_line(barrier) for barrier in claims.barriers),
    )


def in_a_line(text: str) -> str:
    """``text`` without line breaks and doubled spaces; no-break spaces stay."""
    return _BLANKS.sub(" ", _UNPRINTABLE.sub("", text)).strip()


def _optional(text: str | None) -> str | None:
    return (in_a_line(text) or None) if text else None


def _in_lines(person: Contributor) -> Contributor:
    sort = in_a_line(person.sort) if person.sort else None
    return person.model_copy(update={"name": in_a_line(person.name), "sort": sort})


def _formats(
    book: Book, claims: Claims, sizes: Mapping[str, int], pdf: PdfFacts | None
) -> tuple[Format, ...]:
    identifiers = book.loaded.edition.identifiers
    formats = []
    for name, isbn in ((EPUB, identifiers.epub), (PDF, identifiers.pdf)):
        file = f"{book.loaded.name}.{name}"
        access = access_of_epub(claims) if name == EPUB else _access_of_pdf(pdf, claims)
        if file in sizes and access is not None:
            formats.append(
                Format(
                    name=name,
                    file=file,
                    reference=f"{book.identifier}#{name}",
                    identifier=f"urn:isbn:{isbn}" if isbn else book.identifier,
                    isbn=isbn,
                    size=sizes[file],
                    version="3.3" if name == EPUB or pdf is None else pdf.version,
                    access=access,
                )
            )
    return tuple(formats)


def access_of_epub(claims: Claims) -> Access:
    """The EPUB's claims as they are."""
    return Access(
        modes=claims.modes,
        sufficient=claims.sufficient,
        features=claims.features,
        hazards=claims.hazards,
        standards=(claims.conforms_to,) if claims.conforms_to else (),
        summary=in_a_line(claims.summary),
        certified_by=_optional(claims.certified_by),
        report=claims.report or None,
        exemption=claims.exemption or None,
        supports=tuple(code for support, code in SUPPORTS.items() if support in claims.supports),
    )


def _access_of_pdf(pdf: PdfFacts | None, claims: Claims) -> Access | None:
    """What the PDF offers; it holds what the EPUB holds, so modes and hazards are the same.

    Its text is enough by itself where the EPUB's is and every figure of its own has a text.
    """
    if pdf is None:
        return None
    described = (
        ("textual",) in claims.sufficient and not pdf.undescribed and "taggedPDF" in (pdf.features)
    )
    return Access(
        modes=claims.modes,
        sufficient=(("textual",) if described else ("textual", "visual"),),
        features=pdf.features or ("unknown",),
        hazards=claims.hazards,
        standards=(pdf.standard,) if pdf.standard else (),
        exemption=claims.exemption or None,
    )
