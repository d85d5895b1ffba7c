"""The block DescriptiveDetail of an ONIX Product (ONIX for Books 3.0.8, block 1).

It describes the product: form, accessibility, licence, title, people, extent, subjects. As in
:mod:`book.output.catalogue.onix`, comments name the code list and the meaning of a code.
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
from book.output.catalogue.onix_common import bibliographic_code, country_code, node, node_if
from book.output.catalogue.record import Accessibility, Format, Record

THEMA_VERSION = "1.6"
"""The version of Thema in force (2025), from which editors take subject codes."""

# List 17. It has no facilitator of a meeting. E10 comes nearest: a presenter, who introduces and
# links the other contributors. It has no transcriber, either: B33 is for oral traditions, so
# transcribers get Z99, other.
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
# List 175.
FORM_DETAILS = {EPUB: "E101", PDF: "E107"}
# List 220.
_FORMAT_VERSIONS = {
    (EPUB, "3.3"): "101F",
    (PDF, "1.4"): "107D",
    (PDF, "1.6"): "107F",
    (PDF, "1.7"): "107G",
    (PDF, "2.0"): "107J",
}
# List 27. Thema's subjects and its qualifiers are schemes of their own in ONIX: the first digit of
# a qualifier says which.
_THEMA_SCHEMES = {"1": "94", "2": "95", "3": "96", "4": "97", "5": "98", "6": "99"}
_THEMA_SUBJECTS = "93"
_VERSION = N_("Version {version}")
_E_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def descriptive_detail(record: Record, product: Format) -> etree._Element:
    """The block for one format of the edition."""
    language = bibliographic_code(record.language)
    modes = [CONTENT_TYPES[mode] for mode in product.accessibility.modes if mode in CONTENT_TYPES]
    return node(
        "DescriptiveDetail",
        node("ProductComposition", "00"),  # list 2: single-component product
        node("ProductForm", "ED"),  # list 150: digital download
        node("ProductFormDetail", FORM_DETAILS[product.name]),
        # List 175: E200 is reflowable, E201 fixed format.
        node("ProductFormDetail", "E200" if product.name == EPUB else "E201"),
        *_features(record, product, language),
        node_if("PrimaryContentType", modes[0] if modes else None),
        *(node("ProductContentType", code) for code in modes[1:]),
        node("EpubTechnicalProtection", "00"),  # list 144: none
        _licence(record, language),
        _collection(record, language),
        _titles(record, language),
        *(_contributor(p, number) for number, p in enumerate(record.contributors, start=1)),
        node("NoContributor") if not record.contributors else None,
        node("EditionStatement", _edition_statement(record), language=language),
        *(_language(tag) for tag in record.languages),
        *_extents(record, product),
        *_subjects(record, language),
    )


def _features(record: Record, product: Format, language: str) -> list[etree._Element]:
    """The version of the file format, then the accessibility features, then the hazards.

    The kind of each feature is a code of list 79: 15 for the version of the format (values of
    list 220), 09 for accessibility (list 196), 12 for hazard warnings (list 143).
    """
    version = _FORMAT_VERSIONS.get((product.name, product.version))
    features: list[tuple[str, str, str | None]] = [("15", version, None)] if version else []
    access = product.accessibility
    features += [("09", code, text) for code, text in accessibility_codes(record, access)]
    hazards = [HAZARDS[hazard][0] for hazard in access.hazards if hazard in HAZARDS]
    features += [("12", code, None) for code in hazards if code]
    return [
        node(
            "ProductFormFeature",
            node("ProductFormFeatureType", kind),
            node("ProductFormFeatureValue", code),
            # Only the summary (00) is prose with a language. The other descriptions are names and
            # addresses.
            node_if(
                "ProductFormFeatureDescription", text, language=language if code == "00" else None
            ),
        )
        for kind, code, text in features
    ]


def accessibility_codes(record: Record, access: Accessibility) -> list[tuple[str, str | None]]:
    """The codes of list 196 for ``access``, each with its description or None.

    Every code is there once, in the order of the list. Two terms of Schema.org may share a code.
    """
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
        codes["90"] = access.certified_by  # compliance certification by
    if access.report:
        # The certifier's web page is code 94 when the certifier is a third party, and code 96 when
        # it is the publisher.
        independent = access.certified_by not in (None, record.publisher)
        codes["94" if independent else "96"] = access.report
    if record.contact and _E_MAIL.fullmatch(record.contact):
        codes["99"] = record.contact  # the publisher's e-mail address for accessibility
    return sorted(codes.items())


def _licence(record: Record, language: str) -> etree._Element:
    """The licence by its name, and by the page with its text if it has one."""
    expression = None
    if record.licence.url:
        expression = node(
            "EpubLicenseExpression",
            node("EpubLicenseExpressionType", "01"),  # list 218: human readable
            node("EpubLicenseExpressionLink", record.licence.url),
        )
    name = node("EpubLicenseName", record.licence.name, language=language)
    return node("EpubLicense", name, expression)


def _collection(record: Record, language: str) -> etree._Element:
    """The series of the edition; ONIX wants to be told if there is none."""
    if not record.series:
        return node("NoCollection")
    element = node(
        "TitleElement",
        node("TitleElementLevel", "02"),  # list 149: collection
        node("TitleText", record.series, language=language),
    )
    title = node("TitleDetail", node("TitleType", "01"), element)  # list 15: distinctive title
    return node("Collection", node("CollectionType", "10"), title)  # list 148: publisher's


def _titles(record: Record, language: str) -> etree._Element:
    element = node(
        "TitleElement",
        node("TitleElementLevel", "01"),  # list 149: product
        node("TitleText", record.title, language=language),
        node_if("Subtitle", record.subtitle, language=language),
    )
    return node("TitleDetail", node("TitleType", "01"), element)  # list 15: distinctive title


def _contributor(person: Contributor, number: int) -> etree._Element:
    return node(
        "Contributor",
        node("SequenceNumber", str(number)),
        node("ContributorRole", ROLES[person.role]),
        *_name(person),
    )


def _name(person: Contributor) -> list[etree._Element]:
    """The name of a contributor, as ONIX writes those of organisations or of people.

    A person's name also has its inverted form and the two parts of it: key names (family name)
    and the names before them.
    """
    if person.kind == "organisation":
        return [node("CorporateName", person.name)]
    last, comma, first = person.file_as.partition(", ")
    # A pseudonym like «Partecipante 1, Comune» has a comma that does not part family and given
    # names. Only a sort form that the editor has written is believed for such a name.
    if not comma or not first or ("," in person.name and not person.sort):
        return [node("PersonName", person.name)]
    return [
        node("PersonName", person.name),
        node("PersonNameInverted", person.file_as),
        node("NamesBeforeKey", first),
        node("KeyNames", last),
    ]


def _edition_statement(record: Record) -> str:
    """The edition's statement and version: «Edizione dimostrativa. Versione 0.9.0».

    The version is in this text because ONIX's EditionNumber is a count of editions.
    """
    version = translate(_VERSION, record.language).format(version=record.version)
    return f"{record.statement}. {version}" if record.statement else version


def _language(tag: str) -> etree._Element:
    country = country_code(tag)
    return node(
        "Language",
        node("LanguageRole", "01"),  # list 22: language of the text
        node("LanguageCode", bibliographic_code(tag)),
        node_if("CountryCode", country),
    )


def _extents(record: Record, product: Format) -> list[etree._Element]:
    """The extents of a format: its pages, if it has any, and its size in bytes.

    List 23: 07 is the absolute count of pages, in which the cover is page 1; 10 the notional
    number of pages of a format without fixed ones, here those of the EPUB's page list; 22 the file
    size. List 24: 03 is pages, 17 bytes.
    """
    kinds = []
    if record.pages and product.name == PDF:
        kinds.append(("07", record.pages, "03"))
    elif record.pages and "pageNavigation" in product.accessibility.features:
        kinds.append(("10", record.pages, "03"))
    kinds.append(("22", product.size, "17"))
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
    """The Thema codes, of which the first that is no qualifier is the main subject; keywords."""
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
        # List 27: 20 is keywords, which semicolons part.
        subjects.append(node("Subject", node("SubjectSchemeIdentifier", "20"), keywords))
    return subjects
