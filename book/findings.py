"""What the pipeline has to say about a source or an artefact: codes, findings, severities.

Every mistake that a person can make is a :class:`Finding`: a stable code, the place, what is
wrong and how to mend it. Messages are gettext message ids in English with ``{named}``
placeholders; :meth:`Finding.message` renders them in the language of whoever reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from book.messages import translate

REGISTRY: dict[str, Code] = {}


class Severity(StrEnum):
    """How far a finding reaches.

    ``error``: the edition cannot be made. ``warning``: it is made and cannot be released.
    ``hint``: never stops anything.
    """

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True)
class Code:
    """A kind of finding: its stable id, and what to say about it (English message ids)."""

    id: str
    severity: Severity
    problem: str
    remedy: str

    def at(self, file: str, line: int = 0, column: int = 0, **values: Any) -> Finding:
        """Return a finding of this kind at a place; ``values`` fill the placeholders."""
        return Finding(self, file, line, column, values)


def define(id: str, severity: Severity, problem: str, remedy: str) -> Code:
    """Register a kind of finding. Raises ValueError when the id is taken."""
    if id in REGISTRY:
        raise ValueError(f"finding code {id} is defined twice")
    code = Code(id, severity, problem, remedy)
    REGISTRY[id] = code
    return code


def printable(text: str) -> str:
    """``text`` on one line, with its code point (``U+001B``) for what cannot be seen."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or c == "\u00a0" else " " if c.isspace() else f"U+{ord(c):04X}"
        for c in text
    )


@dataclass(frozen=True)
class Finding:
    """One thing found: what, where (``line`` and ``column`` from 1, 0 for none), and the remedy.

    ``file`` is a POSIX path relative to the root that holds ``chapters/`` and ``assets/``.
    """

    code: Code
    file: str
    line: int = 0
    column: int = 0
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return self.code.severity

    def problem(self, language: str) -> str:
        """What is wrong, in ``language`` ("it" or "en")."""
        return translate(self.code.problem, language).format_map(self._printable())

    def remedy(self, language: str) -> str:
        """How to mend it, in ``language`` ("it" or "en")."""
        return translate(self.code.remedy, language).format_map(self._printable())

    def _printable(self) -> dict[str, Any]:
        """The values, less what would steer a terminal or a log instead of being read."""
        return {k: printable(v) if isinstance(v, str) else v for k, v in self.values.items()}

    def place(self) -> str:
        """``file[:line[:column]]``."""
        return ":".join([printable(self.file), *(str(n) for n in (self.line, self.column) if n)])

    def sentence(self, language: str) -> str:
        """The one line for a terminal: place, severity, code, problem, remedy."""
        return (
            f"{self.place()}: {self.severity} {self.code.id}: "
            f"{self.problem(language)} — {self.remedy(language)}"
        )

    def as_data(self, language: str) -> dict[str, Any]:
        """The finding for JSON: code, severity, file, line, column, problem, remedy."""
        return {
            "code": self.code.id,
            "severity": str(self.severity),
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "problem": self.problem(language),
            "remedy": self.remedy(language),
        }


_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings without repetitions, by file, line, column, then severity and code."""
    unique = {(f.place(), f.code.id, repr(sorted(f.values.items()))): f for f in findings}
    return sorted(
        unique.values(),
        key=lambda f: (f.file, f.line, f.column, _ORDER[f.severity], f.code.id),
    )


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings keeps the edition from being made."""
    return any(f.severity is Severity.ERROR for f in findings)
