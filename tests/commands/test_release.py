"""What a person at a terminal reads after a release or a refusal, and the exit codes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from book.commands import release as command
from book.commands.release import release_command
from book.driver.edition import Watch
from book.driver.run import Order
from book.exit_codes import DONE, FAILED, WRONG_USE
from book.release.write import Released, release
from book.report.facts import EditionFacts
from tests.support.books import BASE, lay
from tests.support.clones import git
from tests.support.shelf import Shelf


def run(root: Path, edition: str = BASE) -> int:
    return release_command(
        edition, root=str(root), output="", dist="", jobs=1, papers="", language="en"
    )


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """The base book, whose sources alone are judged."""
    shelf = Shelf(lay(BASE, tmp_path / "root"))

    def composed(
        order: Order,
        dist: Path,
        watch: Watch,
        done: Callable[[EditionFacts], None],
        begins: Callable[[], None],
    ) -> Released:
        return release(order, dist, watch, done, begins, shelf.composing)

    monkeypatch.setattr(command, "release", composed)
    return shelf


def test_a_release_is_named_with_what_is_left_to_do(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(shelf.root) == DONE
    told = capsys.readouterr().out
    assert f"Released: {shelf.dist / 'base-1.0.0'}" in told
    assert "Still to do (" in told
    assert "git tag" not in told
    assert run(shelf.root, "chapters/base/") == DONE
    assert "Released already, with the same files" in capsys.readouterr().out


def test_a_release_of_a_repository_is_published_by_a_tag(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    git(shelf.root, "init", "--quiet")
    git(shelf.root, "add", "chapters")
    git(shelf.root, "commit", "--quiet", "--message=First")
    assert run(shelf.root) == DONE
    assert "git tag base-1.0.0" in capsys.readouterr().out


def test_papers_are_italian_whatever_the_messages_are(shelf: Shelf) -> None:
    run(shelf.root)
    page = (shelf.dist / "base-1.0.0" / "note-di-rilascio.html").read_text("utf-8")
    assert '<html lang="it">' in page
    assert "25 marzo 2021" in page


def test_a_refusal_tells_its_reasons_and_writes_nothing(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf.write("contributo.md", "kind: contribution", "kind: contribution\nstatus: draft")
    assert run(shelf.root) == FAILED
    told = capsys.readouterr().out
    assert "chapters/base/contributo.md:4:9: error R005" in told
    assert "base is not released. Reasons: 1." in told
    assert not shelf.dist.exists()


def test_the_editions_that_there_are_are_named(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(shelf.root, "bace") == WRONG_USE
    assert "The editions are: base." in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_named(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf.dist.write_text("no folder")
    assert run(shelf.root) == FAILED
    told = capsys.readouterr().err
    assert f"Cannot write to {shelf.dist}" in told
    assert "Choose another folder with --dist." in told
