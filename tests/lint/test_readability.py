"""Gulpease by its formula, and sentences that abbreviations do not end."""

from __future__ import annotations

import pytest
from lxml import etree

from book.lint.readability import gulpease, meaning, measure, passages, split_sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Uno. Due? Tre! Quattro… Cinque", 5),
        ("Ai sensi dell’art. 55 del D.Lgs. 117/2017, n. 117. Fine.", 2),
        ("Il dott. Rossi e la prof. Bianchi, cfr. p. 24 e Corte cost., sent. n. 131.", 1),
        ("Lo dice G. B. Vico. «Poi basta.» E tace.", 3),
        ("Costa 1.250 euro. 12 sono pochi.", 2),
        ("Legge l. 328. Poi il seguito.", 2),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(split_sentences(text)) == count


def test_formula() -> None:
    assert gulpease(letters=500, words=100, sentences=5) == 54  # 89 + (1500 - 5000) / 100
    assert gulpease(0, 0, 0) is None
    assert gulpease(1000, 10, 1) == 0
    assert gulpease(10, 10, 10) == 100


def test_meaning_by_threshold() -> None:
    assert [meaning(index) for index in (39, 40, 59, 60, 79, 80, 100)] == [
        "hard even with a diploma",
        *["hard without a diploma"] * 2,
        *["hard with primary school alone"] * 2,
        *["easy for everybody"] * 2,
    ]


def test_only_running_text_counts() -> None:
    body = etree.fromstring(
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>Prima frase qui.</p>'
        '<h2 data-line="3">Titolo lungo che non conta</h2>'
        '<p data-line="5"><strong class="speaker">Chi parla</strong><em>Due</em> parole.'
        "<code>codice</code></p><ul><li>Una voce<ul><li>Sotto</li></ul></li></ul>"
        "<table><tr><td>Cella.</td></tr></table>"
        '<p lang="en">Not this one.</p><section class="notes"><p>Nota.</p></section></div>'
    )
    found = passages(body)
    assert [(p.heading, p.line, [s.text for s in p.sentences]) for p in found] == [
        ("", 0, ["Prima frase qui."]),
        ("Titolo lungo che non conta", 3, ["Due parole.codice", "Una voce", "Sotto"]),
    ]
    result = measure("a.md", "A", found)
    assert result.words == 9
    assert [heading for heading, _, _ in result.sections] == ["", "Titolo lungo che non conta"]
