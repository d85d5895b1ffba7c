"""A chapter read by pandoc: its HTML, and the map of its source."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from book.markdown.guillemets import typed, with_guillemets
from book.markdown.html import NOT_XML
from book.markdown.kinds.kind import SourceKinds, unread
from book.markdown.kinds.leaves import sequences_of
from book.markdown.kinds.marking import Marking, without_heading_ids
from book.markdown.kinds.placing import placed
from book.markdown.pandoc import PandocFailed, to_html, to_json

_ROUNDS = 6
"""How often pandoc reads a marked source before nothing is marked any more."""


@dataclass(frozen=True)
class Reading:
    """What pandoc made of a body: an HTML fragment, and what each character was taken for."""

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
    """The text that pandoc is given, and where in it a character stands for two of ``body``.

    pandoc would take ``<word>`` of ``<<word>>`` for a tag, and the word would be lost. Control
    characters can keep pandoc busy for tens of seconds. Raises PandocFailed.
    """
    text = NOT_XML.sub(" ", body)
    if not typed(text):
        return text, []
    return with_guillemets(text, _kinds_of(text))


def _kinds_of(text: str) -> SourceKinds:
    with _documents(text) as (document, marked):
        return _kinds(text, document, marked)


_Marked = tuple[Marking, "Future[str]"]


@contextmanager
def _documents(text: str) -> Iterator[tuple[str, _Marked]]:
    """Give pandoc's document, and the one of the marked text, which is read at the same time."""
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
    except RecursionError:  # no chapter of a book is nested so deep
        return unread(text)


def _proved(marking: Marking, first: Future[str], plain: str) -> str | None:
    """The document of the marked text that is ``plain`` but for the pairs; None if none is."""
    try:
        document = without_heading_ids(first.result())
        for _ in range(_ROUNDS):
            if marking.restored(document) == plain:
                return document if marking.proves else None
            marking.give_up(document, plain)
            document = without_heading_ids(to_json(marking.marked()))
    except PandocFailed:  # the text that the book prints was read: only the map is not proved
        pass
    marking.unmarked = set(range(len(marking.offsets)))
    return None
