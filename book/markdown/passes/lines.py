"""Sets ``data-line`` on blocks, links and pictures: the line of the file that they come from.

Pandoc's Markdown reader keeps no source positions. Markup never reorders words, so the words of
the tree are aligned with those of the source, block by block and only forwards. Notes are an
exception: pandoc moves them to the end. Each is aligned from the place of its definition.

The source has words that the tree has not (classes, ids, addresses), and a few words are spelt
otherwise there (entities, escapes). So blocks are not compared word for word. A block's start is
believed when its first words follow one another within a window of the source.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from urllib.parse import unquote

from lxml import etree

from book.markdown.context import Context
from book.markdown.dom import BLOCKS, classes, drop, elements, name
from book.markdown.kinds.kind import UNREAD, Kind, SourceKinds
from book.markdown.sourcemap import WORD
from book.markdown.tree import q

_PROBE = 6
"""How many of a block's first words must follow one another in the source."""
_WINDOW = 24
"""The words of the source within which they must follow: markup adds words between them."""
_GAP = 12
"""The most words of the source between two words of a block that follow one another."""
_FAR = 600
"""How many words ahead a block of fewer than :data:`_PROBE` words is sought.

    A short block, like «Sì», is easily found at a wrong place far ahead, and the cursor would go
    past all blocks between.
    """
_NOT_IN_THE_TREE = frozenset({Kind.COMMENT, Kind.LOST})
"""Kinds of the words that pandoc does not put into the tree."""
_OWNERS = BLOCKS - {"td", "th", "col", "colgroup", "thead", "tbody", "tfoot"}
"""Blocks that get the line of their own words. The words of cells belong to the row."""


class _Aligner:
    """Finds blocks of words in the source, from a cursor on."""

    def __init__(self, text: str, kinds: SourceKinds) -> None:
        matches = list(WORD.finditer(kinds.hidden(text, _NOT_IN_THE_TREE)))
        self.words = [m[0] for m in matches]
        self.offsets = [m.start() for m in matches]
        self.where: dict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(self.words):
            self.where[word].append(index)
        self.cursor = 0
        self._text = kinds.hidden(text, UNREAD)
        self._beyond: dict[str, int] = {}

    def seek(self, offset: int) -> None:
        """Put the cursor to the first word at or after an offset of the source."""
        self.cursor = bisect_left(self.offsets, offset)

    def here(self) -> int:
        """The offset in the source of the word at the cursor."""
        if not self.offsets:
            return 0
        return self.offsets[min(self.cursor, len(self.offsets) - 1)]

    def target(self, written: str, start: int) -> int | None:
        """The offset from ``start`` on at which the source names a link's target; None if nowhere.

        Two links with one target have two places: the next search for it starts after this place.
        """
        start = max(start, self._beyond.get(written, 0))
        found = re.compile(rf"{re.escape(written)}(?=[\s)>\]}}\"',;]|$)").search(self._text, start)
        if not written or not found:
            return None
        self._beyond[written] = found.end()
        return found.start()

    def block(self, words: list[str]) -> int:
        """The offset of a block from the cursor on. The cursor moves past the block's last word.

        A block that is not found gets the offset of the cursor, which stays.
        """
        start = self._start(words)
        if start is None:
            return self.here()
        cursor = start
        # A word that is not near (an entity in the source) is left out: the next one is sought.
        for word in words:
            ahead = self.words[cursor : cursor + _GAP]
            if word in ahead:
                cursor += ahead.index(word) + 1
        self.cursor = cursor
        return self.offsets[start]

    def _start(self, words: list[str]) -> int | None:
        """The index of the source's word at which a block starts; None if it is not found."""
        reach = len(self.words) if len(words) >= _PROBE else self.cursor + _FAR
        # A first word may be spelt otherwise in the source (an entity, an escape).
        for skipped in range(min(3, len(words))):
            probe = words[skipped : skipped + _PROBE]
            candidates = self.where.get(probe[0], [])
            for index in candidates[bisect_left(candidates, self.cursor) :]:
                if index > reach:
                    break
                if self._fits(probe, index):
                    return max(index - skipped, self.cursor)
        return None

    def _fits(self, probe: list[str], index: int) -> bool:
        """Whether the words follow one another in the source from ``index`` on, near enough."""
        window = iter(self.words[index : index + _WINDOW])
        return all(word in window for word in probe)


