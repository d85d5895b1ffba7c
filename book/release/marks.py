"""Marks the words of a changed paragraph: which were kept, removed, added."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

_TOKEN = re.compile(r"\s+|\w+(?:[’'](?=\w))?|[^\w\s]")
"""White space, words (an elided article such as «l’» is a word by itself), single signs."""
_NEAR = 60
"""The number of characters of unchanged text that are shown on each side of a change."""
_GAP = " […] "


class Change(StrEnum):
    """What has happened to a run of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Run(NamedTuple):
    """A run of a paragraph's text and what has happened to it."""

    change: Change
    text: str

    @classmethod
    def kept(cls, text: str) -> Run:
        return cls(Change.KEPT, text)

    @classmethod
    def removed(cls, text: str) -> Run:
        return cls(Change.REMOVED, text)

    @classmethod
    def added(cls, text: str) -> Run:
        return cls(Change.ADDED, text)


def marked(old: str, new: str) -> tuple[Run, ...]:
    """The runs of a paragraph that has changed from ``old`` to ``new``.

    The kept and removed runs together are ``old``, the kept and added runs are ``new``.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return tuple(_join_changes(_runs(matcher, before, after)))


def shortened(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """``runs`` with kept text far from any change replaced by «[…]»."""
    # The first run has no change before it and the last one none after it, so nothing is kept at
    # those ends.
    last = len(runs) - 1
    shown = []
    for number, run in enumerate(runs):
        text = run.text
        if run.change is Change.KEPT:
            head = "" if number == 0 else _cut(text, _NEAR, from_end=False)
            tail = "" if number == last else _cut(text, _NEAR, from_end=True)
            if len(head) + len(tail) + len(_GAP) < len(text):
                text = f"{head}{_GAP}{tail}"
                text = text.lstrip() if number == 0 else text
                text = text.rstrip() if number == last else text
        shown.append(Run(run.change, text))
    return tuple(shown)


def _runs(
    matcher: difflib.SequenceMatcher[str], before: list[str], after: list[str]
) -> Iterator[Run]:
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            yield Run(Change.KEPT, "".join(before[i1:i2]))
            continue
        if i2 > i1:
            yield Run(Change.REMOVED, "".join(before[i1:i2]))
        if j2 > j1:
            yield Run(Change.ADDED, "".join(after[j1:j2]))


def _join_changes(runs: Iterator[Run]) -> Iterator[Run]:
    """Join changes with nothing but a space between them.

    A rewritten phrase is then marked as one change, and not word by word. The space goes into both
    sides, so that each side still gives its whole text.
    """
    removed: list[str] = []
    added: list[str] = []

    def flush() -> Iterator[Run]:
        for change, pieces in ((Change.REMOVED, removed), (Change.ADDED, added)):
            if pieces:
                yield Run(change, "".join(pieces))
            pieces.clear()

    found = list(runs)
    for number, run in enumerate(found):
        inside = 0 < number < len(found) - 1
        if run.change is Change.KEPT and not (inside and run.text.isspace()):
            yield from flush()
            yield run
            continue
        if run.change is not Change.ADDED:
            removed.append(run.text)
        if run.change is not Change.REMOVED:
            added.append(run.text)
    yield from flush()


def _cut(text: str, length: int, *, from_end: bool) -> str:
    """At most ``length`` characters from one end of ``text``, cut at a word."""
    if len(text) <= length:
        return text
    if from_end:
        return text[-length:].partition(" ")[2] or text[-length:]
    return text[:length].rpartition(" ")[0] or text[:length]
