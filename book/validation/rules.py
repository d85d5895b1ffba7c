"""Which kind of finding each rule of a validator is, and the finding for one of its messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from book.findings import Code, Finding
from book.validation.sources import Place
from book.validation.subject import Subject

_LONGEST = 240
"""Characters of a message that a finding quotes; some messages list all elements of HTML."""


@dataclass(frozen=True)
class Rules:
    """The rules of one validator: ``codes`` by rule, clause or prefix, ``common`` for the others.

    The longest entry that covers a rule counts: a whole rule before its clause, a clause before
    the clause around it. An entry that ends in a hyphen covers the rules that begin with it.
    """

    codes: Mapping[str, Code]
    common: Code

    def code_of(self, rule: str) -> Code:
        """The kind of finding that a broken rule is."""
        # All entries that cover a rule are beginnings of it, so the longest is the most exact.
        covering = [entry for entry in self.codes if _covers(entry, rule)]
        return self.codes[max(covering, key=len)] if covering else self.common

    def finding(
        self, subject: Subject, place: Place, rule: str, message: str, **more: Any
    ) -> Finding:
        """The finding for a validator's message; names that are withheld leave the message."""
        # Validators quote the text that they find fault with, and findings are published.
        quoted = shorten(subject.facts.hide(message), _LONGEST, placeholder=" …")
        return self.code_of(rule).at(place.file, place.line, rule=rule, message=quoted, **more)


def _covers(entry: str, rule: str) -> bool:
    # "7.1" covers the clause 7.1.2 and the test 7.1-3, but not the clause 7.18.
    prefixes = (entry,) if entry.endswith("-") else (f"{entry}.", f"{entry}-")
    return rule == entry or rule.startswith(prefixes)
