"""The ONIX for Books 3.0 message: one Product for the EPUB, one for the PDF.

Structure and reference names are those of EDItEUR's ONIX for Books 3.0.8, codes those of its code
lists, issue 75. A comment behind a code names its list and its meaning. Composites come in the
order that the schema demands. What the edition's sources do not say (audience, rights by territory,
who holds them) is left out rather than guessed.
"""

from __future__ import annotations

import re

from lxml import etree

from book.compose.documents import PDF
from book.output.catalogue.onix_common import bibliographic_code, node
from book.output.catalogue.onix_description import FORM_DETAILS, descriptive_detail
from book.output.catalogue.record import Format, Record

RELEASE = "3.0"


def onix(record: Record) -> bytes:
    """Write the message, in UTF-8. The same record always gives the same bytes.

    SentDateTime is therefore the edition's date, not the time of the build.
    """
    header = node(
        "Header",
        node("Sender", node("SenderName", record.publisher)),
        node("SentDateTime", f"{record.date:%Y%m%d}"),
        node("DefaultLanguageOfText", bibliographic_code(record.language)),
    )
    products = [_product(record, product) for product in record.formats]
    message = node("ONIXMessage", header, *products, release=RELEASE)
    etree.indent(message)
    etree.cleanup_namespaces(message)
    return etree.tostring(message, encoding="utf-8", xml_declaration=True) + b"\n"


def _product(record: Record, product: Format) -> etree._Element:
    """The Product composite of one format, with its blocks in the order of the schema."""
    return node(
        "Product",
        node("RecordReference", product.reference),
        node("NotificationType", "03"),  # list 1: confirmed on publication
        _identifier(record, product),
        descriptive_detail(record, product),
        _collateral_detail(record),
        _publishing_detail(record),
        _related_material(record, product),
        _supply(record),
    )


def _identifier(record: Record, product: Format) -> etree._Element:
    """The product's ISBN; without one, its URN as a proprietary identifier."""
    if product.isbn:
        return _isbn(product.isbn)
    return node(
        "ProductIdentifier",
        node("ProductIDType", "01"),  # list 5: proprietary; it needs a name of the scheme
        node("IDTypeName", f"{record.publisher} – URN"),
        node("IDValue", product.reference),
    )


def _isbn(isbn: str) -> etree._Element:
    # List 5: 15 is ISBN-13.
    return node("ProductIdentifier", node("ProductIDType", "15"), node("IDValue", isbn))


def _collateral_detail(record: Record) -> etree._Element:
    """The edition's description (block 2 of ONIX)."""
    text = node(
        "Text",
        record.description,
        language=bibliographic_code(record.language),
        textformat="06",  # list 34: plain text, without markup
    )
    # List 153: 03 is a description of any length. List 154: 00 is for every audience.
    content = node("TextContent", node("TextType", "03"), node("ContentAudience", "00"), text)
    return node("CollateralDetail", content)


def _publishing_detail(record: Record) -> etree._Element:
    """Publisher, funders, place, status and date (block 4 of ONIX)."""
    date = node(
        "PublishingDate",
        node("PublishingDateRole", "01"),  # list 163: publication date
        node("Date", f"{record.date:%Y%m%d}", dateformat="00"),  # list 55: YYYYMMDD
    )
    funding = _funding(record)
    # List 73: 02 is the publisher's page on the work, 52 a contact form.
    pages = {"02": record.url, "52": record.contact if _is_web(record.contact) else None}
    websites = [
        node("Website", node("WebsiteRole", role), node("WebsiteLink", url))
        for role, url in pages.items()
        if url
    ]
    funders = [
        node(
            "Publisher",
            node("PublishingRole", "16"),  # list 45: funding body
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
            node("PublishingRole", "01"),  # list 45: publisher
            node("PublisherName", record.publisher),
            # ONIX puts the project's codes into the Publisher composite of each funding body.
            # An edition whose project has no programme keeps them with the publisher.
            funding if not funders else None,
            *websites,
        ),
        *funders,
        node("CityOfPublication", record.place),
        node("PublishingStatus", "04"),  # list 64: active
        date,
    )


def _is_web(address: str | None) -> bool:
    return address is not None and re.fullmatch(r"https?://\S+", address) is not None


def _funding(record: Record) -> etree._Element | None:
    """The project's CUP and its code as grant identifiers; None without a project."""
    if record.project is None:
        return None
    codes = {"CUP": record.project.cup, "Codice progetto": record.project.code}
    return node(
        "Funding",
        *(
            node(
                "FundingIdentifier",
                node("FundingIDType", "01"),  # list 228: proprietary; it needs a name
                node("IDTypeName", name),
                node("IDValue", code),
            )
            for name, code in codes.items()
            if code
        ),
    )


def _related_material(record: Record, product: Format) -> etree._Element | None:
    """The edition's other formats and its printed book; None when there are none."""
    paged = {"pageNavigation", "pageBreakMarkers"} & set(product.accessibility.features)
    related = []
    for other in record.formats:
        if other.name != product.name:
            # List 51: 06 is an alternative format. 13 says that the related product is the source
            # of this one: the page list of the EPUB has the pages of the PDF.
            source = ("13",) if paged and other.name == PDF else ()
            related.append(
                node(
                    "RelatedProduct",
                    *(node("ProductRelationCode", code) for code in ("06", *source)),
                    _identifier(record, other),
                    node("ProductForm", "ED"),  # list 150: digital download
                    node("ProductFormDetail", FORM_DETAILS[other.name]),
                )
            )
    if record.print_isbn:
        related.append(
            node(
                "RelatedProduct",
                node("ProductRelationCode", "06"),
                _isbn(record.print_isbn),
                node("ProductForm", "BA"),  # list 150: book, its binding unknown
            )
        )
    return node("RelatedMaterial", *related) if related else None


def _supply(record: Record) -> etree._Element:
    """The supply (block 6 of ONIX): the publisher itself supplies the book, free of charge."""
    # List 93: 09 is a publisher that supplies end customers.
    supplier = node("Supplier", node("SupplierRole", "09"), node("SupplierName", record.publisher))
    return node(
        "ProductSupply",
        node(
            "SupplyDetail",
            supplier,
            node("ProductAvailability", "20"),  # list 65: available
            node("UnpricedItemType", "01"),  # list 57: free of charge
        ),
    )
