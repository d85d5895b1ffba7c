"""The lines of title page and colophon: contributors, identifiers, licence, legal deposit."""

from __future__ import annotations

from typing import Any

from book.compose.wording import long_date
from book.messages import N_, translate
from book.model.edition import Edition
from book.model.identifiers import hyphenated
from book.model.licence import licence_of
from book.model.loaded import TypesetEdition
from book.model.person import Role

_ROLE_LINES = {
    Role.AUTHOR: N_("Written by"),
    Role.CURATOR: N_("Edited by"),
    Role.FACILITATOR: N_("Meetings led by"),
    Role.SPEAKER: N_("With talks by"),
    Role.CONTRIBUTOR: N_("With contributions by"),
    Role.EDITOR: N_("Editorial work by"),
    Role.TRANSCRIBER: N_("Transcribed by"),
    Role.TRANSLATOR: N_("Translated by"),
    Role.ILLUSTRATOR: N_("Illustrated by"),
    Role.PHOTOGRAPHER: N_("Photographs by"),
}
_FORMATS = {"epub": "ISBN (EPUB)", "pdf": "ISBN (PDF)", "print": N_("ISBN (print)")}


def credit_lines(edition: Edition) -> list[dict[str, str]]:
    """A line for each role that a contributor has: what they did, and their names in order."""
    lines = []
    for role, label in _ROLE_LINES.items():
        people = [c.name for c in edition.contributors if c.role is role]
        if people:
            lines.append({"role": translate(label, edition.language), "names": ", ".join(people)})
    return lines


def identifier_lines(edition: Edition, identifier: str) -> list[dict[str, str]]:
    """The ISBN of each format, or the edition's URN (``identifier``) when it has no ISBN."""
    lines = [
        {"label": translate(label, edition.language), "value": hyphenated(isbn)}
        for name, label in _FORMATS.items()
        if (isbn := getattr(edition.identifiers, name))
    ]
    if not lines:
        lines.append({"label": translate("Identifier", edition.language), "value": identifier})
    return lines


def colophon_context(loaded: TypesetEdition, identifier: str) -> dict[str, Any]:
    """What the colophon shows besides the title and the notice.

    Legal deposit: legge 15 aprile 2004, n. 106, and d.P.R. 3 maggio 2006, n. 252, art. 10
    (depositor's name and seat, year, ISBN).
    """
    edition, language = loaded.edition, loaded.edition.language
    licence = licence_of(edition.licence, language)
    sentence = translate("This book is published under the licence {name}.", language)
    if not licence.url:
        sentence = "{name}"
    faces = loaded.brand.faces
    families = dict.fromkeys((faces.text[0], faces.display[0], faces.statement[0]))
    return {
        "credits": credit_lines(edition),
        "date": long_date(edition.date, language),
        "identifiers": identifier_lines(edition, identifier),
        "licence": {
            "sentence": sentence.format(name=licence.name),
            "name": licence.name,
            "url": licence.url,
        },
        "legal_deposit": translate(
            "Legal deposit: {publisher}, {place}, {year} (law no. 106 of 15 April 2004).", language
        ).format(publisher=edition.publisher, place=edition.place, year=edition.date.year),
        "cover_credit": _cover_credit(edition),
        "typefaces": translate("Set in {families}.", language).format(families=", ".join(families)),
    }


def _cover_credit(edition: Edition) -> str:
    """Credit and licence of the cover's picture; "" when the cover is the brand's."""
    if edition.cover is None:
        return ""
    licence = licence_of(edition.cover.licence, edition.language)
    return translate(N_("Cover picture: {credit} ({licence})."), edition.language).format(
        credit=edition.cover.credit, licence=licence.name
    )
