"""An edition of the house released twice: the notes name the paragraph that has changed."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2

from book.release.write import release
from tests.support.gate import RELEASED, Gate, release_order
from tests.support.shelf import said


def test_the_second_release_names_the_paragraph_that_changed(gate: Gate) -> None:
    dist = gate.root / "dist"
    second = release(
        release_order(gate.root),
        dist,
        lambda *_: None,
        lambda _: None,
        gate=lambda *_: [gate.judged],
    )
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
    assert marks == [("removed", "orario"), ("added", "calendario")]
    assert change.page == _page_with("un calendario, una divisione", dist)
    told = (dist / f"{RELEASED}-1.0.1" / "note-di-rilascio.md").read_text("utf-8")
    assert f"p. {change.page}" in told
    assert "un ~~orario~~**calendario**, una divisione" in told
    manifest = json.loads((dist / f"{RELEASED}-1.0.1" / "manifest.json").read_text("utf-8"))
    assert {check["validator"] for check in manifest["checks"]} >= {"EPUBCheck", "Ace", "veraPDF"}
    assert {check["outcome"] for check in manifest["checks"]} == {"passed"}


def _page_with(words: str, dist: Path) -> str:
    """The label of the page of the second release that shows ``words``."""
    document = pypdfium2.PdfDocument(dist / f"{RELEASED}-1.0.1" / f"{RELEASED}.pdf")
    try:
        # By letters alone: a line may end within a word.
        pages = [_letters(page.get_textpage().get_text_bounded()) for page in document]
        number = next(n for n, text in enumerate(pages) if _letters(words) in text)
        return str(document.get_page_label(number))
    finally:
        document.close()


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
