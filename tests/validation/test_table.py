"""A new validator is one file and one row: here the file is this one, the row is appended below."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Event, Lock
from typing import Any

import pytest

import tasks
from book.commands.validate import validate_command
from book.exit_codes import DONE, FAILED
from book.findings import Code, Severity
from book.system import environment
from book.system.needs import Need
from book.validation import table
from book.validation.run import validate
from book.validation.subject import Subject
from book.validation.validator import Judgement, Validator
from book.validators.verdict import ValidatorFailed, ValidatorMissing
from tests.support.books import BASE, lay
from tests.support.once import use_cache
from tests.support.shelf import Shelf, said

SECOND = "seconda"
TORN = Code("G999", Severity.WARNING, "a page is torn. Lens {rule}: {message}", "glue it")
Add = Callable[..., list[tuple[str, ...]]]


def lens(asked: list[tuple[str, ...]], **fields: Any) -> Validator[str]:
    """A validator that ``says`` the same of every EPUB ("": it passes); ``asked`` notes starts."""

    def run(subjects: Sequence[Subject], jobs: int) -> list[str]:
        asked.append(tuple(subject.epub.name for subject in subjects))
        return [fields.get("says", "") for _ in subjects]

    def judge(subject: Subject, verdict: str) -> list[Judgement]:
        found = [TORN.at(subject.book.loaded.file, 1, rule="L-1", message=verdict)]
        return [Judgement("7.0", not verdict, found if verdict else [], ("Whole Pages 1",))]

    return Validator(
        name="Lens",
        standard=lambda subject: "Whole Pages 1",
        artefact=lambda subject: subject.epub,
        missing=lambda: fields.get("missing"),
        run=fields.get("run", run),
        judge=judge,
        needs=(Need.PANGO,),
    )


@pytest.fixture
def add(monkeypatch: pytest.MonkeyPatch) -> Add:
    """Append the row to the table; with ``alone`` it is the only one."""

    def append(*, alone: bool = False, **fields: Any) -> list[tuple[str, ...]]:
        asked: list[tuple[str, ...]] = []
        # The others would start Java and browsers, which have tests of their own.
        away = ValidatorMissing("the rest", "wait")
        others = [replace(row, missing=lambda: away) for row in table.VALIDATORS]
        appended = (*(() if alone else others), lens(asked, **fields))
        monkeypatch.setattr(table, "VALIDATORS", appended)
        return asked

    return append


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, run_cache: Path) -> Path:
    root = lay(BASE, tmp_path_factory.mktemp("table"))
    use_cache(root / "build", run_cache)
    shutil.copytree(root / "chapters" / BASE, root / "chapters" / SECOND)
    return root


def command(root: Path, language: str = "en", jobs: int = 2) -> int:
    return validate_command(
        (), root=str(root), output="", jobs=jobs, format="text", language=language
    )


def checks(root: Path, edition: str) -> dict[str, list[dict[str, Any]]]:
    report = json.loads((root / "build" / edition / "report.json").read_text("utf-8"))
    by_name: dict[str, list[dict[str, Any]]] = {}
    for check in report["validators"]:
        by_name.setdefault(check["validator"], []).append(check)
    return by_name


@pytest.mark.slow
def test_it_starts_once_for_all_editions_and_stands_last_in_table_and_reports(
    root: Path, add: Add, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = add()
    assert command(root) == FAILED
    assert asked == [("base.epub", "seconda.epub")]
    shown = capsys.readouterr().out
    assert "Validating: EPUBCheck, Ace, veraPDF, Notice rules, Lens…" in shown
    (row, _) = (line.split() for line in shown.splitlines() if "Whole Pages 1" in line)
    assert row[:6] == ["Lens", "7.0", "passed", "Whole", "Pages", "1"]
    for edition in (BASE, SECOND):
        told = checks(root, edition)
        assert list(told) == ["EPUBCheck", "Ace", "veraPDF", "Notice rules", "Lens"]
        assert told["Lens"] == [
            {
                "validator": "Lens",
                "version": "7.0",
                "artefact": f"{edition}.epub",
                "standard": "Whole Pages 1",
                "outcome": "passed",
                "findings": [],
            }
        ]


@pytest.mark.slow
def test_alone_and_content_it_passes_every_edition(root: Path, add: Add) -> None:
    add(alone=True)
    assert command(root) == DONE


@pytest.mark.slow
def test_its_message_is_a_finding_and_denies_the_claim(
    root: Path, add: Add, capsys: pytest.CaptureFixture[str]
) -> None:
    add(alone=True, says="page 3")
    assert command(root) == FAILED
    shown = capsys.readouterr().out
    place = f"chapters/{BASE}/edition.yaml"
    assert f"{place}:1: warning G999: a page is torn. Lens L-1: page 3 — glue it" in shown
    assert (
        f"{place}: warning G002: base.epub says that it conforms to «Whole Pages 1», and Lens"
        " finds faults in it" in shown
    )
    assert f"Not passed: {BASE}, {SECOND}." in shown
    (check,) = checks(root, BASE)["Lens"]
    assert (check["outcome"], [f["code"] for f in check["findings"]]) == (
        "failed",
        ["G002", "G999"],
    )
    page = (root / "build" / BASE / "report.html").read_text("utf-8")
    assert "a page is torn. Lens L-1: page 3" in page


@pytest.mark.slow
def test_what_it_lacks_is_told_with_how_to_get_it(
    root: Path, add: Add, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = add(alone=True, missing=ValidatorMissing("Lens", "grind one"))
    assert command(root, "it") == FAILED
    assert asked == []
    shown = capsys.readouterr().out
    assert "su questa macchina manca Lens; si installa con: grind one" in shown
    assert "non eseguito" in shown
    assert "Controlli non eseguiti: 2." in shown
    (check,) = checks(root, BASE)["Lens"]
    assert check["outcome"] == "not-run"
    assert check["reason"].endswith("grind one")


@pytest.mark.slow
def test_when_it_breaks_down_every_edition_is_told(
    root: Path, add: Add, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(subjects: Sequence[Subject], jobs: int) -> list[str]:
        raise ValidatorFailed("it fell")

    add(alone=True, run=broken)
    assert command(root) == FAILED
    shown = capsys.readouterr().out
    for edition in (BASE, SECOND):
        assert f"Lens did not check {edition}.epub (Whole Pages 1): it broke down: it fell" in shown


def rows(run: Callable[[Sequence[Subject], int], list[str]], *needs: Need) -> Any:
    """Validators that run so and need these, one each."""
    return tuple(replace(lens([]), name=f"Lens of {n}", needs=(n,), run=run) for n in needs)


@pytest.mark.slow
def test_validators_of_different_needs_run_beside_each_other(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = Barrier(2, timeout=60)

    def run(subjects: Sequence[Subject], jobs: int) -> list[str]:
        both.wait()  # raises when the other does not come
        return [""] * len(subjects)

    monkeypatch.setattr(table, "VALIDATORS", rows(run, Need.JAVA, Need.CHROMIUM))
    assert command(root) == DONE


@pytest.mark.slow
@pytest.mark.parametrize(
    ("jobs", "needs"), [(2, (Need.JAVA, Need.JAVA)), (1, (Need.JAVA, Need.CHROMIUM))]
)
def test_validators_of_the_same_needs_and_all_with_one_job_take_turns(
    root: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, needs: tuple[Need, ...]
) -> None:
    inside = Lock()
    left: list[int] = []

    def run(subjects: Sequence[Subject], jobs: int) -> list[str]:
        assert inside.acquire(blocking=False)
        Event().wait(0.2)  # time for another to come in
        inside.release()
        left.append(jobs)
        return [""] * len(subjects)

    monkeypatch.setattr(table, "VALIDATORS", rows(run, *needs))
    assert command(root, jobs=jobs) == DONE
    assert left == [jobs, jobs]


@pytest.mark.slow
@pytest.mark.parametrize("broken", [Need.JAVA, Need.CHROMIUM])
def test_a_defect_of_a_validator_is_one_of_the_pipeline(
    root: Path, monkeypatch: pytest.MonkeyPatch, broken: Need
) -> None:
    def run(subjects: Sequence[Subject], jobs: int) -> list[str]:
        return [""] * len(subjects)

    def stumble(subjects: Sequence[Subject], jobs: int) -> list[str]:
        raise RuntimeError("a wheel came off")

    made = rows(run, Need.JAVA, Need.CHROMIUM)
    judged = tuple(replace(row, run=stumble) if row.needs == (broken,) else row for row in made)
    monkeypatch.setattr(table, "VALIDATORS", judged)
    with pytest.raises(RuntimeError, match="a wheel came off"):
        command(root)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, ""),
        ({"says": "page 3"}, "Lens"),
        ({"missing": ValidatorMissing("Lens", "grind one")}, "grind one"),
    ],
    ids=["passed", "failed", "missing"],
)
def test_it_holds_a_release_back(
    add: Add, tmp_path: Path, run_cache: Path, fields: dict[str, Any], reason: str
) -> None:
    add(alone=True, **fields)
    folder = lay(BASE, tmp_path / "root")
    use_cache(folder / "build", run_cache)
    released = Shelf(folder).release(gate=validate)
    assert released.refused is bool(reason)
    assert (reason in "\n".join(said(released))) if reason else said(released) == []


def test_the_task_gets_what_it_needs_of_the_system(
    add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    add()
    needed: list[Need] = []
    monkeypatch.setattr(tasks, "need", lambda *needs, language: needed.extend(needs))
    monkeypatch.setattr(environment, "ensure", lambda *_, **__: None)
    tasks.prepare_validators("en")
    assert needed == [Need.JAVA, Need.CHROMIUM, Need.PANGO]
