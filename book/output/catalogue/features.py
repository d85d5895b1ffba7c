"""The accessibility vocabulary: for each term of Schema.org its ONIX code and a plain sentence.

All records take terms, codes and sentences from these tables, so that no record can disagree with
the EPUB's own metadata. The codes follow the W3C's crosswalk between Schema.org and ONIX
(w3c.github.io/publ-a11y, metadata-crosswalk) and EDItEUR's code lists, issue 75 of October 2026.
Sentences are message ids.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from book.messages import N_
from book.output.epub.supports import Support


@dataclass(frozen=True)
class Feature:
    """One term of ``accessibilityFeature``.

    ``codes`` are its codes in ONIX code list 196; there are none when ONIX expresses the feature
    by another element, or not at all. ``sentence`` says it to readers; it is a message id.
    """

    codes: tuple[str, ...]
    sentence: str


FEATURES: dict[str, Feature] = {
    "tableOfContents": Feature(
        ("11",), N_("A table of contents leads to every chapter and its main sections.")
    ),
    "structuralNavigation": Feature(
        ("29",), N_("Titles are marked at their level, so one can go from heading to heading.")
    ),
    "readingOrder": Feature(("13",), N_("The text is read in one logical order, boxes included.")),
    "displayTransformability": Feature(
        ("36",),
        N_("Type, size, spacing, margins and colours can be changed; text reflows to the screen."),
    ),
    "alternativeText": Feature(
        ("14",), N_("Pictures that say something have an alternative text.")
    ),
    # Code 15 says that all pictures have a full description. The EPUB claims longDescription as
    # soon as one picture has it, so the code would promise too much.
    "longDescription": Feature(
        (), N_("Pictures that say much have a long description beside the short one.")
    ),
    "ARIA": Feature(
        ("30",),
        N_("The parts of the book (chapters, notes, contents) are marked for what they are."),
    ),
    "pageNavigation": Feature(
        ("41",), N_("A list of pages leads to every page of the paginated edition.")
    ),
    "pageBreakMarkers": Feature(
        ("19",), N_("The text holds the numbers of the pages of the paginated edition.")
    ),
    "printPageNumbers": Feature(
        ("19",), N_("The text holds the numbers of the pages of the paginated edition.")
    ),
    "index": Feature(("12",), N_("An index leads from its terms to the text.")),
    "MathML": Feature(("17",), N_("Formulas are written in MathML, which screen readers speak.")),
    "describedMath": Feature(("53",), N_("Formulas have a description in words.")),
    "highContrastDisplay": Feature(
        ("37",), N_("Text stands out from its ground with a contrast of 7:1 at least.")
    ),
    "transcript": Feature((), N_("Recordings that the text refers to are there as a transcript.")),
    "ttsMarkup": Feature(("21",), N_("The text holds hints for synthetic voices.")),
    "taggedPDF": Feature((), N_("The PDF is tagged: its structure is there for a screen reader.")),
    # ONIX says this by EpubTechnicalProtection (code list 144), not by list 196.
    "unlocked": Feature((), N_("No technical protection hinders assistive technology.")),
    "none": Feature(("09",), N_("No feature for accessibility is known.")),
    "unknown": Feature(("08",), N_("The accessibility of this format is not known.")),
}
"""By term of Schema.org's ``accessibilityFeature``."""

HAZARDS: dict[str, tuple[str | None, str]] = {
    "none": ("00", N_("Nothing in it flashes, moves or makes a sound.")),
    "flashing": ("13", N_("Something in it flashes.")),
    "noFlashingHazard": ("14", N_("Nothing in it flashes.")),
    "sound": ("15", N_("It makes sudden sounds.")),
    "noSoundHazard": ("16", N_("It makes no sudden sounds.")),
    "motionSimulation": ("17", N_("Something in it simulates motion.")),
    "noMotionSimulationHazard": ("18", N_("Nothing in it simulates motion.")),
    "unknownFlashingHazard": ("24", N_("It is not known whether something in it flashes.")),
    "unknownSoundHazard": ("25", N_("It is not known whether it makes sudden sounds.")),
    "unknownMotionSimulationHazard": (
        "26",
        N_("It is not known whether something in it simulates motion."),
    ),
    "unknown": (None, N_("It is not known whether it can do harm.")),
}
"""By term of Schema.org's ``accessibilityHazard``: the code of ONIX list 143, and the sentence."""

CONTENT_TYPES = {"textual": "10", "visual": "07", "chartOnVisual": "19", "mathOnVisual": "48"}
"""By term of Schema.org's ``accessMode``: the code of ONIX list 81 (product content type)."""

SUPPORTS: dict[Support, str] = {Support.LANGUAGES: "22", Support.CONTRAST: "26"}
"""Codes of ONIX list 196 for what holds throughout an EPUB and has no term in Schema.org."""

READ_WITHOUT_SIGHT = "52"
"""ONIX list 196: all content except decoration can be read without sight."""

EXEMPTIONS: dict[str, tuple[str, str]] = {
    "eaa-microenterprise": (
        "75",
        N_(
            "The publisher is a micro-enterprise that provides services, to which the obligation "
            "does not apply (Directive (EU) 2019/882, article 4(5))."
        ),
    ),
    "eaa-disproportionate-burden": (
        "76",
        N_(
            "To meet every requirement would be a disproportionate burden for the publisher "
            "(Directive (EU) 2019/882, article 14(1)(b))."
        ),
    ),
    "eaa-fundamental-alteration": (
        "77",
        N_(
            "To meet every requirement would alter the nature of this book "
            "(Directive (EU) 2019/882, article 14(1)(a))."
        ),
    ),
}
"""By value of an EPUB's ``a11y:exemption``: the code of ONIX list 196, and the sentence."""

PDF_UA_1 = "PDF/UA-1"
PDF_UA_2 = "PDF/UA-2"
_EPUB = re.compile(r"EPUB Accessibility 1\.1 - WCAG (2\.[0-2]) Level (A{1,3})")
_WCAG = {"2.0": "80", "2.1": "81", "2.2": "82"}
_LEVELS = {"A": "84", "AA": "85", "AAA": "86"}


def conformance_codes(standard: str) -> tuple[str, ...]:
    """The codes of ONIX list 196 for the name of a standard that a file conforms to.

    An EPUB needs three codes: one for EPUB Accessibility, one for the version of WCAG, one for the
    level. The tuple is empty for a standard that the list does not have.
    """
    if standard in (PDF_UA_1, PDF_UA_2):
        return ("05",) if standard == PDF_UA_1 else ("06",)
    match = _EPUB.fullmatch(standard)
    return ("04", _WCAG[match[1]], _LEVELS[match[2]]) if match else ()


def conformance_url(standard: str) -> str | None:
    """The URL by which a Readium manifest names the conformance of an EPUB.

    None for a standard that is not EPUB Accessibility 1.1.
    """
    match = _EPUB.fullmatch(standard)
    if not match:
        return None
    return f"https://www.w3.org/TR/epub-a11y-11#wcag-{match[1]}-{match[2].lower()}"
