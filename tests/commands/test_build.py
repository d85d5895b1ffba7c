"""What a person at a terminal reads after a build, and the exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.commands.build import build_command, size_in_words
from book.exit_codes import DONE, FAILED, WRONG_USE
from tests.support.books import lay


def build(
    root: Path, output: Path, *editions: str, formats: str = "epub", strict: bool = False
) -> int:
    return build_command(
        editions,
        formats,
        root=str(root),
        output=str(output),
        jobs=1,
        language="en",
        strict=strict,
    )


@pytest.mark.slow
def test_a_good_build_says_what_it_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay("base", tmp_path / "root")
    assert build(root, tmp_path / "out", strict=True) == DONE
    said = capsys.readouterr().out
    assert "base: made in" in said
    assert "base.epub" in said
    assert "hints: 1" in said


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    assert size_in_words(1_500_000, "it") == "1,4 MB"
    assert size_in_words(1_500_000, "en") == "1.4 MB"
    assert size_in_words(159_744, "it") == "156 kB"


@pytest.mark.slow
def test_names_are_shown_as_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay("base", tmp_path / "root")
    (root / "chapters" / "[b]").mkdir()
    (root / "chapters" / "[b]" / "edition.yaml").touch()
    assert build(root, tmp_path / "[" / "red]") == FAILED
    said = capsys.readouterr().out
    assert "[b]: not made" in said
    assert "[/red]/base/base.epub" in said


def test_an_error_is_shown_where_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay("edition-bad-isbn", tmp_path / "root")
    assert build(root, tmp_path / "out") == FAILED
    said = capsys.readouterr().out
    assert "chapters/base/edition.yaml:" in said
    assert ": error E" in said
    assert "base: not made" in said


@pytest.mark.slow
def test_a_warning_fails_a_strict_build_alone(tmp_path: Path) -> None:
    root = lay("contents-orphan-chapter", tmp_path / "root")
    assert build(root, tmp_path / "out") == DONE
    assert build(root, tmp_path / "out", strict=True) == FAILED


def test_wrong_use_names_what_exists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay("base", tmp_path / "root")
    assert build(root, tmp_path / "out", "bace") == WRONG_USE
    assert "bace" in (said := capsys.readouterr().err) and "base" in said
    assert build(root, tmp_path / "out", formats="epub,pfd") == WRONG_USE
    said = capsys.readouterr().err
    assert "pfd" in said
    assert "epub, pdf" in said


def test_a_place_that_cannot_be_written_is_named_before_anything_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay("base", tmp_path / "root")
    (file := tmp_path / "file").write_text("")
    assert build(root, file) == FAILED
    assert f"Cannot write to {file}" in capsys.readouterr().err
    assert build(root, root / "chapters") == FAILED
    assert "the sources are there" in capsys.readouterr().err
    assert {path.name for path in (root / "chapters").iterdir()} == {"base"}


@pytest.mark.slow
def test_an_edition_may_be_named_by_its_folder(tmp_path: Path) -> None:
    root = lay("base", tmp_path / "root")
    assert build(root, tmp_path / "out", "chapters/base/") == DONE
