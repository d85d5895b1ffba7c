from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from book.report.facts import Artefact, EditionFacts
from book.report.record import report_json


def record_of(facts: EditionFacts) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(report_json(facts, "en"))
    return record


def test_the_record_says_what_was_made(facts: EditionFacts) -> None:
    record = record_of(facts)
    assert record["edition"] == "x"
    assert record["made"] is True
    assert record["verdict"] == "correct"
    assert record["counts"] == {
        "findings": {"error": 0, "warning": 1, "hint": 1},
        "pages": 3,
        "words": 1500,
    }
    assert record["findings"][0] == {
        "code": "C001",
        "severity": "warning",
        "file": "chapters/x/a.md",
        "line": 3,
        "column": 5,
        "problem": "the picture no.png is not there",
        "remedy": "add the file",
    }
    assert record["steps"][0] == {"name": "Reading the edition", "seconds": 0.25}
    assert {"name": "x.epub", "size": 3 << 20} in record["artefacts"]
    assert record["tools"] == {"weasyprint": "70.0"}


def test_no_findings_is_said(blameless: EditionFacts) -> None:
    record = record_of(blameless)
    assert record["findings"] == []
    assert record["verdict"] == "ready"


def test_what_is_not_there_has_no_place(unmade: EditionFacts) -> None:
    record = record_of(unmade)
    assert set(record) == {"edition", "made", "verdict", "counts", "findings"}
    assert record["made"] is False
    assert record["verdict"] == "not-made"
    assert record["counts"] == {"findings": {"error": 1, "warning": 0, "hint": 0}}


def test_letters_stay_letters(facts: EditionFacts) -> None:
    accented = replace(facts, title="Perché «così»")
    assert "Perché «così»" in report_json(accented, "it").decode()


def test_a_folder_of_files_is_one_entry_with_their_number(facts: EditionFacts) -> None:
    artefacts = (Artefact("x.epub", 1), Artefact("web/a.html", 2), Artefact("web/b/c.html", 3))
    assert record_of(replace(facts, artefacts=artefacts))["artefacts"] == [
        {"name": "x.epub", "size": 1},
        {"name": "web/", "size": 5, "files": 2},
    ]


def test_the_time_in_all_says_how_far_it_reaches(facts: EditionFacts) -> None:
    for delivered, until in ((False, "report"), (True, "delivery")):
        record = record_of(replace(facts, delivered=delivered))
        assert (record["seconds"], record["seconds_until"]) == (1.25, until)
