"""The base book passes the gate; every broken book fails in the right validator and line.

Read are the reports that the gate writes, since they are what editors and machines get.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from tests.support.books import BASE
from tests.support.broken_books import (
    FAULTS,
    IN_BRAND,
    IN_LANGUAGE,
    IN_TEXT,
    NOTICE_FAULTS,
    Fault,
)
from tests.support.gate import Gate

STANDARDS = ["EPUB 3.3", "EPUB Accessibility 1.1", "PDF/UA-1", "PDF/A-2a"]
NOTICE = "Co-financing notice"
FAILING = {
    BASE: set(),
    IN_TEXT: set(STANDARDS),
    IN_LANGUAGE: {"EPUB Accessibility 1.1", NOTICE},
    IN_BRAND: {*STANDARDS, NOTICE},
}


def checks(gate: Gate, edition: str, standard: str) -> list[dict[str, Any]]:
    return [c for c in gate.report(edition)["validators"] if c["standard"] == standard]


def test_only_the_book_without_a_mistake_passes(gate: Gate) -> None:
    passed = {name: gate.passed[name] for name in FAILING}
    assert passed == {name: name == BASE for name in FAILING}
    assert {name: gate.report(name)["verdict"] for name in FAILING} == {
        name: "ready" if name == BASE else "correct" for name in FAILING
    }


@pytest.mark.parametrize("edition", FAILING)
def test_the_right_checks_fail_and_all_of_them_ran(gate: Gate, edition: str) -> None:
    found = gate.report(edition)["validators"]
    assert [check["standard"] for check in found] == [*STANDARDS, *[NOTICE] * 3]
    assert {check["outcome"] for check in found} <= {"passed", "failed"}
    assert {c["standard"] for c in found if c["outcome"] == "failed"} == FAILING[edition]
    assert all(check["version"] for check in found if check["standard"] != NOTICE)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.standard} {fault.rule}")
def test_a_mistake_is_told_by_the_right_validator_at_its_line(gate: Gate, fault: Fault) -> None:
    (check,) = checks(gate, fault.edition, fault.standard)
    said = [f for f in check["findings"] if f" {fault.rule}" in f["problem"]]
    assert {finding["code"] for finding in said} == {fault.code}
    places = {(finding["file"], finding["line"]) for finding in said}
    assert (fault.file, fault.line(gate.root)) in places
    # Nothing is told of lines that hold no mistake.
    assert places <= {(f.file, f.line(gate.root)) for f in FAULTS if f.edition == fault.edition}


@pytest.mark.parametrize(("artefact", "code"), NOTICE_FAULTS.items())
def test_a_broken_notice_fails_the_file_that_shows_it(gate: Gate, artefact: str, code: str) -> None:
    (check,) = [c for c in checks(gate, IN_BRAND, NOTICE) if c["artefact"] == artefact]
    assert check["outcome"] == "failed"
    assert code in {finding["code"] for finding in check["findings"]}


@pytest.mark.parametrize(
    ("edition", "standard"), [(IN_LANGUAGE, "EPUB Accessibility 1.1"), (IN_TEXT, "PDF/UA-1")]
)
def test_a_claim_of_conformance_that_a_validator_contradicts_is_a_fault(
    gate: Gate, edition: str, standard: str
) -> None:
    (check,) = checks(gate, edition, standard)
    (contradicted,) = [f for f in check["findings"] if f["code"] == "G002"]
    assert standard in contradicted["problem"]


def test_the_page_tells_the_verdicts_and_the_manifest_stays_true(gate: Gate) -> None:
    folder = gate.built(IN_TEXT)
    told = {(f["code"], f["line"]) for f in gate.report(IN_TEXT)["findings"]}
    assert {(f.code, f.line(gate.root)) for f in FAULTS if f.edition == IN_TEXT} <= told
    page = (folder / "report.html").read_text("utf-8")
    assert 'id="validators"' in page
    assert "RSC-020" in page
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for name, artefact in manifest["artefacts"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == artefact["sha256"]
    assert not [path.name for path in folder.parent.iterdir() if ".new-" in path.name]
