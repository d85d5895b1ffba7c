from __future__ import annotations

import pytest

from book.compose.chapter import part_of_book
from book.compose.documents import Matter


@pytest.mark.parametrize(
    ("title", "matter", "part"),
    [
        ("Presentazione", Matter.FRONT, "introduction"),
        ("Premessa", Matter.FRONT, "preface"),
        ("Glossario ", Matter.BACK, "glossary"),
        ("Norme e documenti", Matter.BACK, "bibliography"),
        ("Crediti delle immagini", Matter.BACK, "credits"),
        ("Ringraziamenti", Matter.BACK, "acknowledgments"),
        # In the body a title says what the chapter is about.
        ("Glossario", Matter.BODY, "chapter"),
        ("Bibliografia", Matter.FRONT, "chapter"),
        ("Il progetto", Matter.FRONT, "chapter"),
    ],
)
def test_parts_of_a_book_are_known_by_their_titles(title: str, matter: Matter, part: str) -> None:
    assert part_of_book(title, matter) == part
