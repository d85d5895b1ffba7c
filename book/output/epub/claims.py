"""The table of all claims of accessibility that a book may make, and the facts that each needs.

A claim is a row of :data:`CLAIMS`: its words, the supports that it needs, and a condition. A claim
needs both, because most supports also hold for a book without the thing: a book without pictures
has no picture without a text, but to claim ``alternativeText`` would say nothing.

Vocabulary: Schema.org Accessibility Properties for Discoverability; EPUB Accessibility 1.1,
sections 2.2 and 3; the Group Note "The EPUB Accessibility exemption property".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from book.model.accessibility import Exemption
from book.output.epub.supports import Facts, Support

HIGH_CONTRAST = 7.0
"""The contrast ratio of WCAG 2.2, success criterion 1.4.6."""
CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
"""The exact string that EPUB Accessibility 1.1, section 2.3.2, prescribes."""
MODE, SUFFICIENT = "schema:accessMode", "schema:accessModeSufficient"
FEATURE, HAZARD = "schema:accessibilityFeature", "schema:accessibilityHazard"
SUMMARY = "schema:accessibilitySummary"
CONFORMS_TO, CERTIFIED_BY = "dcterms:conformsTo", "a11y:certifiedBy"
CERTIFIER_REPORT, EXEMPTION = "a11y:certifierReport", "a11y:exemption"
_S = Support


@dataclass(frozen=True)
class Claim:
    """A claim of accessibility that a book may make.

    ``property`` and ``value`` are the words of the package document. ``said`` makes a value that
    depends on the book. ``needs`` are the supports that must hold everywhere. ``applies`` says
    whether the book has what the claim is about. ``why`` is what the claim means, in a sentence.
    """

    property: str
    value: str
    why: str
    needs: frozenset[Support] = frozenset()
    applies: Callable[[Facts], bool] = lambda facts: True
    said: Callable[[Facts], str] | None = None

    def holds(self, facts: Facts) -> bool:
        """Whether ``facts`` prove the claim."""
        return self.applies(facts) and not self.needs & facts.lacking

    def words(self, facts: Facts) -> str:
        """The value in the package document."""
        return self.said(facts) if self.said else self.value


def _vouched(facts: Facts) -> bool:
    """Whether the edition declares no exemption and no barriers, which rule out conformance."""
    return facts.declared.exemption is None and not facts.declared.barriers


_PAGES = frozenset({_S.PAGE_LIST})
_ALL = frozenset(Support)
_FEATURES = (
    Claim(
        FEATURE,
        "tableOfContents",
        "the nav document leads to every document of the body",
        frozenset({_S.CONTENTS}),
    ),
    Claim(
        FEATURE,
        "readingOrder",
        "one order in spine and documents, which the style sheet keeps; notes and boxes are marked",
        frozenset({_S.ORDER}),
    ),
    Claim(
        FEATURE,
        "structuralNavigation",
        "headings of the right level in every chapter",
        frozenset({_S.HEADINGS}),
        lambda facts: facts.headings,
    ),
    Claim(
        FEATURE,
        "pageNavigation",
        "a list of pages leads to every page mark",
        _PAGES,
        lambda facts: facts.page_list and facts.page_marks > 0,
    ),
    Claim(
        FEATURE,
        "pageBreakMarkers",
        "page marks stand where the pages of the paginated edition begin, and are all listed",
        _PAGES,
        lambda facts: facts.page_list and facts.page_marks > 0,
    ),
    Claim(FEATURE, "index", "there is an index", applies=lambda facts: facts.index),
    Claim(
        FEATURE,
        "ARIA",
        "parts of the book carry the roles of DPUB-ARIA",
        applies=lambda facts: facts.roles,
    ),
    Claim(
        FEATURE,
        "alternativeText",
        "every informative picture has a text",
        frozenset({_S.DESCRIBED}),
        lambda facts: facts.pictures > 0,
    ),
    Claim(
        FEATURE,
        "longDescription",
        "long descriptions can be reached from what they describe, and lead back",
        applies=lambda facts: facts.long_descriptions > 0 and not facts.lost_descriptions,
    ),
    Claim(
        FEATURE,
        "MathML",
        "formulas are MathML",
        applies=lambda facts: facts.formulas > 0,
    ),
    Claim(
        FEATURE,
        "describedMath",
        "every formula has a text",
        applies=lambda facts: 0 < facts.formulas == facts.described_formulas,
    ),
    Claim(
        FEATURE,
        "displayTransformability",
        "the style sheet sets type, sizes and spaces so that the reader can change them",
        frozenset({_S.RESIZABLE}),
    ),
    Claim(
        FEATURE,
        "ttsMarkup",
        "words say how they are pronounced (SSML)",
        applies=lambda facts: facts.speech,
    ),
    Claim(
        FEATURE,
        "highContrastDisplay",
        "no text of the style sheet's own colour is fainter than 7:1, by day or by night",
        frozenset({_S.CONTRAST}),
        lambda facts: facts.contrast >= HIGH_CONTRAST,
    ),
)
CLAIMS: tuple[Claim, ...] = (
    Claim(MODE, "textual", "there is text", applies=lambda facts: facts.text),
    Claim(MODE, "visual", "there are pictures", applies=lambda facts: facts.pictures > 0),
    Claim(
        SUFFICIENT,
        "textual",
        "who gets the text alone misses nothing",
        frozenset({_S.DESCRIBED}),
        lambda facts: facts.text,
    ),
    Claim(
        SUFFICIENT,
        "textual,visual",
        "who gets the text alone misses the pictures without a text",
        applies=lambda facts: facts.text and facts.undescribed > 0,
    ),
    *_FEATURES,
    Claim(
        FEATURE,
        "none",
        "the specification wants a word even where there is nothing to claim",
        applies=lambda facts: not any(claim.holds(facts) for claim in _FEATURES),
    ),
    Claim(HAZARD, "none", "nothing sounds, moves or flashes", frozenset({_S.STILL})),
    Claim(
        HAZARD,
        "unknown",
        "something sounds or moves, and nobody has measured how",
        applies=lambda facts: _S.STILL in facts.lacking,
    ),
    Claim(CONFORMS_TO, CONFORMANCE, "all that a machine can judge is in order", _ALL, _vouched),
    Claim(
        CERTIFIED_BY,
        "",
        "whoever claims conformance says who vouches for it",
        _ALL,
        _vouched,
        lambda facts: facts.declared.certified_by or facts.publisher,
    ),
    Claim(
        CERTIFIER_REPORT,
        "",
        "the edition names the report of whoever vouches",
        _ALL,
        lambda facts: _vouched(facts) and facts.declared.report is not None,
        lambda facts: facts.declared.report or "",
    ),
    *(
        Claim(
            EXEMPTION,
            str(exemption),
            "the edition declares it",
            applies=lambda facts, e=exemption: facts.declared.exemption is e,  # type: ignore[misc]
        )
        for exemption in Exemption
    ),
)
"""All claims, in the order of the package document."""
