"""The comparison that other tests trust."""

from __future__ import annotations

import pytest

from tests.support.sequences import difference

TEXT = ["la", "rete", "dei", "servizi", "parla", "con", "il", "Terzo", "settore"]


def test_equal_sequences_have_no_difference() -> None:
    assert difference(TEXT, list(TEXT)) == ""
    assert difference([], []) == ""


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("la rete dei parla con il Terzo settore", "rete dei [-servizi-] {++} parla"),
        ("la rete dei servizi parla con con il Terzo settore", "{+con+}"),
        ("la rete dei servizi con parla il Terzo settore", "parla"),
        ("la rete dei servizi parla con il terzo settore", "[-Terzo-] {+terzo+}"),
        ("", "[-la rete dei"),
    ],
    ids=["lost", "twice", "swapped", "case", "all lost"],
)
def test_every_difference_is_told_with_its_place(found: str, said: str) -> None:
    assert said in difference(TEXT, found.split())
    assert difference(TEXT, found.split(), capitals=True)


def test_capitals_of_a_style_sheet_are_allowed_when_asked_for() -> None:
    found = ["LA", "RETE", *TEXT[2:]]
    assert difference(TEXT, found, capitals=True) == ""
    assert difference(TEXT, found)
    assert "[-dei-]" in difference(TEXT, [*found[:2], *found[3:]], capitals=True)


def test_many_differences_are_cut_short() -> None:
    expected = [str(n) for n in range(100)]
    found = [word if int(word) % 2 else "x" for word in expected]
    assert "more places" in difference(expected, found)
