"""What an edition declares of its accessibility, beside what its content shows by itself."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from book.model.base import Model


class Exemption(StrEnum):
    """Why a book need not be accessible: Directive (EU) 2019/882, arts. 4(5) and 14.

    The values are those of the W3C Group Note "The EPUB Accessibility exemption property".
    """

    MICROENTERPRISE = "eaa-microenterprise"
    DISPROPORTIONATE_BURDEN = "eaa-disproportionate-burden"
    FUNDAMENTAL_ALTERATION = "eaa-fundamental-alteration"


class Accessibility(Model):
    """Who vouches for the accessibility of a book, and what only a person can know of it."""

    certified_by: str | None = Field(
        None, min_length=1, description="Chi garantisce la conformità, se non è l'editore"
    )
    report: str | None = Field(
        None, pattern=r"^https?://", description="Indirizzo del rapporto di chi ha verificato"
    )
    contact: str | None = Field(
        None, min_length=1, description="A chi scrivere se qualcosa non si riesce a leggere"
    )
    exemption: Exemption | None = Field(
        None, description="Esenzione dichiarata; chi la dichiara non dichiara la conformità"
    )
    barriers: tuple[str, ...] = Field(
        (), description="Ostacoli noti, una frase ciascuno; finché ce ne sono, niente conformità"
    )
