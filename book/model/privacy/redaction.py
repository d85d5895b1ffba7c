"""Names that may not be published: found in a text however they are written, and replaced.

Two or more words of a person's name in a row are the person: «Anna Verdi», «VERDI, Anna»,
«A. Verdi», ``anna-verdi``, ``Anna%20Verdi``. One word alone may be somebody else or no name at
all, so it is only told (:meth:`Redaction.parts`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from book.findings import Finding
from book.model.privacy.folding import Word, folded, words

_PARTICLES = """
    d de di da del dei della dello degli delle dal dalla dall la le lo li l van von der den e y
    bin ibn al el san santa mc
    dott dr ing avv prof sig
"""
PARTICLES = frozenset(_PARTICLES.split())
"""Words of names that are nobody's own: they count only between words that are."""

_GAP = 16
"""The most characters between two words of one name: markup, an entity, a line's end."""
_MOST_INITIALS = 4
_SPACES = re.compile(r"[ \t\u00a0\u202f,.'’-]*")
_GLUE = re.compile(r"[-_.+~]|%20|%2[BbDdEe]", re.ASCII)
_BLANK_LINE = re.compile(r"\n[ \t>]*\n")


@dataclass(frozen=True)
class Named:
    """A person with a name, and what is shown in its place (nothing when the name may stand)."""

    name: str = field(repr=False)
    shown: str | None = None

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The words of the name, folded."""
        return folded(self.name)

    @cached_property
    def own(self) -> frozenset[str]:
        """The words that are the person's own, without particles and initials."""
        return frozenset(t for t in self.tokens if t not in PARTICLES and len(t) > 1)

    @cached_property
    def initials(self) -> frozenset[str]:
        """First letters of the own words."""
        return frozenset(t[0] for t in self.own)

    @cached_property
    def glued(self) -> frozenset[str]:
        """The name as one word, in either order: ``annaverdi``, ``verdianna``."""
        parts = self.tokens
        if len(self.own) < 2:
            return frozenset()
        turns = (parts[n:] + parts[:n] for n in range(len(parts)))
        short = (parts[0], parts[-1])
        return frozenset("".join(t) for t in (*turns, short, short[::-1]))


class Run(NamedTuple):
    """Words ``first`` to ``last`` (excluded) of a text that name somebody."""

    person: Named
    first: int
    last: int


class Replaced(NamedTuple):
    """A name that was replaced: where it stood in the text, and what is there now."""

    offset: int
    shown: str


@dataclass(frozen=True)
class Redaction:
    """The people of an edition, and the words that may stand although they look like names.

    Kept in memory only: it is the one thing after the loader that knows withheld names.
    """

    people: tuple[Named, ...] = field(default=(), repr=False)
    allowed: tuple[str, ...] = field(default=(), repr=False)

    @cached_property
    def withheld(self) -> tuple[Named, ...]:
        """Those whose names may not be published."""
        return tuple(p for p in self.people if p.shown is not None)

    def text(self, text: str) -> str:
        """``text`` without withheld names; lines stay lines."""
        return self.replaced(text)[0]

    def replaced(self, text: str) -> tuple[str, list[Replaced]]:
        """``text`` without withheld names, and where there were any."""
        if not self.withheld or not text:
            return text, []
        found = words(text)
        kept = self._allowed_ranges(text)
        edits: list[tuple[int, int, str]] = []
        told = []
        for run in self._runs(text, found):
            within = found[run.first : run.last]
            if run.person.shown is None or _inside(within[0], kept):
                continue
            told.append(Replaced(within[0].start, run.person.shown))
            edits += _edits(text, within, run.person.shown)
        return spliced(text, edits), told

    def parts(self, text: str) -> list[Replaced]:
        """Where one word of a withheld name stands alone, as names are written."""
        if not self.withheld or not text:
            return []
        found = words(text)
        kept = self._allowed_ranges(text)
        covered = {n for run in self._runs(text, found) for n in range(run.first, run.last)}
        told = []
        for number, word in enumerate(found):
            if number in covered or not word.capital or len(word.text) < 3:
                continue
            person = self._by_own.get(word.text)
            if person is not None and person.shown is not None and not _inside(word, kept):
                told.append(Replaced(word.start, person.shown))
        return told

    def quoted(self, text: str) -> str:
        """``text`` for those who mend it: without withheld names, of single words the initial."""
        text = self.text(text)
        found = {word.start: word for word in words(text)} if self.withheld else {}
        parts = (found[part.offset] for part in self.parts(text))
        return spliced(text, [(word.start + 1, word.end, "…") for word in parts])

    def holds(self, text: str) -> Named | None:
        """The first withheld person whom ``text`` names, if any."""
        if not self.withheld:
            return None
        found = words(text)
        runs = self._runs(text, found)
        return next((run.person for run in runs if run.person.shown is not None), None)

    def finding(self, finding: Finding) -> Finding:
        """The finding without withheld names in its values and its file's name."""
        if not self.withheld:
            return finding
        values = {
            key: self.quoted(value) if isinstance(value, str) else value
            for key, value in finding.values.items()
        }
        return replace(finding, file=self.text(finding.file), values=values)

    def findings(self, findings: Iterable[Finding]) -> list[Finding]:
        """All of ``findings`` without withheld names."""
        return [self.finding(finding) for finding in findings]

    @cached_property
    def _by_own(self) -> dict[str, Named]:
        """The first withheld person of each word."""
        return {word: person for person in reversed(self.withheld) for word in person.own}

    @cached_property
    def _by_beginning(self) -> dict[str, list[Named]]:
        """The people of whom a word, or a name written as one word, may be."""
        found: dict[str, list[Named]] = {}
        for person in self.people:
            for beginning in {*person.tokens, *person.glued}:
                found.setdefault(beginning, []).append(person)
        return found

    def _candidates(self, found: list[Word], at: int) -> list[Named]:
        """The people whose name may begin here; after initials, those of the next full word."""
        ahead = at
        while ahead < min(at + _MOST_INITIALS, len(found) - 1) and len(found[ahead].text) == 1:
            ahead += 1
        people = []
        for text in dict.fromkeys((found[at].text, found[ahead].text)):
            bare = text.rstrip("0123456789")
            people += self._by_beginning.get(text) or self._by_beginning.get(bare, [])
        return people

    def _allowed_ranges(self, text: str) -> list[tuple[int, int]]:
        if not self.allowed:
            return []
        phrases = "|".join(re.escape(p) for p in sorted(self.allowed, key=len, reverse=True))
        return [match.span() for match in re.finditer(phrases, text)]

    def _runs(self, text: str, found: list[Word]) -> Iterator[Run]:
        at = 0
        while at < len(found):
            best = max(
                (self._run(person, text, found, at) for person in self._candidates(found, at)),
                key=lambda run: run.last - run.first,
                default=None,
            )
            if best is None or best.last == at:
                at += 1
                continue
            yield best
            at = best.last

    def _run(self, person: Named, text: str, found: list[Word], at: int) -> Run:
        """The words from ``at`` on that are ``person``; an empty run when they are not."""
        first = found[at]
        if first.text.rstrip("0123456789") in person.glued:
            return Run(person, at, at + 1)
        if len(person.own) == 1 and len(person.tokens) == 1:
            alone = first.text in person.own and first.capital
            return Run(person, at, at + 1 if alone else at)
        if not _may_start(person, text, found, at):
            return Run(person, at, at)
        seen: set[str] = set()
        initials: set[str] = set()
        last = end = at
        while last < len(found):
            word = found[last]
            if last > at and not _near(text, found[last - 1], word):
                break
            if word.text in person.own and word.text not in seen:
                seen.add(word.text)
            elif word.text not in initials and _is_initial(person, text, word):
                initials.add(word.text)
            elif word.text in person.own or word.text not in person.tokens:
                break
            last += 1
            others = {token[0] for token in person.own - seen}
            named = len(seen) > 1 or (bool(seen) and bool(initials & others))
            if named and (word.text in person.own or _is_initial(person, text, word)):
                end = last
        return Run(person, at, end)


