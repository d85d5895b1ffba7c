"""What the facts of a build come to: how many findings, how many words, fit to publish or not."""

from __future__ import annotations

from enum import StrEnum

from book.findings import Severity
from book.report.facts import EditionFacts
from book.validators.verdict import Outcome


class Verdict(StrEnum):
    """Whether an edition can be published.

    ``ready``: nothing but hints. ``draft``: nothing but hints, and a chapter is not finished yet.
    ``correct``: made, and held back by what was found.
    ``not-made``: an error kept it from being made.
    """

    READY = "ready"
    DRAFT = "draft"
    CORRECT = "correct"
    NOT_MADE = "not-made"


def verdict(facts: EditionFacts) -> Verdict:
    """What the findings mean for whoever wants to publish the edition."""
    if not facts.made:
        return Verdict.NOT_MADE
    held_back = any(finding.severity is not Severity.HINT for finding in facts.all_findings)
    held_back |= any(check.outcome is not Outcome.PASSED for check in facts.checks)
    if held_back:
        return Verdict.CORRECT
    chapters = facts.book.loaded.chapters.values() if facts.book else ()
    is_draft = any(chapter.front_matter.status == "draft" for chapter in chapters)
    return Verdict.DRAFT if is_draft else Verdict.READY


def counts(facts: EditionFacts) -> dict[Severity, int]:
    """How many findings of each severity there are, the worst first."""
    return {
        severity: sum(finding.severity is severity for finding in facts.all_findings)
        for severity in Severity
    }


def words_in_all(facts: EditionFacts) -> int:
    """The words of all chapters together."""
    return sum(words for _, _, words in facts.words)
