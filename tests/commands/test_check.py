"""./inv check as a person uses it: what to name, exit codes, repairs, the house's own editions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from book.commands.asked import WrongUse
from book.commands.check import Scope, check_command, scopes_of
from book.exit_codes import DONE, FAILED, WRONG_USE
from book.findings import Severity
from tests.support.books import lay
from tests.support.source_cases import lay_case


def run(
    root: Path, *names: str, format: str = "text", strict: bool = False, fix: bool = False
) -> int:
    return check_command(
        names, format=format, root=str(root), language="en", strict=strict, fix=fix
    )


def test_editions_and_files_are_told_apart(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scopes(*names: str) -> list[Scope]:
        return scopes_of(names, repository, "en")

    chapter = "glossario.md"
    assert scopes("reti-locali") == [Scope("reti-locali")]
    assert scopes("chapters/reti-locali/edition.yaml") == [Scope("reti-locali")]
    assert scopes(f"chapters/reti-locali/{chapter}") == [Scope("reti-locali", (chapter,))]
    assert scopes(f"reti-locali/{chapter}", "toolkit") == [
        Scope("reti-locali", (chapter,)),
        Scope("toolkit"),
    ]
    assert scopes(f"reti-locali/{chapter}", "reti-locali") == [Scope("reti-locali")]
    monkeypatch.chdir(repository / "chapters" / "valutazione")
    assert scopes(chapter) == [Scope("valutazione", (chapter,))]
    assert len(scopes()) == 5
    for wrong in ("nothing", "chapters/reti-locali/nothing.md", "../x.md", "README.md"):
        with pytest.raises(WrongUse):
            scopes(wrong)


def test_a_warning_fails_a_strict_check_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay_case("accents", tmp_path)
    assert run(root, "base") == DONE
    assert "K101" in capsys.readouterr().out
    assert run(root, "base", strict=True) == FAILED


def test_an_error_of_the_loader_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay("edition-bad-isbn", tmp_path)
    assert run(root) == FAILED
    assert ": error E" in capsys.readouterr().out


def test_what_the_build_finds_is_found_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay("base", tmp_path)
    file = root / "chapters" / "base" / "presentazione.md"
    file.write_text(
        "---\ntitle: A\n---\n\nUn [salto](incontro.md#qui) e un \ue000 segno.\n", "utf-8"
    )
    for name in ("base", "base/presentazione.md"):
        assert run(root, name) == FAILED
        said = capsys.readouterr().out
        assert "error L001" in said
        assert "warning F101" in said
    assert run(root, "base/contributo.md") == DONE
    assert "presentazione.md" not in capsys.readouterr().out


def test_a_chapter_is_checked_as_in_its_edition(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay_case("terms", tmp_path)

    def said(name: str) -> list[str]:
        run(root, name)
        lines = capsys.readouterr().out.splitlines()
        return [line for line in lines if line.startswith("chapters/base/presentazione.md:")]

    assert said("base/presentazione.md") == said("base") != []


def test_repairs_are_shown_and_made_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay_case("spaces", tmp_path)
    assert run(root, fix=True) == DONE
    said = capsys.readouterr().out
    assert said.startswith("--- chapters/base/")
    assert "warning K110" not in said
    assert "hint K112" in said  # only a person can say
    assert run(root, fix=True, format="json") == DONE
    assert json.loads(capsys.readouterr().out)["differences"] == ""


def test_wrong_use_names_what_exists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay("base", tmp_path)
    assert run(root, "bace") == WRONG_USE
    assert capsys.readouterr().err == (
        "There is no edition or chapter bace. The editions are: base. Did you mean base?\n"
    )
    assert run(root, "base/presentazzione.md") == WRONG_USE
    said = capsys.readouterr().err
    assert said.endswith(" Did you mean chapters/base/presentazione.md?\n")
    assert run(root, "base", format="html") == WRONG_USE
    assert "text, json, sarif, github, gitlab, markdown" in capsys.readouterr().err


@pytest.mark.slow
def test_the_editions_of_the_house_give_no_warning(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(repository, format="json", strict=True) == DONE
    data = json.loads(capsys.readouterr().out)
    assert {f["severity"] for f in data["findings"]} <= {Severity.HINT}
    assert len(data["findings"]) <= 20, "hints that nobody reads help nobody"
    assert len(data["readability"]) > 40
