"""Hints on words that hunspell's Italian dictionary does not know.

Only words that start with a small letter are looked up, because names are in no dictionary. The
dictionary is in ``assets/dictionaries``; reading it takes a twentieth of a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from hunspell import Hunspell

from book.findings import Finding
from book.lint.italian_words import ABBREVIATIONS, ELIDED, key
from book.lint.language_codes import UNKNOWN_WORD
from book.lint.prose import Prose
from book.messages import N_, translate

DICTIONARIES = "dictionaries"
"""The folder of dictionaries among the assets."""
_WORD = re.compile(r"(?<![\w’'@.])[^\W\d_]+(?:[’'-][^\W\d_]+)*(?![\w@’'])")
_ENTITY = re.compile(r"&\#?\w{1,30};")
_ENTITY_BEFORE = re.compile(r"&\#?\w{1,30};\Z")
_SHORTEST = 4
"""Letters that a word must have to be looked up."""
_LONGEST = 40
"""Letters that a word may have to be looked up."""
_LETTERS = "abcdefghilmnopqrstuvzàèéìòùjkwxy"
_MOST_PROPOSALS = 3
_ELIDED = frozenset(ELIDED.split("|"))
_MIXED = re.compile(r"[a-zà-ÿ][A-Z]")


@cache
def _hunspell(folder: Path) -> Hunspell:
    return Hunspell("it_IT", hunspell_data_dir=str(folder), system_encoding="UTF-8")


@dataclass
class Dictionary:
    """Hunspell's Italian dictionary together with the words of the house and of the edition.

    ``folder`` holds ``it_IT.aff`` and ``it_IT.dic``. ``known`` are words in lower case; one that
    ends with ``*`` stands for all words that begin so. Verdicts are kept, because a book repeats
    its words.
    """

    folder: Path
    known: frozenset[str]
    _verdicts: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        return tuple(word[:-1] for word in sorted(self.known) if word.endswith("*"))

    def knows(self, word: str) -> bool:
        """Whether a list has the word, or all parts that an apostrophe or hyphens join in it."""
        word = key(word)
        if word not in self._verdicts:
            self._verdicts[word] = self._is_word(word)
        return self._verdicts[word]

    def _is_word(self, word: str) -> bool:
        if self._is_listed(word):
            return True
        head, apostrophe, rest = word.partition("'")
        if apostrophe and rest:
            return head in _ELIDED and (len(rest) < _SHORTEST or self.knows(rest))
        parts = word.split("-")
        return len(parts) > 1 and all(len(part) < _SHORTEST or self.knows(part) for part in parts)

    def _is_listed(self, word: str) -> bool:
        """Whether one of the lists has the word itself."""
        return (
            word in self.known
            or word.startswith(self._beginnings)
            or bool(_hunspell(self.folder).spell(word))
        )

    def proposals(self, word: str) -> list[str]:
        """Known words that differ by one slip: letters swapped, one too many, missing or wrong."""
        word = key(word)
        splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
        candidates = [
            *(a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1),
            *(a + b[1:] for a, b in splits if b),
            *(a + letter + b for a, b in splits for letter in _LETTERS),
            *(a + letter + b[1:] for a, b in splits if b for letter in _LETTERS),
        ]
        found: dict[str, None] = {}
        for candidate in candidates:
            if candidate != word and candidate not in found and self._is_listed(candidate):
                found[candidate] = None
                if len(found) == _MOST_PROPOSALS:
                    break
        return list(found)


def check(
    prose: Prose, dictionary: Dictionary, foreign: list[tuple[int, int]], language: str
) -> Iterator[Finding]:
    """A finding for each unknown word of a chapter, at its first place.

    ``foreign`` are passages to pass over, as offsets in the file. ``language`` is the language of
    findings: their advice is put together here, with the proposals.
    """
    seen = set()
    for found in _WORD.finditer(prose.mask):
        word = found[0]
        is_short = prose.mask[found.end() : found.end() + 1] == "." and word in ABBREVIATIONS
        is_foreign = any(start <= found.start() < end for start, end in foreign)
        if word in seen or is_short or is_foreign or not _is_common(word) or _is_part(found, prose):
            continue
        seen.add(word)
        if dictionary.knows(word):
            continue
        near = dictionary.proposals(word)
        advice = N_("perhaps: {words}") if near else N_("look at it again")
        text = translate(advice, language).format(words=", ".join(near))
        yield UNKNOWN_WORD.at(*prose.place(found.start()), word=word, advice=text)


def _is_part(found: re.Match[str], prose: Prose) -> bool:
    """Whether the word is only the part of one that holds an entity: «citt&agrave;»."""
    before = prose.text[max(found.start() - 33, 0) : found.start()]
    return bool(_ENTITY.match(prose.text, found.end()) or _ENTITY_BEFORE.search(before))


def _is_common(word: str) -> bool:
    """Whether to look the word up: it is no name, no abbreviation, and in the Latin alphabet."""
    return (
        _SHORTEST <= len(word) <= _LONGEST
        and word[0].islower()
        and not _MIXED.search(word)
        and word[0] < "\u0250"
        and not any(part[:1].isupper() for part in re.split(r"[’'-]", word))
    )
