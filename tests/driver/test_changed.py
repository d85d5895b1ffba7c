"""What has changed since a revision of git: chapters, editions, or everything."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from book.commands.build import build_command
from book.commands.check import check_command
from book.driver.changed import Changed, UnknownRevision, changed_since
from tests.support.books import lay


def git(root: Path, *words: str) -> str:
    identity = ("-c", "user.name=redazione", "-c", "user.email=redazione@example.org")
    command = ["git", *identity, "-c", "commit.gpgsign=false", *words]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with two editions, everything committed."""
    root = lay("base", tmp_path / "radice")
    (root / "chapters" / "base").rename(root / "chapters" / "prima")
    lay("base", root)
    (root / "chapters" / "base").rename(root / "chapters" / "seconda")
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Edizioni")
    return root


def chapter(root: Path, edition: str) -> Path:
    return sorted((root / "chapters" / edition).glob("*.md"))[0]


def touch(path: Path) -> str:
    path.write_text(path.read_text("utf-8") + "\nUn capoverso in più.\n", "utf-8")
    return path.name


def test_nothing_has_changed(root: Path) -> None:
    assert changed_since(root, "HEAD") == Changed((), ())


def test_a_chapter_is_named_by_itself_committed_or_not(root: Path) -> None:
    name = touch(chapter(root, "prima"))
    expected = Changed(("prima",), (f"chapters/prima/{name}",))
    assert changed_since(root, "HEAD") == expected
    git(root, "commit", "--quiet", "--all", "--message", "Un capoverso")
    assert changed_since(root, "HEAD~1") == expected


def test_a_new_file_with_an_odd_name_counts(root: Path) -> None:
    odd = root / "chapters" / "seconda" / "nuovo $(id) «è».md"
    odd.write_text("---\ntitle: Nuovo\n---\nTesto.\n", "utf-8")
    assert changed_since(root, "HEAD").names == (f"chapters/seconda/{odd.name}",)


@pytest.mark.parametrize("what", ["edition.yaml", "a chapter taken away", "a picture"])
def test_what_touches_more_than_one_chapter_names_the_edition(root: Path, what: str) -> None:
    folder = root / "chapters" / "prima"
    touch(chapter(root, "prima"))
    if what == "edition.yaml":
        touch(folder / "edition.yaml")
    elif what == "a picture":
        (folder / "images").mkdir(exist_ok=True)
        (folder / "images" / "nuova.png").write_bytes(b"x")
    else:
        sorted(folder.glob("*.md"))[1].unlink()
    assert changed_since(root, "HEAD") == Changed(("prima",), ("prima",))


def test_a_change_of_the_assets_touches_every_edition(root: Path) -> None:
    (root / "assets").mkdir(exist_ok=True)
    (root / "assets" / "nota.txt").write_text("x")
    assert changed_since(root, "HEAD") == Changed(("prima", "seconda"), ("prima", "seconda"))


def test_documentation_touches_none(root: Path) -> None:
    (root / "docs").mkdir()
    (root / "docs" / "guida.md").write_text("x")
    (root / ".gitlab-ci.yml").write_text("x")
    assert changed_since(root, "HEAD") == Changed((), ())


def test_what_others_did_since_does_not_count(root: Path) -> None:
    git(root, "checkout", "--quiet", "-b", "contributo")
    name = touch(chapter(root, "seconda"))
    git(root, "commit", "--quiet", "--all", "--message", "Un contributo")
    git(root, "checkout", "--quiet", "main")
    touch(chapter(root, "prima"))
    git(root, "commit", "--quiet", "--all", "--message", "Altro")
    git(root, "checkout", "--quiet", "contributo")
    assert changed_since(root, "main").names == (f"chapters/seconda/{name}",)


@pytest.mark.parametrize("revision", ["nessuna", "--output=/tmp/x"])
def test_a_revision_that_is_none_is_wrong_use(
    root: Path, revision: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UnknownRevision):
        changed_since(root, revision)
    options = {"root": str(root), "language": "en", "since": revision}
    assert check_command([], format="text", **options) == 2  # type: ignore[arg-type]
    assert f"Git cannot compare with {revision}: " in capsys.readouterr().err


def test_check_reads_only_what_has_changed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = {"format": "text", "root": str(root), "language": "en", "since": "HEAD"}
    assert check_command([], **options) == 0  # type: ignore[arg-type]
    assert capsys.readouterr().out == "No edition has changed since HEAD.\n"
    assert check_command([], **{**options, "format": "json"}) == 0  # type: ignore[arg-type]
    assert json.loads(capsys.readouterr().out)["findings"] == []
    name = touch(chapter(root, "prima"))
    assert check_command([], **options) == 0  # type: ignore[arg-type]
    said = capsys.readouterr().out
    assert f"chapters/prima/{name}" in said
    assert "seconda" not in said


def test_build_makes_nothing_when_nothing_has_changed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = build_command(
        [],
        "",
        root=str(root),
        output="",
        jobs=1,
        language="en",
        strict=False,
        since="HEAD",
    )
    assert (code, capsys.readouterr().out) == (0, "No edition has changed since HEAD.\n")
    assert not (root / "build").exists()
