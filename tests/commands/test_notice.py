"""``./inv notice`` on a book as it is built."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from book.commands.notice import notice_command
from book.driver.run import Order, run
from book.exit_codes import DONE, FAILED, WRONG_USE
from book.report.facts import EditionFacts
from book.system.checkout import CHECKOUT
from tests.support.books import lay
from tests.support.once import use_cache

pytestmark = pytest.mark.slow


def check(root: Path, *editions: str, emblem: str = "") -> int:
    return notice_command(editions, root=str(root), output="", emblem=emblem, language="en")


def build(root: Path, *formats: str) -> EditionFacts:
    order = Order(root, formats=formats, jobs=1, language="en")
    (facts,) = run(order, lambda *_: None, lambda _: None)
    return facts


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, run_cache: Path) -> Path:
    """The base book, built with PDF and EPUB."""
    root = lay("base", tmp_path_factory.mktemp("notice"))
    use_cache(root / "build", run_cache)
    assert build(root, "pdf", "epub").made
    return root


@pytest.mark.slow
def test_a_right_book_passes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(root, "base") == DONE
    shown = capsys.readouterr().out
    assert "EU-01" in shown and "EU-24" in shown and "EPUB" in shown
    assert "Demanded rules: all kept." in shown
    assert "To be confirmed with the Authority:" in shown


def test_without_a_browser_the_epub_is_no_pass(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("book.validators.browser.browser", lambda: None)
    assert check(root) == FAILED
    assert "not run" in capsys.readouterr().out


def test_what_the_report_holds(root: Path) -> None:
    folder = root / "build" / "base"
    record = json.loads((folder / "report.json").read_text("utf-8"))
    first = record["notice"][0]
    assert (first["rule"], first["verdict"], first["medium"]) == ("EU-01", "kept", "pdf")
    assert len(first["places"]) == 3 and first["source"]
    assert record["to_confirm"]
    page = (folder / "report.html").read_text("utf-8")
    section = page.partition('<section id="notice"')[2].partition("</section>")[0]
    assert section.count("<figure>") == 3
    assert section.count('<span class="code">EU-12</span>') >= 1


@pytest.mark.slow
def test_a_changed_source_is_not_measured_on_an_old_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay("base", tmp_path)
    assert check(root) == FAILED
    assert "./inv build base" in capsys.readouterr().out
    build(root, "pdf")
    assert check(root) == FAILED
    assert "(EPUB)" in capsys.readouterr().out
    edition = root / "chapters" / "base" / "edition.yaml"
    edition.write_text(edition.read_text("utf-8").replace("1.0.0", "1.0.1"), "utf-8")
    build(root, "epub")
    assert check(root) == FAILED
    assert "(PDF)" in capsys.readouterr().out


def test_an_emblem_by_itself_is_measured(tmp_path: Path) -> None:
    right = CHECKOUT / "assets" / "emblem" / "emblem.svg"
    assert check(tmp_path, emblem=str(right)) == DONE
    wrong = tmp_path / "wrong.svg"
    wrong.write_text(right.read_text("utf-8").replace("#003399", "#993300"), "utf-8")
    assert check(tmp_path, emblem=str(wrong)) == FAILED


def test_an_edition_that_is_not_there(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(root, "nowhere") == WRONG_USE
    assert "base" in capsys.readouterr().err
