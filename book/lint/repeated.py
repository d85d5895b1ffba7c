"""The same word twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from book.findings import Finding
from book.lint.italian_words import listed
from book.lint.language_codes import DOUBLED, REPEATED
from book.lint.prose import Kind, Prose

_FUNCTION_WORDS = listed(
    "il lo la i gli le un una di a da in con su per tra fra e o ma che del dello della dei degli "
    "delle al allo alla ai agli alle dal dalla dai dagli dalle nel nella nei negli nelle sul "
    "sulla sui sugli sulle è sono ha hanno se come dove quando questo questa"
)
"""Words that no sentence doubles on purpose."""
_MEANT_TWICE = listed(
    "via man mano piano pian ben bene quasi sotto lì là poco così passo zitto su giù appena molto "
    "tanto no sì ora or proprio subito presto tutto vi si ci ne caro bello grande niente blu "
    "lontano vicino via dai basta ancora forte prima poi"
)
"""Words that Italian doubles on purpose: «via via», «man mano», «piano piano»."""
_TWICE = re.compile(r"(?<![\w’'-])([^\W\d_]+)\s+\1(?![\w’'-])", re.I)


def check(prose: Prose, *, is_speech: bool) -> Iterator[Finding]:
    """A finding for each word that stands twice in a row.

    A doubled function word is a warning, any other a hint. In a transcript (``is_speech``) all are
    hints, because people do repeat words when they speak. Tables are passed over: equal words in
    neighbouring cells are no mistake.
    """
    for block, mask in prose.pieces():
        if block.kind is Kind.TABLE:
            continue
        for found in _TWICE.finditer(mask):
            word = found[1].lower()
            # «se se ne parla»: before «ne» the second word is a pronoun.
            if word in _MEANT_TWICE or mask.startswith(" ne ", found.end()):
                continue
            code = DOUBLED if word in _FUNCTION_WORDS and not is_speech else REPEATED
            yield code.at(*prose.place(block.start + found.start()), word=found[1])
