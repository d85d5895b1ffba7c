"""ONIX for Books 3.0, reference names: one product for the EPUB, one for the PDF.

Sources: EDItEUR, ONIX for Books 3.0.8 (structure) and code lists, issue 75. What the edition does
not say (audience, rights by territory, who holds them) is left out rather than guessed.
"""

from __future__ import annotations

import re
from typing import cast

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
from book.output.catalogue.record import Access, Format, Record

NAMESPACE = "http://ns.editeur.org/onix/3.0/reference"
RELEASE = "3.0"
# The default namespace, for which the types of lxml have no word.
_PREFIXES = cast("dict[str, str]", {None: NAMESPACE})
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
_FORM_DETAILS = {EPUB: "E101", PDF: "E107"}
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


def onix(record: Record) -> bytes:
    """The message, in UTF-8. The same record gives the same bytes."""
    header = _node(
        "Header",
        _node("Sender", _node("SenderName", record.publisher)),
        _node("SentDateTime", f"{record.date:%Y%m%d}"),
        _node("DefaultLanguageOfText", bibliographic_code(record.language)),
    )
    products = [_product(record, made) for made in record.formats]
    message = _node("ONIXMessage", header, *products, release=RELEASE)
    etree.indent(message)
    etree.cleanup_namespaces(message)
    return etree.tostring(message, encoding="utf-8", xml_declaration=True) + b"\n"


def _node(
    name: str, *content: etree._Element | str | None, **attributes: str | None
) -> etree._Element:
    """An element with what it holds; what is None is left out."""
    element = etree.Element(f"{{{NAMESPACE}}}{name}", nsmap=_PREFIXES)
    for attribute, value in attributes.items():
        if value is not None:
            element.set(attribute, value)
    for item in content:
        if isinstance(item, str):
            element.text = item
        elif item is not None:
            element.append(item)
    return element


def _optional(name: str, text: str | None, **attributes: str | None) -> etree._Element | None:
    return _node(name, text, **attributes) if text else None


def _product(record: Record, made: Format) -> etree._Element:
    return _node(
        "Product",
        _node("RecordReference", made.reference),
        _node("NotificationType", "03"),
        _identifier(record, made),
        _descriptive_detail(record, made),
        _collateral_detail(record),
        _publishing_detail(record),
        _related_material(record, made),
        _supply(record),
    )


def _identifier(record: Record, made: Format) -> etree._Element:
    """The ISBN; without one, the house's own number of this product."""
    if made.isbn:
        return _isbn(made.isbn)
    return _node(
        "ProductIdentifier",
        _node("ProductIDType", "01"),
        _node("IDTypeName", f"{record.publisher} – URN"),
        _node("IDValue", made.reference),
    )


def _isbn(isbn: str) -> etree._Element:
    return _node("ProductIdentifier", _node("ProductIDType", "15"), _node("IDValue", isbn))


