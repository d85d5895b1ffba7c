"""Where documents start, what their folios say, where running heads stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.compose.documents import BOTH, Document, Kind, Matter
from book.markdown.tree import Tree
from book.output.pdf.pagination import Leaf, paginate, roman, side_of


def document(id: str, kind: Kind, matter: Matter) -> Document:
    return Document(id, kind, matter, id, f"head of {id}", "it", Tree(""), frozenset(), BOTH, "f")


COVER = document("cover", Kind.COVER, Matter.FRONT)
HALF_TITLE = document("half", Kind.HALF_TITLE, Matter.FRONT)
NOTICE = document("notice", Kind.NOTICE, Matter.FRONT)
TITLE_PAGE = document("title", Kind.TITLE_PAGE, Matter.FRONT)
COLOPHON = document("colophon", Kind.COLOPHON, Matter.FRONT)
CONTENTS = document("contents", Kind.CONTENTS, Matter.FRONT)
PART = document("part", Kind.PART, Matter.BODY)
ONE = document("one", Kind.CHAPTER, Matter.BODY)
TWO = document("two", Kind.CHAPTER, Matter.BODY)


def test_a_whole_book_falls_on_its_pages() -> None:
    pagination = paginate(
        [
            *((COVER, 1), (HALF_TITLE, 1), (NOTICE, 1), (TITLE_PAGE, 1), (COLOPHON, 1)),
            *((CONTENTS, 2), (PART, 1), (ONE, 4), (TWO, 1)),
        ]
    )
    firsts = {p.document.id: p.first for p in pagination.placements}
    assert firsts == {
        "cover": 0,
        "half": 2,
        "notice": 3,
        "title": 4,
        "colophon": 5,
        "contents": 6,
        "part": 8,
        "one": 9,
        "two": 13,
    }
    assert [pagination.label(page) for page in range(pagination.pages)] == (
        ["", "", "i", "ii", "iii", "iv", "v", "vi", "1", "2", "3", "4", "5", "6"]
    )


def test_the_body_starts_on_a_recto_after_a_blank_page() -> None:
    pagination = paginate([(COVER, 1), (HALF_TITLE, 1), (ONE, 2)])
    assert [p.first for p in pagination.placements] == [0, 2, 4]
    assert pagination.leaves("Book")[3] == Leaf("", "")


def test_running_heads_and_folios() -> None:
    leaves = paginate([(COVER, 1), (ONE, 3), (TWO, 2)]).leaves("Book")
    assert leaves == (
        Leaf("", ""),
        Leaf("", ""),
        Leaf("", "1"),
        Leaf("Book", "2"),
        Leaf("head of one", "3"),
        Leaf("", "4"),
        Leaf("head of two", "5"),
    )


def test_a_book_without_front_matter_starts_at_one() -> None:
    pagination = paginate([(ONE, 1)])
    assert pagination.label(0) == "1"


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (1994, "mcmxciv")],
)
def test_roman_numerals(number: int, numeral: str) -> None:
    assert roman(number) == numeral


@given(
    st.lists(
        st.tuples(
            st.sampled_from([HALF_TITLE, NOTICE, TITLE_PAGE, CONTENTS, PART, ONE, TWO]),
            st.integers(1, 9),
        ),
        max_size=20,
    )
)
def test_pages_never_overlap_and_openers_are_rectos(entries: list[tuple[Document, int]]) -> None:
    ordered = sorted(entries, key=lambda entry: entry[0].matter is not Matter.FRONT)
    pagination = paginate(ordered)
    end = 0
    for placement in pagination.placements:
        assert end <= placement.first <= end + 1
        if placement.document.kind in {Kind.PART, Kind.HALF_TITLE, Kind.TITLE_PAGE}:
            assert side_of(placement.first) == "right"
        end = placement.first + placement.pages
    assert pagination.pages == end
