"""Every edition passes the validators of the trade."""

from __future__ import annotations

import json

from book.checks.epubcheck import check_epubs
from book.checks.verapdf import check_pdfs
from tests.support.editions import BuiltEdition


def test_epubcheck_finds_no_error_and_no_warning(built: dict[str, BuiltEdition]) -> None:
    verdicts = check_epubs([edition.epub for edition in built.values()])
    assert len(verdicts) == len(built) >= 5
    assert {v.path.name: v.messages for v in verdicts if not v.passed} == {}
    assert all((v.errors, v.warnings) == (0, 0) for v in verdicts)


def test_verapdf_passes_pdf_ua_1(built: dict[str, BuiltEdition]) -> None:
    verdicts = check_pdfs([edition.pdf for edition in built.values()], "ua1")
    assert len(verdicts) == len(built) >= 5
    assert {v.path.name: v.messages for v in verdicts if not v.passed} == {}
    assert all(v.checks > 1000 for v in verdicts)


def test_no_edition_has_an_error_or_a_warning(built: dict[str, BuiltEdition]) -> None:
    for edition in built.values():
        report = json.loads((edition.folder / "report.json").read_text("utf-8"))
        findings = [f for f in report["findings"] if f["severity"] != "hint"]
        assert findings == [], edition.name
