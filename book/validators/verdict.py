"""What a validator says of one artefact against one standard, and whether it ran at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from book.findings import Finding


class Outcome(StrEnum):
    """How a check ended. One that did not run is no pass."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not-run"


@dataclass(frozen=True)
class Check:
    """One validator on one artefact.

    ``validator`` is its name, ``version`` that of the validator and of what it judges with;
    ``artefact`` the file's name in ``build/<edition>/``; ``standard`` what it was held against
    («PDF/UA-1», «EPUB 3.3»). ``findings`` stand at the places of the sources; ``reason`` says, in
    the reader's language, why a check was not run and how to get what is missing.
    """

    validator: str
    version: str
    artefact: str
    standard: str
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    reason: str = ""


def all_passed(checks: Iterable[Check]) -> bool:
    """Whether every check ran and passed; False where there is none."""
    outcomes = [check.outcome for check in checks]
    return bool(outcomes) and all(outcome is Outcome.PASSED for outcome in outcomes)
