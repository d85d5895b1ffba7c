"""What each claim of accessibility is in ONIX, and in plain words.

One table, so that no record can say something else than the EPUB does. The codes follow the
crosswalk of the W3C between Schema.org's words and ONIX (w3c.github.io/publ-a11y,
metadata-crosswalk) and the code lists of EDItEUR, issue 75 of October 2026.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from book.messages import N_
from book.output.epub.supports import Support


@dataclass(frozen=True)
class Feature:
    """A feature: its codes in list 196 (none when ONIX says it elsewhere), and its sentence.

    ``words`` is a message id.
    """

    codes: tuple[str, ...]
    words: str


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
    # Code 15 is for books of which every picture has one; this is claimed as soon as some have.
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
    # List 144, not 196: a book without technical protection.
    "unlocked": Feature((), N_("No technical protection hinders assistive technology.")),
    "none": Feature(("09",), N_("No feature for accessibility is known.")),
    "unknown": Feature(("08",), N_("The accessibility of this format is not known.")),
}
"""By words of Schema.org's ``accessibilityFeature``."""

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
"""Schema.org's ``accessibilityHazard``: code of list 143, and the sentence."""

CONTENT_TYPES = {"textual": "10", "visual": "07", "chartOnVisual": "19", "mathOnVisual": "48"}
"""Schema.org's ``accessMode``: code of list 81."""

SUPPORTS: dict[Support, str] = {Support.LANGUAGES: "22", Support.CONTRAST: "26"}
"""What holds throughout an EPUB and Schema.org has no word for: code of list 196."""

READ_WITHOUT_SIGHT = "52"
"""List 196: all that is not decoration can be read without sight."""

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
"""``a11y:exemption`` of an EPUB: code of list 196, and the sentence."""

PDF_UA_1 = "PDF/UA-1"
PDF_UA_2 = "PDF/UA-2"
_EPUB = re.compile(r"EPUB Accessibility 1\.1 - WCAG (2\.[0-2]) Level (A{1,3})")
_WCAG = {"2.0": "80", "2.1": "81", "2.2": "82"}
_LEVELS = {"A": "84", "AA": "85", "AAA": "86"}


def conformance_codes(standard: str) -> tuple[str, ...]:
    """The codes of list 196 for the name of a standard that a file conforms to.

    An EPUB takes three: the specification, the version of WCAG, the level. None for a standard
    that the list does not have.
    """
    if standard in (PDF_UA_1, PDF_UA_2):
        return ("05",) if standard == PDF_UA_1 else ("06",)
    match = _EPUB.fullmatch(standard)
    return ("04", _WCAG[match[1]], _LEVELS[match[2]]) if match else ()


def conformance_url(standard: str) -> str | None:
    """The address that stands for an EPUB's conformance in a Readium manifest, if it has one."""
    match = _EPUB.fullmatch(standard)
    if not match:
        return None
    return f"https://www.w3.org/TR/epub-a11y-11#wcag-{match[1]}-{match[2].lower()}"
