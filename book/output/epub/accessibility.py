"""The claims of accessibility that a book makes, and findings about those that it cannot make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from book.findings import Code, Finding
from book.output.epub import codes
from book.output.epub.claims import (
    CERTIFIED_BY,
    CERTIFIER_REPORT,
    CLAIMS,
    CONFORMS_TO,
    EXEMPTION,
    FEATURE,
    HAZARD,
    MODE,
    SUFFICIENT,
    SUMMARY,
    Claim,
)
from book.output.epub.summary import summary_of
from book.output.epub.supports import Facts, Support

_S = Support


@dataclass(frozen=True)
class Claims:
    """What a book claims of its accessibility. The EPUB and all catalogue records say the same.

    ``modes``, ``features`` and ``hazards`` are words of the Schema.org vocabulary. ``sufficient``
    lists sets of modes that are enough to read the whole book. ``summary`` is a text in the
    edition's language. ``conforms_to`` is the standard's exact string, or empty; only with it there
    are ``certified_by`` and, if the edition names one, the address of a ``report``. ``supports``
    are those that hold everywhere in the book. ``contact`` is the address to write to.
    ``barriers`` are the barriers that the edition declares.
    """

    modes: tuple[str, ...]
    sufficient: tuple[tuple[str, ...], ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]
    summary: str
    conforms_to: str = ""
    certified_by: str = ""
    report: str = ""
    exemption: str = ""
    contact: str = ""
    barriers: tuple[str, ...] = ()
    supports: frozenset[Support] = frozenset()


def claims_of(facts: Facts, language: str) -> Claims:
    """The claims that ``facts`` prove, and no others. The summary is in ``language``."""
    made: dict[str, list[str]] = {}
    for claim in CLAIMS:
        if claim.holds(facts):
            made.setdefault(claim.property, []).append(claim.words(facts))

    def one(property: str) -> str:
        return "".join(made.get(property, ()))

    return Claims(
        modes=tuple(made.get(MODE, ())),
        sufficient=tuple(tuple(modes.split(",")) for modes in made.get(SUFFICIENT, ())),
        features=tuple(made[FEATURE]),
        hazards=tuple(made[HAZARD]),
        summary=summary_of(facts, language),
        conforms_to=one(CONFORMS_TO),
        certified_by=one(CERTIFIED_BY),
        report=one(CERTIFIER_REPORT),
        exemption=one(EXEMPTION),
        contact=facts.declared.contact or "",
        barriers=facts.declared.barriers,
        supports=frozenset(Support) - facts.lacking,
    )


def accessibility_metadata(claims: Claims) -> list[tuple[str, str]]:
    """The discovery metadata: ``schema:`` properties and their values, in order."""
    return [
        *((MODE, mode) for mode in claims.modes),
        *((SUFFICIENT, ",".join(modes)) for modes in claims.sufficient),
        *((FEATURE, feature) for feature in claims.features),
        *((HAZARD, hazard) for hazard in claims.hazards),
        (SUMMARY, claims.summary),
    ]


_CODES: dict[Support, Code] = {
    _S.DESCRIBED: codes.PICTURES_UNDESCRIBED,
    _S.TABLE_HEADERS: codes.TABLES_UNHEADED,
    _S.HEADINGS: codes.HEADINGS_SKIP,
    _S.LANGUAGES: codes.LANGUAGE_UNKNOWN,
    _S.NAMES: codes.NAMELESS,
    _S.REFERENCES: codes.REFERENCE_LOST,
    _S.CONTENTS: codes.NAVIGATION_INCOMPLETE,
    _S.PAGE_LIST: codes.NAVIGATION_INCOMPLETE,
    _S.CONTRAST: codes.FAINT_TEXT,
    _S.RESIZABLE: codes.STYLE_IN_THE_WAY,
    _S.ORDER: codes.STYLE_IN_THE_WAY,
    _S.STILL: codes.NOT_STILL,
}


def unclaimed(facts: Facts) -> list[Finding]:
    """A finding for each missing support, at its first place, with the claims that it costs."""
    findings = []
    for support in Support:
        places = [lack for lack in facts.lacks if lack.support is support]
        if places:
            lost = [c for c in CLAIMS if support in c.needs and c.applies(facts)]
            findings.append(
                _CODES[support].at(
                    places[0].file,
                    places[0].line,
                    count=len(places),
                    detail=places[0].detail,
                    claims=", ".join(_named(lost)),
                )
            )
    return findings


def _named(claims: Iterable[Claim]) -> Iterator[str]:
    """The names of claims for a finding, without those of the certifier: conformance tells them."""
    for claim in claims:
        if claim.property not in (CERTIFIED_BY, CERTIFIER_REPORT):
            shown = claim.property.partition(":")[2] + "=" if claim.property != FEATURE else ""
            yield f"{shown}{claim.value}"
