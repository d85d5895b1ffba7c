"""The base book passes the gate; every broken book fails in the right validator and line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from book.build.run import Order
from book.checks.verdict import Check, Outcome
from book.gate.run import Validated, validate
from tests.support.books import BASE
from tests.support.broken_books import (
    FAULTS,
    IN_BRAND,
    IN_LANGUAGE,
    IN_TEXT,
    NOTICE_FAULTS,
    Fault,
    broken_books,
)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("gate")]
STANDARDS = ["EPUB 3.3", "EPUB Accessibility 1.1", "PDF/UA-1", "PDF/A-2a"]
FAILING = {
    BASE: set(),
    IN_TEXT: set(STANDARDS),
    IN_LANGUAGE: {"EPUB Accessibility 1.1", "Co-financing notice"},
    IN_BRAND: {*STANDARDS, "Co-financing notice"},
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return broken_books(tmp_path_factory.mktemp("gate"))


@pytest.fixture(scope="module")
def validated(root: Path) -> Iterator[dict[str, Validated]]:
    order = Order(root=root, jobs=2, language="en")
    yield {v.facts.name: v for v in validate(order, lambda *_: None, lambda _: None)}


def checks(validated: Validated, standard: str) -> list[Check]:
    return [check for check in validated.checks if check.standard == standard]


def test_only_the_book_without_a_mistake_passes(validated: dict[str, Validated]) -> None:
    assert {name: v.passed for name, v in validated.items()} == {
        name: name == BASE for name in FAILING
    }


@pytest.mark.parametrize("edition", FAILING)
def test_the_right_checks_fail_and_all_of_them_ran(
    validated: dict[str, Validated], edition: str
) -> None:
    found = validated[edition].checks
    assert all(check.outcome is not Outcome.NOT_RUN for check in found)
    assert {c.standard for c in found if c.outcome is Outcome.FAILED} == FAILING[edition]
    assert [c.standard for c in found] == [*STANDARDS, *["Co-financing notice"] * 3]
    assert all(c.version for c in found if c.artefact.endswith((".epub", ".pdf")))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.standard} {fault.rule}")
def test_a_mistake_is_told_by_the_right_validator_at_its_line(
    validated: dict[str, Validated], root: Path, fault: Fault
) -> None:
    (check,) = checks(validated[fault.edition], fault.standard)
    said = [f for f in check.findings if f.values.get("rule") == fault.rule]
    assert {f.code.id for f in said} == {fault.code}
    places = {(f.file, f.line) for f in said}
    assert (fault.file, fault.line(root)) in places
    # A duplicate id and a tag that is not allowed are the same rule: each has its own line.
    others = {f.line(root) for f in FAULTS if f.rule == fault.rule and f.file == fault.file}
    assert fault.rule == "RSC-005" or {line for file, line in places} <= others


@pytest.mark.parametrize(("artefact", "code"), NOTICE_FAULTS.items())
def test_a_broken_notice_fails_the_file_that_shows_it(
    validated: dict[str, Validated], artefact: str, code: str
) -> None:
    found = checks(validated[IN_BRAND], "Co-financing notice")
    (check,) = [check for check in found if check.artefact == artefact]
    assert check.outcome is Outcome.FAILED
    assert code in {finding.code.id for finding in check.findings}


def test_a_claim_of_conformance_that_a_validator_contradicts_is_a_fault(
    validated: dict[str, Validated],
) -> None:
    for edition, standard in ((IN_LANGUAGE, "EPUB Accessibility 1.1"), (IN_TEXT, "PDF/UA-1")):
        (check,) = checks(validated[edition], standard)
        contradicted = [f for f in check.findings if f.code.id == "G002"]
        assert standard in contradicted[0].values["claim"]


def test_the_reports_tell_every_verdict_and_the_manifest_stays_true(
    validated: dict[str, Validated], root: Path
) -> None:
    folder = root / "build" / IN_TEXT
    report = json.loads((folder / "report.json").read_text("utf-8"))
    told = [(v["standard"], v["outcome"]) for v in report["validators"]]
    assert told == [(c.standard, str(c.outcome)) for c in validated[IN_TEXT].checks]
    assert report["verdict"] == "correct"
    lines = {(f["code"], f["line"]) for f in report["findings"]}
    assert {(f.code, f.line(root)) for f in FAULTS if f.edition == IN_TEXT} <= lines
    page = (folder / "report.html").read_text("utf-8")
    assert 'id="validators"' in page
    assert "EPUBCheck" in page and "RSC-020" in page
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for name, artefact in manifest["artefacts"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == artefact["sha256"]
    assert not [path for path in folder.parent.iterdir() if ".new-" in path.name]
