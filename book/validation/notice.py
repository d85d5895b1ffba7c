"""The rules of visibility as a validator: PDF, EPUB and sources against what the EU demands."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace

from book.messages import N_
from book.notice.evidence import Medium
from book.notice.examine import Examination, examine
from book.notice.judge import holds_back
from book.notice.rule import Verdict
from book.report.facts import EditionFacts
from book.system.needs import Need
from book.validation.subject import Subject
from book.validation.validator import Judgement, Validator
from book.validators.browser import chromium, chromium_version
from book.validators.verdict import ValidatorFailed, ValidatorMissing


def _run(subjects: Sequence[Subject], jobs: int) -> list[Examination]:
    with ExitStack() as stack:
        # Without a browser the examination itself says which rules were not measured, and why.
        with suppress(ValidatorMissing, ValidatorFailed):
            stack.enter_context(chromium())
        return [_examined(subject) for subject in subjects]


def _examined(subject: Subject) -> Examination:
    pdf, epub = (path if path.is_file() else None for path in (subject.pdf, subject.epub))
    return examine(pdf, epub, subject.book.loaded, subject.language)


def _judge(subject: Subject, examined: Examination) -> list[Judgement]:
    """One check for each medium; none for a book without funding, to which no rule applies."""
    names = {
        Medium.PDF: subject.pdf.name,
        Medium.EPUB: subject.epub.name,
        Medium.SOURCES: subject.source.name,
    }
    return [told for medium, name in names.items() for told in _medium(examined, medium, name)]


def _medium(examined: Examination, medium: Medium, artefact: str) -> list[Judgement]:
    results = [result for result in examined.results if result.medium == medium]
    if not results:
        return []
    waiting = [result for result in results if holds_back(result)]
    # One demanded rule that could not be measured makes the whole check one that did not run. The
    # rules that were measured and are broken are still among its findings.
    unmeasured = [r.measured for r in waiting if r.verdict is Verdict.NOT_MEASURED]
    return [
        Judgement(
            version=f"Chromium {chromium_version()}" if medium is Medium.EPUB else "",
            passed=not waiting,
            findings=[result.finding for result in results if result.finding is not None],
            not_run=unmeasured[0] if unmeasured else "",
            artefact=artefact,
        )
    ]


def _record(facts: EditionFacts, examined: Examination) -> EditionFacts:
    return replace(facts, notice=examined)


NOTICE = Validator(
    name=N_("Notice rules"),
    standard=lambda subject: N_("Co-financing notice"),
    artefact=lambda subject: subject.source,
    # PDF and sources are measured without a browser, so the whole is never missing.
    missing=lambda: None,
    run=_run,
    judge=_judge,
    needs=(Need.CHROMIUM,),
    record=_record,
)
