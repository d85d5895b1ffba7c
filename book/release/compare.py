"""Two texts of an edition side by side: which paragraphs stayed, came, went, moved, changed."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from book.markdown.plain import words_of
from book.release.text import Block, BookText, ChapterText

_ALIKE = 0.5
"""Share of common words from which two paragraphs are one that was changed."""
_SAME_CHAPTER = 0.5
"""Share of common paragraphs from which two chapters are one whose file was renamed."""
_MOST_PAIRS = 250_000
"""Past so many candidates only equal texts are paired: a book that shares hardly anything."""


class Place(NamedTuple):
    """A block and the chapter that it stands in."""

    chapter: ChapterText
    block: Block


class Pair(NamedTuple):
    """A block of the old text and what it is in the new one."""

    old: Place
    new: Place


@dataclass(frozen=True)
class Chapters:
    """What became of the chapters; pairs are old and new, ``moved`` those in another place."""

    same: tuple[tuple[ChapterText, ChapterText], ...]
    added: tuple[ChapterText, ...]
    removed: tuple[ChapterText, ...]
    moved: tuple[tuple[ChapterText, ChapterText], ...]

    @property
    def retitled(self) -> tuple[tuple[ChapterText, ChapterText], ...]:
        """Chapters that have another title."""
        return tuple((old, new) for old, new in self.same if old.title != new.title)


@dataclass(frozen=True)
class Comparison:
    """Every block of both texts once: in a pair, or by itself.

    ``kept`` are the same in place and text; ``moved`` the same text elsewhere; ``changed`` have
    other words. In the order of the new text, ``removed`` in that of the old one.
    """

    chapters: Chapters
    kept: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    changed: tuple[Pair, ...]
    added: tuple[Place, ...]
    removed: tuple[Place, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing at all happened to the text."""
        return not (
            self.moved
            or self.changed
            or self.added
            or self.removed
            or self.chapters.moved
            or self.chapters.retitled
        )


def compare(old: BookText, new: BookText) -> Comparison:
    """Compare two texts of one edition."""
    chapters = _chapters(old.chapters, new.chapters)
    kept: list[Pair] = []
    moved: list[Pair] = []
    changed: list[Pair] = []
    gone: list[Place] = []
    come: list[Place] = []
    for before, after in chapters.same:
        same, went, came = _aligned(before, after)
        kept += same
        exact, alike, went, came = _paired(went, came)
        moved += exact
        changed += alike
        gone += went
        come += came
    gone += [Place(chapter, block) for chapter in chapters.removed for block in chapter.blocks]
    come += [Place(chapter, block) for chapter in chapters.added for block in chapter.blocks]
    exact, alike, gone, come = _paired(gone, come)
    order_old, order_new = _order(old), _order(new)

    def by_new(pair: Pair) -> int:
        return order_new[_key(pair.new)]

    return Comparison(
        chapters,
        tuple(sorted(kept, key=by_new)),
        tuple(sorted([*moved, *exact], key=by_new)),
        tuple(sorted([*changed, *alike], key=by_new)),
        tuple(sorted(come, key=lambda place: order_new[_key(place)])),
        tuple(sorted(gone, key=lambda place: order_old[_key(place)])),
    )


def _key(place: Place) -> tuple[str, str]:
    return place.chapter.id, place.block.id


def _order(text: BookText) -> dict[tuple[str, str], int]:
    keys = [(chapter.id, block.id) for chapter in text.chapters for block in chapter.blocks]
    return {key: number for number, key in enumerate(keys)}


def _chapters(old: Sequence[ChapterText], new: Sequence[ChapterText]) -> Chapters:
    by_id = {chapter.id: chapter for chapter in old}
    pairs = {chapter.id: by_id[chapter.id] for chapter in new if chapter.id in by_id}
    gone = [chapter for chapter in old if chapter.id not in pairs]
    come = [chapter for chapter in new if chapter.id not in pairs]
    for chapter in come:  # a file that was renamed is the same chapter
        score, _, twin = max(
            ((_common(other, chapter), -n, other) for n, other in enumerate(gone)),
            default=(0.0, 0, chapter),
        )
        if score >= _SAME_CHAPTER:
            pairs[chapter.id] = twin
            gone.remove(twin)
    same = tuple((pairs[chapter.id], chapter) for chapter in new if chapter.id in pairs)
    return Chapters(
        same=same,
        added=tuple(chapter for chapter in new if chapter.id not in pairs),
        removed=tuple(gone),
        moved=_out_of_order(old, same),
    )


def _common(old: ChapterText, new: ChapterText) -> float:
    texts = [Counter(block.text for block in chapter.blocks) for chapter in (old, new)]
    return _dice(*texts)


def _out_of_order(
    old: Sequence[ChapterText], same: Sequence[tuple[ChapterText, ChapterText]]
) -> tuple[tuple[ChapterText, ChapterText], ...]:
    """The pairs whose order or part has changed; what stands in a longest common row has not."""
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
    """The blocks that stand in both in the same order; what is left of the old, of the new."""
    before, after = ([(b.level, b.text) for b in chapter.blocks] for chapter in (old, new))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    same: list[Pair] = []
    went: list[Place] = []
    came: list[Place] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        left = [Place(old, block) for block in old.blocks[i1:i2]]
        right = [Place(new, block) for block in new.blocks[j1:j2]]
        if kind == "equal":
            same += map(Pair, left, right)
        else:
            went += left
            came += right
    return same, went, came


def _paired(
    old: Sequence[Place], new: Sequence[Place]
) -> tuple[list[Pair], list[Pair], list[Place], list[Place]]:
    """Equal texts, then the most alike, each block once; and the blocks that are left."""
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
    """Twice what both have, of all that they have (Dice's coefficient, with repetitions)."""
    total = sum(one.values()) + sum(other.values())
    common = sum(min(count, other[word]) for word, count in one.items() if word in other)
    return 2 * common / total if total else 0.0
