"""Consents: the media in which a person's name and words may be published."""

from __future__ import annotations

from typing import Annotated, Any, Literal, cast

from pydantic import BeforeValidator, Field

from book.model.base import Model
from book.model.dates import Date

Medium = Literal["ebook", "web", "image"]
"""The media of a consent: ``ebook`` is EPUB and PDF, ``image`` photos and videos of the person."""

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
"""``yes`` or ``no``; the file may also say «sì», ``true`` or ``false``."""


class Consent(Model):
    """What a person has agreed to, and when.

    Regulation (EU) 2016/679, art. 7: the publisher must be able to show the consent, and the
    person may withdraw it (``revoked``). ``public_source`` names a public document that credits
    the person already: then the name may be printed without a consent.
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

        A «no» and a withdrawal outweigh everything else. A «yes» without a date is ``undated``
        and does not count, because the publisher could not show it. ``nothing`` means that the
        consent does not speak of this medium. A public source covers names, not pictures.
        """
        answer = cast(Literal["yes", "no"] | None, getattr(self, medium))
        if answer == "no" or self.revoked is not None:
            return "no"
        if self.public_source and medium != "image":
            return "yes"
        if answer is None:
            return "nothing"
        return "yes" if self.date is not None else "undated"
