"""Every edition passes the gate: the validators of the trade, the notice, its own build."""

from __future__ import annotations

from typing import Any

import pytest

from book.model.load import edition_names
from book.system.checkout import CHECKOUT
from book.validators.verapdf import check_pdfs
from tests.support.editions import BuiltEdition
from tests.support.gate import Gate

STANDARDS = {"EPUB 3.3", "EPUB Accessibility 1.1", "PDF/UA-1", "PDF/A-2a", "Co-financing notice"}


@pytest.fixture(scope="module")
def reports(gate: Gate) -> dict[str, dict[str, Any]]:
    """The reports of all editions after the gate, by name."""
    return {name: gate.report(name) for name in edition_names(CHECKOUT)}


def test_every_check_of_every_edition_passes(reports: dict[str, dict[str, Any]]) -> None:
    assert len(reports) >= 5
    for name, report in reports.items():
        failed = [c for c in report["validators"] if c["outcome"] != "passed"]
        assert failed == [], name
        assert {check["standard"] for check in report["validators"]} == STANDARDS


def test_every_edition_is_ready_to_be_published(reports: dict[str, dict[str, Any]]) -> None:
    for name, report in reports.items():
        assert [f for f in report["findings"] if f["severity"] != "hint"] == [], name
        assert report["verdict"] == "ready", name


def test_the_verdict_on_a_pdf_rests_on_thousands_of_tests(built: dict[str, BuiltEdition]) -> None:
    (verdict,) = check_pdfs([built["reti-locali"].pdf], "ua1")
    assert verdict.passed
    assert verdict.checks > 1000
