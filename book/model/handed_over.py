"""Deliveries: what the editors have handed over after a release, and to whom."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from book.model.base import Model
from book.model.dates import Date


class Recipient(StrEnum):
    """Who receives a released book, or the proof of its publication."""

    LEGAL_DEPOSIT = "legal-deposit"
    ISBN_AGENCY = "isbn-agency"
    STORES = "stores"
    LIBRARIES = "libraries"
    WEBSITE = "website"
    AUTHORITY = "authority"


_ITALIAN = {
    "deposito-legale": Recipient.LEGAL_DEPOSIT,
    "agenzia-isbn": Recipient.ISBN_AGENCY,
    "librerie": Recipient.STORES,
    "biblioteche": Recipient.LIBRARIES,
    "sito": Recipient.WEBSITE,
    "autorita": Recipient.AUTHORITY,
    "autorità": Recipient.AUTHORITY,
}


def _recipient(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    word = "-".join(value.strip().casefold().split())
    return _ITALIAN.get(word, word)


class HandedOver(Model):
    """One delivery of a released version.

    The editors record it after the release. It changes nothing in the book, so it does not count
    as a change of a released edition.
    """

    to: Annotated[Recipient, BeforeValidator(_recipient, json_schema_input_type=Recipient)] = Field(
        description="A chi: legal-deposit, isbn-agency, stores, libraries, website, authority"
    )
    version: str = Field(
        pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$", description="La versione consegnata: 1.0.0"
    )
    date: Date = Field(description="Il giorno della consegna, AAAA-MM-GG")
    reference: str | None = Field(None, description="Ricevuta, protocollo o indirizzo che lo prova")
