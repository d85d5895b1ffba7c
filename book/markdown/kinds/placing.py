"""Places the leaves of pandoc's document in the source, and so finds the kind of each character.

1. A pair of signs says for sure where its word stands: it is an anchor.
2. Between two anchors the characters of the leaves are matched with those of the source: forwards
   from the left anchor while they agree, backwards from the right one, the rest leaf by leaf.
3. Characters in no leaf get their kind by their form: calls and definitions of notes, attributes,
   tags, comments, reference definitions.
4. Marked words that are in no leaf are lost. All other characters are signs of Markdown.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence as Many
from itertools import pairwise
from typing import NamedTuple

from book.markdown.kinds.kind import Kind, Note, SourceKinds
from book.markdown.kinds.leaves import Sequence
from book.markdown.kinds.marking import PAIR, TAG, WORD, Marking, number_of

_SPACE = re.compile(r"\s")
_FORMS = re.compile(
    r"(?P<note>\[\^[^\]\[\s]{1,200}\])(?P<colon>:?)|(?P<inline>\^\[(?!\^[^\]\[\s]{1,200}\]))"
    r"|(?P<attribute>\{[^{}\n]*\})"
    r"|(?P<comment><!--(?:(?!<!--).)*?-->)"
    rf"|(?P<html>{TAG}|&\#?\w+;)"
    r"|(?P<reference>(?m:^[ >\t]{0,9}\[[^\]^\n][^\]\n]*\]:)[^\n]*"
    # its title may stand on the next line
    r"(?:\n[ >\t]*(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\))[ \t]*(?m:$))?)",
    re.S,
)
_NOTE_MARK = re.compile(r"\[\^[^\]\[\s]{1,200}\]:|\^\[(?!\^[^\]\[\s]{1,200}\])")
_BEFORE_TEXT = 200
"""The most characters of a sequence's text before its first anchor that are sought leaf by leaf."""

_REACH = 20_000
"""The most characters of the source searched for a piece, so that the time stays linear."""


class _Anchor(NamedTuple):
    """A pair of signs: the offsets of its word in the text of the leaves and in the source."""

    text: int
    source: int


def placed(marking: Marking, sequences: Many[Sequence], *, exact: bool) -> SourceKinds:
    """The map of the source from ``sequences``, the leaves of pandoc's marked document.

    ``exact`` says whether the marked and the plain document agreed.
    """
    placing = _Placing(marking)
    notes = []
    for sequence in sequences:
        span = placing.sequence(sequence)
        if sequence.is_note:
            notes.append(placing.note(*span))
    return SourceKinds(placing.letters(), exact, tuple(notes))


