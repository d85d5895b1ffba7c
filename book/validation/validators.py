"""The validators on the artefacts of many editions, each started once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from textwrap import shorten
from typing import Any, TypeVar

from book.findings import Finding
from book.messages import N_, translate
from book.notice.evidence import Medium
from book.notice.examine import Examination, examine
from book.notice.judge import holds_back
from book.notice.rule import Result, Verdict
from book.validation.claims import claims_of_epub, pdf_levels
from book.validation.codes import CLAIM_CONTRADICTED
from book.validation.rules import code_of
from book.validation.sources import Place
from book.validation.subject import Subject
from book.validation.versions import chromium_version, java_version
from book.validators import ace, epubcheck, verapdf
from book.validators.browser import chromium
from book.validators.java import ValidatorFailed, ValidatorMissing
from book.validators.verdict import Check, Outcome

EPUBCHECK = "EPUBCheck"
ACE = "Ace"
VERAPDF = "veraPDF"
NOTICE = N_("Notice rules")
EPUB_STANDARD = "EPUB 3.3"
ACCESS_STANDARD = "EPUB Accessibility 1.1"
UA_STANDARD = "PDF/UA-1"
NOTICE_STANDARD = N_("Co-financing notice")
ARCHIVE_LEVEL = "2a"
"""The level of PDF/A that a PDF is held against when it claims none."""
_MISSING = N_("{what} is missing on this machine; get it with: {how}")
_BROKE_DOWN = N_("it broke down: {reason}")
_IDLE = N_("it found nothing that it could check")
_LONGEST = 240
"""Characters of a message that are quoted; some list all elements of HTML."""
_GRAVE = {"fatal", "error", "warning"}
Verdict_ = TypeVar("Verdict_")


def check_with_epubcheck(subjects: Sequence[Subject]) -> list[Check]:
    """EPUBCheck's verdict on the EPUB of each subject."""
    return _each(
        subjects,
        lambda s: s.epub.is_file(),
        lambda there: epubcheck.check_epubs([s.epub for s in there]),
        _epubcheck,
        (EPUBCHECK, lambda s: s.epub.name, lambda s: EPUB_STANDARD),
    )


def _epubcheck(subject: Subject, verdict: epubcheck.EpubVerdict) -> Check:
    found = [
        _at(subject, subject.epub_places.at(*place), "EPUBCheck", message.id, message.text)
        for message in verdict.messages
        if message.severity in _GRAVE
        for place in message.places or (("", 0, 0),)
    ]
    version = f"{verdict.validator.removeprefix('EPUBCheck ')} (Java {java_version()})"
    return subject.check(
        EPUBCHECK, version, subject.epub.name, EPUB_STANDARD, found, passed=verdict.passed
    )


def check_with_ace(subjects: Sequence[Subject], jobs: int) -> list[Check]:
    """Ace's verdict on the EPUB of each subject; a claim of conformance must agree with it."""
    return _each(
        subjects,
        lambda s: s.epub.is_file(),
        lambda there: ace.check_epubs([s.epub for s in there], jobs),
        _ace,
        (ACE, lambda s: s.epub.name, lambda s: ACCESS_STANDARD),
    )


def _ace(subject: Subject, verdict: ace.AceVerdict) -> Check:
    if not verdict.documents:
        return _idle(subject, ACE, subject.epub.name, ACCESS_STANDARD)
    found = []
    for message in verdict.messages:
        said = ". ".join(filter(None, (message.text, message.detail.partition("; ")[0])))
        more = {"impact": message.impact, "help": message.help}
        place = _place_of_violation(subject, message)
        found.append(_at(subject, place, "Ace", message.rule, said, **more))
    if found:
        found += _contradicted(subject, subject.epub.name, claims_of_epub(subject.epub), ACE)
    version = f"{verdict.validator.removeprefix('Ace ')}, Chromium {chromium_version()}"
    return subject.check(
        ACE, version, subject.epub.name, ACCESS_STANDARD, found, passed=verdict.passed
    )


def _place_of_violation(subject: Subject, message: ace.AceMessage) -> Place:
    """Where a violation comes from: colours from the brand, all else from the element."""
    if message.rule in ("color-contrast", "link-in-text-block"):
        return subject.sources.blame(message.detail)
    if "lang" in message.rule:
        return subject.epub_places.language(message.file, message.cfi)
    return subject.epub_places.pointed(message.file, message.cfi)


def check_with_verapdf(subjects: Sequence[Subject], *, archive: bool) -> list[Check]:
    """The verdict of veraPDF on the PDF of each subject: on PDF/UA, or on its level of PDF/A."""
    if not archive:
        return _verapdf(subjects, "ua1")
    levels = {id(s): _level(s) for s in subjects}
    checks: dict[int, Check] = {}
    for level in sorted(set(levels.values())):
        group = [s for s in subjects if levels[id(s)] == level]
        checks |= dict(zip(map(id, group), _verapdf(group, level), strict=True))
    return [checks[id(s)] for s in subjects]


def _level(subject: Subject) -> str:
    claimed = pdf_levels(subject.pdf)[0] if subject.pdf.is_file() else ""
    return claimed if claimed in verapdf.PROFILES else ARCHIVE_LEVEL


