"""Finds the parts of a notice among its words: the statement, the fund, the CUP, the disclaimer.

Words are compared without spaces and line ends, and with one kind of apostrophe and hyphen:
typesetting changes these, and no rule asks about them. Capitals and all other characters must
agree.
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
"""The ratio of equal characters above which lines count as an attempt to say a phrase."""
_MOST_LINES = 4
"""Lines over which a phrase may be broken."""
_SHORT = 40
"""Characters of a line up to which it may occur in a long text by chance."""


def programmes_with_notice(loaded: LoadedEdition) -> tuple[Programme, ...]:
    """The programmes of the edition that ask for a notice."""
    return tuple(programme for programme in loaded.programmes if programme.has_notice)


def normalised(text: str) -> str:
    """``text`` in the form in which texts are compared."""
    # NFKC may yield characters that are in the table, so the table is applied after it, too.
    folded = unicodedata.normalize("NFKC", text.translate(_ALIKE)).translate(_ALIKE)
    return "".join(folded.split())


@dataclass(frozen=True)
class SearchableText:
    """The words of a notice as one normalised text that can be searched for phrases.

    ``owners`` gives, for each character of ``text``, the index of its run in ``words``. With it a
    match in the text, which may span several runs, leads back to the runs.
    """

    words: tuple[Words, ...]
    text: str
    owners: tuple[int, ...]

    @classmethod
    def of(cls, words: Iterable[Words]) -> SearchableText:
        runs = tuple(words)
        texts = [normalised(run.text) for run in runs]
        owners = [index for index, text in enumerate(texts) for _ in text]
        return cls(runs, "".join(texts), tuple(owners))

    def find_exact(self, phrase: str) -> list[int]:
        """The indexes of the runs that say ``phrase`` exactly; empty when none do.

        Separators or the edges of runs must bound the phrase: «Fondo sociale europeo» is not found
        in «Fondo sociale europeo Plus».
        """
        wanted = normalised(phrase)
        start = self.text.find(wanted) if wanted else -1
        while start >= 0:
            end = start + len(wanted)
            if self._is_edge(start) and self._is_edge(end):
                return sorted(set(self.owners[start:end]))
            start = self.text.find(wanted, start + 1)
        return []

    def find_similar(self, phrase: str) -> list[int]:
        """The indexes of the successive runs that resemble ``phrase`` most; empty when none do.

        It finds statements with mistakes, so that rules can show the reader what is wrong.
        """
        wanted = normalised(phrase).lower()
        texts = [normalised(run.text).lower() for run in self.words]
        best, found = _SIMILAR, range(0)
        for first in range(len(texts)):
            for last in range(first + 1, min(first + _MOST_LINES, len(texts)) + 1):
                candidate = "".join(texts[first:last])
                if len(candidate) > 2 * len(wanted):
                    break  # with more lines it would resemble the phrase even less
                ratio = difflib.SequenceMatcher(None, wanted, candidate, False).ratio()
                if ratio > best:
                    best, found = ratio, range(first, last)
        return list(found)

    def without(self, indexes: Sequence[int]) -> SearchableText:
        """The text of all runs except those at ``indexes``."""
        return SearchableText.of(run for n, run in enumerate(self.words) if n not in set(indexes))

    def _is_edge(self, position: int) -> bool:
        """Whether a run or a separator ends or begins before the character at ``position``."""
        if position in (0, len(self.text)):
            return True
        before, after = self.text[position - 1], self.text[position]
        other_run = self.owners[position - 1] != self.owners[position]
        return other_run or before in _SEPARATORS or after in _SEPARATORS


def statements(programmes: Iterable[Programme], language: str) -> list[str]:
    """The texts that the law prescribes: statement and fund of each programme, each once."""
    texts = [in_language(t, language) for p in programmes for t in (p.statement, p.fund)]
    return list(dict.fromkeys(text for text in texts if text))


def phrases(loaded: LoadedEdition) -> list[str]:
    """All texts that the notice of an edition is expected to show."""
    programmes, edition = programmes_with_notice(loaded), loaded.edition
    language = edition.language
    lines = [
        line
        for p in programmes
        for line in p.lines.get(language.split("-")[0]) or p.lines.get("it", ())
    ]
    project = project_line(list(programmes), edition.project, language)
    cup = edition.project.cup if edition.project else ""
    expected = [*statements(programmes, language), *lines, project, cup, *disclaimers(loaded)]
    return [phrase for phrase in expected if phrase]


def disclaimers(loaded: LoadedEdition) -> list[str]:
    """The disclaimers of the edition's programmes, in the edition's language, each once."""
    language = loaded.edition.language
    texts = [in_language(p.disclaimer, language) for p in programmes_with_notice(loaded)]
    return list(dict.fromkeys(text for text in texts if text))


def main_words(words: Sequence[Words], loaded: LoadedEdition) -> SearchableText:
    """The words of a notice without its disclaimer, which names the Union but is no statement."""
    searchable = SearchableText.of(words)
    for text in disclaimers(loaded):
        lines = searchable.find_exact(text) or _lines_within(searchable, text)
        searchable = searchable.without(lines)
    return searchable


def statement_words(words: Sequence[Words], loaded: LoadedEdition) -> list[Words]:
    """The runs that say statement and fund, or resemble them."""
    searchable = main_words(words, loaded)
    found: set[int] = set()
    for phrase in statements(programmes_with_notice(loaded), loaded.edition.language):
        found.update(searchable.find_exact(phrase) or searchable.find_similar(phrase))
    return [searchable.words[index] for index in sorted(found)]


def says_anything(words: Sequence[Words], loaded: LoadedEdition) -> list[int]:
    """The indexes of the runs that say, exactly or nearly, one of the texts of a notice.

    An empty list means that the words are no notice.
    """
    searchable = SearchableText.of(words)
    found: set[int] = set()
    for phrase in phrases(loaded):
        found.update(searchable.find_exact(phrase) or searchable.find_similar(phrase))
    return sorted(found)


def _lines_within(searchable: SearchableText, text: str) -> list[int]:
    """The indexes of the runs, except short ones, that are part of ``text``.

    They find a disclaimer of which a line is missing, so that the text as a whole is not found.
    """
    wanted = normalised(text)
    return [
        n
        for n, run in enumerate(searchable.words)
        if len(s := normalised(run.text)) > _SHORT and s in wanted
    ]