class _Placing:
    """The kinds of a source's characters while leaves are placed in it, one sequence at a time.

    ``t`` is everywhere an offset in the text of the sequence, ``s`` one in the source.
    """

    def __init__(self, marking: Marking) -> None:
        self._marking = marking
        self._source = marking.source
        self._flat = _SPACE.sub(" ", marking.source)
        self._kinds: list[Kind | None] = [None] * len(marking.source)
        self._note_marks = [mark.start() for mark in _NOTE_MARK.finditer(marking.source)]
        self._seen: set[int] = set()  # numbers of the pairs found in a leaf
        self._span = (-1, -1)  # range of the current sequence in the source

    def sequence(self, sequence: Sequence) -> tuple[int, int]:
        """Place a sequence. Returns its first and last offset in the source; -1 if not placed."""
        self._span = (-1, -1)
        self._is_note = sequence.is_note
        written = [leaf.text for leaf in sequence.leaves]
        self._text = _SPACE.sub(" ", "".join(written))
        self._breaks = {n for n, c in enumerate("".join(written)) if c == "\n"}
        self._leaf = [n for n, text in enumerate(written) for _ in text]
        self._leaves = sequence.leaves
        anchors = []
        for pair in PAIR.finditer(self._text):
            number = number_of(pair[0])
            self._seen.add(number)
            offset = self._marking.offsets[number]
            anchors.append(_Anchor(pair.start(), offset))
            for k in (0, 1):
                self._set(offset + k, pair.start() + k)
        self._gaps(anchors)
        return self._span

    def note(self, start: int, end: int) -> Note:
        """The note whose text was placed from ``start`` to ``end``, its mark included."""
        return Note(self._mark_before(start), end + 1)

    def letters(self) -> str:
        """The letters of the map, once all sequences are placed."""
        self._classify_by_form()
        self._mark_lost_words()
        return "".join(kind or Kind.MARK for kind in self._kinds)

    def _set(self, at: int, text_at: int) -> None:
        kind = self._leaves[self._leaf[text_at]].kind
        self._kinds[at] = self._kinds[at] or kind
        first, last = self._span
        self._span = (at if first < 0 else min(first, at), max(last, at))

    def _mark_before(self, offset: int) -> int:
        """The last note's mark before ``offset`` that is in no leaf; ``offset`` without one."""
        marks = self._note_marks
        before = (marks[n] for n in range(bisect_left(marks, offset) - 1, -1, -1))
        return next((mark for mark in before if self._kinds[mark] is None), offset)

    def _gaps(self, anchors: Many[_Anchor]) -> None:
        """Place what stands before, between and after the anchors."""
        if not anchors:
            self._leaves_in(0, len(self._text), 0, len(self._source), free=True)
            return
        first, last = anchors[0], anchors[-1]
        # The text before the first anchor is matched backwards from it. What stays is sought from
        # the sequence's beginning, but only if it is short: in a long text without marked words a
        # leaf would easily be found in the wrong place.
        t, s = self._backwards(0, first.text, 0, first.source)
        if t < _BEFORE_TEXT:
            self._leaves_in(0, t, self._mark_before(s) if self._is_note else 0, s)
        for left, right in pairwise(anchors):
            self._between(left, right)
        t, s = self._forwards(last.text + 2, len(self._text), last.source + 2, len(self._source))
        self._leaves_in(t, len(self._text), s, len(self._source))

    def _between(self, left: _Anchor, right: _Anchor) -> None:
        # The document is not always in the order of the source: it has a table's caption first,
        # which the source may have after the table. Only what touches the anchors is sure then.
        if right.source < left.source:
            self._forwards(left.text + 2, right.text, left.source + 2, len(self._source))
            self._backwards(left.text + 2, right.text, 0, right.source)
            return
        t, s = self._forwards(left.text + 2, right.text, left.source + 2, right.source)
        t_end, s_end = self._backwards(t, right.text, s, right.source)
        self._leaves_in(t, t_end, s, s_end)

    def _forwards(self, t: int, t_end: int, s: int, s_end: int) -> tuple[int, int]:
        """Place characters from ``t`` and ``s`` on while they agree. Returns where they differ."""
        while t < t_end and s < s_end and self._text[t] == self._flat[s]:
            if self._is_mark_of_code(t, t - 1):
                break
            self._set(s, t)
            t, s = t + 1, s + 1
        return t, s

    def _backwards(self, t: int, t_end: int, s: int, s_end: int) -> tuple[int, int]:
        """Place characters before ``t_end`` and ``s_end`` while they agree. Returns new ends."""
        while t_end > t and s_end > s and self._text[t_end - 1] == self._flat[s_end - 1]:
            if self._is_mark_of_code(t_end - 1, t_end):
                break
            t_end, s_end = t_end - 1, s_end - 1
            self._set(s_end, t_end)
        return t_end, s_end

    def _is_mark_of_code(self, t: int, neighbour: int) -> bool:
        """Whether a backtick at ``t`` is the first or last character of code.

        The backtick of the source that it would be matched with is the mark around the code.
        """
        leaf = self._leaf[t]
        is_edge = 0 <= neighbour < len(self._leaf) and self._leaf[neighbour] != leaf
        return self._text[t] == "`" and is_edge and self._leaves[leaf].ticked

    def _leaves_in(self, t: int, t_end: int, s: int, s_end: int, *, free: bool = False) -> None:
        """Seek the leaves of ``t`` to ``t_end`` one after the other in ``s`` to ``s_end``.

        A leaf with line ends is sought line by line, because the source may have indents or ``>``
        at the start of each. A sequence without an anchor may stand anywhere: ``free`` then passes
        over places that another sequence has taken.
        """
        while t < t_end:
            end = t + 1
            while end < t_end and self._leaf[end] == self._leaf[t] and end not in self._breaks:
                end += 1
            first = t + len(self._text[t:end]) - len(self._text[t:end].lstrip())
            piece = self._text[t:end].strip()
            at = self._find(piece, self._leaves[self._leaf[t]].ticked, s, s_end, free)
            if at >= 0:
                for k in range(len(piece)):
                    self._set(at + k, first + k)
                s = at + len(piece)
            t = end

    def _find(self, piece: str, ticked: bool, s: int, s_end: int, free: bool) -> int:
        """The offset of a piece in the source, as whole words; -1 if it is not there.

        Code between backticks is sought with its marks first, because its text alone may stand
        earlier in prose.
        """
        if not piece:
            return -1
        s_end = min(s_end, s + _REACH + len(piece))
        literal = re.escape(piece)
        if ticked:
            code = re.compile(rf"(?<!`)(`+) ?({literal}) ?\1(?!`)").search(self._flat, s, s_end)
            if code:
                return code.start(2)
        before = r"(?<![^\W_])" if piece[0].isalnum() else ""
        after = r"(?![^\W_])" if piece[-1].isalnum() else ""
        for found in re.compile(f"{before}{literal}{after}").finditer(self._flat, s, s_end):
            if not free or self._kinds[found.start()] is None:
                return found.start()
        return -1

    def _classify_by_form(self) -> None:
        """Give a kind to characters in no leaf that have a form of their own, like ``[^a]``."""
        end = 0
        while found := _FORMS.search(self._source, end):
            start, end = found.span()
            if self._kinds[start] is not None:
                end = start + 1  # a leaf has this character: it only looks like such a form
                continue
            form = str(found.lastgroup)
            if form == "colon":
                # After a call a colon may be text: «as he said[^a]: …».
                is_mark = bool(found["colon"]) and self._kinds[end - 1] is None
                kind = Kind.DEFINITION if is_mark else Kind.CALL
            else:
                kind = _KINDS[form]
            for k in range(start, end):
                self._kinds[k] = self._kinds[k] or kind

    def _mark_lost_words(self) -> None:
        """Give the kind LOST to marked words whose pair is in no leaf of the document."""
        marking = self._marking
        for number, offset in enumerate(marking.offsets):
            if number in self._seen or number in marking.unmarked or self._kinds[offset]:
                continue
            word = WORD.match(self._source, offset)
            for k in range(offset, word.end() if word else offset):
                self._kinds[k] = self._kinds[k] or Kind.LOST


_KINDS = {
    "inline": Kind.CALL,
    "attribute": Kind.ATTRIBUTE,
    "comment": Kind.COMMENT,
    "html": Kind.HTML,
    "reference": Kind.ADDRESS,
}
