from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from book.compose.documents import Book
from book.compose.typeset import typeset_edition
from book.findings import Code, Severity
from book.report.facts import EditionFacts
from book.report.page import report_html
from book.report.pictures import ReportPictures
from book.report.record import report_json
from book.report.summary import Verdict, counts, verdict
from book.report.verdicts import verdict_rows
from book.validators.verdict import Check, Outcome, all_passed
from tests.support.books import lay, load

SAID = Code("G010", Severity.WARNING, "it is wrong", "mend it")
FOUND = SAID.at("chapters/x/a.md", 3)
PASSED = Check("EPUBCheck", "5.3.0", "x.epub", "EPUB 3.3", Outcome.PASSED)
FAILED = Check("Ace", "1.4.6", "x.epub", "EPUB Accessibility 1.1", Outcome.FAILED, (FOUND,))
NOT_RUN = Check("veraPDF", "", "x.pdf", "PDF/UA-1", Outcome.NOT_RUN, (), "Java is missing")


def facts(*checks: Check) -> EditionFacts:
    return EditionFacts("x", Path("/nowhere"), made=True, checks=checks)


def test_a_check_that_did_not_run_is_no_pass() -> None:
    assert all_passed([PASSED])
    assert not all_passed([])
    for other in (FAILED, NOT_RUN):
        assert not all_passed([PASSED, other])
        assert verdict(facts(PASSED, other)) is Verdict.CORRECT
    assert verdict(facts(PASSED)) is Verdict.READY


def test_a_book_with_a_draft_is_not_ready(tmp_path: Path) -> None:
    root = lay("base", tmp_path)
    chapter = root / "chapters" / "base" / "contributo.md"
    text = chapter.read_text("utf-8")
    for status, expected in (("final", Verdict.READY), ("draft", Verdict.DRAFT)):
        chapter.write_text(text.replace("---\n", f"---\nstatus: {status}\n", 1), "utf-8")
        loaded, _ = load(root)
        assert loaded is not None
        book = Book(typeset_edition(loaded), "urn:x", (), (), {}, {})
        made = replace(facts(PASSED), book=book)
        assert verdict(made) is expected
        assert ("A draft: chapters are still to be finished" in page_of(made)) is (
            expected is Verdict.DRAFT
        )


def page_of(made: EditionFacts) -> str:
    return report_html(made, ReportPictures(), "en").decode()


def test_what_validators_found_counts_and_is_told_once() -> None:
    twice = replace(facts(FAILED), findings=(FOUND,))
    assert twice.all_findings == (FOUND,)
    assert counts(facts(FAILED))[Severity.WARNING] == 1


def test_each_check_is_a_row_after_the_build_s() -> None:
    rows = verdict_rows(facts(PASSED, FAILED, NOT_RUN), "en")
    assert [(r.validator, r.outcome_text, r.found) for r in rows] == [
        ("Build", "passed", ""),
        ("EPUBCheck", "passed", ""),
        ("Ace", "failed", "warnings: 1"),
        ("veraPDF", "did not run", "Java is missing"),
    ]
    (build, *_) = verdict_rows(replace(facts(), made=False), "en")
    assert build.outcome is Outcome.FAILED


def test_the_reports_hold_the_table_only_after_the_gate() -> None:
    for checks in ((), (PASSED, NOT_RUN)):
        page = report_html(facts(*checks), ReportPictures(), "en").decode()
        data = json.loads(report_json(facts(*checks), "en"))
        assert ('id="validators"' in page) is bool(checks)
        assert ("validators" in data) is bool(checks)
    assert "Java is missing" in page
    assert data["validators"][1] == {
        "validator": "veraPDF",
        "artefact": "x.pdf",
        "standard": "PDF/UA-1",
        "outcome": "not-run",
        "reason": "Java is missing",
        "findings": [],
    }
