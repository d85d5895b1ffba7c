"""A source's words numbered, so that pandoc's own output says in which node each has landed.

Two letters of a word are replaced by a pair of signs that spells the word's number. Both signs
are letters to pandoc and one column wide, so that no list, table or emphasis changes. Words that
are syntax (labels, tags, entities, attributes, list markers) keep their letters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_SIGNS = [chr(code) for code in (*range(0x13000, 0x1342F), *range(0x14400, 0x14647))]
"""Egyptian and Anatolian hieroglyphs."""
_BASE = len(_SIGNS)
_VALUES = {sign: number for number, sign in enumerate(_SIGNS)}
_SIGN = "[\U00013000-\U0001342e\U00014400-\U00014646]"
PAIR = re.compile(_SIGN * 2)
ANY_SIGN = re.compile(_SIGN)
WORD = re.compile(r"[^\W\d_]{2,}")
TAG = r"<[A-Za-z/?](?:[^<>\"']|\"[^\"]{0,500}\"|'[^']{0,500}')*>|<[A-Za-z/?][^<>]*>"
"""A tag, signs of tags in its attributes included; else what begins and ends as one."""
_SYNTAX = re.compile(
    rf"{TAG}"
    r"|&\#?\w+;|\[\^[^\]\[\s]{1,200}\]|(?<!\w)@[\w-]+|\{[^{}\n]*\}"
    r"|(?<![^\s>])\(?[ivxlcdmIVXLCDM]+[.)](?=\s)|(?m:^[ >\t]*[Tt]able:)|https?:|mailto:"
)
_REFERENCE = re.compile(r"\[([^\[\]^\n][^\[\]\n]*)\]:")
_BRACKETS = re.compile(r"\[([^\[\]]+)\]")
# Ids of headings are made from their words. One that the source gives by itself stands in {…},
# which keeps its letters; were it read as text in one of the two readings, the texts would differ.
_HEADING_ID = re.compile(r'("t":"Header","c":\[\d+,\[)"(?:[^"\\]|\\.)*"')
_FEW_ROUNDS = 4
"""Rounds after which no single words are given up any more, but all of them."""


def number_of(pair: str) -> int:
    """The number that a pair of signs spells."""
    return _VALUES[pair[0]] * _BASE + _VALUES[pair[1]]


def without_heading_ids(document: str) -> str:
    """The JSON of pandoc with an empty id for each heading."""
    return _HEADING_ID.sub(r'\1""', document)


@dataclass
class Marking:
    """The words of a source by number, and those given up (``unmarked``).

    A source that holds such signs of its own has no words that could be marked.
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
        """Whether there are marks left that can prove something, or no words at all."""
        return self.is_safe and (len(self.unmarked) < len(self.offsets) or not self.offsets)

    def marked(self) -> str:
        """The source with a pair in the place of two letters of each word."""
        text = list(self.source)
        for number, offset in enumerate(self.offsets):
            if number not in self.unmarked:
                text[offset], text[offset + 1] = _SIGNS[number // _BASE], _SIGNS[number % _BASE]
        return "".join(text)

    def restored(self, document: str) -> str:
        """A JSON text with the letters of the source in the place of the pairs."""
        return PAIR.sub(self._letters, document)

    def _letters(self, pair: re.Match[str]) -> str:
        offset = self.offsets[number_of(pair[0])]
        return self.source[offset : offset + 2]

    def give_up(self, marked: str, plain: str) -> None:
        """Unmark the words of the blocks in which two documents differ, at last all words."""
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
            # A table's column may have cut a pair in two: then only the neighbours are known.
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
    """Where the words stand that may be marked."""
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
