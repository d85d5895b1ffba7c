"""A laboratory: its meetings and its final conference."""

from __future__ import annotations

from pydantic import Field

from book.model.base import Model
from book.model.dates import Clock, MeetingDate
from book.model.person import PersonEntry


class Meeting(Model):
    """One meeting of a laboratory: title, date, place, speakers, recording."""

    number: int | None = Field(None, ge=1, description="Numero d'ordine dell'incontro")
    title: str = Field(min_length=1, description="Titolo dell'incontro")
    date: MeetingDate = Field(
        description="Data AAAA-MM-GG; XXXX-MM-GG se l'anno non è noto; «da definire»"
    )
    start: Clock | None = Field(None, description="Ora d'inizio, per esempio 9:30")
    end: Clock | None = Field(None, description="Ora di fine, per esempio 13:30")
    module: str | None = Field(None, description="Modulo al quale l'incontro appartiene")
    abstract: str | None = Field(None, description="Di che cosa si parla, in poche righe")
    speakers: tuple[PersonEntry, ...] = Field((), description="Chi interviene")
    recording: str | None = Field(
        None, pattern=r"^https?://", description="Indirizzo della registrazione"
    )
    venue: str | None = Field(None, description="Luogo dell'incontro")
    platform: str | None = Field(None, description="Piattaforma, se l'incontro è on line")


class Laboratory(Model):
    """The meetings of a laboratory in order, and its final conference if it has one."""

    title: str = Field(min_length=1, description="Titolo del laboratorio")
    description: str | None = Field(None, description="Che cos'è il laboratorio")
    speakers: tuple[PersonEntry, ...] = Field((), description="Chi conduce il laboratorio")
    meetings: tuple[Meeting, ...] = Field(min_length=1, description="Gli incontri, in ordine")
    final_conference: Meeting | None = Field(None, description="Il convegno finale")
