"""The rules of EU visibility as ``assets/rules/`` has them, and the result of judging by a rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field

from book.findings import Finding
from book.model.base import Model
from book.model.programme import Programme
from book.system.checkout import CHECKOUT

RULES = CHECKOUT / "assets" / "rules" / "visibility.yaml"


class Standing(StrEnum):
    """How binding a rule is. Breaking a demanded rule stops a release; the others give hints.

    ``UNCONFIRMED`` are rules whose threshold still has to be confirmed with the Authority.
    """

    DEMANDED = "demanded"
    RECOMMENDED = "recommended"
    UNCONFIRMED = "unconfirmed"


class Verdict(StrEnum):
    """The outcome of a rule in one place of one artefact."""

    KEPT = "kept"
    BROKEN = "broken"
    NOT_APPLICABLE = "not-applicable"
    NOT_MEASURED = "not-measured"
    """The measuring failed, or needs something that this machine lacks. Never counts as kept."""
    TO_CONFIRM = "to-confirm"
    """A person has to decide: by asking the Authority, or from papers outside the pipeline."""


@dataclass(frozen=True)
class Rule:
    """One rule.

    ``title`` says what it asks, by language (Italian and English). ``source`` is the act and
    article. ``thresholds`` are numbers and texts by name; lengths are in mm, type sizes in pt.
    ``programmes`` are the ids of the programmes to which it applies, which may hold ``*``; all
    programmes when empty.
    """

    id: str
    title: dict[str, str]
    standing: Standing
    source: str
    thresholds: dict[str, object]
    programmes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """The outcome of a rule in one place: the verdict, what was measured, the threshold in words.

    ``where`` is the place for a person. ``finding`` is there if and only if the rule is broken.
    """

    rule: Rule
    verdict: Verdict
    medium: str
    where: str
    measured: str
    threshold: str
    finding: Finding | None = None


class RuleEntry(Model):
    """One rule in the file; see :class:`Rule`."""

    id: str = Field(pattern=r"^(EU|SRC)-\d{2}$")
    title: dict[str, str] = Field(min_length=2)
    standing: Standing
    source: str = Field(min_length=1)
    thresholds: dict[str, Any] = Field(default_factory=dict)
    programmes: tuple[str, ...] = ()


class RulesFile(Model):
    """The whole content of a file of rules."""

    rules: tuple[RuleEntry, ...]


@cache
def load_rules(path: Path = RULES) -> Mapping[str, Rule]:
    """Load the rules by id, in the order of the file.

    The file is part of the pipeline, so its mistakes are no findings for editors: the function
    raises yaml.YAMLError, pydantic.ValidationError or, for an id that is there twice, ValueError.
    """
    entries = RulesFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).rules
    rules = {entry.id: Rule(**dict(entry)) for entry in entries}
    if len(rules) != len(entries):
        raise ValueError(f"{path.name}: a rule is there twice")
    return rules


def matching(names: Sequence[str], programmes: Sequence[Programme]) -> tuple[Programme, ...]:
    """The programmes whose ids match one of ``names``, which may hold ``*``; all for no names."""
    if not names:
        return tuple(programmes)
    return tuple(p for p in programmes if any(fnmatchcase(p.id, name) for name in names))
