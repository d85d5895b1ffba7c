"""The facts of an edition that the records for catalogues share.

ONIX, JSON-LD, BibTeX, OPDS and the accessibility statement are written from a :class:`Record`
and from nothing else, so they cannot disagree.
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
# Characters that XML 1.0 (2.2) does not admit, and DEL.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True)
class Accessibility:
    """The accessibility that a format claims.

    ``standards`` are the names of the standards that it conforms to. ``supports`` are codes of ONIX
    list 196 for properties that hold throughout the format. The other fields are those of
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
        """Whether text alone suffices to read everything."""
        return ("textual",) in self.sufficient


@dataclass(frozen=True)
class Format:
    """A file of the edition; each format is a product of its own, with its own ISBN (ISO 2108).

    ``name`` is :data:`EPUB` or :data:`PDF`. ``reference`` is the product's permanent reference in
    catalogues; it exists whether or not the product has an ISBN. ``identifier`` is the URN in the
    file's own metadata. ``size`` is in bytes. ``version`` is the version of the file format.
    """

    name: str
    file: str
    reference: str
    identifier: str
    isbn: str | None
    size: int
    version: str
    accessibility: Accessibility

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.name]


@dataclass(frozen=True)
class Record:
    """The facts of an edition for catalogues.

    Texts have no line breaks. ``languages`` are BCP 47 tags, the edition's own first. ``funders``
    are the names of the programmes that fund the book. ``pages`` counts the pages of the PDF, 0
    without a PDF. ``print_isbn`` is the ISBN of the printed book; the printed book is not among
    ``formats``, because its binding, price and supply are not known. ``contact`` is the address for
    questions about accessibility. ``barriers`` are the known barriers, one sentence each.
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
        return next((product for product in self.formats if product.name == name), None)


def record_of(
    book: Book, claims: Claims, pages: int, sizes: Mapping[str, int], pdf: PdfFacts | None
) -> Record:
    """Gather the record of ``book``.

    ``claims`` are those of the EPUB, ``pdf`` and ``pages`` the facts and the number of pages of the
    PDF. ``sizes`` gives the size in bytes of each file by its name; a format whose file is not
    among them gets no place in the record.
    """
    edition = book.loaded.edition
    languages = dict.fromkeys((edition.language, *(d.language for d in shown_documents(book))))
    funded = [programme for programme in book.loaded.programmes if programme.has_notice]
    return Record(
        name=book.loaded.name,
        urn=book.identifier,
        title=single_line(edition.title),
        subtitle=_single_line_or_none(edition.subtitle),
        series=_single_line_or_none(edition.series),
        statement=_single_line_or_none(edition.edition_statement),
        version=edition.version,
        date=edition.date,
        publisher=single_line(edition.publisher),
        place=single_line(edition.place),
        language=edition.language,
        languages=tuple(languages),
        contributors=tuple(_single_line_names(c) for c in edition.contributors),
        description=single_line(edition.description),
        thema=edition.subjects.thema,
        keywords=tuple(single_line(word) for word in edition.subjects.keywords),
        licence=licence_of(edition.licence, edition.language),
        url=edition.url,
        project=edition.project,
        funders=tuple(in_language(programme.name, edition.language) for programme in funded),
        formats=_formats(book, claims, sizes, pdf),
        pages=pages,
        print_isbn=edition.identifiers.print,
        contact=_single_line_or_none(claims.contact),
        barriers=tuple(single_line(barrier) for barrier in claims.barriers),
    )


def single_line(text: str) -> str:
    """``text`` on one line: without control characters, with runs of spaces as one space.

    No-break spaces stay.
    """
    return _BLANKS.sub(" ", _UNPRINTABLE.sub("", text)).strip()


def _single_line_or_none(text: str | None) -> str | None:
    """``text`` on one line; None for None and for a text of spaces alone."""
    return (single_line(text) or None) if text else None


def _single_line_names(person: Contributor) -> Contributor:
    sort = single_line(person.sort) if person.sort else None
    return person.model_copy(update={"name": single_line(person.name), "sort": sort})


def _formats(
    book: Book, claims: Claims, sizes: Mapping[str, int], pdf: PdfFacts | None
) -> tuple[Format, ...]:
    """The formats of the edition whose files are finished."""
    identifiers = book.loaded.edition.identifiers
    formats = []
    for name, isbn in ((EPUB, identifiers.epub), (PDF, identifiers.pdf)):
        file = f"{book.loaded.name}.{name}"
        access = _epub_accessibility(claims) if name == EPUB else _pdf_accessibility(pdf, claims)
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
                    accessibility=access,
                )
            )
    return tuple(formats)


def _epub_accessibility(claims: Claims) -> Accessibility:
    """The accessibility of the EPUB: its own claims."""
    return Accessibility(
        modes=claims.modes,
        sufficient=claims.sufficient,
        features=claims.features,
        hazards=claims.hazards,
        standards=(claims.conforms_to,) if claims.conforms_to else (),
        summary=single_line(claims.summary),
        certified_by=_single_line_or_none(claims.certified_by),
        report=claims.report or None,
        exemption=claims.exemption or None,
        supports=tuple(code for support, code in SUPPORTS.items() if support in claims.supports),
    )


def _pdf_accessibility(pdf: PdfFacts | None, claims: Claims) -> Accessibility | None:
    """The accessibility of the PDF; None without a PDF.

    Its content is that of the EPUB, so it has the same modes and hazards. Text alone suffices if it
    suffices in the EPUB, the PDF is tagged, and each figure has an alternative text.
    """
    if pdf is None:
        return None
    described = (
        ("textual",) in claims.sufficient and not pdf.undescribed and "taggedPDF" in pdf.features
    )
    return Accessibility(
        modes=claims.modes,
        sufficient=(("textual",) if described else ("textual", "visual"),),
        features=pdf.features or ("unknown",),
        hazards=claims.hazards,
        standards=(pdf.standard,) if pdf.standard else (),
        exemption=claims.exemption or None,
    )
