"""The package document's metadata (EPUB 3.3, section 5.5 and annex D)."""

from __future__ import annotations

from collections.abc import Iterable

from ebooklib import epub

from book.compose.documents import Book
from book.markdown.tree import XML_LANG
from book.model.licence import licence_of
from book.model.person import MARC_RELATORS, Contributor, Role
from book.output.epub.accessibility import Claims, accessibility_metadata
from book.output.epub.claims import CERTIFIED_BY, CERTIFIER_REPORT, CONFORMS_TO, EXEMPTION
from book.output.epub.layout import shown_documents

IDENTIFIER_ID = "pub-id"
_IBOOKS = "http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/"


def add_metadata(package: epub.EpubBook, book: Book, claims: Claims, *, has_fonts: bool) -> None:
    """Add the metadata of ``book`` to ``package``, for catalogues and reading systems.

    ``has_fonts`` says that font files are embedded.
    """
    edition = book.loaded.edition
    _add_identifier(package, book)
    _add_titles(package, book)
    package.set_language(edition.language)
    for language in dict.fromkeys(d.language for d in shown_documents(book)):
        if language != edition.language:
            package.add_metadata("DC", "language", language)
    _add_people(package, edition.contributors)
    package.add_metadata("DC", "publisher", edition.publisher)
    package.add_metadata("DC", "date", edition.date.isoformat())
    in_language = {XML_LANG: edition.language}
    package.add_metadata("DC", "description", edition.description, in_language)
    _add_subjects(package, book)
    licence = licence_of(edition.licence, edition.language)
    rights = f"{licence.name}, {licence.url}" if licence.url else licence.name
    package.add_metadata("DC", "rights", rights, in_language)
    if edition.series:
        _meta(package, "belongs-to-collection", edition.series, id="collection")
        _refine(package, "collection", "collection-type", "series")
    _meta(package, "schema:version", edition.version)
    _add_accessibility(package, claims)
    if has_fonts:
        # Without it Apple Books ignores embedded fonts, also that of the co-financing statement.
        package.add_prefix("ibooks", _IBOOKS)
        _meta(package, "ibooks:specified-fonts", "true")


def _add_accessibility(package: epub.EpubBook, claims: Claims) -> None:
    """Discovery metadata, then the claim of conformance with its certifier.

    EPUB Accessibility 1.1, sections 2.2 and 2.3.
    """
    for name, value in accessibility_metadata(claims):
        _meta(package, name, value)
    if claims.conforms_to:
        _meta(package, CONFORMS_TO, claims.conforms_to, id="conformance")
        vouching = {"id": "certifier", "refines": "#conformance"}
        _meta(package, CERTIFIED_BY, claims.certified_by, **vouching)
    if claims.report:
        link = {"rel": CERTIFIER_REPORT, "refines": "#certifier", "href": claims.report}
        package.add_metadata(None, "link", None, link)
    if claims.exemption:
        _meta(package, EXEMPTION, claims.exemption)


def _add_identifier(package: epub.EpubBook, book: Book) -> None:
    isbn = book.loaded.edition.identifiers.epub
    package.IDENTIFIER_ID = IDENTIFIER_ID
    package.set_identifier(f"urn:isbn:{isbn}" if isbn else book.identifier)
    if isbn:
        # ONIX code list 5: 15 is ISBN-13.
        _refine(package, IDENTIFIER_ID, "identifier-type", "15", scheme="onix:codelist5")


def _add_titles(package: epub.EpubBook, book: Book) -> None:
    edition = book.loaded.edition
    package.title = edition.title
    titles = {"main": edition.title, "subtitle": edition.subtitle}
    for sequence, (kind, title) in enumerate(titles.items(), start=1):
        if title:
            language = {XML_LANG: edition.language}
            package.add_metadata("DC", "title", title, {"id": f"title-{kind}", **language})
            _refine(package, f"title-{kind}", "title-type", kind)
            _refine(package, f"title-{kind}", "display-seq", str(sequence))


def _add_people(package: epub.EpubBook, people: Iterable[Contributor]) -> None:
    """Creators and contributors, each with role, form of the name for sorting, and place in order.

    Authors are the creators. In a book without authors the curators are, because reading systems
    show only creators in their libraries.
    """
    people = tuple(people)
    roles = {person.role for person in people}
    first = Role.AUTHOR if Role.AUTHOR in roles else Role.CURATOR
    for element, group in (
        ("creator", [p for p in people if p.role is first]),
        ("contributor", [p for p in people if p.role is not first]),
    ):
        for sequence, person in enumerate(group, start=1):
            id = f"{element}-{sequence}"
            package.add_metadata("DC", element, person.name, {"id": id})
            _refine(package, id, "role", MARC_RELATORS[person.role], scheme="marc:relators")
            _refine(package, id, "file-as", person.file_as)
            _refine(package, id, "display-seq", str(sequence))


def _add_subjects(package: epub.EpubBook, book: Book) -> None:
    subjects = book.loaded.edition.subjects
    for number, code in enumerate(subjects.thema, start=1):
        package.add_metadata("DC", "subject", code, {"id": f"subject-{number}"})
        _refine(package, f"subject-{number}", "authority", "Thema")
        _refine(package, f"subject-{number}", "term", code)
    for keyword in subjects.keywords:
        package.add_metadata("DC", "subject", keyword, {})


def _meta(package: epub.EpubBook, name: str, value: str, **attributes: str) -> None:
    package.add_metadata(None, "meta", value, {"property": name, **attributes})


def _refine(
    package: epub.EpubBook, id: str, name: str, value: str, *, scheme: str | None = None
) -> None:
    scheme_attribute = {"scheme": scheme} if scheme else {}
    _meta(package, name, value, refines=f"#{id}", **scheme_attribute)
