"""Fits a title to a cover: lines of similar length, no word divided, the largest size that fits.

For each number of lines, from one up, dynamic programming finds the cheapest way to break the
words. The cost of a line is the square of its distance from the mean length, as a share of the
width: so lines come out alike. A line that ends with an article or a preposition costs extra,
because such a word belongs to the next line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Width = Callable[[str], float]
"""The width of a text set on one line, in mm, at 1 pt."""

STEPS = (25.0, 23.0, 21.0, 19.0, 17.0, 15.0, 13.0, 11.0)
"""Sizes of a cover's title, pt, for a page 170 mm wide."""
LEADING = 29 / 25
MOST_LINES = 5
# Articles, prepositions and conjunctions: they belong to the next word and should not end a line.
_LEANING = frozenset(
    word
    for words in (
        "a ai al alla alle allo agli con col coi da dai dal dalla dalle dallo dagli di de dei del",
        "della delle dello degli in nel nei nella nelle nello negli per su sui sul sulla sulle",
        "sullo sugli tra fra il i gli la le lo un una uno e ed o od che se si ma & – —",
        "of the and for to on at by or an with from",
    )
    for word in words.split()
)
_LEANING_COST = 0.12
"""As much as a line costs that is a third of the width (0.35) shorter than the mean."""


@dataclass(frozen=True)
class Setting:
    """A fitted title: its lines, its size and leading in pt."""

    lines: tuple[str, ...]
    size: float
    leading: float


def fit_title(title: str, measure: float, width: Width, scale: float = 1.0) -> Setting:
    """Fit ``title`` to ``measure`` mm: the largest of :data:`STEPS` that needs at most five lines.

    ``width`` gives the width of a text at 1 pt. ``scale`` multiplies the steps, for pages of
    another width. If even the smallest step is too large, the size shrinks further until the title
    fits: no word may overflow or be hyphenated.
    """
    words = title.split()
    for step in STEPS:
        lines = _balanced(words, measure / (step * scale), width)
        if lines is not None:
            return _setting(lines, step * scale)
    size = STEPS[-1] * scale
    while (lines := _balanced(words, measure / size, width)) is None:
        size *= 0.96
    return _setting(lines, size)


def balanced_lines(text: str, measure: float, width: Width, size: float) -> tuple[str, ...]:
    """``text`` at ``size`` pt in the fewest lines, of similar lengths.

    Text too long for five lines is returned as one, for the layout engine to break.
    """
    return _balanced(text.split(), measure / size, width) or (text,)


def _setting(lines: tuple[str, ...], size: float) -> Setting:
    return Setting(lines, round(size, 2), round(size * LEADING, 2))


def _balanced(words: list[str], measure: float, width: Width) -> tuple[str, ...] | None:
    """The fewest lines, of similar lengths; None when more than :data:`MOST_LINES` are needed.

    ``measure`` is in mm at 1 pt, like the results of ``width``.
    """
    for count in range(1, MOST_LINES + 1):
        best = _best_break(words, count, measure, width)
        if best is not None:
            return best
    return None


def _best_break(
    words: list[str], count: int, measure: float, width: Width
) -> tuple[str, ...] | None:
    """The cheapest way to break ``words`` into exactly ``count`` lines, or None.

    ``costs[k]`` holds the least cost, and the lines, of the first ``k`` words broken into as many
    lines as the loop has made so far.
    """
    if count > len(words):
        return None
    mean = width(" ".join(words)) / count
    costs: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for _ in range(count):
        longer: dict[int, tuple[float, tuple[str, ...]]] = {}
        for start, (cost, lines) in costs.items():
            for end in range(start + 1, len(words) + 1):
                line = " ".join(words[start:end])
                length = width(line)
                if length > measure:
                    break
                total = cost + ((length - mean) / measure) ** 2
                if end < len(words) and words[end - 1].lower() in _LEANING:
                    total += _LEANING_COST
                if end not in longer or total < longer[end][0]:
                    longer[end] = (total, (*lines, line))
        costs = longer
    found = costs.get(len(words))
    return found[1] if found else None
