"""Codes, findings and severities: how the pipeline reports what is wrong with a source or a book.

Every mistake that a person can make is reported as a :class:`Finding`: a stable code, the place,
what is wrong and how to mend it. Messages are gettext message ids in English with ``{named}``
placeholders. :meth:`Finding.problem` and :meth:`Finding.remedy` render them in the reader's
language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from book.messages import translate

REGISTRY: dict[str, Code] = {}
"""Every code that a module has defined, by its id."""


class Severity(StrEnum):
    """What a finding prevents.

    ``error``: the edition cannot be built. ``warning``: it can be built but not released.
    ``hint``: prevents nothing.
    """

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True)
class Code:
    """A kind of finding: its stable id, its severity and its two texts (English message ids)."""

    id: str
    severity: Severity
    problem: str
    remedy: str

    def at(self, file: str, line: int = 0, column: int = 0, **values: Any) -> Finding:
        """Return a finding of this kind at a place; ``values`` fill the texts' placeholders."""
        return Finding(self, file, line, column, values)


def define(id: str, severity: Severity, problem: str, remedy: str) -> Code:
    """Register a kind of finding. Raises ValueError when another kind has the id."""
    if id in REGISTRY:
        raise ValueError(f"finding code {id} is defined twice")
    code = Code(id, severity, problem, remedy)
    REGISTRY[id] = code
    return code


def printable(text: str) -> str:
    """``text`` on one line, with code points (``U+001B``) in place of unprintable characters.

    White space becomes a plain space, but for the no-break space (U+00A0), which is kept.
    """
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or c == "\u00a0" else " " if c.isspace() else f"U+{ord(c):04X}"
        for c in text
    )


@dataclass(frozen=True)
class Finding:
    """One thing found: its kind, its place, and the values for the texts of its kind.

    ``file`` is a POSIX path relative to the root that holds ``chapters/`` and ``assets/``.
    ``line`` and ``column`` count from 1; 0 means that there is none.
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
        """The values without control characters, which could steer a terminal or forge a log."""
        return {k: printable(v) if isinstance(v, str) else v for k, v in self.values.items()}

    def place(self) -> str:
        """``file[:line[:column]]``."""
        return ":".join([printable(self.file), *(str(n) for n in (self.line, self.column) if n)])

    def sentence(self, language: str) -> str:
        """The finding on one line for a terminal: place, severity, code, problem, remedy."""
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
    """Findings without duplicates, sorted by file, line, column, then severity and code."""
    unique = {(f.place(), f.code.id, repr(sorted(f.values.items()))): f for f in findings}
    return sorted(
        unique.values(),
        key=lambda f: (f.file, f.line, f.column, _ORDER[f.severity], f.code.id),
    )


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings is an error, so that the edition cannot be built."""
    return any(f.severity is Severity.ERROR for f in findings)
