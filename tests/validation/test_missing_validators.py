"""A validator that is not on the machine is told, with what to get, and never passes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from invoke.context import Context
from invoke.exceptions import Exit

import tasks
from book.commands.validate import validate_command
from book.exit_codes import FAILED, WRONG_USE
from book.system import environment
from book.system.environment import EnvironmentFailure
from book.system.needs import Need, SystemNeeds
from book.validators import ace, browser, java
from book.validators.verdict import ValidatorFailed
from tests.support.books import BASE, lay
from tests.support.once import use_cache

CHECKS = 4 + 1
"""EPUBCheck, Ace, veraPDF twice, the notice of the EPUB; that of the PDF needs nothing."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, run_cache: Path) -> Path:
    root = lay(BASE, tmp_path_factory.mktemp("bare"))
    use_cache(root / "build", run_cache)
    return root


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without Java, Chromium and Ace, on a system whose packages are Debian's."""
    monkeypatch.setattr(java, "java_library", lambda: None)
    monkeypatch.setattr(ace, "MODULES", Path("/nowhere"))
    monkeypatch.setattr(browser, "browser", lambda: None)
    for module in (java, browser):
        monkeypatch.setattr(module, "system_family", lambda: "debian")


def command(root: Path, *editions: str, format: str = "text", language: str = "en") -> int:
    return validate_command(
        editions, root=str(root), output="", jobs=1, format=format, language=language
    )


@pytest.mark.slow
@pytest.mark.usefixtures("bare")
def test_what_is_missing_is_named_with_how_to_get_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(root) == FAILED
    said = capsys.readouterr().out
    assert f"Checks that did not run: {CHECKS}." in said
    assert "Not passed: base." in said
    assert "Passed:" not in said.replace("Not passed:", "")
    lines = said.splitlines()
    assert (
        "EPUBCheck did not check base.epub (EPUB 3.3): Java is missing on this machine; get it"
        " with: sudo apt-get install -y default-jre-headless" in said
    )
    assert "Ace did not check base.epub (EPUB Accessibility 1.1): Ace is missing" in said
    for standard in ("PDF/UA-1", "PDF/A-2a"):
        assert f"veraPDF did not check base.pdf ({standard}): Java is missing" in said
    assert any("not run" in line and "EPUBCheck" in line for line in lines)


@pytest.mark.slow
@pytest.mark.usefixtures("bare")
def test_the_reports_tell_it_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(root, format="json") == FAILED
    told = json.loads(capsys.readouterr().out)
    assert told["passed"] is False
    (edition,) = told["editions"]
    outcomes = [check["outcome"] for check in edition["validators"]]
    assert outcomes.count("not-run") == CHECKS
    kept = json.loads((root / "build" / BASE / "report.json").read_text("utf-8"))
    assert kept["verdict"] == "correct"
    assert {k: v for k, v in kept.items() if k != "steps"} == {
        k: v for k, v in edition.items() if k not in ("steps", "passed")
    }
    assert all("Java" in c["reason"] for c in kept["validators"] if c["validator"] == "veraPDF")


@pytest.mark.slow
@pytest.mark.usefixtures("bare")
def test_annotations_for_a_forge_stand_alone_on_standard_output(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(root, format="github") == FAILED
    out = capsys.readouterr().out.splitlines()
    assert out
    assert all(line.startswith(("::warning ", "::notice ")) for line in out)


@pytest.mark.slow
def test_an_ace_that_breaks_down_is_no_pass(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> str:
        raise ValidatorFailed("Ace: out of memory")

    monkeypatch.setattr(ace, "_run", broken)
    monkeypatch.setattr(java, "java_library", lambda: None)
    monkeypatch.setattr(browser, "browser", lambda: None)
    assert command(root) == FAILED
    assert "it broke down: Ace: out of memory" in capsys.readouterr().out


def test_wrong_use_is_told_before_anything_is_built(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(root, "altro") == WRONG_USE
    assert "altro" in capsys.readouterr().err
    assert command(root, format="pdf") == WRONG_USE
    assert "text, json, sarif, github, gitlab, markdown" in capsys.readouterr().err


def test_an_edition_that_is_not_made_is_not_passed(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(root / "chapters", tmp_path / "chapters")
    (tmp_path / "chapters" / BASE / "edition.yaml").write_text("title: []\n", "utf-8")
    assert command(tmp_path) == FAILED
    said = capsys.readouterr().out
    assert "Not passed: base." in said
    assert "EPUBCheck 5" not in said


@pytest.mark.parametrize(
    "error",
    [
        SystemNeeds((Need.JAVA,), "sudo apt-get install -y default-jre-headless"),
        EnvironmentFailure("no network"),
    ],
)
def test_the_task_goes_on_without_what_it_cannot_get(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lacking(*_: object, **__: object) -> None:
        raise error

    asked: list[tuple[str, ...]] = []

    def stand_in(editions: list[str], **_: object) -> int:
        asked.append(tuple(editions))
        return FAILED

    monkeypatch.setattr(environment, "ensure", lacking)
    monkeypatch.setattr(tasks, "need", lambda *_, **__: None)
    monkeypatch.setattr("book.commands.validate.validate_command", stand_in)
    with pytest.raises(Exit) as left:
        tasks.validate.body(Context(), ["base"], lang="en")
    assert left.value.code == FAILED
    assert asked == [("base",)]
    assert str(error).rpartition("; ")[2] in capsys.readouterr().err
