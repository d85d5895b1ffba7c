"""Numbers the words of a source, so that pandoc's own output says in which node each word landed.

The first two letters of a word are replaced by a pair of signs that spells the word's number.
Pandoc takes both signs for letters, one column wide, so that lists, tables and emphasis stay the
same. Words that are syntax (labels, tags, entities, attributes, list markers) keep their letters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_SIGNS = [chr(code) for code in (*range(0x13000, 0x1342F), *range(0x14400, 0x14647))]
"""Egyptian and Anatolian hieroglyphs: letters that no chapter is likely to have."""
_BASE = len(_SIGNS)
_VALUES = {sign: number for number, sign in enumerate(_SIGNS)}
_SIGN = "[\U00013000-\U0001342e\U00014400-\U00014646]"
PAIR = re.compile(_SIGN * 2)
ANY_SIGN = re.compile(_SIGN)
WORD = re.compile(r"[^\W\d_]{2,}")
TAG = r"<[A-Za-z/?](?:[^<>\"']|\"[^\"]{0,500}\"|'[^']{0,500}')*>|<[A-Za-z/?][^<>]*>"
"""A tag, whose attributes may hold ``<`` and ``>``; else whatever begins and ends like a tag."""
_SYNTAX = re.compile(
    rf"{TAG}"
    r"|&\#?\w+;|\[\^[^\]\[\s]{1,200}\]|(?<!\w)@[\w-]+|\{[^{}\n]*\}"
    r"|(?<![^\s>])\(?[ivxlcdmIVXLCDM]+[.)](?=\s)|(?m:^[ >\t]*[Tt]able:)|https?:|mailto:"
)
_REFERENCE = re.compile(r"\[([^\[\]^\n][^\[\]\n]*)\]:")
_BRACKETS = re.compile(r"\[([^\[\]]+)\]")
# Pandoc makes ids of headings from their words, so that the ids of the marked reading differ. They
# are left out of the comparison. An id that the source gives stands in {…}, which is not marked;
# if only one of the two readings took it for an id, the texts of the headings would differ.
_HEADING_ID = re.compile(r'("t":"Header","c":\[\d+,\[)"(?:[^"\\]|\\.)*"')
_FEW_ROUNDS = 4
"""The number of rounds in which single words are given up. The next round gives up all."""


def number_of(pair: str) -> int:
    """The number that a pair of signs spells."""
    return _VALUES[pair[0]] * _BASE + _VALUES[pair[1]]


def without_heading_ids(document: str) -> str:
    """Pandoc's JSON document with an empty id for each heading."""
    return _HEADING_ID.sub(r'\1""', document)


@dataclass
class Marking:
    """The numbered words of a source.

    ``offsets`` has the offset of each word by its number. ``unmarked`` are the numbers of words
    that keep their letters, because marking them changes what pandoc reads. ``is_safe`` is false
    for a source that holds such signs itself: then no word is marked.
    """

    source: str
    offsets: list[int] = field(init=False)
    unmarked: set[int] = field(default_factory=set)
    rounds: int = 0

    def __post_init__(self) -> None:
        self.is_safe = not ANY_SIGN.search(self.source)
        self.offsets = list(_offsets(self.source)) if self.is_safe else []

    @property
    def proves(self) -> bool:
        """Whether equal readings prove the map: some words are marked, or there are none."""
        return self.is_safe and (len(self.unmarked) < len(self.offsets) or not self.offsets)

    def marked(self) -> str:
        """The source with a pair in the place of two letters of each word."""
        text = list(self.source)
        for number, offset in enumerate(self.offsets):
            if number not in self.unmarked:
                text[offset], text[offset + 1] = _SIGNS[number // _BASE], _SIGNS[number % _BASE]
        return "".join(text)

    def restored(self, document: str) -> str:
        """A JSON document with the letters of the source in the place of the pairs."""
        return PAIR.sub(self._letters, document)

    def _letters(self, pair: re.Match[str]) -> str:
        offset = self.offsets[number_of(pair[0])]
        return self.source[offset : offset + 2]

    def give_up(self, marked: str, plain: str) -> None:
        """Unmark the words of the blocks in which two documents differ; in late rounds all words.

        ``marked`` is pandoc's document of the marked source, ``plain`` that of the source. The
        blocks that agree at the start and at the end are skipped. All words from the lowest to the
        highest number in the blocks between are unmarked.
        """
        self.rounds += 1
        before = len(self.unmarked)
        texts, wanted = _blocks(marked), _blocks(plain)
        restored = [self.restored(text) for text in texts]
        shorter = min(len(texts), len(wanted))
        first = last = 0
        while first < shorter and restored[first] == wanted[first]:
            first += 1
        while last < shorter - first and restored[-1 - last] == wanted[-1 - last]:
            last += 1
        changed = texts[first : len(texts) - last]
        if self.rounds <= _FEW_ROUNDS:
            # Pandoc cuts the lines of some tables at columns, which may part the signs of a pair.
            # A block may then have no whole pair: the words to unmark lie between the last pair
            # before it and the first one after it. A single sign belongs to the word before the
            # lowest or after the highest number, so both are unmarked, too.
            numbers = _numbers(changed) or [
                *_numbers(texts[:first])[-1:],
                *_numbers(texts[len(texts) - last :])[:1],
            ]
            cut = any(ANY_SIGN.search(text) for text in restored[first : len(texts) - last])
            if numbers:
                self.unmarked.update(range(max(0, min(numbers) - cut), max(numbers) + 1 + cut))
        if len(self.unmarked) == before:
            self.unmarked = set(range(len(self.offsets)))


def _blocks(document: str) -> list[str]:
    blocks: list[Any] = json.loads(document)["blocks"]
    return [json.dumps(block, ensure_ascii=False) for block in blocks]


def _numbers(texts: list[str]) -> list[int]:
    return [number_of(pair) for text in texts for pair in PAIR.findall(text)]


def _offsets(source: str) -> Iterator[int]:
    """The offsets of the words that may be marked: those that touch no syntax."""
    kept = bytearray(len(source) + 1)
    syntax = [match.span() for match in _SYNTAX.finditer(source)]
    labels = {_folded(match[1]) for match in _REFERENCE.finditer(source)}
    if labels:
        brackets = _BRACKETS.finditer(source)
        syntax += [match.span() for match in brackets if _folded(match[1]) in labels]
    for start, end in syntax:
        kept[start:end] = b"\1" * (end - start)
    for word in WORD.finditer(source):
        if not any(kept[word.start() : word.end()]):
            yield word.start()


def _folded(label: str) -> str:
    return " ".join(label.lower().split())