def apply(root: etree._Element, context: Context) -> None:
    """Set ``data-line`` on the blocks, links and pictures under ``root``."""
    for element in elements(root):
        drop(element, "data-line")
    aligner = _Aligner(context.positions.text, context.kinds)
    notes = [s for s in root.iterchildren(q("section")) if "footnotes" in classes(s)]
    for child in root.iterchildren():
        if child not in notes:
            _align(child, context, aligner)
    for section in notes:
        items = [li for ol in section.iterchildren(q("ol")) for li in ol.iterchildren(q("li"))]
        for item, note in zip(items, context.kinds.notes, strict=False):
            aligner.seek(note.start)
            _align(item, context, aligner)
            item.set("data-line", str(context.positions.line(note.start)))
    _containers(root)


def _align(top: etree._Element, context: Context, aligner: _Aligner) -> None:
    """Set the lines of the blocks under ``top`` that have words, and of links and pictures."""
    for owner, (words, targets) in _blocks(top).items():
        if not words and not targets:
            continue
        before = aligner.cursor
        start = aligner.here()
        offset = aligner.block(words) if words else start
        found = [_target_offset(t, context, aligner, min(start, offset)) for t in targets]
        if not words and found[0] is not None:
            offset = found[0]
        # The source may have the caption after the table: the rows are sought from before it.
        if name(owner) == "caption":
            aligner.cursor = before
        owner.set("data-line", str(context.positions.line(offset)))
        for target, where in zip(targets, found, strict=True):
            target.set("data-line", str(context.positions.line(offset if where is None else where)))


def _blocks(
    top: etree._Element,
) -> dict[etree._Element, tuple[list[str], list[etree._Element]]]:
    """Each block under ``top`` with its words, and its links and pictures, in order.

    Words of a block inside another one belong to the inner block alone.
    """
    blocks: dict[etree._Element, tuple[list[str], list[etree._Element]]] = {}
    owners: list[etree._Element] = []
    for event, element in etree.iterwalk(top, events=("start", "end")):
        if event == "start":
            owners.append(element if name(element) in _OWNERS or not owners else owners[-1])
            words, targets = blocks.setdefault(owners[-1], ([], []))
            if not _is_number(element):
                words.extend(WORD.findall(element.text or ""))
                if name(element) in ("a", "img"):
                    targets.append(element)
        else:
            owners.pop()
            if owners and element.tail:
                blocks[owners[-1]][0].extend(WORD.findall(element.tail))
    return blocks


def _is_number(element: etree._Element) -> bool:
    """Whether the element's text is the number of a note, or the link back from a note."""
    parent = element.getparent()
    both = [*classes(element), *(classes(parent) if parent is not None else ())]
    return "footnote-ref" in both or "footnote-back" in both


def _target_offset(
    element: etree._Element, context: Context, aligner: _Aligner, start: int
) -> int | None:
    """The offset from ``start`` on at which the source names the element's target; else None."""
    written = element.get("href") or element.get("src") or ""
    written = written.replace(f"#{context.slug}.", "#", 1)
    for needle in (written, unquote(written)):
        offset = aligner.target(needle, start)
        if offset is not None:
            return offset
    return None


def _containers(root: etree._Element) -> None:
    """Set the lines of blocks without words: that of the first one inside, else the one before."""
    last = ""
    for element in elements(root):
        if name(element) not in BLOCKS or element is root:
            continue
        if not element.get("data-line"):
            inner = (
                e for e in element.iterdescendants() if e.get("data-line") and name(e) != "caption"
            )
            first = next(inner, None)
            line = last if first is None else first.get("data-line", last)
            if line:
                element.set("data-line", line)
        last = element.get("data-line", last)
