"""ONIX for Books 3.0, reference names: one product for the EPUB, one for the PDF.

Sources: EDItEUR, ONIX for Books 3.0.8 (structure) and code lists, issue 75. What the edition does
not say (audience, rights by territory, who holds them) is left out rather than guessed.
"""

from __future__ import annotations

import re

from lxml import etree

from book.compose.documents import PDF
from book.output.catalogue.languages import bibliographic_code
from book.output.catalogue.onix_description import FORM_DETAILS, descriptive_detail
from book.output.catalogue.onix_xml import node
from book.output.catalogue.record import Format, Record

RELEASE = "3.0"


def onix(record: Record) -> bytes:
    """The message, in UTF-8. The same record gives the same bytes."""
    header = node(
        "Header",
        node("Sender", node("SenderName", record.publisher)),
        node("SentDateTime", f"{record.date:%Y%m%d}"),
        node("DefaultLanguageOfText", bibliographic_code(record.language)),
    )
    products = [_product(record, made) for made in record.formats]
    message = node("ONIXMessage", header, *products, release=RELEASE)
    etree.indent(message)
    etree.cleanup_namespaces(message)
    return etree.tostring(message, encoding="utf-8", xml_declaration=True) + b"\n"


def _product(record: Record, made: Format) -> etree._Element:
    return node(
        "Product",
        node("RecordReference", made.reference),
        node("NotificationType", "03"),
        _identifier(record, made),
        descriptive_detail(record, made),
        _collateral_detail(record),
        _publishing_detail(record),
        _related_material(record, made),
        _supply(record),
    )


def _identifier(record: Record, made: Format) -> etree._Element:
    """The ISBN; without one, the house's own number of this product."""
    if made.isbn:
        return _isbn(made.isbn)
    return node(
        "ProductIdentifier",
        node("ProductIDType", "01"),
        node("IDTypeName", f"{record.publisher} – URN"),
        node("IDValue", made.reference),
    )


def _isbn(isbn: str) -> etree._Element:
    return node("ProductIdentifier", node("ProductIDType", "15"), node("IDValue", isbn))


def _collateral_detail(record: Record) -> etree._Element:
    text = node(
        "Text",
        record.description,
        language=bibliographic_code(record.language),
        textformat="06",
    )
    content = node("TextContent", node("TextType", "03"), node("ContentAudience", "00"), text)
    return node("CollateralDetail", content)


def _publishing_detail(record: Record) -> etree._Element:
    date = node(
        "PublishingDate",
        node("PublishingDateRole", "01"),
        node("Date", f"{record.date:%Y%m%d}", dateformat="00"),
    )
    funding = _funding(record)
    pages = {"02": record.url, "52": record.contact if _is_web(record.contact) else None}
    websites = [
        node("Website", node("WebsiteRole", role), node("WebsiteLink", url))
        for role, url in pages.items()
        if url
    ]
    funders = [
        node(
            "Publisher",
            node("PublishingRole", "16"),
            node("PublisherName", name),
            _funding(record),
        )
        for name in record.funders
    ]
    return node(
        "PublishingDetail",
        node("Imprint", node("ImprintName", record.publisher)),
        node(
            "Publisher",
            node("PublishingRole", "01"),
            node("PublisherName", record.publisher),
            # Without a programme nobody else is there to whom the project's codes could belong.
            funding if not funders else None,
            *websites,
        ),
        *funders,
        node("CityOfPublication", record.place),
        node("PublishingStatus", "04"),
        date,
    )


def _is_web(address: str | None) -> bool:
    return address is not None and re.fullmatch(r"https?://\S+", address) is not None


def _funding(record: Record) -> etree._Element | None:
    """The project by its CUP and its code."""
    if record.project is None:
        return None
    codes = {"CUP": record.project.cup, "Codice progetto": record.project.code}
    return node(
        "Funding",
        *(
            node(
                "FundingIdentifier",
                node("FundingIDType", "01"),
                node("IDTypeName", name),
                node("IDValue", code),
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
                node(
                    "RelatedProduct",
                    *(node("ProductRelationCode", code) for code in ("06", *source)),
                    _identifier(record, other),
                    node("ProductForm", "ED"),
                    node("ProductFormDetail", FORM_DETAILS[other.name]),
                )
            )
    if record.print_isbn:
        related.append(
            node(
                "RelatedProduct",
                node("ProductRelationCode", "06"),
                _isbn(record.print_isbn),
                node("ProductForm", "BA"),
            )
        )
    return node("RelatedMaterial", *related) if related else None


def _supply(record: Record) -> etree._Element:
    """The publisher gives the book to whoever wants it, for nothing."""
    supplier = node("Supplier", node("SupplierRole", "09"), node("SupplierName", record.publisher))
    return node(
        "ProductSupply",
        node(
            "SupplyDetail",
            supplier,
            node("ProductAvailability", "20"),
            node("UnpricedItemType", "01"),
        ),
    )
