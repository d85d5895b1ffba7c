"""The table of verdicts: the build's own, and that of each validator on each artefact."""

from __future__ import annotations

from dataclasses import dataclass

from book.findings import Severity
from book.messages import N_, translate
from book.report.facts import EditionFacts
from book.report.listing import counts_in_words
from book.validators.verdict import Outcome

_OUTCOMES = {
    Outcome.PASSED: N_("passed"),
    Outcome.FAILED: N_("failed"),
    Outcome.NOT_RUN: N_("did not run"),
}
_BUILD = N_("Build")
_SOURCES = N_("sources and pages")


@dataclass(frozen=True)
class VerdictRow:
    """A line of the table in the reader's language.

    ``found`` is the number of findings, or the reason why the validator did not run.
    """

    validator: str
    version: str
    standard: str
    artefact: str
    outcome: Outcome
    outcome_text: str
    found: str


def verdict_rows(facts: EditionFacts, language: str) -> list[VerdictRow]:
    """The line of the build, then one for each check, in the order in which they were run.

    The build has failed if it has errors or warnings, or if it made no artefact.
    """
    worse = any(finding.severity is not Severity.HINT for finding in facts.findings)
    built = Outcome.FAILED if worse or not facts.made else Outcome.PASSED
    rows = [
        VerdictRow(
            validator=translate(_BUILD, language),
            version="",
            standard=translate(_SOURCES, language),
            artefact=facts.name,
            outcome=built,
            outcome_text=translate(_OUTCOMES[built], language),
            found=counts_in_words(facts.findings, language),
        )
    ]
    for check in facts.checks:
        not_run = check.outcome is Outcome.NOT_RUN
        rows.append(
            VerdictRow(
                validator=translate(check.validator, language),
                version=check.version,
                standard=translate(check.standard, language),
                artefact=check.artefact,
                outcome=check.outcome,
                outcome_text=translate(_OUTCOMES[check.outcome], language),
                found=check.reason if not_run else counts_in_words(check.findings, language),
            )
        )
    return rows
