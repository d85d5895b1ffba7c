"""What an edition declares about its accessibility, beyond what can be derived from its content."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from book.model.base import Model


class Exemption(StrEnum):
    """Why a book is exempt from the accessibility requirements (Dir. (EU) 2019/882, 4(5) and 14).

    The values are those of the W3C Group Note "The EPUB Accessibility exemption property".
    """

    MICROENTERPRISE = "eaa-microenterprise"
    DISPROPORTIONATE_BURDEN = "eaa-disproportionate-burden"
    FUNDAMENTAL_ALTERATION = "eaa-fundamental-alteration"


class Accessibility(Model):
    """Who certifies the accessibility of a book, and facts about it that only a person knows."""

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
