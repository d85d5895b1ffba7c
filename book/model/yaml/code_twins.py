"""Pairs of codes for mistakes that any YAML file can hold.

Each has a code ``E0xx`` for ``edition.yaml`` and the chapters' front matter, and a code ``B0xx``
with the same number and texts for the files under ``assets``. The readers of YAML report the
former; :func:`for_assets` turns it into the latter.
"""

from __future__ import annotations

from dataclasses import replace

from book.findings import Code, Finding, Severity, define

_TWINS: dict[str, Code] = {}


def error(number: str, problem: str, remedy: str) -> Code:
    """Define the errors ``E<number>`` and ``B<number>`` with the same texts; return the first."""
    code = define(f"E{number}", Severity.ERROR, problem, remedy)
    _TWINS[code.id] = define(f"B{number}", Severity.ERROR, problem, remedy)
    return code


def for_assets(finding: Finding) -> Finding:
    """The finding with the code for files under ``assets``; unchanged if it has no such code."""
    return replace(finding, code=_TWINS.get(finding.code.id, finding.code))
