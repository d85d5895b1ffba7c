"""Compares two texts of an edition: which paragraphs were kept, moved, changed, added, removed.

The blocks (headings and paragraphs) of both texts are paired in four steps. Each step takes only
blocks that the steps before have left over, and the surest pairs come first:

1. Chapters are paired: by id, then, for files that were renamed, by their common paragraphs.
2. Within each pair of chapters, blocks with the same text in the same order are *kept*.
3. Within each pair of chapters, equal texts in another place are *moved*; then texts with enough
   words in common are *changed*.
4. The same as step 3 over all that is left in the whole book, with the blocks of chapters that
   exist in one text only.

Chapters come before the whole book because a similar paragraph in the same chapter is more
probably the same one than a similar paragraph elsewhere. Equal texts come before similar ones,
else a paragraph that only moved could be reported as changed.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from book.markdown.plain import words_of
from book.release.text import Block, BookText, ChapterText

_ALIKE = 0.5
"""The share of common words (:func:`_dice`) from which two blocks count as one that has changed."""
_SAME_CHAPTER = 0.5
"""The share of common blocks from which two chapters count as one whose file was renamed."""
_MOST_PAIRS = 250_000
"""The most pairs of blocks that are compared by words, which takes quadratic time. Beyond that only
equal texts are paired: two such books have hardly anything in common."""


class Place(NamedTuple):
    """A block and the chapter that it stands in."""

    chapter: ChapterText
    block: Block


class Pair(NamedTuple):
    """A block of the old text and the block of the new text that it has become."""

    old: Place
    new: Place


@dataclass(frozen=True)
class Chapters:
    """How the chapters have changed.

    ``same`` are the chapters of both texts, old and new. ``moved`` are those of them that are in
    another order or part.
    """

    same: tuple[tuple[ChapterText, ChapterText], ...]
    added: tuple[ChapterText, ...]
    removed: tuple[ChapterText, ...]
    moved: tuple[tuple[ChapterText, ChapterText], ...]

    @property
    def retitled(self) -> tuple[tuple[ChapterText, ChapterText], ...]:
        """The chapters of both texts whose title has changed, old and new."""
        return tuple((old, new) for old, new in self.same if old.title != new.title)


@dataclass(frozen=True)
class Comparison:
    """Each block of both texts exactly once: in a pair, or alone.

    ``kept`` have the same text and order, ``moved`` the same text in another place, ``changed``
    another text. All are in the order of the new text, but ``removed`` in that of the old one.
    """

    chapters: Chapters
    kept: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    changed: tuple[Pair, ...]
    added: tuple[Place, ...]
    removed: tuple[Place, ...]


def compare(old: BookText, new: BookText) -> Comparison:
    """Compare two texts of one edition. The module's docstring explains the steps."""
    chapters = _chapters(old.chapters, new.chapters)
    kept: list[Pair] = []
    moved: list[Pair] = []
    changed: list[Pair] = []
    removed: list[Place] = []
    added: list[Place] = []
    for before, after in chapters.same:
        same, left_old, left_new = _aligned(before, after)
        kept += same
        # First within the chapter, see the module's docstring.
        exact, alike, left_old, left_new = _paired(left_old, left_new)
        moved += exact
        changed += alike
        removed += left_old
        added += left_new
    removed += [Place(chapter, block) for chapter in chapters.removed for block in chapter.blocks]
    added += [Place(chapter, block) for chapter in chapters.added for block in chapter.blocks]
    exact, alike, removed, added = _paired(removed, added)
    order_old, order_new = _order(old), _order(new)

    def by_new(pair: Pair) -> int:
        return order_new[_key(pair.new)]

    return Comparison(
        chapters,
        tuple(sorted(kept, key=by_new)),
        tuple(sorted([*moved, *exact], key=by_new)),
        tuple(sorted([*changed, *alike], key=by_new)),
        tuple(sorted(added, key=lambda place: order_new[_key(place)])),
        tuple(sorted(removed, key=lambda place: order_old[_key(place)])),
    )


def _key(place: Place) -> tuple[str, str]:
    """The ids of chapter and block, which are unique within a text."""
    return place.chapter.id, place.block.id


def _order(text: BookText) -> dict[tuple[str, str], int]:
    """The position of each block in reading order, by :func:`_key`."""
    keys = [(chapter.id, block.id) for chapter in text.chapters for block in chapter.blocks]
    return {key: number for number, key in enumerate(keys)}


