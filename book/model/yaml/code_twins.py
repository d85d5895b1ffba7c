"""Kinds of mistakes that any YAML file can hold, of an edition as of a brand.

They have a code ``E0xx`` for ``edition.yaml`` and the chapters' front matter, and its twin
``B0xx`` with the same number for the files of brands and programmes.
"""

from __future__ import annotations

from dataclasses import replace

from book.findings import Code, Finding, Severity, define

_TWINS: dict[str, Code] = {}


def error(number: str, problem: str, remedy: str) -> Code:
    """Define the error ``E<number>``, and ``B<number>`` for assets; returns the former."""
    code = define(f"E{number}", Severity.ERROR, problem, remedy)
    _TWINS[code.id] = define(f"B{number}", Severity.ERROR, problem, remedy)
    return code


def for_assets(finding: Finding) -> Finding:
    """The same finding with the code of brand and programme files."""
    return replace(finding, code=_TWINS.get(finding.code.id, finding.code))
