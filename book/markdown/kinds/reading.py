"""Reads a chapter with pandoc: its HTML, and the proved map of its source.

Pandoc reads the source twice at the same time, as it is and with its words marked
(:mod:`.marking`). If the marked document is the plain one once the marks are replaced by the
letters, marking has changed nothing that pandoc reads, and the marks say where each word landed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from book.markdown.html import NOT_XML
from book.markdown.kinds.kind import Kind, SourceKinds, unknown_kinds
from book.markdown.kinds.leaves import sequences_of
from book.markdown.kinds.marking import Marking, without_heading_ids
from book.markdown.kinds.placing import placed
from book.markdown.pandoc import PandocFailed, to_html, to_json

# People whose keyboards have no «» type <<word>>.
_TYPED_GUILLEMETS = re.compile(r"<<(?=[^\s<>])[^<>\n]+(?:\n[^<>\n]+)*>>")
_NO_TEXT = frozenset({Kind.CODE, Kind.COMMENT, Kind.FORMULA})
_ROUNDS = 6
"""The most marked readings. After them no word is marked, and the map is not proved."""


@dataclass(frozen=True)
class Reading:
    """What pandoc made of a body: an HTML fragment, and the map of the body's characters."""

    html: str
    kinds: SourceKinds


def read(body: str, slug: str) -> Reading:
    """Read a chapter's body; the ids in its HTML start with ``<slug>.``. Raises PandocFailed."""
    text, doubled = prepared(body)
    with _documents(text) as (document, marked):
        html = to_html(document, slug)
        kinds = _kinds(text, document, marked)
    return Reading(html, kinds.widened(doubled))


def kinds_of(body: str) -> SourceKinds:
    """The map of a chapter's body. Raises PandocFailed."""
    text, doubled = prepared(body)
    return _kinds_of(text).widened(doubled)


def prepared(body: str) -> tuple[str, list[int]]:
    """The text for pandoc to read, and the offsets in it of characters that stand for two.

    Guillemets replace ``<<`` and ``>>``: pandoc would take ``<word>`` of ``<<word>>`` for a tag,
    and the word would be lost. Spaces replace control characters, which can keep pandoc busy for
    tens of seconds. Raises PandocFailed.
    """
    text = NOT_XML.sub(" ", body)
    if not _TYPED_GUILLEMETS.search(text):
        return text, []
    return _with_guillemets(text, _kinds_of(text))


def _with_guillemets(text: str, kinds: SourceKinds) -> tuple[str, list[int]]:
    """``text`` with «…» for <<…>> in prose, and the offsets of the guillemets in the result.

    ``kinds`` is the map of ``text``. Each guillemet stands for two characters of ``text``: the
    caller needs the offsets to turn a map of the result into a map of ``text``.
    """
    pieces: list[str] = []
    offsets: list[int] = []
    end = 0
    for match in _TYPED_GUILLEMETS.finditer(text):
        # Only the outer signs are prose to pandoc: it takes the inner ones for those of a tag.
        first, last = match.start(), match.end() - 1
        inner = kinds.letters[first + 2 : last - 1]
        if not (kinds.letters[first] == kinds.letters[last] == Kind.PROSE) or _NO_TEXT & {*inner}:
            continue
        # Every guillemet set before this one has made the text one character shorter.
        set_before = len(offsets)
        offsets += [first - set_before, last - 1 - set_before - 1]
        pieces += [text[end:first], "«", text[first + 2 : last - 1], "»"]
        end = match.end()
    return "".join([*pieces, text[end:]]), offsets


def _kinds_of(text: str) -> SourceKinds:
    with _documents(text) as (document, marked):
        return _kinds(text, document, marked)


_Marked = tuple[Marking, "Future[str]"]


@contextmanager
def _documents(text: str) -> Iterator[tuple[str, _Marked]]:
    """Give pandoc's document of ``text``, and the future of that of the marked text.

    Pandoc reads both at the same time in processes of its own.
    """
    marking = Marking(text)
    with ThreadPoolExecutor(1) as pool:
        marked = pool.submit(to_json, marking.marked())
        yield to_json(text), (marking, marked)


def _kinds(text: str, document: str, marked: _Marked) -> SourceKinds:
    marking, first = marked
    plain = without_heading_ids(document)
    try:
        proved = _proved(marking, first, plain)
        blocks = json.loads(plain if proved is None else proved)["blocks"]
        return placed(marking, sequences_of(blocks, text), exact=proved is not None)
    # Python's limit is far above the nesting that a chapter may have: it is refused later.
    except RecursionError:
        return unknown_kinds(text)


def _proved(marking: Marking, first: Future[str], plain: str) -> str | None:
    """The marked document that equals ``plain`` once the pairs are letters; None without one.

    In each round that fails the words are unmarked near which the documents differ. On None no
    word is marked any more, so that the caller can place the plain document.
    """
    try:
        document = without_heading_ids(first.result())
        for _ in range(_ROUNDS):
            if marking.restored(document) == plain:
                return document if marking.proves else None
            marking.give_up(document, plain)
            document = without_heading_ids(to_json(marking.marked()))
    # Pandoc has read the text that the book prints. Only the map is not proved.
    except PandocFailed:
        pass
    marking.unmarked = set(range(len(marking.offsets)))
    return None
