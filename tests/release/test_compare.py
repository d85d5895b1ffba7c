"""Two texts side by side: every paragraph of both has one fate, and it is the right one."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from book.release.compare import Comparison, Pair, Place, compare
from book.release.marks import Change, Run, marked, shortened
from book.release.text import Block, BookText, ChapterText

WORDS = ["rete", "tavolo", "Comune", "scuola", "patto", "giunta", "bilancio", "ascolto"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


def chapter(name: str, *texts: str, title: str = "", part: str = "") -> ChapterText:
    seen: Counter[str] = Counter()
    blocks = []
    for text in texts:
        level = 2 if text.startswith("#") else 0
        seen[text] += 1
        blocks.append(Block(id=f"{name}.{text}-{seen[text]}", level=level, text=text))
    return ChapterText(id=name, title=title or name, part=part, blocks=tuple(blocks))


def book(*chapters: ChapterText) -> BookText:
    return BookText(
        edition="libro",
        version="1.0.0",
        date=datetime.date(2026, 1, 1),
        facts={"title": "Libro"},
        contributors=(),
        chapters=chapters,
    )


def texts(places: tuple[Place, ...]) -> list[str]:
    return [place.block.text for place in places]


def pairs(found: tuple[Pair, ...]) -> list[tuple[str, str]]:
    return [(pair.old.block.text, pair.new.block.text) for pair in found]


def fates(compared: Comparison) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Every block of the old text, and every one of the new, as the comparison names them."""
    both = (*compared.kept, *compared.moved, *compared.changed)
    old = [pair.old for pair in both] + list(compared.removed)
    new = [pair.new for pair in both] + list(compared.added)
    return (
        sorted((place.chapter.id, place.block.id) for place in old),
        sorted((place.chapter.id, place.block.id) for place in new),
    )


def side(runs: tuple[Run, ...], change: Change) -> str:
    """The text of one side: what was there (removed) or is there now (added)."""
    return "".join(run.text for run in runs if run.change in (Change.KEPT, change))


def is_same(compared: Comparison) -> bool:
    """Whether nothing at all has happened to the text."""
    chapters = compared.chapters
    return not (
        any((compared.moved, compared.changed, compared.added, compared.removed))
        or any((chapters.added, chapters.removed, chapters.moved, chapters.retitled))
    )


def everything(text: BookText) -> list[tuple[str, str]]:
    return sorted((c.id, block.id) for c in text.chapters for block in c.blocks)


BOOKS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.lists(TEXTS, max_size=7)),
    max_size=4,
    unique_by=lambda entry: entry[0],
).map(lambda entries: book(*(chapter(name, *found) for name, found in entries)))


@given(BOOKS, BOOKS)
@settings(max_examples=150)
def test_every_paragraph_of_both_texts_is_told_of_exactly_once(
    old: BookText, new: BookText
) -> None:
    compared = compare(old, new)
    assert fates(compared) == (everything(old), everything(new))
    assert all(before == after for before, after in pairs((*compared.kept, *compared.moved)))
    assert all(before != after for before, after in pairs(compared.changed))


@given(BOOKS)
@settings(max_examples=40)
def test_a_text_is_the_same_as_itself(text: BookText) -> None:
    assert is_same(compare(text, text))


@given(TEXTS, TEXTS)
def test_marked_words_are_both_paragraphs(old: str, new: str) -> None:
    runs = marked(old, new)
    assert side(runs, Change.REMOVED) == old
    assert side(runs, Change.ADDED) == new


LONG = "Un tavolo si riconosce dalle sedie che qualcuno va a prendere nell’altra stanza."


def test_a_paragraph_that_changed() -> None:
    new = LONG.replace("dalle sedie", "dalle persone")
    compared = compare(book(chapter("a", "# Uno", LONG)), book(chapter("a", "# Uno", new)))
    assert pairs(compared.changed) == [(LONG, new)]
    assert not (compared.moved or compared.added or compared.removed)


