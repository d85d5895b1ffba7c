"""The accessibility statement: an HTML page that the publisher puts beside the book.

Its content is what Directive (EU) 2019/882, article 13(2) and annex V, ask a service to tell about
its accessibility (in Italy d.lgs. 27 May 2022, no. 82). The page is in the edition's language if
the pipeline has messages in it, else in English.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from babel import Locale

from book.compose.credits import credit_lines
from book.compose.documents import EPUB, Book
from book.compose.fonts import token_css
from book.compose.templates import environment
from book.compose.wording import long_date
from book.messages import LANGUAGES, N_, translate
from book.model.identifiers import hyphenated
from book.output.catalogue.features import EXEMPTIONS, FEATURES, HAZARDS
from book.output.catalogue.record import Format, Record

TEMPLATE = "accessibility.xhtml.j2"
STYLE = "accessibility.css.j2"

_READ_BY_TEXT = N_(
    "It can be read by its text alone, with a screen reader or on a braille display."
)
_SIGHT_NEEDED = N_("What its pictures say does not reach those who cannot see them.")
_FIXED_PAGES = N_(
    "The pages of the PDF are fixed: to change type, spacing or colours, take the EPUB."
)
_UNTAGGED = N_("The PDF has no structure that a screen reader could follow: take the EPUB.")
_CONFORMS = N_("It conforms to {standards}.")
_NO_CONFORMANCE = N_("It is not declared to conform to a standard of accessibility.")
_CERTIFIED = N_("{name} has evaluated it and vouches for it.")
_SELF_CERTIFIED = N_("The publisher, {name}, has evaluated it and vouches for it.")
_FORMATS = {"epub": "EPUB", "pdf": "PDF"}


@dataclass(frozen=True)
class _Section:
    """The statement's section on one format; all texts are in the page's language.

    ``limits`` are the sentences on what is not accessible. ``report`` is the URL of the certifier's
    report.
    """

    name: str
    conformance: tuple[str, ...]
    features: tuple[str, ...]
    limits: tuple[str, ...]
    report: str | None


def statement(record: Record, book: Book) -> bytes:
    """Write the page as HTML in UTF-8.

    Raises jinja2.TemplateError for a broken template of the brand.
    """
    loaded = book.loaded
    base = record.language.split("-")[0]
    language = record.language if base in LANGUAGES else "en"
    jinja = environment(loaded, language=language)
    exemption = next(
        (m.accessibility.exemption for m in record.formats if m.accessibility.exemption), None
    )
    style = jinja.get_template(STYLE).render(tokens=token_css(loaded.brand, loaded.edition.ground))
    epub = record.format(EPUB)
    page = jinja.get_template(TEMPLATE).render(
        record=record,
        language=language,
        date=long_date(record.date, language),
        style=style,
        rows=_rows(record, book, language),
        summary=epub.accessibility.summary if epub else "",
        sections=[_section(record, product, language) for product in record.formats],
        exemption=translate(EXEMPTIONS[exemption][1], language) if exemption in EXEMPTIONS else "",
        contact={"words": record.contact, "url": _address(record.contact)},
    )
    return page.encode()


def _rows(record: Record, book: Book, language: str) -> list[dict[str, Any]]:
    """The rows of the book's description, each with ``label``, ``value`` and ``url``.

    Only the row of the licence can have a URL. Rows without a value are left out.
    """
    files = [_identified(product) for product in record.formats]
    edition = book.loaded.edition.model_copy(update={"contributors": record.contributors})
    rows = [(line["role"], line["names"]) for line in credit_lines(edition)]
    rows += [
        (translate(N_("Publisher"), language), f"{record.publisher}, {record.place}"),
        (translate(N_("Series"), language), record.series or ""),
        (translate(N_("Date"), language), long_date(record.date, language)),
        (translate(N_("Version"), language), record.version),
        (translate(N_("Language"), language), _language_names(record, language)),
        (translate(N_("Formats"), language), "; ".join(files)),
    ]
    licence = (translate(N_("Licence"), language), record.licence.name, record.licence.url)
    return [
        {"label": label, "value": value, "url": url}
        for label, value, url in [*((*row, None) for row in rows), licence]
        if value
    ]


def _identified(product: Format) -> str:
    """A format with its identifier: «EPUB, ISBN 978-…»."""
    isbn = f"ISBN {hyphenated(product.isbn)}" if product.isbn else product.identifier
    return f"{_FORMATS[product.name]}, {isbn}"


def _section(record: Record, product: Format, language: str) -> _Section:
    """The section on one format, in ``language``."""
    access = product.accessibility
    conformance = [_NO_CONFORMANCE]
    if access.standards:
        conformance = [translate(_CONFORMS, language).format(standards=", ".join(access.standards))]
    if access.certified_by:
        own = access.certified_by == record.publisher
        vouched = translate(_SELF_CERTIFIED if own else _CERTIFIED, language)
        conformance.append(vouched.format(name=access.certified_by))
    said = [FEATURES[feature].sentence for feature in access.features if feature in FEATURES]
    said += [_READ_BY_TEXT] if access.read_without_sight else []
    said += [HAZARDS[hazard][1] for hazard in access.hazards if hazard in HAZARDS]
    limits = [] if access.read_without_sight else [_SIGHT_NEEDED]
    limits += record.barriers
    if product.name != EPUB:
        limits.append(_FIXED_PAGES if "taggedPDF" in access.features else _UNTAGGED)
    return _Section(
        name=_FORMATS[product.name],
        conformance=tuple(translate(text, language) for text in conformance),
        features=tuple(translate(text, language) for text in dict.fromkeys(said)),
        limits=tuple(translate(text, language) for text in limits),
        report=access.report,
    )


def _address(contact: str | None) -> str | None:
    """The URL for a link to a contact; None for a contact that is no web or e-mail address."""
    if contact is None or " " in contact:
        return None
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{contact}" if "@" in contact else None


def _language_names(record: Record, language: str) -> str:
    """The names of the book's languages: «italiano, inglese»; its tag for one without a name."""
    shown = Locale.parse(language, sep="-")
    names = [shown.languages.get(tag.split("-")[0], tag) for tag in record.languages]
    return ", ".join(dict.fromkeys(names))