def _verapdf(subjects: Sequence[Subject], flavour: str) -> list[Check]:
    standard = UA_STANDARD if flavour == "ua1" else f"PDF/A-{flavour}"
    family = "PDF/UA" if flavour == "ua1" else "PDF/A"

    def check(subject: Subject, verdict: verapdf.PdfVerdict) -> Check:
        if not verdict.checks and not verdict.messages:
            return _idle(subject, VERAPDF, subject.pdf.name, standard)
        places = subject.pdf_places
        edition = Place(subject.book.loaded.file)
        found = [
            _at(subject, places.of(at) if places else edition, family, message.id, message.text)
            for message in verdict.messages
            for at in message.places or ("",)
        ]
        if found:
            archive, access = pdf_levels(subject.pdf)
            claimed = access if flavour == "ua1" else archive
            claims = (standard,) if claimed else ()
            found += _contradicted(subject, subject.pdf.name, claims, VERAPDF)
        version = f"{verdict.validator.removeprefix('veraPDF ')} (Java {java_version()})"
        return subject.check(
            VERAPDF, version, subject.pdf.name, standard, found, passed=verdict.passed
        )

    return _each(
        subjects,
        lambda s: s.pdf.is_file(),
        lambda there: verapdf.check_pdfs([s.pdf for s in there], flavour),
        check,
        (VERAPDF, lambda s: s.pdf.name, lambda s: standard),
    )


def check_notices(subjects: Sequence[Subject]) -> list[tuple[Examination, list[Check]]]:
    """The rules of visibility on the PDF, the EPUB and the sources of each subject.

    No checks for a book without funding: no rule applies to it.
    """
    with ExitStack() as stack:
        # Without it the examination says for each rule what was not measured, and why.
        with suppress(ValidatorMissing, ValidatorFailed):
            stack.enter_context(chromium())
        return [_notice(subject) for subject in subjects]


def _notice(subject: Subject) -> tuple[Examination, list[Check]]:
    pdf, epub = (path if path.is_file() else None for path in (subject.pdf, subject.epub))
    examined = examine(pdf, epub, subject.book.loaded, subject.language)
    names = {
        Medium.PDF: subject.pdf.name,
        Medium.EPUB: subject.epub.name,
        Medium.SOURCES: subject.book.loaded.file.rpartition("/")[2],
    }
    checks = []
    for medium, name in names.items():
        results = [result for result in examined.results if result.medium == medium]
        if results:
            checks.append(_notice_check(subject, name, medium, results))
    return examined, checks


def _notice_check(subject: Subject, name: str, medium: Medium, results: list[Result]) -> Check:
    found = tuple(result.finding for result in results if result.finding is not None)
    unmeasured = [r for r in results if r.verdict is Verdict.NOT_MEASURED and holds_back(r)]
    if unmeasured:
        check = subject.not_run(NOTICE, name, NOTICE_STANDARD, unmeasured[0].measured)
        return replace(check, findings=(*check.findings, *found))
    version = f"Chromium {chromium_version()}" if medium is Medium.EPUB else ""
    outcome = Outcome.FAILED if any(map(holds_back, results)) else Outcome.PASSED
    return Check(NOTICE, version, name, NOTICE_STANDARD, outcome, found)


Naming = tuple[str, Callable[[Subject], str], Callable[[Subject], str]]
"""The validator, the artefact and the standard that a check is entered under."""


def _each(
    subjects: Sequence[Subject],
    is_there: Callable[[Subject], bool],
    run: Callable[[list[Subject]], Sequence[Verdict_]],
    judge: Callable[[Subject, Verdict_], Check],
    naming: Naming,
) -> list[Check]:
    """Run a validator once on what is there; a check for every subject, whatever happens."""
    validator, artefact, standard = naming
    there = [subject for subject in subjects if is_there(subject)]
    done: dict[int, Check] = {}
    try:
        verdicts = run(there) if there else []
        for subject, verdict in zip(there, verdicts, strict=True):
            with subject.tracing:
                done[id(subject)] = judge(subject, verdict)
    except (ValidatorMissing, ValidatorFailed) as error:
        for subject in there:
            reason = why_not(error, subject.language)
            check = subject.not_run(validator, artefact(subject), standard(subject), reason)
            done[id(subject)] = check
    return [done.get(id(s)) or s.not_there(validator, artefact(s), standard(s)) for s in subjects]


def why_not(error: ValidatorMissing | ValidatorFailed, language: str) -> str:
    """Why a validator did not run, in ``language``: what is missing, how to get it."""
    if isinstance(error, ValidatorMissing):
        return translate(_MISSING, language).format(what=error.what, how=error.how)
    return translate(_BROKE_DOWN, language).format(reason=error)


def _idle(subject: Subject, validator: str, artefact: str, standard: str) -> Check:
    """A validator that ran and looked at nothing has not passed anything."""
    return subject.not_run(validator, artefact, standard, translate(_IDLE, subject.language))


def _at(
    subject: Subject, place: Place, family: str, rule: str, message: str, **more: Any
) -> Finding:
    quoted = shorten(subject.facts.hide(message), _LONGEST, placeholder=" …")
    return code_of(family, rule).at(place.file, place.line, rule=rule, message=quoted, **more)


def _contradicted(
    subject: Subject, artefact: str, claims: Sequence[str], validator: str
) -> list[Finding]:
    file = subject.book.loaded.file
    return [
        CLAIM_CONTRADICTED.at(file, artefact=artefact, claim=claim, validator=validator)
        for claim in claims
    ]
