"""Which words of a notice say what: the statement, the fund, the CUP, the disclaimer.

Words are compared without spaces and line ends, with one kind of apostrophe and hyphen, since
these are what typesetting changes and no rule asks about; capitals and all else must agree.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from book.compose.notice import in_language, project_line
from book.model.loaded import LoadedEdition
from book.model.programme import Programme
from book.notice.evidence import Words

_ALIKE = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "\xad": "", "\u200b": "", "\ufeff": ""}
)
_SEPARATORS = '-–—·•|/,;:.()«»"“”'
_SIMILAR = 0.62
_MOST_LINES = 4
_SHORT = 40
"""Characters; a shorter line is no sure part of a long text."""


def funded(loaded: LoadedEdition) -> tuple[Programme, ...]:
    """The edition's programmes that ask for a notice."""
    return tuple(programme for programme in loaded.programmes if programme.has_notice)


def squashed(text: str) -> str:
    """``text`` as it is compared."""
    folded = unicodedata.normalize("NFKC", text.translate(_ALIKE)).translate(_ALIKE)
    return "".join(folded.split())


@dataclass(frozen=True)
class Spoken:
    """Runs of words made searchable: one squashed text, and whose each character is."""

    words: tuple[Words, ...]
    text: str
    owners: tuple[int, ...]

    @classmethod
    def of(cls, words: Iterable[Words]) -> Spoken:
        runs = tuple(words)
        texts = [squashed(run.text) for run in runs]
        owners = [index for index, text in enumerate(texts) for _ in text]
        return cls(runs, "".join(texts), tuple(owners))

    def exactly(self, phrase: str) -> list[int]:
        """The runs that say ``phrase`` and nothing but separators around it; none if none do."""
        wanted = squashed(phrase)
        start = self.text.find(wanted) if wanted else -1
        while start >= 0:
            end = start + len(wanted)
            if self._is_edge(start) and self._is_edge(end):
                return sorted(set(self.owners[start:end]))
            start = self.text.find(wanted, start + 1)
        return []

    def similarly(self, phrase: str) -> list[int]:
        """The run of lines that comes nearest to ``phrase``; none when nothing does."""
        wanted = squashed(phrase).lower()
        texts = [squashed(run.text).lower() for run in self.words]
        best, found = _SIMILAR, range(0)
        for first in range(len(texts)):
            for last in range(first + 1, min(first + _MOST_LINES, len(texts)) + 1):
                candidate = "".join(texts[first:last])
                if len(candidate) > 2 * len(wanted):
                    break
                ratio = difflib.SequenceMatcher(None, wanted, candidate, False).ratio()
                if ratio > best:
                    best, found = ratio, range(first, last)
        return list(found)

    def without(self, indexes: Sequence[int]) -> Spoken:
        """The other runs."""
        return Spoken.of(run for n, run in enumerate(self.words) if n not in set(indexes))

    def _is_edge(self, position: int) -> bool:
        """Whether one thing ends and another begins before the character at ``position``."""
        if position in (0, len(self.text)):
            return True
        before, after = self.text[position - 1], self.text[position]
        other_run = self.owners[position - 1] != self.owners[position]
        return other_run or before in _SEPARATORS or after in _SEPARATORS


def statements(programmes: Iterable[Programme], language: str) -> list[str]:
    """What the law words: statement and fund of each programme, without repetitions."""
    texts = [in_language(t, language) for p in programmes for t in (p.statement, p.fund)]
    return list(dict.fromkeys(text for text in texts if text))


def phrases(loaded: LoadedEdition) -> list[str]:
    """Everything that the notice of an edition is expected to say."""
    programmes, edition = funded(loaded), loaded.edition
    language = edition.language
    lines = [
        line
        for p in programmes
        for line in p.lines.get(language.split("-")[0]) or p.lines.get("it", ())
    ]
    project = project_line(list(programmes), edition.project, language)
    cup = edition.project.cup if edition.project else ""
    said = [*statements(programmes, language), *lines, project, cup, *disclaimers(loaded)]
    return [phrase for phrase in said if phrase]


def disclaimers(loaded: LoadedEdition) -> list[str]:
    """The disclaimers of an edition's programmes."""
    texts = [in_language(p.disclaimer, loaded.edition.language) for p in funded(loaded)]
    return list(dict.fromkeys(text for text in texts if text))


def main_words(words: Sequence[Words], loaded: LoadedEdition) -> Spoken:
    """Words without the disclaimer, which names the Union but is not the statement."""
    spoken = Spoken.of(words)
    for text in disclaimers(loaded):
        spoken = spoken.without(spoken.exactly(text) or _long(spoken, text))
    return spoken


def statement_words(words: Sequence[Words], loaded: LoadedEdition) -> list[Words]:
    """The words that say statement and fund, or come near to saying them."""
    spoken = main_words(words, loaded)
    found: set[int] = set()
    for phrase in statements(funded(loaded), loaded.edition.language):
        found.update(spoken.exactly(phrase) or spoken.similarly(phrase))
    return [spoken.words[index] for index in sorted(found)]


def says_anything(words: Sequence[Words], loaded: LoadedEdition) -> list[int]:
    """The runs that say something of what the notice is expected to say."""
    spoken = Spoken.of(words)
    found: set[int] = set()
    for phrase in phrases(loaded):
        found.update(spoken.exactly(phrase) or spoken.similarly(phrase))
    return sorted(found)


def _long(spoken: Spoken, text: str) -> list[int]:
    """The lines of a long text that are found in it one by one."""
    wanted = squashed(text)
    return [
        n
        for n, run in enumerate(spoken.words)
        if len(s := squashed(run.text)) > _SHORT and s in wanted
    ]
