"""What all validators have in common: the verdict on one artefact, and why there may be none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from book.findings import Finding


class ValidatorMissing(Exception):
    """A validator cannot run on this machine: ``what`` is missing, and ``how`` to get it.

    ``how`` is a command where there is one, else an English sentence.
    """

    def __init__(self, what: str, how: str) -> None:
        super().__init__(f"{what} is missing: {how}")
        self.what = what
        self.how = how


class ValidatorFailed(Exception):
    """A validator ran and broke down; the message is the end of what it printed."""


class Outcome(StrEnum):
    """How a check ended. A check that did not run is no pass."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not-run"


@dataclass(frozen=True)
class Check:
    """One validator on one artefact.

    ``validator`` is its name; ``version`` is its version and the version of what it runs on.
    ``artefact`` is the file's name in ``build/<edition>/``; ``standard`` is what the file was held
    against («PDF/UA-1», «EPUB 3.3»). ``findings`` have the places of the sources. ``reason`` says,
    in the reader's language, why the check did not run and how to get what is missing.
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