def _descriptive_detail(record: Record, made: Format) -> etree._Element:
    language = bibliographic_code(record.language)
    modes = [CONTENT_TYPES[mode] for mode in made.access.modes if mode in CONTENT_TYPES]
    return _node(
        "DescriptiveDetail",
        _node("ProductComposition", "00"),
        _node("ProductForm", "ED"),
        _node("ProductFormDetail", _FORM_DETAILS[made.name]),
        _node("ProductFormDetail", "E200" if made.name == EPUB else "E201"),
        *_features(record, made, language),
        _optional("PrimaryContentType", modes[0] if modes else None),
        *(_node("ProductContentType", code) for code in modes[1:]),
        _node("EpubTechnicalProtection", "00"),
        _licence(record, language),
        _collection(record, language),
        _titles(record, language),
        *(_contributor(p, number) for number, p in enumerate(record.contributors, start=1)),
        _node("NoContributor") if not record.contributors else None,
        _node("EditionStatement", _edition_statement(record), language=language),
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
        _node(
            "ProductFormFeature",
            _node("ProductFormFeatureType", kind),
            _node("ProductFormFeatureValue", code),
            # A summary has a language; names, dates and addresses have none.
            _optional(
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
        expression = _node(
            "EpubLicenseExpression",
            _node("EpubLicenseExpressionType", "01"),
            _node("EpubLicenseExpressionLink", record.licence.url),
        )
    name = _node("EpubLicenseName", record.licence.name, language=language)
    return _node("EpubLicense", name, expression)


def _collection(record: Record, language: str) -> etree._Element:
    if not record.series:
        return _node("NoCollection")
    element = _node(
        "TitleElement",
        _node("TitleElementLevel", "02"),
        _node("TitleText", record.series, language=language),
    )
    title = _node("TitleDetail", _node("TitleType", "01"), element)
    return _node("Collection", _node("CollectionType", "10"), title)


def _titles(record: Record, language: str) -> etree._Element:
    element = _node(
        "TitleElement",
        _node("TitleElementLevel", "01"),
        _node("TitleText", record.title, language=language),
        _optional("Subtitle", record.subtitle, language=language),
    )
    return _node("TitleDetail", _node("TitleType", "01"), element)


def _contributor(person: Contributor, number: int) -> etree._Element:
    return _node(
        "Contributor",
        _node("SequenceNumber", str(number)),
        _node("ContributorRole", ROLES[person.role]),
        *_name(person),
    )


def _name(person: Contributor) -> list[etree._Element]:
    """A body's name; a person's, with its form for the catalogue and the part to sort by."""
    if person.kind == "organisation":
        return [_node("CorporateName", person.name)]
    last, comma, first = person.file_as.partition(", ")
    # «Partecipante 1, Comune» stands for a name and is none to be turned round.
    if not comma or not first or ("," in person.name and not person.sort):
        return [_node("PersonName", person.name)]
    return [
        _node("PersonName", person.name),
        _node("PersonNameInverted", person.file_as),
        _node("NamesBeforeKey", first),
        _node("KeyNames", last),
    ]


def _edition_statement(record: Record) -> str:
    """«Edizione dimostrativa. Versione 0.9.0»: the trade's edition number is not the version."""
    version = translate(_VERSION, record.language).format(version=record.version)
    return f"{record.statement}. {version}" if record.statement else version


def _language(tag: str) -> etree._Element:
    country = country_code(tag)
    return _node(
        "Language",
        _node("LanguageRole", "01"),
        _node("LanguageCode", bibliographic_code(tag)),
        _optional("CountryCode", country),
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
        _node(
            "Extent",
            _node("ExtentType", kind),
            _node("ExtentValue", str(value)),
            _node("ExtentUnit", unit),
        )
        for kind, value, unit in kinds
    ]


def _subjects(record: Record, language: str) -> list[etree._Element]:
    subjects = []
    schemes = [(_THEMA_SCHEMES.get(code[0], _THEMA_SUBJECTS), code) for code in record.thema]
    main = next((code for scheme, code in schemes if scheme == _THEMA_SUBJECTS), None)
    for scheme, code in schemes:
        subjects.append(
            _node(
                "Subject",
                _node("MainSubject") if code == main else None,
                _node("SubjectSchemeIdentifier", scheme),
                _node("SubjectSchemeVersion", THEMA_VERSION),
                _node("SubjectCode", code),
            )
        )
    if record.keywords:
        keywords = _node("SubjectHeadingText", "; ".join(record.keywords), language=language)
        subjects.append(_node("Subject", _node("SubjectSchemeIdentifier", "20"), keywords))
    return subjects


def _collateral_detail(record: Record) -> etree._Element:
    text = _node(
        "Text",
        record.description,
        language=bibliographic_code(record.language),
        textformat="06",
    )
    content = _node("TextContent", _node("TextType", "03"), _node("ContentAudience", "00"), text)
    return _node("CollateralDetail", content)


def _publishing_detail(record: Record) -> etree._Element:
    date = _node(
        "PublishingDate",
        _node("PublishingDateRole", "01"),
        _node("Date", f"{record.date:%Y%m%d}", dateformat="00"),
    )
    funding = _funding(record)
    pages = {"02": record.url, "52": record.contact if _is_web(record.contact) else None}
    websites = [
        _node("Website", _node("WebsiteRole", role), _node("WebsiteLink", url))
        for role, url in pages.items()
        if url
    ]
    funders = [
        _node(
            "Publisher",
            _node("PublishingRole", "16"),
            _node("PublisherName", name),
            _funding(record),
        )
        for name in record.funders
    ]
    return _node(
        "PublishingDetail",
        _node("Imprint", _node("ImprintName", record.publisher)),
        _node(
            "Publisher",
            _node("PublishingRole", "01"),
            _node("PublisherName", record.publisher),
            # Without a programme nobody else is there to whom the project's codes could belong.
            funding if not funders else None,
            *websites,
        ),
        *funders,
        _node("CityOfPublication", record.place),
        _node("PublishingStatus", "04"),
        date,
    )


def _is_web(address: str | None) -> bool:
    return address is not None and re.fullmatch(r"https?://\S+", address) is not None


def _funding(record: Record) -> etree._Element | None:
    """The project by its CUP and its code."""
    if record.project is None:
        return None
    codes = {"CUP": record.project.cup, "Codice progetto": record.project.code}
    return _node(
        "Funding",
        *(
            _node(
                "FundingIdentifier",
                _node("FundingIDType", "01"),
                _node("IDTypeName", name),
                _node("IDValue", code),
            )
            for name, code in codes.items()
            if code
        ),
    )


def _related_material(record: Record, made: Format) -> etree._Element | None:
    """The other formats; for an EPUB with a page list, that the pages are the PDF's."""
    paged = {"pageNavigation", "pageBreakMarkers"} & set(made.access.features)
    related = []
    for other in record.formats:
        if other.name != made.name:
            source = ("13",) if paged and other.name == PDF else ()
            related.append(
                _node(
                    "RelatedProduct",
                    *(_node("ProductRelationCode", code) for code in ("06", *source)),
                    _identifier(record, other),
                    _node("ProductForm", "ED"),
                    _node("ProductFormDetail", _FORM_DETAILS[other.name]),
                )
            )
    if record.print_isbn:
        related.append(
            _node(
                "RelatedProduct",
                _node("ProductRelationCode", "06"),
                _isbn(record.print_isbn),
                _node("ProductForm", "BA"),
            )
        )
    return _node("RelatedMaterial", *related) if related else None


def _supply(record: Record) -> etree._Element:
    """The publisher gives the book to whoever wants it, for nothing."""
    supplier = _node(
        "Supplier", _node("SupplierRole", "09"), _node("SupplierName", record.publisher)
    )
    return _node(
        "ProductSupply",
        _node(
            "SupplyDetail",
            supplier,
            _node("ProductAvailability", "20"),
            _node("UnpricedItemType", "01"),
        ),
    )
