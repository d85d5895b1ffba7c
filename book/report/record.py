"""``report.json``: what a build did, for machines."""

from __future__ import annotations

import json
from typing import Any

from book.messages import translate
from book.notice.table import rows
from book.report.facts import Artefact, EditionFacts, in_lines
from book.report.summary import counts, verdict, words_in_all
from book.validators.verdict import Check


def report_json(facts: EditionFacts, language: str) -> bytes:
    """The facts of one edition as UTF-8 JSON, messages in ``language`` ("it" or "en").

    Empty values get no key: an edition without a PDF has no number of pages, one that was
    not made has no artefacts. ``seconds`` reach to what ``seconds_until`` says: "report" when the
    artefacts were not in place yet, "delivery" when they were.
    """
    data: dict[str, Any] = {
        "edition": facts.name,
        "title": facts.title,
        "made": facts.made,
        "verdict": str(verdict(facts)),
        "counts": _counts(facts),
        "findings": [finding.as_data(language) for finding in facts.all_findings],
        "chapters": [
            {"title": title, "file": file, "words": words} for title, file, words in facts.words
        ],
        "validators": [_check(check, language) for check in facts.checks],
        "notice": [row.as_data() for row in rows(facts.notice.results, language)],
        "to_confirm": list(facts.notice.to_confirm),
        "steps": [
            {"name": translate(step.name, language), "seconds": round(step.seconds, 3)}
            for step in facts.steps
        ],
        "seconds": round(facts.seconds, 3),
        "seconds_until": ("delivery" if facts.delivered else "report") if facts.steps else "",
        "artefacts": [_artefact(line) for line in in_lines(facts.artefacts)],
        "tools": dict(sorted(facts.tools.items())),
    }
    # An empty list of findings says that there are none, so it stays. Other empty values go.
    kept = {key: value for key, value in data.items() if value or key in {"made", "findings"}}
    return (json.dumps(kept, indent=2, ensure_ascii=False) + "\n").encode()


def _artefact(line: Artefact) -> dict[str, Any]:
    """A file, or a folder, whose name ends with a slash, with the number of its files."""
    data: dict[str, Any] = {"name": line.name, "size": line.size}
    return {**data, "files": line.files} if line.name.endswith("/") else data


def _check(check: Check, language: str) -> dict[str, Any]:
    """A validator's verdict; a reason is there exactly when the check did not run."""
    data = {
        "validator": translate(check.validator, language),
        "version": check.version,
        "artefact": check.artefact,
        "standard": translate(check.standard, language),
        "outcome": str(check.outcome),
        "reason": check.reason,
        "findings": [finding.as_data(language) for finding in check.findings],
    }
    return {key: value for key, value in data.items() if value or key == "findings"}


def _counts(facts: EditionFacts) -> dict[str, Any]:
    found = {str(severity): number for severity, number in counts(facts).items()}
    result: dict[str, Any] = {"findings": found}
    if facts.pages:
        result["pages"] = facts.pages
    if facts.words:
        result["words"] = words_in_all(facts)
    return result