def _may_start(person: Named, text: str, found: list[Word], at: int) -> bool:
    """Whether a name can begin here: a particle does so only before the word that it belongs to."""
    word = found[at]
    if word.text in person.own or _is_initial(person, text, word):
        return True
    following = found[at + 1].text if at + 1 < len(found) else ""
    return word.capital and (word.text, following) in pairwise(person.tokens)


def _is_initial(person: Named, text: str, word: Word) -> bool:
    """Whether the word is an initial of the person, with its full stop."""
    return (
        len(word.text) == 1
        and word.capital
        and word.text in person.initials
        and text[word.end : word.end + 1] == "."
    )


def _near(text: str, before: Word, after: Word) -> bool:
    gap = text[before.end : after.start]
    return len(gap) <= _GAP and not _BLANK_LINE.search(gap)


def _inside(word: Word, ranges: list[tuple[int, int]]) -> bool:
    """Whether a word stands in one of ``ranges``, which are in order and apart."""
    at = bisect_right(ranges, word.start, key=lambda span: span[0]) - 1
    return at >= 0 and word.end <= ranges[at][1]


def spliced(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """``text`` with new words in the place of ranges, which are in order and apart."""
    pieces = []
    at = 0
    for start, end, new in edits:
        pieces += [text[at:start], new]
        at = end
    return "".join((*pieces, text[at:]))


def _edits(text: str, within: list[Word], shown: str) -> list[tuple[int, int, str]]:
    """What to put where. Markup, cells and lines between the words stay as they are."""
    gaps = [text[a.end : b.start] for a, b in pairwise(within)]
    start, end = within[0].start, within[-1].end
    if _is_address(text, start, end, gaps):
        return [(start, end, slug(shown))]
    if all(_SPACES.fullmatch(gap) for gap in gaps):
        return [(start, end, shown)]
    pieces = _spread(shown.split(), len(within))
    return [(w.start, w.end, piece) for w, piece in zip(within, pieces, strict=True)]


def _is_address(text: str, start: int, end: int, gaps: list[str]) -> bool:
    """Whether the name is part of a file name, an id or an address, which have no spaces."""
    written = text[start:end]
    if gaps:
        glued = all(_GLUE.fullmatch(gap) for gap in gaps)
        return glued and (written.islower() or any(gap != "." for gap in gaps))
    around = {text[max(start - 1, 0) : start], text[end : end + 1]}
    return written.islower() or bool(around & set("/#=@_"))


def _spread(parts: list[str], count: int) -> list[str]:
    """The words of a pseudonym over ``count`` places, none of which stays empty."""
    if len(parts) < count:
        return [*parts, *["…"] * (count - len(parts))]
    return [*parts[: count - 1], " ".join(parts[count - 1 :])]


def slug(shown: str) -> str:
    """A pseudonym as part of an address: ``partecipante-1-comune``."""
    return "-".join(folded(shown))
