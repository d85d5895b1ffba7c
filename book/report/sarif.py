"""Writes findings as SARIF 2.1.0 (OASIS), which forges and editors show beside the lines."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from book.findings import Code, Finding, Severity
from book.messages import translate

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
ROOT = "SOURCES"
"""The ``uriBaseId`` of the folder that paths are relative to (SARIF, section 3.4.4)."""
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def sarif(findings: Sequence[Finding], language: str) -> str:
    """A log with one run, whose rules are the codes of the findings. Texts are in ``language``."""
    codes = sorted({finding.code.id: finding.code for finding in findings}.items())
    places = {id: index for index, (id, _) in enumerate(codes)}
    seen: Counter[str] = Counter()
    run = {
        "tool": {
            "driver": {
                "name": "inv check",
                "language": "it-IT" if language == "it" else "en-US",
                "rules": [_rule(code, language) for _, code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, places, seen, language) for finding in findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: Code, language: str) -> dict[str, Any]:
    return {
        "id": code.id,
        "shortDescription": {"text": translate(code.problem, language)},
        "help": {"text": translate(code.remedy, language)},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _result(
    finding: Finding, places: dict[str, int], seen: Counter[str], language: str
) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.file), "uriBaseId": ROOT}}
    if finding.line:
        location["region"] = {"startLine": finding.line}
        if finding.column:
            location["region"]["startColumn"] = finding.column
    said = f"{finding.problem(language)} — {finding.remedy(language)}"
    # Without the line, so that forges take a finding for the same when lines are added above it.
    # Equal findings of a file get numbers.
    fingerprint = hashlib.sha256(f"{finding.code.id} {finding.file} {said}".encode()).hexdigest()[
        :32
    ]
    seen[fingerprint] += 1
    return {
        "ruleId": finding.code.id,
        "ruleIndex": places[finding.code.id],
        "level": _LEVELS[finding.severity],
        "message": {"text": said},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"finding/v1": f"{fingerprint}:{seen[fingerprint]}"},
    }
