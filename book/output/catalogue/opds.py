"""The OPDS 2.0 publication, which catalogues of libraries and reading apps take in.

Its form is that of OPDS Catalog 2.0, section 5; its metadata are those of the Readium Web
Publication Manifest.
"""

from __future__ import annotations

import datetime
import json
from typing import Any

from book.compose.documents import EPUB
from book.model.person import MARC_RELATORS, Contributor, Role
from book.output.catalogue.features import EXEMPTIONS, conformance_url
from book.output.catalogue.record import Accessibility, Record

MEDIA_TYPE = "application/opds-publication+json"
_OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"
_THEMA = "https://ns.editeur.org/thema/"
_ELEMENTS = {
    Role.AUTHOR: "author",
    Role.CURATOR: "editor",
    Role.TRANSLATOR: "translator",
    Role.ILLUSTRATOR: "illustrator",
}
"""Roles that a manifest has an element for. All others are contributors with a MARC relator."""


def opds(record: Record, file: str, statement: str, images: dict[str, tuple[int, int]]) -> bytes:
    """Write the publication as JSON in UTF-8.

    ``file`` is the name under which the caller puts it beside the artefacts; ``statement`` the file
    name of the accessibility statement. ``images`` gives width and height in px of JPEG files by
    name, the largest first.
    """
    links: list[dict[str, Any]] = [{"rel": "self", "href": file, "type": MEDIA_TYPE}]
    links += [
        {
            "rel": _OPEN_ACCESS,
            "href": product.file,
            "type": product.media_type,
            "size": product.size,
        }
        for product in record.formats
    ]
    links.append({"rel": "describedby", "href": statement, "type": "text/html"})
    if record.licence.url:
        links.append({"rel": "license", "href": record.licence.url, "type": "text/html"})
    if record.url:
        links.append({"rel": "alternate", "href": record.url, "type": "text/html"})
    publication = {
        "metadata": _metadata(record),
        "links": links,
        "images": [
            {"href": name, "type": "image/jpeg", "width": width, "height": height}
            for name, (width, height) in images.items()
        ],
    }
    return json.dumps(publication, ensure_ascii=False, indent=2).encode() + b"\n"


def _metadata(record: Record) -> dict[str, Any]:
    """The metadata of the publication. Entries without a value are left out."""
    # A publication has one set of metadata for all its formats. Identifier and accessibility are
    # those of the EPUB, or of the PDF in an edition without EPUB.
    main = record.format(EPUB) or next(iter(record.formats), None)
    identifiers = dict.fromkeys([*(product.identifier for product in record.formats), record.urn])
    first = main.identifier if main else record.urn
    modified = datetime.datetime.combine(record.date, datetime.time(), datetime.UTC)
    data = {
        "@type": "http://schema.org/Book",
        "title": record.title,
        "subtitle": record.subtitle,
        "identifier": first,
        "altIdentifier": [urn for urn in identifiers if urn != first],
        **_people(record.contributors),
        "publisher": record.publisher,
        "published": record.date.isoformat(),
        "modified": modified.isoformat().replace("+00:00", "Z"),
        "language": list(record.languages),
        "description": record.description,
        "subject": [
            *({"name": code, "code": code, "scheme": _THEMA} for code in record.thema),
            *record.keywords,
        ],
        "belongsTo": {"series": record.series} if record.series else None,
        "numberOfPages": record.pages,
        "accessibility": _accessibility(main.accessibility) if main else None,
    }
    return {key: value for key, value in data.items() if value not in (None, "", [], 0)}


def _people(people: tuple[Contributor, ...]) -> dict[str, list[dict[str, str]]]:
    """The contributors, by element of the manifest."""
    by_element: dict[str, list[dict[str, str]]] = {}
    for person in people:
        entry = {"name": person.name, "sortAs": person.file_as}
        element = _ELEMENTS.get(person.role)
        if element is None:
            element, entry["role"] = "contributor", MARC_RELATORS[person.role]
        by_element.setdefault(element, []).append(entry)
    return by_element


def _accessibility(access: Accessibility) -> dict[str, Any]:
    """The ``accessibility`` object of the manifest. Entries without a value are left out."""
    addresses = [conformance_url(standard) for standard in access.standards]
    certification = {"certifiedBy": access.certified_by, "report": access.report}
    data = {
        "conformsTo": [address for address in addresses if address],
        "exemption": access.exemption if access.exemption in EXEMPTIONS else None,
        "accessMode": list(access.modes),
        "accessModeSufficient": [list(modes) for modes in access.sufficient],
        "feature": list(access.features),
        "hazard": list(access.hazards),
        "certification": {key: value for key, value in certification.items() if value},
        "summary": access.summary,
    }
    return {key: value for key, value in data.items() if value}
