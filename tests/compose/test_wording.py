"""Dates in the words of a book's language, and of languages that nobody has words for."""

from __future__ import annotations

import datetime

import pytest

from book.compose.wording import long_date, meeting_date


@pytest.mark.parametrize(
    ("language", "long", "without_year"),
    [
        ("it", "25 marzo 2021", "18 marzo"),
        ("it-IT", "25 marzo 2021", "18 marzo"),
        ("en-GB", "25 March 2021", "18 March"),
        ("de", "25 März 2021", "18 März"),
        ("xx", "2021-03-25", "03-18"),
    ],
)
def test_dates(language: str, long: str, without_year: str) -> None:
    assert long_date(datetime.date(2021, 3, 25), language) == long
    assert meeting_date("2021-03-25", language) == long
    assert meeting_date("XXXX-03-18", language) == without_year
