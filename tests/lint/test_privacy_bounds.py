"""Texts made to keep a search busy are read in time that grows with the text alone."""

from __future__ import annotations

import pytest

from book.lint.privacy import Allowed, hidden, personal_data
from book.model.privacy.named_people import LABEL
from book.model.privacy.redaction import NamedPerson, Redaction
from tests.support.effort import bounded

REDACTION = Redaction(
    tuple(NamedPerson(f"Zelmira{n} Immaginari{n}", f"Partecipante {n}") for n in range(2000)),
    allowed=("Premio Zelmira1 Immaginari1",) * 500,
)
ALLOWED = Allowed(values=tuple(f"valore {n}" for n in range(500)))


@pytest.mark.parametrize(
    "text",
    [
        "*" * 100_000,
        "Zelmira1 " * 10_000,
        "Zelmira7 Immaginari7 " * 5_000,
        "&#90;" * 20_000,
        "%5A" * 30_000,
        "Z. " * 30_000,
        "347 0000036 " * 5_000,
        "a@b.it " * 10_000,
        "a." * 50_000 + "@",
        "IT60" + " X0" * 30_000,
        "via Finta via Finta " * 5_000,
        "abita in via Finta 3 " * 5_000,
        "**" + " " * 100_000,
        "**a" * 30_000,
    ],
    ids=lambda text: text[:12],
)
def test_time_grows_with_the_text_alone(text: str) -> None:
    with bounded():
        REDACTION.quoted(text)
        personal_data(text, "x.md", 1, ALLOWED)
        hidden(text, ALLOWED)
        LABEL.sub("", text)
