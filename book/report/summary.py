"""What the facts of a build come to: how many findings, how many words, fit to publish or not."""

from __future__ import annotations

from enum import StrEnum

from book.checks.verdict import Outcome
from book.findings import Severity
from book.report.facts import EditionFacts


class Verdict(StrEnum):
    """Whether an edition can be published.

    ``ready``: nothing but hints. ``correct``: made, and held back by what was found.
    ``not-made``: an error kept it from being made.
    """

    READY = "ready"
    CORRECT = "correct"
    NOT_MADE = "not-made"


def verdict(facts: EditionFacts) -> Verdict:
    """What the findings mean for whoever wants to publish the edition."""
    if not facts.made:
        return Verdict.NOT_MADE
    held_back = any(finding.severity is not Severity.HINT for finding in facts.all_findings)
    held_back |= any(check.outcome is not Outcome.PASSED for check in facts.checks)
    return Verdict.CORRECT if held_back else Verdict.READY


def counts(facts: EditionFacts) -> dict[Severity, int]:
    """How many findings of each severity there are, the worst first."""
    return {
        severity: sum(finding.severity is severity for finding in facts.all_findings)
        for severity in Severity
    }


def words_in_all(facts: EditionFacts) -> int:
    """The words of all chapters together."""
    return sum(words for _, _, words in facts.words)
