from __future__ import annotations

from book.report.pages import large_width, page_views, spreads


def test_pages_have_their_labels(pdf: bytes) -> None:
    views = page_views(pdf)
    assert [(view.number, view.label) for view in views] == [(1, "i"), (2, "ii"), (3, "1")]


def test_pages_keep_their_proportions(pdf: bytes) -> None:
    view = page_views(pdf)[0]
    assert (view.large.width, view.large.height) == (900, 1350)
    assert (view.thumbnail.width, view.thumbnail.height) == (300, 450)


def test_an_even_number_of_pages_ends_on_a_verso(pdf: bytes) -> None:
    first, second, _ = page_views(pdf)
    assert spreads([first, second]) == [(None, first), (second, None)]


def test_the_pages_of_a_long_book_are_drawn_smaller() -> None:
    assert large_width(60) == 900
    assert large_width(100) < 900
    assert large_width(10_000) == 600