def test_paragraphs_that_came_and_went() -> None:
    compared = compare(book(chapter("a", "uno", "due")), book(chapter("a", "uno", "tre quattro")))
    assert (texts(compared.removed), texts(compared.added)) == (["due"], ["tre quattro"])
    assert pairs(compared.kept) == [("uno", "uno")]


def test_a_paragraph_that_moved_within_its_chapter_and_into_another() -> None:
    old = book(chapter("a", LONG, "uno", "due"), chapter("b", "tre"))
    within = compare(old, book(chapter("a", "uno", "due", LONG), chapter("b", "tre")))
    assert pairs(within.moved) == [(LONG, LONG)]
    across = compare(old, book(chapter("a", "uno", "due"), chapter("b", "tre", LONG)))
    (pair,) = across.moved
    assert (pair.old.chapter.id, pair.new.chapter.id) == ("a", "b")


def test_a_heading_is_never_taken_for_a_paragraph() -> None:
    compared = compare(book(chapter("a", "#rete locale")), book(chapter("a", "rete locale")))
    assert texts(compared.removed) == ["#rete locale"]
    assert texts(compared.added) == ["rete locale"]


def test_of_several_alike_the_nearest_words_are_paired() -> None:
    old = ["la rete dei Comuni di valle", "la rete dei Comuni di monte"]
    new = ["la rete dei Comuni di monte e di lago", "la rete dei Comuni di valle e di lago"]
    compared = compare(book(chapter("a", *old)), book(chapter("a", *new)))
    assert set(pairs(compared.changed)) == {(old[0], new[1]), (old[1], new[0])}


def test_chapters_that_came_went_moved_and_have_another_name() -> None:
    one, two, three = (chapter(name, f"{name} {LONG}", f"testo {name}") for name in "abc")
    renamed = chapter("z", *(block.text for block in two.blocks), title="Zeta")
    compared = compare(book(one, two, three), book(three, renamed, chapter("n", "nuovo")))
    chapters = compared.chapters
    assert [(old.id, new.id) for old, new in chapters.same] == [("c", "c"), ("b", "z")]
    assert [old.id for old, _ in chapters.retitled] == ["b"]
    assert [c.id for c in chapters.added] == ["n"]
    assert [c.id for c in chapters.removed] == ["a"]
    assert len(chapters.moved) == 1


def test_a_chapter_that_changes_its_part_has_moved() -> None:
    old, new = book(chapter("a", "uno", part="Prima")), book(chapter("a", "uno", part="Terza"))
    assert [after.part for _, after in compare(old, new).chapters.moved] == ["Terza"]
    assert not is_same(compare(old, new))


def test_a_long_paragraph_is_shown_near_its_changes_only() -> None:
    far = " ".join(f"parola{n}" for n in range(60))
    runs = shortened(marked(f"{far} prima {far}", f"{far} dopo {far}"))
    shown = side(runs, Change.ADDED)
    assert "dopo" in shown
    assert shown.startswith("[…] ")
    assert shown.endswith(" […]")
    assert len(shown) < 200


def test_a_rewritten_phrase_is_marked_as_one() -> None:
    runs = marked("in senso orario e piano", "in verso antiorario e piano")
    assert [run for run in runs if run.change is not Change.KEPT] == [
        (Change.REMOVED, "senso orario"),
        (Change.ADDED, "verso antiorario"),
    ]


def test_a_book_without_anything_in_common_is_compared_quickly() -> None:
    old = book(chapter("a", *(f"vecchio{n} testo{n}" for n in range(900))))
    new = book(chapter("a", *(f"nuovo{n} altro{n}" for n in range(900))))
    compared = compare(old, new)
    assert (len(compared.removed), len(compared.added)) == (900, 900)


@pytest.mark.parametrize("text", ["", "a"])
def test_nothing_and_little(text: str) -> None:
    assert side(marked(text, text), Change.ADDED) == text
