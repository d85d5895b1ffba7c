"""Accessibility metadata, derived from what the documents hold.

Vocabulary: Schema.org Accessibility Properties for Discoverability; EPUB Accessibility 1.1,
section 2.2. Nothing is claimed that the content does not bear out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from book.markdown.tree import q
from book.messages import N_, translate
from book.output.epub.page import SVG, Page
from book.output.epub.tables import words_of

_HEADINGS = tuple(q(f"h{level}") for level in range(1, 7))
_TEXT_SCALES = N_("The text can be enlarged and its typeface, margins and colours changed.")
_NAVIGATION = N_("The table of contents links to every chapter and its main sections.")
_NO_PICTURES = N_("The book has no pictures besides the cover.")
_ALL_DESCRIBED = N_("All its pictures have an alternative text.")
_SOME_UNDESCRIBED = N_("Pictures without an alternative text: {missing} of {pictures}.")
_TABLES = N_("Tables have marked header cells.")
_NOTES = N_("Notes are linked to their calls and back.")


@dataclass(frozen=True)
class Facts:
    """What the documents hold that somebody who cannot see, or hear, should know beforehand.

    ``pictures`` and ``undescribed`` count informative pictures (the cover's and decoration
    aside), and those of them without an alternative text.
    """

    pictures: int
    undescribed: int
    headings: bool
    roles: bool
    notes: bool
    tables: bool
    headless_tables: bool

    @property
    def readable_by_text_alone(self) -> bool:
        """Whether somebody who gets the text alone misses nothing."""
        return self.undescribed == 0


def facts_of(pages: Iterable[Page]) -> Facts:
    """Look through ``pages`` (the cover's not among them)."""
    roots = [page.root for page in pages]
    described = [_is_described(picture) for root in roots for picture in _pictures(root)]
    roles = {element.get("role", "") for root in roots for element in root.iter("{*}*")}
    tables = [table for root in roots for table in root.iter(q("table"))]
    return Facts(
        pictures=len(described),
        undescribed=described.count(False),
        headings=any(next(root.iter(*_HEADINGS), None) is not None for root in roots),
        roles=any(role.startswith("doc-") for role in roles),
        notes="doc-noteref" in roles,
        tables=bool(tables),
        headless_tables=any(next(t.iter(q("th")), None) is None for t in tables),
    )


@dataclass(frozen=True)
class Claims:
    """What the book says of its own accessibility, in every record of it.

    ``modes``, ``features`` and ``hazards`` are words of the Schema.org vocabulary; ``sufficient``
    lists sets of modes that are enough by themselves; ``summary`` is a text in the edition's
    language.
    """

    modes: tuple[str, ...]
    sufficient: tuple[tuple[str, ...], ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]
    summary: str


def claims_of(facts: Facts, language: str) -> Claims:
    """What ``facts`` bear out, and nothing else."""
    features = ["tableOfContents", "readingOrder", "displayTransformability"]
    if facts.headings:
        features.append("structuralNavigation")
    if facts.pictures and facts.readable_by_text_alone:
        features.append("alternativeText")
    if facts.roles:
        features.append("ARIA")
    return Claims(
        modes=("textual", "visual") if facts.pictures else ("textual",),
        sufficient=(("textual",) if facts.readable_by_text_alone else ("textual", "visual"),),
        features=tuple(features),
        hazards=("none",),
        summary=_summary(facts, language),
    )


def accessibility_metadata(claims: Claims) -> list[tuple[str, str]]:
    """``schema:`` properties and their values, in order."""
    return [
        *(("schema:accessMode", mode) for mode in claims.modes),
        *(("schema:accessModeSufficient", ",".join(modes)) for modes in claims.sufficient),
        *(("schema:accessibilityFeature", feature) for feature in claims.features),
        *(("schema:accessibilityHazard", hazard) for hazard in claims.hazards),
        ("schema:accessibilitySummary", claims.summary),
    ]


def _summary(facts: Facts, language: str) -> str:
    sentences = [_TEXT_SCALES, _NAVIGATION]
    if not facts.pictures:
        sentences.append(_NO_PICTURES)
    else:
        sentences.append(_ALL_DESCRIBED if facts.readable_by_text_alone else _SOME_UNDESCRIBED)
    if facts.tables and not facts.headless_tables:
        sentences.append(_TABLES)
    if facts.notes:
        sentences.append(_NOTES)
    counts = {"missing": facts.undescribed, "pictures": facts.pictures}
    return " ".join(translate(s, language).format(**counts) for s in sentences)


def _pictures(root: etree._Element) -> Iterator[etree._Element]:
    for picture in root.iter(q("img"), f"{{{SVG}}}svg"):
        parent = picture.getparent()
        inside_svg = parent is not None and str(parent.tag).startswith(f"{{{SVG}}}")
        decoration = picture.get("aria-hidden") == "true"
        decoration = decoration or picture.get("role") in ("presentation", "none")
        if not inside_svg and not decoration:
            yield picture


def _is_described(picture: etree._Element) -> bool:
    """Whether a picture has a text to stand for it.

    An empty ``alt`` alone says nothing: decoration is marked as such.
    """
    if any(picture.get(name, "").strip() for name in ("alt", "aria-label", "aria-labelledby")):
        return True
    title = picture.find(f"{{{SVG}}}title")
    return title is not None and bool(words_of(title))
