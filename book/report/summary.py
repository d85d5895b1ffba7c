"""What the facts of a build come to: how many findings, how many words, fit to publish or not."""

from __future__ import annotations

from enum import StrEnum

from book.findings import Severity
from book.report.facts import EditionFacts


class Verdict(StrEnum):
    """Whether an edition can be published.

    ``ready``: no errors, no warnings. ``correct``: made, and held back by warnings.
    ``not-made``: an error kept it from being made.
    """

    READY = "ready"
    CORRECT = "correct"
    NOT_MADE = "not-made"


def verdict(facts: EditionFacts) -> Verdict:
    """What the findings mean for whoever wants to publish the edition."""
    found = counts(facts)
    if not facts.made or found[Severity.ERROR]:
        return Verdict.NOT_MADE
    return Verdict.CORRECT if found[Severity.WARNING] else Verdict.READY


def counts(facts: EditionFacts) -> dict[Severity, int]:
    """How many findings of each severity there are, the worst first."""
    return {
        severity: sum(finding.severity is severity for finding in facts.findings)
        for severity in Severity
    }


def words_in_all(facts: EditionFacts) -> int:
    """The words of all chapters together."""
    return sum(words for _, _, words in facts.words)
