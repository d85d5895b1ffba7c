"""Consents: in which media a person's name and words may be published."""

from __future__ import annotations

from typing import Annotated, Any, Literal, cast

from pydantic import BeforeValidator, Field

from book.model.base import Model
from book.model.dates import Date

Medium = Literal["ebook", "web", "image"]
"""What a consent can be for: EPUB and PDF, the web edition, pictures of the person."""

_WORDS = {"si": "yes", "sì": "yes", "true": "yes", "false": "no"}


def _yes_or_no(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        word = value.strip().casefold()
        return _WORDS.get(word, word)
    return value


YesNo = Annotated[
    Literal["yes", "no"], BeforeValidator(_yes_or_no, json_schema_input_type=str | bool)
]
"""``yes`` or ``no``; also «sì», and what other YAML readers make of them."""


class Consent(Model):
    """What somebody has agreed to, and when.

    Art. 7 of Regulation (EU) 2016/679: whoever publishes can show the consent, and it can be
    withdrawn. ``public_source`` is another reason to print a name: a public document credits it.
    """

    ebook: YesNo | None = Field(None, description="Consenso per EPUB e PDF: yes o no")
    web: YesNo | None = Field(None, description="Consenso per l'edizione web: yes o no")
    image: YesNo | None = Field(None, description="Consenso per foto e video: yes o no")
    date: Date | None = Field(None, description="Data del consenso, AAAA-MM-GG")
    scope: str | None = Field(None, description="A che cosa vale, per esempio un solo incontro")
    revoked: Date | None = Field(None, description="Data della revoca, se c'è stata")
    public_source: str | None = Field(
        None, description="Il documento pubblico che già dà il nome, al posto del consenso"
    )

    def says(self, medium: Medium) -> Literal["yes", "no", "undated", "nothing"]:
        """Whether the person may be named in ``medium``.

        A «no» and a withdrawal stand above everything else; a «yes» without its date is
        ``undated`` and counts for nothing, because nobody can show it.
        """
        answer = cast(Literal["yes", "no"] | None, getattr(self, medium))
        if answer == "no" or self.revoked is not None:
            return "no"
        if self.public_source and medium != "image":
            return "yes"
        if answer is None:
            return "nothing"
        return "yes" if self.date is not None else "undated"
