"""veraPDF as two validators: PDFs against PDF/UA-1, and against the level of PDF/A they claim."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pikepdf

from book.messages import translate
from book.system.needs import Need
from book.validation import codes
from book.validation.rules import Rules
from book.validation.sources import Place
from book.validation.subject import Subject
from book.validation.validator import NOTHING_CHECKED, Judgement, Validator
from book.validators import verapdf
from book.validators.java import java_version
from book.validators.verapdf import PdfVerdict

# By clause of ISO 14289-1, which veraPDF's ids begin with; a number after the hyphen is its test.
UA_RULES = Rules(
    {
        "5": codes.PDF_A_METADATA,
        "7.1": codes.PDF_STRUCTURE,
        # Content that is neither tagged nor an artifact, or both.
        **dict.fromkeys(("7.1-1", "7.1-2", "7.1-3"), codes.PDF_UNTAGGED),
        # The metadata stream, the title in it, and that a reader shows the title.
        **dict.fromkeys(("7.1-8", "7.1-9", "7.1-10"), codes.PDF_A_METADATA),
        # Clause 7.2 mixes three things: which element may stand in which (lists and tables of
        # contents stay with the general entry), tables, and languages.
        "7.2": codes.PDF_STRUCTURE,
        **dict.fromkeys(
            (f"7.2-{n}" for n in (*range(3, 17), *range(36, 40), 41, 42, 43)), codes.PDF_TABLE
        ),
        **dict.fromkeys(
            (f"7.2-{n}" for n in (2, *range(21, 26), *range(29, 35))), codes.PDF_LANGUAGE
        ),
        "7.3": codes.PDF_PICTURE,
        "7.4": codes.PDF_HEADING,
        "7.5": codes.PDF_TABLE,
        "7.18": codes.PDF_LINK,
        "7.21": codes.PDF_FONT,
        # A reference to .notdef, and a glyph that the embedded font does not define.
        "7.21.8": codes.PDF_GLYPH,
        "7.21.4.1-2": codes.PDF_GLYPH,
        "unreadable": codes.PDF_UNREADABLE,
    },
    codes.PDF_UA,
)
# By clause of ISO 19005-2: the house's PDFs are made for PDF/A-2.
ARCHIVE_RULES = Rules(
    {
        "6.2.4": codes.PDF_A_COLOUR,
        "6.2.8": codes.PDF_A_PICTURE,
        "6.2.10": codes.PDF_A_TRANSPARENT,
        "6.2.11": codes.PDF_FONT,
        "6.2.11.8": codes.PDF_GLYPH,
        "6.2.11.4.1-2": codes.PDF_GLYPH,
        "6.2.11.7.3": codes.PDF_GLYPH,
        "6.6": codes.PDF_A_METADATA,
        "6.7": codes.PDF_STRUCTURE,
        "6.7.4": codes.PDF_LANGUAGE,
        "unreadable": codes.PDF_UNREADABLE,
    },
    codes.PDF_A,
)
UA = "ua1"
ARCHIVE = "2a"
"""The level of PDF/A that a PDF is held against when it claims none."""
_PDFAID = "http://www.aiim.org/pdfa/ns/id/"
_PDFUAID = "http://www.aiim.org/pdfua/ns/id/"


def levels(pdf: Path) -> tuple[str, str]:
    """The levels of PDF/A and PDF/UA that the metadata claims: ("2a", "1"), "" for none.

    A file that cannot be read as a PDF claims nothing.
    """
    try:
        with pikepdf.open(pdf) as opened, opened.open_metadata(update_docinfo=False) as metadata:
            part = metadata.get(f"{{{_PDFAID}}}part") or ""
            conformance = metadata.get(f"{{{_PDFAID}}}conformance") or ""
            return f"{part}{conformance}".lower(), str(metadata.get(f"{{{_PDFUAID}}}part") or "")
    except (pikepdf.PdfError, FileNotFoundError):
        return "", ""


def _archive_level(subject: Subject) -> str:
    claimed, _ = levels(subject.pdf)
    return claimed if claimed in verapdf.PROFILES else ARCHIVE


def _archive_standard(subject: Subject) -> str:
    return f"PDF/A-{_archive_level(subject)}"


def _run_ua(subjects: Sequence[Subject], jobs: int) -> list[PdfVerdict]:
    return verapdf.check_pdfs([subject.pdf for subject in subjects], UA)


def _run_archive(subjects: Sequence[Subject], jobs: int) -> list[PdfVerdict]:
    """Each PDF against the level that it claims; one start for each level."""
    # One start of veraPDF judges against one profile. Usually all PDFs claim the same level.
    level_of = {subject.pdf: _archive_level(subject) for subject in subjects}
    verdicts: dict[Path, PdfVerdict] = {}
    for level in sorted(set(level_of.values())):
        pdfs = [pdf for pdf in level_of if level_of[pdf] == level]
        verdicts |= dict(zip(pdfs, verapdf.check_pdfs(pdfs, level), strict=True))
    return [verdicts[subject.pdf] for subject in subjects]


def _judge_ua(subject: Subject, verdict: PdfVerdict) -> list[Judgement]:
    _, claimed = levels(subject.pdf)
    return [_told(subject, verdict, UA_RULES, (_UA_STANDARD,) if claimed else ())]


def _judge_archive(subject: Subject, verdict: PdfVerdict) -> list[Judgement]:
    claimed, _ = levels(subject.pdf)
    claims = (_archive_standard(subject),) if claimed else ()
    return [_told(subject, verdict, ARCHIVE_RULES, claims)]


def _told(subject: Subject, verdict: PdfVerdict, rules: Rules, claims: Sequence[str]) -> Judgement:
    # An unreadable file has a message and no checks: it failed. Nothing at all is no verdict.
    if not verdict.checks and not verdict.messages:
        return Judgement(not_run=translate(NOTHING_CHECKED, subject.language))
    places = subject.pdf_places
    edition = Place(subject.book.loaded.file)
    found = [
        rules.finding(subject, places.of(at) if places else edition, message.id, message.text)
        for message in verdict.messages
        for at in message.places or ("",)  # a message without a place is about the whole file
    ]
    version = f"{verdict.validator.removeprefix('veraPDF ')} (Java {java_version()})"
    return Judgement(version, verdict.passed and not found, found, claims)


_UA_STANDARD = "PDF/UA-1"
VERAPDF_UA = Validator(
    name="veraPDF",
    standard=lambda subject: _UA_STANDARD,
    artefact=lambda subject: subject.pdf,
    missing=verapdf.missing,
    run=_run_ua,
    judge=_judge_ua,
    needs=(Need.JAVA,),
)
VERAPDF_ARCHIVE = Validator(
    name="veraPDF",
    standard=_archive_standard,
    artefact=lambda subject: subject.pdf,
    missing=verapdf.missing,
    run=_run_archive,
    judge=_judge_archive,
    needs=(Need.JAVA,),
)
