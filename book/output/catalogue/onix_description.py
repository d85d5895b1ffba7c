"""What a product is, for ONIX: form, accessibility, licence, title, people, extent, subjects.

The block ``DescriptiveDetail`` (ONIX for Books 3.0.8, block 1).
"""

from __future__ import annotations

import re

from lxml import etree

from book.compose.documents import EPUB, PDF
from book.messages import N_, translate
from book.model.person import Contributor, Role
from book.output.catalogue.features import (
    CONTENT_TYPES,
    EXEMPTIONS,
    FEATURES,
    HAZARDS,
    READ_WITHOUT_SIGHT,
    conformance_codes,
)
from book.output.catalogue.languages import bibliographic_code, country_code
from book.output.catalogue.onix_xml import node, optional
from book.output.catalogue.record import Access, Format, Record

THEMA_VERSION = "1.6"
"""The version in force (2025) of the scheme that editors take codes from."""

# Code list 17. Meetings have facilitators, whom the list does not know: they are presenters, who
# introduce and link the others. A transcriber is no teller of an oral tradition (B33).
ROLES: dict[Role, str] = {
    Role.AUTHOR: "A01",
    Role.CURATOR: "B01",
    Role.EDITOR: "B18",
    Role.FACILITATOR: "E10",
    Role.SPEAKER: "E09",
    Role.CONTRIBUTOR: "A32",
    Role.TRANSCRIBER: "Z99",
    Role.TRANSLATOR: "B06",
    Role.ILLUSTRATOR: "A12",
    Role.PHOTOGRAPHER: "A13",
}
FORM_DETAILS = {EPUB: "E101", PDF: "E107"}
# Code list 220.
_FORMAT_VERSIONS = {
    (EPUB, "3.3"): "101F",
    (PDF, "1.4"): "107D",
    (PDF, "1.6"): "107F",
    (PDF, "1.7"): "107G",
    (PDF, "2.0"): "107J",
}
# Code list 27: qualifiers of Thema begin with a digit.
_THEMA_SCHEMES = {"1": "94", "2": "95", "3": "96", "4": "97", "5": "98", "6": "99"}
_THEMA_SUBJECTS = "93"
_VERSION = N_("Version {version}")
_E_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def descriptive_detail(record: Record, made: Format) -> etree._Element:
    """The block of one format."""
    language = bibliographic_code(record.language)
    modes = [CONTENT_TYPES[mode] for mode in made.access.modes if mode in CONTENT_TYPES]
    return node(
        "DescriptiveDetail",
        node("ProductComposition", "00"),
        node("ProductForm", "ED"),
        node("ProductFormDetail", FORM_DETAILS[made.name]),
        node("ProductFormDetail", "E200" if made.name == EPUB else "E201"),
        *_features(record, made, language),
        optional("PrimaryContentType", modes[0] if modes else None),
        *(node("ProductContentType", code) for code in modes[1:]),
        node("EpubTechnicalProtection", "00"),
        _licence(record, language),
        _collection(record, language),
        _titles(record, language),
        *(_contributor(p, number) for number, p in enumerate(record.contributors, start=1)),
        node("NoContributor") if not record.contributors else None,
        node("EditionStatement", _edition_statement(record), language=language),
        *(_language(tag) for tag in record.languages),
        *_extents(record, made),
        *_subjects(record, language),
    )


def _features(record: Record, made: Format, language: str) -> list[etree._Element]:
    """Version of the format, then what the format claims of its accessibility (lists 143, 196)."""
    version = _FORMAT_VERSIONS.get((made.name, made.version))
    features: list[tuple[str, str, str | None]] = [("15", version, None)] if version else []
    features += [("09", code, text) for code, text in accessibility_codes(record, made.access)]
    hazards = [HAZARDS[hazard][0] for hazard in made.access.hazards if hazard in HAZARDS]
    features += [("12", code, None) for code in hazards if code]
    return [
        node(
            "ProductFormFeature",
            node("ProductFormFeatureType", kind),
            node("ProductFormFeatureValue", code),
            # A summary has a language; names, dates and addresses have none.
            optional(
                "ProductFormFeatureDescription", text, language=language if code == "00" else None
            ),
        )
        for kind, code, text in features
    ]


