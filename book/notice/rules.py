"""The rules of visibility as ``assets/rules/visibility.yaml`` has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field

from book.model.base import Model
from book.model.programme import Programme
from book.notice.rule import Rule, Standing
from book.system.checkout import CHECKOUT

RULES = CHECKOUT / "assets" / "rules" / "visibility.yaml"


class RuleEntry(Model):
    """One rule in the file; see :class:`book.notice.rule.Rule`."""

    id: str = Field(pattern=r"^(EU|SRC)-\d{2}$")
    title: dict[str, str] = Field(min_length=2)
    standing: Standing
    source: str = Field(min_length=1)
    thresholds: dict[str, Any] = Field(default_factory=dict)
    programmes: tuple[str, ...] = ()


class RulesFile(Model):
    """The whole file."""

    rules: tuple[RuleEntry, ...]


@cache
def load_rules(path: Path = RULES) -> Mapping[str, Rule]:
    """The rules by id, in the order of the file.

    The file is the pipeline's own: one that is broken raises pydantic.ValidationError,
    yaml.YAMLError or, for an id that is there twice, ValueError.
    """
    entries = RulesFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).rules
    rules = {entry.id: Rule(**dict(entry)) for entry in entries}
    if len(rules) != len(entries):
        raise ValueError(f"{path.name}: a rule is there twice")
    return rules


def matching(names: Sequence[str], programmes: Sequence[Programme]) -> tuple[Programme, ...]:
    """The programmes whose ids are among ``names``, which may hold ``*``; all for no names."""
    if not names:
        return tuple(programmes)
    return tuple(p for p in programmes if any(fnmatchcase(p.id, name) for name in names))
