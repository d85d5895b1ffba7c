"""Titles on a cover: whole words, balanced lines, never too wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.compose.title_fit import LEADING, MOST_LINES, STEPS, balanced_lines, fit_title

MEASURE = 134.0
TITLES = [
    "Le reti locali e i cicli di coprogrammazione e coprogettazione del welfare di comunità",
    "Sviluppare e legittimare il welfare di comunità con la valutazione",
    "La Co-Programmazione come esercizio di amministrazione condivisa",
    "Toolkit co-programmazione & co-progettazione",
]


def width(text: str) -> float:
    """A face whose every character is half an em wide."""
    return len(text) * 0.5 * 25.4 / 72


@pytest.mark.parametrize("title", TITLES)
def test_the_house_size_is_enough_for_the_house_titles(title: str) -> None:
    setting = fit_title(title, MEASURE, width)
    assert setting.size == 25
    assert setting.leading == 29
    assert " ".join(setting.lines) == title


def test_lines_are_balanced_and_end_with_words_of_weight() -> None:
    lines = fit_title(TITLES[0], MEASURE, width).lines
    assert len(lines) == 4
    assert max(map(len, lines)) <= 1.6 * min(map(len, lines))
    assert not {line.split()[-1] for line in lines} & {"e", "di", "del", "i"}


def test_a_long_title_steps_down() -> None:
    setting = fit_title(" ".join([TITLES[0], TITLES[1], TITLES[2]]), MEASURE, width)
    assert setting.size in STEPS[1:]
    assert len(setting.lines) <= MOST_LINES


def test_a_word_wider_than_the_page_shrinks_until_it_fits() -> None:
    setting = fit_title("a" * 200, MEASURE, width)
    assert setting.lines == ("a" * 200,)
    assert setting.size < STEPS[-1]
    assert width("a" * 200) * setting.size <= MEASURE + 0.5


def test_another_page_width_scales_the_steps() -> None:
    half = fit_title(TITLES[0], MEASURE / 2, width, 0.5)
    assert half.size == 12.5
    assert half.lines == fit_title(TITLES[0], MEASURE, width).lines


@given(st.lists(st.text("abcdefghilmnopqrstuvzàèéìòù’", min_size=1, max_size=24), min_size=1))
def test_no_word_is_lost_and_no_line_overflows(words: list[str]) -> None:
    setting = fit_title(" ".join(words), MEASURE, width)
    assert " ".join(setting.lines).split() == words
    assert len(setting.lines) <= MOST_LINES
    assert setting.leading == pytest.approx(setting.size * LEADING, abs=0.02)
    # Sizes are rounded to a hundredth of a point.
    assert all(width(line) * (setting.size - 0.01) <= MEASURE for line in setting.lines)


def test_a_subtitle_keeps_its_size() -> None:
    lines = balanced_lines("Quattro incontri e un convegno per le reti locali", MEASURE, width, 18)
    assert len(lines) == 2
    assert all(width(line) * 18 <= MEASURE for line in lines)


def test_a_subtitle_too_long_to_balance_is_left_to_the_layout() -> None:
    text = "parola " * 400
    assert balanced_lines(text, MEASURE, width, 12) == (text,)


def test_no_subtitle_gives_an_empty_line() -> None:
    assert balanced_lines("", MEASURE, width, 12) == ("",)
