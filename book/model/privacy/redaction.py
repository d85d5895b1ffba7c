"""Redaction: finds names that may not be published in a text, and replaces them by pseudonyms.

Two or more words of a person's name in a row count as the person: «Anna Verdi», «VERDI, Anna»,
«A. Verdi», ``anna-verdi``, ``Anna%20Verdi``. They are replaced. One word alone may be another
person's name or no name at all («verdi» is also a colour). It is not replaced, only reported
(:meth:`Redaction.lone_words`), and an editor decides.

How a text is searched: it is split into folded words (:mod:`.folding`); from each word on, every
person whose name may begin with it is tried, and the longest match wins; the search goes on after
the match. People who may be named are searched for as well: «Anna Verdi Bianchi», who has agreed,
must not be taken for an «Anna Verdi» who has not.
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
"""Particles and titles, folded. Many names have them, so they do not tell a person: they count only
between the other words of a name."""

_GAP = 16
"""The most characters between two words of one name. They may be markup, an entity, a line end."""
_MOST_INITIALS = 4
"""The most initials before a surname that are looked through: «A. B. C. D. Verdi»."""
_SPACES = re.compile(r"[ \t\u00a0\u202f,.'’-]*")
"""What may stand between words that are replaced as one: nothing that has a function."""
_GLUE = re.compile(r"[-_.+~]|%20|%2[BbDdEe]", re.ASCII)
"""What joins words in a file name, an id or an address: a sign, or ``+ - .`` and space escaped."""
_BLANK_LINE = re.compile(r"\n[ \t>]*\n")
"""The end of a paragraph, in a quotation, too: no name goes across it."""


@dataclass(frozen=True)
class NamedPerson:
    """A person's name, and the pseudonym shown in its place (None when the name may stand)."""

    name: str = field(repr=False)
    shown: str | None = None

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The words of the name, folded."""
        return folded(self.name)

    @cached_property
    def own(self) -> frozenset[str]:
        """The words of the name that tell the person: all but particles and single letters."""
        return frozenset(t for t in self.tokens if t not in PARTICLES and len(t) > 1)

    @cached_property
    def initials(self) -> frozenset[str]:
        """First letters of the words of :attr:`own`."""
        return frozenset(t[0] for t in self.own)

    @cached_property
    def glued(self) -> frozenset[str]:
        """The name written as one word, in either order: ``annaverdi``, ``verdianna``.

        For a name of more than two words also its first and last word without the others.
        """
        parts = self.tokens
        # A name of one own word would match that common word wherever it stands.
        if len(self.own) < 2:
            return frozenset()
        turns = (parts[n:] + parts[:n] for n in range(len(parts)))
        short = (parts[0], parts[-1])
        return frozenset("".join(t) for t in (*turns, short, short[::-1]))


class NameMatch(NamedTuple):
    """Words number ``first`` to ``last`` (excluded) of a text are the name of ``person``.

    The match is empty, with ``first`` equal to ``last``, when they are not.
    """

    person: NamedPerson
    first: int
    last: int


class Replacement(NamedTuple):
    """A name that was found: its offset in the text as given, and the pseudonym for it."""

    offset: int
    shown: str


@dataclass(frozen=True)
class Redaction:
    """The people of an edition, and the phrases that may stand although they look like names.

    ``people`` are all of them, also those who may be named. ``allowed`` are the phrases of
    ``privacy: allowed``. Kept in memory only, and shown by no ``repr()``: after the loader this
    is the only object that holds withheld names.
    """

    people: tuple[NamedPerson, ...] = field(default=(), repr=False)
    allowed: tuple[str, ...] = field(default=(), repr=False)

    @cached_property
    def withheld(self) -> tuple[NamedPerson, ...]:
        """The people whose names may not be published."""
        return tuple(p for p in self.people if p.shown is not None)

    def text(self, text: str) -> str:
        """``text`` with pseudonyms for withheld names. The number of lines stays the same."""
        return self.replaced(text)[0]

    def replaced(self, text: str) -> tuple[str, list[Replacement]]:
        """``text`` with pseudonyms for withheld names, and the places where there were any."""
        if not self.withheld or not text:
            return text, []
        found = words(text)
        kept = self._allowed_ranges(text)
        edits: list[tuple[int, int, str]] = []
        replacements = []
        for match in self._matches(text, found):
            within = found[match.first : match.last]
            if match.person.shown is None or _inside(within[0], kept):
                continue
            replacements.append(Replacement(within[0].start, match.person.shown))
            edits += _edits(text, within, match.person.shown)
        return spliced(text, edits), replacements

    def lone_words(self, text: str) -> list[Replacement]:
        """The places where one word of a withheld name stands alone, with a capital.

        Give it a text that :meth:`replaced` has gone through: whole names are passed over.
        Words of fewer than three letters are passed over, too.
        """
        if not self.withheld or not text:
            return []
        found = words(text)
        kept = self._allowed_ranges(text)
        matches = self._matches(text, found)
        covered = {n for match in matches for n in range(match.first, match.last)}
        alone = []
        for number, word in enumerate(found):
            if number in covered or not word.capital or len(word.text) < 3:
                continue
            person = self._by_own.get(word.text)
            if person is not None and person.shown is not None and not _inside(word, kept):
                alone.append(Replacement(word.start, person.shown))
        return alone

    def quoted(self, text: str) -> str:
        """``text`` for findings and reports: pseudonyms for names, initials for single words.

        A lone word of a withheld name is cut to its first letter and «…». An editor who has the
        source before them recognises it, and others do not.
        """
        text = self.text(text)
        found = {word.start: word for word in words(text)} if self.withheld else {}
        parts = (found[part.offset] for part in self.lone_words(text))
        return spliced(text, [(word.start + 1, word.end, "…") for word in parts])

    def first_person_in(self, text: str) -> NamedPerson | None:
        """The withheld person whom ``text`` names first; None if it names none."""
        if not self.withheld:
            return None
        found = words(text)
        matches = self._matches(text, found)
        return next((match.person for match in matches if match.person.shown is not None), None)

    def finding(self, finding: Finding) -> Finding:
        """The finding without withheld names in its values and in the name of its file."""
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
    def _by_own(self) -> dict[str, NamedPerson]:
        """For each own word of a withheld person, the first person who has it."""
        return {word: person for person in reversed(self.withheld) for word in person.own}

    @cached_property
    def _by_beginning(self) -> dict[str, list[NamedPerson]]:
        """For each word that a name may begin with, the people with such a name.

        The words of the name, in any order, and the name written as one word.
        """
        found: dict[str, list[NamedPerson]] = {}
        for person in self.people:
            for beginning in {*person.tokens, *person.glued}:
                found.setdefault(beginning, []).append(person)
        return found

    def _candidates(self, found: list[Word], at: int) -> list[NamedPerson]:
        """The people whose name may begin at word number ``at``.

        An initial such as the A of «A. Verdi» tells too little to look people up by. The first
        full word after the initials is therefore looked up as well.
        """
        ahead = at
        while ahead < min(at + _MOST_INITIALS, len(found) - 1) and len(found[ahead].text) == 1:
            ahead += 1
        people = []
        for text in dict.fromkeys((found[at].text, found[ahead].text)):
            bare = text.rstrip("0123456789")  # a user name such as «annaverdi2»
            people += self._by_beginning.get(text) or self._by_beginning.get(bare, [])
        return people

    def _allowed_ranges(self, text: str) -> list[tuple[int, int]]:
        """The ranges of allowed phrases; where two begin at one place, the longer one."""
        if not self.allowed:
            return []
        phrases = "|".join(re.escape(p) for p in sorted(self.allowed, key=len, reverse=True))
        return [match.span() for match in re.finditer(phrases, text)]

    def _matches(self, text: str, found: list[Word]) -> Iterator[NameMatch]:
        """All names in a text, from left to right, without overlaps.

        ``found`` are the words of ``text``. The longest match at a word wins; of two equally
        long ones, that of the person who comes first among the candidates.
        """
        at = 0
        while at < len(found):
            best = max(
                (self._match(person, text, found, at) for person in self._candidates(found, at)),
                key=lambda match: match.last - match.first,
                default=None,
            )
            if best is None or best.last == at:
                at += 1
                continue
            yield best
            at = best.last

    def _match(self, person: NamedPerson, text: str, found: list[Word], at: int) -> NameMatch:
        """The words from number ``at`` on that are the name of ``person``; else an empty match.

        A name matches when it has at least two own words, in any order, or one own word and the
        initial of another. Particles may stand between them.
        """
        first = found[at]
        if first.text.rstrip("0123456789") in person.glued:
            return NameMatch(person, at, at + 1)
        # A name of one word only, such as a nickname, has no second word to be sure by. It counts
        # with a capital only, because it may also be a common word.
        if len(person.own) == 1 and len(person.tokens) == 1:
            alone = first.text in person.own and first.capital
            return NameMatch(person, at, at + 1 if alone else at)
        if not _may_start(person, text, found, at):
            return NameMatch(person, at, at)
        seen: set[str] = set()
        initials: set[str] = set()
        # ``last`` runs ahead over all words that may belong to the name. ``end`` follows to the
        # last word up to which the name is complete, so that a particle at the end («Anna Verdi
        # e …») stays in the text.
        last = end = at
        while last < len(found):
            word = found[last]
            if last > at and not _near(text, found[last - 1], word):
                break
            # An own word counts once: «Anna Verdi, Anna …» begins a second name.
            if word.text in person.own and word.text not in seen:
                seen.add(word.text)
            elif word.text not in initials and _is_initial(person, text, word):
                initials.add(word.text)
            elif word.text in person.own or word.text not in person.tokens:
                break
            last += 1
            # An initial counts for an own word that is not written out: in «Anna A.» the A may
            # be Anna's own initial, and says nothing of a surname.
            others = {token[0] for token in person.own - seen}
            named = len(seen) > 1 or (bool(seen) and bool(initials & others))
            if named and (word.text in person.own or _is_initial(person, text, word)):
                end = last
        return NameMatch(person, at, end)


def _may_start(person: NamedPerson, text: str, found: list[Word], at: int) -> bool:
    """Whether a name can begin at word number ``at``.

    Own words and initials can begin it. A particle can when it has a capital and the word that
    follows it in the name follows here: «De Nominati».
    """
    word = found[at]
    if word.text in person.own or _is_initial(person, text, word):
        return True
    following = found[at + 1].text if at + 1 < len(found) else ""
    return word.capital and (word.text, following) in pairwise(person.tokens)


def _is_initial(person: NamedPerson, text: str, word: Word) -> bool:
    """Whether the word is an initial of the person: a capital letter and a full stop."""
    return (
        len(word.text) == 1
        and word.capital
        and word.text in person.initials
        and text[word.end : word.end + 1] == "."
    )


def _near(text: str, before: Word, after: Word) -> bool:
    """Whether two neighbouring words are close enough to belong to one name."""
    gap = text[before.end : after.start]
    return len(gap) <= _GAP and not _BLANK_LINE.search(gap)


def _inside(word: Word, ranges: list[tuple[int, int]]) -> bool:
    """Whether a word lies in one of ``ranges``, which are in order and do not overlap."""
    at = bisect_right(ranges, word.start, key=lambda span: span[0]) - 1
    return at >= 0 and word.end <= ranges[at][1]


def spliced(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """``text`` with edits (start, end, new words); they are in order and do not overlap."""
    pieces = []
    at = 0
    for start, end, new in edits:
        pieces += [text[at:start], new]
        at = end
    return "".join((*pieces, text[at:]))


def _edits(text: str, within: list[Word], shown: str) -> list[tuple[int, int, str]]:
    """The edits (start, end, new words) that put ``shown`` in the place of the words ``within``.

    Three cases, in this order, because an address has no spaces and must get none:

    1. In an address, an id or a file name the whole name becomes the pseudonym's slug.
    2. Where only spaces and punctuation stand between the words, the pseudonym replaces all.
    3. Else markup, the border of a table cell or a line end stands between them. Each word is
       replaced by itself, so that the markup stays well-formed and the lines keep their number.
    """
    gaps = [text[a.end : b.start] for a, b in pairwise(within)]
    start, end = within[0].start, within[-1].end
    if _is_address(text, start, end, gaps):
        return [(start, end, slug(shown))]
    if all(_SPACES.fullmatch(gap) for gap in gaps):
        return [(start, end, shown)]
    pieces = _spread(shown.split(), len(within))
    return [(w.start, w.end, piece) for w, piece in zip(within, pieces, strict=True)]


def _is_address(text: str, start: int, end: int, gaps: list[str]) -> bool:
    """Whether the name stands in a file name, an id or an address, which have no spaces."""
    written = text[start:end]
    if gaps:
        glued = all(_GLUE.fullmatch(gap) for gap in gaps)
        # «A.Verdi» with a capital is an initial without a space, ``a.verdi`` an e-mail address.
        return glued and (written.islower() or any(gap != "." for gap in gaps))
    around = {text[max(start - 1, 0) : start], text[end : end + 1]}
    return written.islower() or bool(around & set("/#=@_"))


def _spread(parts: list[str], count: int) -> list[str]:
    """The words of a pseudonym spread over ``count`` places.

    The last place takes all words that are left; places without a word get «…».
    """
    if len(parts) < count:
        return [*parts, *["…"] * (count - len(parts))]
    return [*parts[: count - 1], " ".join(parts[count - 1 :])]


def slug(shown: str) -> str:
    """A pseudonym in a form for addresses and ids: ``partecipante-1-comune``."""
    return "-".join(folded(shown))