def _chapters(old: Sequence[ChapterText], new: Sequence[ChapterText]) -> Chapters:
    """Pair the chapters: by id, then each new one with the most similar one that is left."""
    by_id = {chapter.id: chapter for chapter in old}
    pairs = {chapter.id: by_id[chapter.id] for chapter in new if chapter.id in by_id}
    left_old = [chapter for chapter in old if chapter.id not in pairs]
    left_new = [chapter for chapter in new if chapter.id not in pairs]
    for chapter in left_new:
        # Of equally similar chapters the first one: max() compares the negative number next.
        score, _, twin = max(
            ((_common(other, chapter), -n, other) for n, other in enumerate(left_old)),
            default=(0.0, 0, chapter),
        )
        if score >= _SAME_CHAPTER:
            pairs[chapter.id] = twin
            left_old.remove(twin)
    same = tuple((pairs[chapter.id], chapter) for chapter in new if chapter.id in pairs)
    return Chapters(
        same=same,
        added=tuple(chapter for chapter in new if chapter.id not in pairs),
        removed=tuple(left_old),
        moved=_out_of_order(old, same),
    )


def _common(old: ChapterText, new: ChapterText) -> float:
    """The share of blocks with equal texts in two chapters, from 0 to 1."""
    texts = [Counter(block.text for block in chapter.blocks) for chapter in (old, new)]
    return _dice(*texts)


def _out_of_order(
    old: Sequence[ChapterText], same: Sequence[tuple[ChapterText, ChapterText]]
) -> tuple[tuple[ChapterText, ChapterText], ...]:
    """The pairs of chapters whose order or part has changed.

    The longest sequences of chapters that both texts have in the same order count as unmoved. So
    when one chapter is moved to the front, that one is reported, and not all the others.
    """
    then = [chapter.id for chapter in old]
    now = [before.id for before, _ in same]
    then = [id for id in then if id in now]
    matcher = difflib.SequenceMatcher(None, then, now, autojunk=False)
    stayed = {id for block in matcher.get_matching_blocks() for id in then[block.a :][: block.size]}
    return tuple(
        (before, after)
        for before, after in same
        if before.id not in stayed or before.part != after.part
    )


def _aligned(old: ChapterText, new: ChapterText) -> tuple[list[Pair], list[Place], list[Place]]:
    """The pairs of equal blocks in the same order, and the blocks left of the old and the new.

    ``autojunk`` is off: difflib would else ignore texts that recur often in a long chapter.
    """
    before, after = ([(b.level, b.text) for b in chapter.blocks] for chapter in (old, new))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    same: list[Pair] = []
    left_old: list[Place] = []
    left_new: list[Place] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        left = [Place(old, block) for block in old.blocks[i1:i2]]
        right = [Place(new, block) for block in new.blocks[j1:j2]]
        if kind == "equal":
            same += map(Pair, left, right)
        else:
            left_old += left
            left_new += right
    return same, left_old, left_new


def _paired(
    old: Sequence[Place], new: Sequence[Place]
) -> tuple[list[Pair], list[Pair], list[Place], list[Place]]:
    """Pair blocks in any order: pairs of equal texts, pairs of similar texts, blocks left over.

    Similar blocks are paired greedily, the most similar pair first; of equally similar ones the
    pair that is nearest in position. Headings and text are never paired with each other.
    """
    exact, old, new = _equal(old, new)
    alike: list[Pair] = []
    if len(old) * len(new) > _MOST_PAIRS:
        return exact, alike, [*old], [*new]
    bags = {id(place): Counter(words_of(place.block.text)) for place in (*old, *new)}
    candidates = sorted(
        (-score, abs(i - j), i, j)
        for i, before in enumerate(old)
        for j, after in enumerate(new)
        if before.block.kind == after.block.kind
        and (score := _dice(bags[id(before)], bags[id(after)])) >= _ALIKE
    )
    used_old: set[int] = set()
    used_new: set[int] = set()
    for _, _, i, j in candidates:
        if i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            alike.append(Pair(old[i], new[j]))
    return (
        exact,
        alike,
        [place for i, place in enumerate(old) if i not in used_old],
        [place for j, place in enumerate(new) if j not in used_new],
    )


def _equal(
    old: Sequence[Place], new: Sequence[Place]
) -> tuple[list[Pair], list[Place], list[Place]]:
    """Pair equal texts, the first with the first; also the blocks that are left of both."""
    waiting: dict[tuple[str, str], list[Place]] = {}
    for place in old:
        waiting.setdefault((place.block.kind, place.block.text), []).append(place)
    pairs: list[Pair] = []
    left: list[Place] = []
    for place in new:
        twins = waiting.get((place.block.kind, place.block.text))
        if twins:
            pairs.append(Pair(twins.pop(0), place))
        else:
            left.append(place)
    paired = {id(pair.old) for pair in pairs}
    return pairs, [place for place in old if id(place) not in paired], left


def _dice(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """The similarity of two multisets, from 0 to 1 (Sørensen–Dice coefficient).

    Twice the number of common elements, divided by the number of all elements of both.
    """
    total = sum(one.values()) + sum(other.values())
    common = sum(min(count, other[word]) for word, count in one.items() if word in other)
    return 2 * common / total if total else 0.0
