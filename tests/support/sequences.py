"""Sequences of words compared, with a difference that a person can read."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

_AROUND = 4
_MOST_PLACES = 12
_MOST_WORDS = 30


def difference(expected: Sequence[str], found: Sequence[str], *, capitals: bool = False) -> str:
    """Where two sequences differ, a place a line with the words around it; empty for equal ones.

    With ``capitals`` a word found may be in capitals whatever the one expected is: style sheets
    set labels so.
    """
    shown = [
        word if capitals and other == word.upper() else other
        for word, other in _aligned(expected, found, capitals)
    ]
    if list(expected) == shown:
        return ""
    lines = []
    matcher = SequenceMatcher(None, expected, shown, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind != "equal":
            before = " ".join(expected[max(0, i - _AROUND) : i])
            after = " ".join(expected[j : j + _AROUND])
            lost, gained = (" ".join(w[:_MOST_WORDS]) for w in (expected[i:j], shown[k:m]))
            lines.append(f"word {i}: … {before} [-{lost}-] {{+{gained}+}} {after} …")
    more = len(lines) - _MOST_PLACES
    return "\n".join([*lines[:_MOST_PLACES], *([f"and {more} more places"] if more > 0 else [])])


def _aligned(
    expected: Sequence[str], found: Sequence[str], capitals: bool
) -> list[tuple[str, str]]:
    """Each word found with the one expected at its place, or with itself where there is none."""
    if not capitals:
        return [(word, word) for word in found]
    upper_expected, upper_found = ([word.upper() for word in words] for words in (expected, found))
    pairs = [(word, word) for word in found]
    matcher = SequenceMatcher(None, upper_expected, upper_found, autojunk=False)
    for i, k, size in matcher.get_matching_blocks():
        pairs[k : k + size] = zip(expected[i : i + size], found[k : k + size], strict=True)
    return pairs
