"""The Schema.org record in JSON-LD, which search engines and crawlers read on the book's page."""

from __future__ import annotations

import json
from typing import Any

from book.compose.documents import PDF
from book.model.person import MARC_RELATORS, Contributor, Role
from book.output.catalogue.record import Accessibility, Format, Record

_CONTEXT = [
    "https://schema.org",
    {
        "dcterms": "http://purl.org/dc/terms/",
        "a11y": "http://www.idpf.org/epub/vocab/package/a11y/#",
    },
]
_PROPERTIES = {
    Role.AUTHOR: "author",
    Role.CURATOR: "editor",
    Role.TRANSLATOR: "translator",
    Role.ILLUSTRATOR: "illustrator",
}
"""Roles that Schema.org has a property for. All others become ``contributor`` with a Role."""
_THEMA = "https://ns.editeur.org/thema/"
_COVER = "cover.jpg"


def json_ld(record: Record) -> bytes:
    """Write the book, and its formats as ``workExample``, as one JSON-LD document in UTF-8.

    Files are addressed by relative URLs: they lie in the same folder as the record.
    """
    data = {
        "@context": _CONTEXT,
        "@type": "Book",
        "@id": record.urn,
        "name": record.title,
        "alternativeHeadline": record.subtitle,
        "description": record.description,
        "inLanguage": list(record.languages),
        "datePublished": record.date.isoformat(),
        "version": record.version,
        "bookEdition": record.statement,
        "url": record.url,
        "image": _COVER,
        "publisher": {"@type": "Organization", "name": record.publisher, "location": record.place},
        **_people(record.contributors),
        "isPartOf": {"@type": "BookSeries", "name": record.series} if record.series else None,
        "about": [_subject(code) for code in record.thema],
        "keywords": list(record.keywords),
        "license": _without_empty(
            {
                "@type": "CreativeWork",
                "name": record.licence.name,
                "url": record.licence.url,
            }
        ),
        "isAccessibleForFree": True,
        "funding": _grants(record),
        "workExample": [_format(record, product) for product in record.formats],
    }
    text = json.dumps(_without_empty(data), ensure_ascii=False, indent=2)
    # Publishers paste the record into a page between script tags. «</script>» in a title or a
    # description would close them, so no «<» is left.
    return text.replace("<", r"\u003c").encode() + b"\n"


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    """``data`` without the entries that have no value: None, an empty text or list, 0."""
    return {key: value for key, value in data.items() if value not in (None, "", [], 0)}


def _people(people: tuple[Contributor, ...]) -> dict[str, list[dict[str, Any]]]:
    """The contributors, by property of Schema.org.

    A contributor whose role has no property is wrapped in a ``Role``, whose ``roleName`` is the
    MARC relator code, which catalogues know.
    """
    by_property: dict[str, list[dict[str, Any]]] = {}
    for person in people:
        kind = "Person" if person.kind == "person" else "Organization"
        entry: dict[str, Any] = {"@type": kind, "name": person.name}
        property_name = _PROPERTIES.get(person.role)
        if property_name is None:
            # Schema.org's pattern for roles repeats the property inside the Role.
            property_name = "contributor"
            role = MARC_RELATORS[person.role]
            entry = {"@type": "Role", "roleName": role, "contributor": entry}
        by_property.setdefault(property_name, []).append(entry)
    return by_property


def _subject(code: str) -> dict[str, Any]:
    return {"@type": "DefinedTerm", "termCode": code, "inDefinedTermSet": _THEMA}


def _grants(record: Record) -> list[dict[str, Any]]:
    """The project as a Grant, with its codes and with the programmes that fund it."""
    funders = [{"@type": "FundingScheme", "name": name} for name in record.funders]
    project = record.project
    if project is None:
        return [{"@type": "Grant", "funder": funders}] if funders else []
    codes = {"CUP": project.cup, "code": project.code}
    return [
        _without_empty(
            {
                "@type": "Grant",
                "name": project.name,
                "identifier": [
                    {"@type": "PropertyValue", "propertyID": name, "value": code}
                    for name, code in codes.items()
                    if code
                ],
                "url": project.url,
                "funder": funders,
            }
        )
    ]


def _format(record: Record, product: Format) -> dict[str, Any]:
    """One format as a Book of its own: that is how Schema.org tells editions of a work apart."""
    return _without_empty(
        {
            "@type": "Book",
            "@id": product.reference,
            "name": record.title,
            "bookFormat": "https://schema.org/EBook",
            "identifier": product.identifier,
            "isbn": product.isbn,
            "encodingFormat": product.media_type,
            "isAccessibleForFree": True,
            "numberOfPages": record.pages if product.name == PDF else 0,
            "encoding": {
                "@type": "MediaObject",
                "contentUrl": product.file,
                "encodingFormat": product.media_type,
                "contentSize": f"{product.size} B",
            },
            **_accessibility(product.accessibility),
        }
    )


def _accessibility(access: Accessibility) -> dict[str, Any]:
    """The accessibility properties of one format.

    Schema.org has no terms for conformance, certification and exemption. They are those of the
    EPUB's own metadata, with the prefixes of the context.
    """
    # Each item list is one set of senses that suffices to read everything.
    sufficient = [
        {"@type": "ItemList", "itemListElement": list(modes)} for modes in access.sufficient
    ]
    return {
        "accessMode": list(access.modes),
        "accessModeSufficient": sufficient,
        "accessibilityFeature": list(access.features),
        "accessibilityHazard": list(access.hazards),
        "accessibilitySummary": access.summary,
        "dcterms:conformsTo": list(access.standards),
        "a11y:certifiedBy": access.certified_by,
        "a11y:certifierReport": access.report,
        "a11y:exemption": access.exemption,
    }
