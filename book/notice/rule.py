"""A rule of EU visibility: its source, its threshold, and what was measured against it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from book.findings import Finding


class Standing(StrEnum):
    """What keeps a rule: demanded ones stop a release, the others are hints."""

    DEMANDED = "demanded"
    RECOMMENDED = "recommended"
    UNCONFIRMED = "unconfirmed"


class Verdict(StrEnum):
    """How a rule stands in one place of one artefact."""

    KEPT = "kept"
    BROKEN = "broken"
    NOT_APPLICABLE = "not-applicable"
    NOT_MEASURED = "not-measured"
    """Something that the measuring needs is not on this machine; never counted as kept."""
    TO_CONFIRM = "to-confirm"
    """A person has to say it: with the Authority, or from papers that the pipeline has not."""


@dataclass(frozen=True)
class Rule:
    """A rule as ``assets/rules/visibility.yaml`` has it.

    ``thresholds`` are numbers and words by name; ``programmes`` the ids it applies to (all
    when empty); ``source`` the act and article, ``title`` what it asks (Italian and English).
    """

    id: str
    title: dict[str, str]
    standing: Standing
    source: str
    thresholds: dict[str, object]
    programmes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What a rule found in one place: the verdict, the value measured, the threshold in words.

    ``finding`` is there exactly when the rule is broken.
    """

    rule: Rule
    verdict: Verdict
    medium: str
    where: str
    measured: str
    threshold: str
    finding: Finding | None = None
