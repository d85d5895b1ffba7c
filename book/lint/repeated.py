"""The same word twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from book.findings import Finding
from book.lint.italian_words import FUNCTION_WORDS, MEANT_TWICE
from book.lint.language_codes import DOUBLED, REPEATED
from book.lint.prose import Kind, Prose

_TWICE = re.compile(r"(?<![\w’'-])([^\W\d_]+)\s+\1(?![\w’'-])", re.I)


def check(prose: Prose, *, is_speech: bool) -> Iterator[Finding]:
    """A finding for each doubled word; in speech, which repeats, never more than a hint."""
    for block, mask in prose.pieces():
        if block.kind is Kind.TABLE:
            continue
        for found in _TWICE.finditer(mask):
            word = found[1].lower()
            if word in MEANT_TWICE or mask.startswith(" ne ", found.end()):  # «se se ne parla»
                continue
            code = DOUBLED if word in FUNCTION_WORDS and not is_speech else REPEATED
            yield code.at(*prose.place(block.start + found.start()), word=found[1])
