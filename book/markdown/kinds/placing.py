"""The leaves of pandoc's document placed in the source, and with them the kind of each character.

A pair of signs says for sure where its word stands. Between two pairs the text of the leaves is
matched with the source: forwards from the one, backwards from the other, the rest leaf by leaf.
What is then in no leaf is named by its form: calls and marks of notes, attributes, tags; or lost.
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
"""How many characters of a sequence's text may stand before its first pair."""

_REACH = 20_000
"""How many characters of the source are searched for a piece: enough, and in linear time."""


class _Anchor(NamedTuple):
    """A pair of signs: where its word stands in the text of the leaves, and in the source."""

    text: int
    source: int


def placed(marking: Marking, sequences: Many[Sequence], *, exact: bool) -> SourceKinds:
    """The map of the source, from the leaves of its marked reading."""
    placing = _Placing(marking)
    notes = []
    for sequence in sequences:
        span = placing.sequence(sequence)
        if sequence.is_note:
            notes.append(placing.note(*span))
    return SourceKinds(placing.letters(), exact, tuple(notes))


class _Placing:
    def __init__(self, marking: Marking) -> None:
        self._marking = marking
        self._source = marking.source
        self._flat = _SPACE.sub(" ", marking.source)
        self._kinds: list[Kind | None] = [None] * len(marking.source)
        self._note_marks = [mark.start() for mark in _NOTE_MARK.finditer(marking.source)]
        self._seen: set[int] = set()
        self._span = (-1, -1)  # of the sequence at work, in the source

    def sequence(self, sequence: Sequence) -> tuple[int, int]:
        """Place leaves that follow one another; their first and last offset, -1 for none."""
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
        """The note whose text was placed from ``start`` to ``end``, with its mark."""
        return Note(self._mark_before(start), end + 1)

    def letters(self) -> str:
        """The letters of the map, once all sequences are placed."""
        self._name_the_rest()
        self._name_the_lost()
        return "".join(kind or Kind.MARK for kind in self._kinds)

    def _set(self, at: int, text_at: int) -> None:
        kind = self._leaves[self._leaf[text_at]].kind
        self._kinds[at] = self._kinds[at] or kind
        first, last = self._span
        self._span = (at if first < 0 else min(first, at), max(last, at))

    def _mark_before(self, offset: int) -> int:
        """Where the last mark of a note before ``offset`` starts; ``offset`` if there is none."""
        marks = self._note_marks
        before = (marks[n] for n in range(bisect_left(marks, offset) - 1, -1, -1))
        return next((mark for mark in before if self._kinds[mark] is None), offset)

    def _gaps(self, anchors: Many[_Anchor]) -> None:
        """Place what stands before, between and after the anchors."""
        if not anchors:
            self._leaves_in(0, len(self._text), 0, len(self._source), free=True)
            return
        first, last = anchors[0], anchors[-1]
        t, s = self._backwards(0, first.text, 0, first.source)
        if t < _BEFORE_TEXT:
            self._leaves_in(0, t, self._mark_before(s) if self._is_note else 0, s)
        for left, right in pairwise(anchors):
            self._between(left, right)
        t, s = self._forwards(last.text + 2, len(self._text), last.source + 2, len(self._source))
        self._leaves_in(t, len(self._text), s, len(self._source))

    def _between(self, left: _Anchor, right: _Anchor) -> None:
        if right.source < left.source:  # a caption after its table, a word that comes twice
            self._forwards(left.text + 2, right.text, left.source + 2, len(self._source))
            self._backwards(left.text + 2, right.text, 0, right.source)
            return
        t, s = self._forwards(left.text + 2, right.text, left.source + 2, right.source)
        t_end, s_end = self._backwards(t, right.text, s, right.source)
        self._leaves_in(t, t_end, s, s_end)

    def _forwards(self, t: int, t_end: int, s: int, s_end: int) -> tuple[int, int]:
        """Place characters from ``t`` and ``s`` on while they are the same; where they differ."""
        while t < t_end and s < s_end and self._text[t] == self._flat[s]:
            if self._is_mark_of_code(t, t - 1):
                break
            self._set(s, t)
            t, s = t + 1, s + 1
        return t, s

    def _backwards(self, t: int, t_end: int, s: int, s_end: int) -> tuple[int, int]:
        """Place characters down from ``t_end`` and ``s_end`` while they are the same."""
        while t_end > t and s_end > s and self._text[t_end - 1] == self._flat[s_end - 1]:
            if self._is_mark_of_code(t_end - 1, t_end):
                break
            t_end, s_end = t_end - 1, s_end - 1
            self._set(s_end, t_end)
        return t_end, s_end

    def _is_mark_of_code(self, t: int, neighbour: int) -> bool:
        """Whether code begins or ends with this backtick: the source's is the mark around it."""
        leaf = self._leaf[t]
        is_edge = 0 <= neighbour < len(self._leaf) and self._leaf[neighbour] != leaf
        return self._text[t] == "`" and is_edge and self._leaves[leaf].ticked

    def _leaves_in(self, t: int, t_end: int, s: int, s_end: int, *, free: bool = False) -> None:
        """Place leaves, or what is left of them, one after the other from ``s`` to ``s_end``.

        ``free`` passes over places that are taken: nothing tells where the sequence begins.
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
        """Where a piece stands, whole at words' ends; code between its marks, if it has any."""
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

    def _name_the_rest(self) -> None:
        """Name what has a form of its own and is in no leaf."""
        end = 0
        while found := _FORMS.search(self._source, end):
            start, end = found.span()
            if self._kinds[start] is not None:
                end = start + 1  # what looks like the beginning of one is text or code
                continue
            form = str(found.lastgroup)
            if form == "colon":
                is_mark = bool(found["colon"]) and self._kinds[end - 1] is None
                kind = Kind.DEFINITION if is_mark else Kind.CALL
            else:
                kind = _KINDS[form]
            for k in range(start, end):
                self._kinds[k] = self._kinds[k] or kind

    def _name_the_lost(self) -> None:
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
