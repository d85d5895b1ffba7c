"""Sums up a build: the numbers of findings and words, and whether it can be published."""

from __future__ import annotations

from enum import StrEnum

from book.findings import Severity
from book.report.facts import EditionFacts
from book.validators.verdict import Outcome


class Verdict(StrEnum):
    """Whether an edition can be published.

    ``ready``: there are only hints. ``draft``: there are only hints, and a chapter is a draft.
    ``correct``: the edition was made, but there are warnings, or a validator did not pass it.
    ``not-made``: the edition was not made, because there was an error.
    """

    READY = "ready"
    DRAFT = "draft"
    CORRECT = "correct"
    NOT_MADE = "not-made"


def verdict(facts: EditionFacts) -> Verdict:
    """Whether the edition can be published."""
    if not facts.made:
        return Verdict.NOT_MADE
    held_back = any(finding.severity is not Severity.HINT for finding in facts.all_findings)
    # A check that did not run holds back, too: only PASSED is a pass.
    held_back |= any(check.outcome is not Outcome.PASSED for check in facts.checks)
    if held_back:
        return Verdict.CORRECT
    chapters = facts.book.loaded.chapters.values() if facts.book else ()
    is_draft = any(chapter.front_matter.status == "draft" for chapter in chapters)
    return Verdict.DRAFT if is_draft else Verdict.READY


def counts(facts: EditionFacts) -> dict[Severity, int]:
    """The number of findings of each severity, the most severe first."""
    return {
        severity: sum(finding.severity is severity for finding in facts.all_findings)
        for severity in Severity
    }


def words_in_all(facts: EditionFacts) -> int:
    """The number of words of all chapters."""
    return sum(words for _, _, words in facts.words)
