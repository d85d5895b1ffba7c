"""An edition of the house released twice: the notes name the paragraph that has changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pypdfium2
import pytest

from book.driver.run import Order
from book.release.write import release
from book.report.facts import EditionFacts
from book.validation.run import validate
from tests.support.once import use_cache
from tests.support.shelf import Shelf, said

NAME = "reti-locali"
CHAPTER = "valutare-le-azioni.md"
OLD, NEW = "una scelta sui destinatari, un orario,", "una scelta sui destinatari, un calendario,"


def _watch(edition: str, step: str) -> None:
    """Nobody looks on."""


def _done(facts: EditionFacts) -> None:
    """Nobody waits."""


@pytest.mark.slow
def test_the_second_release_names_the_paragraph_that_changed(
    repository: Path, tmp_path: Path, run_cache: Path
) -> None:
    root = tmp_path / "root"
    folder = root / "chapters" / NAME
    shutil.copytree(repository / "chapters" / NAME, folder)
    use_cache(root / "build", run_cache)
    order = Order(root=root, editions=(NAME,))
    dist = root / "dist"

    first = release(order, dist, _watch, _done, gate=Shelf(root).building)
    assert said(first) == []

    edition, chapter = folder / "edition.yaml", folder / CHAPTER
    text = edition.read_text("utf-8")
    edition.write_text(text.replace("version: 1.0.0", "version: 1.0.1"), "utf-8")
    text = chapter.read_text("utf-8")
    assert text.count(OLD) == 1
    chapter.write_text(text.replace(OLD, NEW), "utf-8")
    second = release(order, dist, _watch, _done, gate=validate)
    assert said(second) == []

    assert second.notes is not None
    (changed,) = second.notes.chapters
    assert (
        changed.title
        == "Un approccio operativo alla valutazione delle azioni di welfare di comunità"
    )
    (change,) = changed.changes
    assert (change.kind, change.section) == ("changed", "Riorientare")
    marks = [tuple(run) for run in change.runs if run.change != "kept"]
    assert marks == [("gone", "orario"), ("come", "calendario")]
    assert change.page == _page_with("un calendario, una divisione", dist)
    told = (dist / f"{NAME}-1.0.1" / "note-di-rilascio.md").read_text("utf-8")
    assert f"p. {change.page}" in told
    assert "un ~~orario~~**calendario**, una divisione" in told
    manifest = json.loads((dist / f"{NAME}-1.0.1" / "manifest.json").read_text("utf-8"))
    assert {check["validator"] for check in manifest["checks"]} >= {"EPUBCheck", "Ace", "veraPDF"}
    assert {check["outcome"] for check in manifest["checks"]} == {"passed"}


def _page_with(words: str, dist: Path) -> str:
    """The label of the page of the second release that shows ``words``."""
    document = pypdfium2.PdfDocument(dist / f"{NAME}-1.0.1" / f"{NAME}.pdf")
    try:
        # By letters alone: a line may end within a word.
        pages = [_letters(page.get_textpage().get_text_bounded()) for page in document]
        number = next(n for n, text in enumerate(pages) if _letters(words) in text)
        return str(document.get_page_label(number))
    finally:
        document.close()


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