def accessibility_codes(record: Record, access: Access) -> list[tuple[str, str | None]]:
    """Codes of list 196 with their descriptions, each once, in the order of the list."""
    codes: dict[str, str | None] = {}
    if access.summary:
        codes["00"] = access.summary
    for standard in access.standards:
        codes.update(dict.fromkeys(conformance_codes(standard)))
    for feature in access.features:
        if feature in FEATURES:
            codes.update(dict.fromkeys(FEATURES[feature].codes))
    codes.update(dict.fromkeys(access.supports))
    if access.read_without_sight:
        codes[READ_WITHOUT_SIGHT] = None
    if access.exemption in EXEMPTIONS:
        codes[EXEMPTIONS[access.exemption][0]] = None
    if access.certified_by:
        codes["90"] = access.certified_by
    if access.report:
        # The page of whoever vouches: somebody else's, or the publisher's own.
        independent = access.certified_by not in (None, record.publisher)
        codes["94" if independent else "96"] = access.report
    if record.contact and _E_MAIL.fullmatch(record.contact):
        codes["99"] = record.contact
    return sorted(codes.items())


def _licence(record: Record, language: str) -> etree._Element:
    expression = None
    if record.licence.url:
        expression = node(
            "EpubLicenseExpression",
            node("EpubLicenseExpressionType", "01"),
            node("EpubLicenseExpressionLink", record.licence.url),
        )
    name = node("EpubLicenseName", record.licence.name, language=language)
    return node("EpubLicense", name, expression)


def _collection(record: Record, language: str) -> etree._Element:
    if not record.series:
        return node("NoCollection")
    element = node(
        "TitleElement",
        node("TitleElementLevel", "02"),
        node("TitleText", record.series, language=language),
    )
    title = node("TitleDetail", node("TitleType", "01"), element)
    return node("Collection", node("CollectionType", "10"), title)


def _titles(record: Record, language: str) -> etree._Element:
    element = node(
        "TitleElement",
        node("TitleElementLevel", "01"),
        node("TitleText", record.title, language=language),
        optional("Subtitle", record.subtitle, language=language),
    )
    return node("TitleDetail", node("TitleType", "01"), element)


def _contributor(person: Contributor, number: int) -> etree._Element:
    return node(
        "Contributor",
        node("SequenceNumber", str(number)),
        node("ContributorRole", ROLES[person.role]),
        *_name(person),
    )


def _name(person: Contributor) -> list[etree._Element]:
    """A body's name; a person's, with its form for the catalogue and the part to sort by."""
    if person.kind == "organisation":
        return [node("CorporateName", person.name)]
    last, comma, first = person.file_as.partition(", ")
    # «Partecipante 1, Comune» stands for a name and is none to be turned round.
    if not comma or not first or ("," in person.name and not person.sort):
        return [node("PersonName", person.name)]
    return [
        node("PersonName", person.name),
        node("PersonNameInverted", person.file_as),
        node("NamesBeforeKey", first),
        node("KeyNames", last),
    ]


def _edition_statement(record: Record) -> str:
    """«Edizione dimostrativa. Versione 0.9.0»: the trade's edition number is not the version."""
    version = translate(_VERSION, record.language).format(version=record.version)
    return f"{record.statement}. {version}" if record.statement else version


def _language(tag: str) -> etree._Element:
    country = country_code(tag)
    return node(
        "Language",
        node("LanguageRole", "01"),
        node("LanguageCode", bibliographic_code(tag)),
        optional("CountryCode", country),
    )


def _extents(record: Record, made: Format) -> list[etree._Element]:
    """Pages (a PDF's count its cover; an EPUB's are those of its page list) and bytes."""
    kinds = []
    if record.pages and made.name == PDF:
        kinds.append(("07", record.pages, "03"))
    elif record.pages and "pageNavigation" in made.access.features:
        kinds.append(("10", record.pages, "03"))
    kinds.append(("22", made.size, "17"))
    return [
        node(
            "Extent",
            node("ExtentType", kind),
            node("ExtentValue", str(value)),
            node("ExtentUnit", unit),
        )
        for kind, value, unit in kinds
    ]


def _subjects(record: Record, language: str) -> list[etree._Element]:
    subjects = []
    schemes = [(_THEMA_SCHEMES.get(code[0], _THEMA_SUBJECTS), code) for code in record.thema]
    main = next((code for scheme, code in schemes if scheme == _THEMA_SUBJECTS), None)
    for scheme, code in schemes:
        subjects.append(
            node(
                "Subject",
                node("MainSubject") if code == main else None,
                node("SubjectSchemeIdentifier", scheme),
                node("SubjectSchemeVersion", THEMA_VERSION),
                node("SubjectCode", code),
            )
        )
    if record.keywords:
        keywords = node("SubjectHeadingText", "; ".join(record.keywords), language=language)
        subjects.append(node("Subject", node("SubjectSchemeIdentifier", "20"), keywords))
    return subjects
