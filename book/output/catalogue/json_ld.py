"""Schema.org in JSON-LD: what search engines and libraries' crawlers read on the book's page."""

from __future__ import annotations

import json
from typing import Any

from book.compose.documents import PDF
from book.model.person import MARC_RELATORS, Contributor, Role
from book.output.catalogue.record import Access, Format, Record

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
"""Roles that Schema.org has a property for; the others are contributors with a named role."""
_THEMA = "https://ns.editeur.org/thema/"
_COVER = "cover.jpg"


def json_ld(record: Record) -> bytes:
    """The book and its formats (``workExample``) as one JSON-LD document in UTF-8.

    Addresses of files are relative: they lie beside it.
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
        "license": _filled(
            {
                "@type": "CreativeWork",
                "name": record.licence.name,
                "url": record.licence.url,
            }
        ),
        "isAccessibleForFree": True,
        "funding": _grants(record),
        "workExample": [_format(record, made) for made in record.formats],
    }
    text = json.dumps(_filled(data), ensure_ascii=False, indent=2)
    # It is put into a page between script tags, which no text may close.
    return text.replace("<", r"\u003c").encode() + b"\n"


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    """``data`` without what is not known."""
    return {key: value for key, value in data.items() if value not in (None, "", [], 0)}


def _people(people: tuple[Contributor, ...]) -> dict[str, list[dict[str, Any]]]:
    """People by property; ``roleName`` is the MARC relator, which catalogues know."""
    listed: dict[str, list[dict[str, Any]]] = {}
    for person in people:
        kind = "Person" if person.kind == "person" else "Organization"
        named: dict[str, Any] = {"@type": kind, "name": person.name}
        name = _PROPERTIES.get(person.role)
        if name is None:
            name = "contributor"
            role = MARC_RELATORS[person.role]
            named = {"@type": "Role", "roleName": role, "contributor": named}
        listed.setdefault(name, []).append(named)
    return listed


def _subject(code: str) -> dict[str, Any]:
    return {"@type": "DefinedTerm", "termCode": code, "inDefinedTermSet": _THEMA}


def _grants(record: Record) -> list[dict[str, Any]]:
    """The project as a grant, and the programmes that fund it."""
    funders = [{"@type": "FundingScheme", "name": name} for name in record.funders]
    project = record.project
    if project is None:
        return [{"@type": "Grant", "funder": funders}] if funders else []
    codes = {"CUP": project.cup, "code": project.code}
    return [
        _filled(
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


def _format(record: Record, made: Format) -> dict[str, Any]:
    return _filled(
        {
            "@type": "Book",
            "@id": made.reference,
            "name": record.title,
            "bookFormat": "https://schema.org/EBook",
            "identifier": made.identifier,
            "isbn": made.isbn,
            "encodingFormat": made.media_type,
            "isAccessibleForFree": True,
            "numberOfPages": record.pages if made.name == PDF else 0,
            "encoding": {
                "@type": "MediaObject",
                "contentUrl": made.file,
                "encodingFormat": made.media_type,
                "contentSize": f"{made.size} B",
            },
            **_accessibility(made.access),
        }
    )


def _accessibility(access: Access) -> dict[str, Any]:
    sufficient = [
        {"@type": "ItemList", "itemListElement": list(set_)} for set_ in access.sufficient
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
