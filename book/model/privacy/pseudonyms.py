"""Pseudonyms, such as «Partecipante 1, Comune», that take the place of names."""

from __future__ import annotations

from collections import Counter

from book.messages import N_, translate
from book.model.privacy.folding import folded

_PARTICIPANT = N_("Participant {number}")
_TYPES = (
    N_("Union of municipalities"),
    N_("Mountain community"),
    N_("Metropolitan city"),
    N_("Municipality"),
    N_("Area plan office"),
    N_("Territorial area"),
    N_("Province"),
    N_("Region"),
    N_("Social cooperative"),
    N_("Cooperative"),
    N_("Consortium"),
    N_("Association"),
    N_("Foundation"),
    N_("University"),
    N_("School"),
    N_("School institute"),
    N_("Health authority"),
    N_("Social and health trust"),
    N_("Special company"),
    N_("Ministry"),
    N_("Prefecture"),
    N_("Parish"),
    N_("Trade union"),
)
"""Kinds of bodies: the words that a body's name begins with tell its kind."""
_ARTICLES = frozenset({"un", "una", "uno", "il", "lo", "la", "l", "the", "a", "an"})
"""Articles before a body's name, folded; they are passed over."""


def organisation_type(organisation: str, language: str) -> str | None:
    """The kind of a body by its name: «Comune di …» is a «Comune»; None when it does not tell.

    Longer kinds are compared first, so that «Cooperativa sociale» wins over «Cooperativa».
    """
    written = folded(organisation)
    while written and written[0] in _ARTICLES:
        written = written[1:]
    names = [translate(kind, language) for kind in _TYPES]
    for name in sorted(names, key=len, reverse=True):
        begin = folded(name)
        if written[: len(begin)] == begin:
            return name
    return None


class Numbering:
    """The pseudonyms of one edition, numbered for each kind of body in the order of the calls."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._counts: Counter[str] = Counter()

    def next(self, kind: str | None) -> str:
        """The next pseudonym for a person of a body of this ``kind`` (None: not known)."""
        key = (kind or "").casefold()
        self._counts[key] += 1
        who = translate(_PARTICIPANT, self._language).format(number=self._counts[key])
        return f"{who}, {kind}" if kind else who
