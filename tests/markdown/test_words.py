"""No text is lost or reordered: a tree has the words of its source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from book.findings import Finding
from book.markdown.chapter import chapter_tree
from book.markdown.plain import tree_words, words_of
from book.markdown.tree import ChapterTree, parse
from book.model.edition import Edition
from book.model.loaded import ChapterSource
from book.system.checkout import CHECKOUT
from tests.support.plain_words import plain_words

CHAPTERS = sorted((CHECKOUT / "chapters").glob("*/*.md"))
CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))
LOSING = {
    "raw-html",
    "figures",
    "links-in-code",
    "notes-in-notes",
    "guillemets-in-code",
    "notes-in-code",
}
"""Cases whose findings say that something is left out, and those with raw HTML, whose words
pandoc's plain writer leaves out."""


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_chapter_keeps_its_words(
    path: Path, make_source: Callable[..., ChapterSource], some_edition: Edition
) -> None:
    source = make_source(path.read_text(encoding="utf-8-sig"), path.name)
    tree, _ = chapter_tree(source, some_edition, path.parent)
    assert tree_words(tree.body.root, generated=False) == plain_words(source.body)


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_case_keeps_its_words(
    path: Path,
    make_source: Callable[..., ChapterSource],
    make_tree: Callable[..., tuple[ChapterTree, list[Finding]]],
) -> None:
    text = path.read_text(encoding="utf-8").partition("\n<!-- tree -->\n")[0]
    tree, _ = make_tree(text)
    same = tree_words(tree.body.root, generated=False) == plain_words(make_source(text).body)
    assert same is (path.stem not in LOSING)


def test_a_word_lost_is_noticed(
    make_tree: Callable[..., tuple[ChapterTree, list[Finding]]],
) -> None:
    tree, _ = make_tree("Una parola si perde.")
    shorter = parse(tree.body.xhtml.replace("parola ", ""))
    assert tree_words(shorter, generated=False) != plain_words("Una parola si perde.")


def test_notes_are_apart() -> None:
    words = plain_words("Testo[^a] dopo^[in riga].\n\n[^a]: Nota.\n")
    assert words.main == ("Testo", "dopo")
    assert words.notes == ("Nota", "in", "riga")


def test_numbers_of_lists_and_rules_of_tables_are_no_words() -> None:
    words = plain_words("1. uno\n2. due\n\n| A | B |\n|---|---|\n| c | d |\n\n: Titolo\n")
    assert words.main == ("uno", "due", "Titolo", "A", "B", "c", "d")


def test_generated_words_count_when_asked_for(
    make_tree: Callable[..., tuple[ChapterTree, list[Finding]]],
) -> None:
    text = "---\nkind: transcript\nspeakers: [{id: X, role: guida, short: G}]\n---\n**X:** Sì.\n"
    tree, _ = make_tree(text)
    assert tree_words(tree.body.root, generated=False).main == ("X", "Sì")
    assert tree_words(tree.body.root, generated=True).main == ("Guida", "Sì")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("l'acqua", ["l", "acqua"]),
        ("E' vero", ["È", "vero"]),
        ("co\u00adpro", ["copro"]),
        ("ﬁne m²", ["fine", "m2"]),
        ("art.\u00a05", ["art", "5"]),
    ],
)
def test_normalisation(text: str, words: list[str]) -> None:
    assert words_of(text) == words
