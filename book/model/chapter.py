"""The front matter of a chapter: one model for each kind of chapter."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from book.model.base import Model
from book.model.consent import Consent
from book.model.dates import Date
from book.model.person import PersonEntry

_STATUS_WORDS = {"bozza": "draft", "definitivo": "final"}


def _status(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    word = value.strip().casefold()
    return _STATUS_WORDS.get(word, word)


Status = Annotated[
    Literal["draft", "final"],
    BeforeValidator(
        _status, json_schema_input_type=Literal["draft", "final", "bozza", "definitivo"]
    ),
]
"""``draft`` or ``final``; the file may also say «bozza» or «definitivo».

A draft is built like any other chapter, but its edition cannot be released.
"""


class Speaker(Model):
    """A speaker of a transcript.

    The first turn shows ``name``, or ``role`` when no name may be published; later turns show
    ``short``. A speaker with a name needs a consent to be named.
    """

    id: str | None = Field(
        None, description="Sigla usata nel testo, per esempio FAC; anche la voce di people.yaml"
    )
    name: str | None = Field(None, description="Nome e cognome, se può essere pubblicato")
    role: str = Field(min_length=1, description="Ruolo, per esempio «facilitatrice»")
    organisation: str | None = Field(None, description="Ente di appartenenza")
    organisation_type: str | None = Field(
        None, description="Tipo di ente, per chi è indicato senza nome: «Comune»"
    )
    short: str | None = Field(None, description="Forma breve dopo il primo intervento")
    consent: Consent | None = Field(None, description="Consenso a pubblicare nome e parole")

    @property
    def label(self) -> str:
        """The speaker's name, else the role."""
        return self.name or self.role


class FactRow(Model):
    """A row of a fact sheet: label and value."""

    label: str = Field(min_length=1, description="Voce")
    value: str = Field(min_length=1, description="Contenuto")


class _FrontMatter(Model):
    """The fields that all kinds of chapter have."""

    title: str = Field(min_length=1, description="Titolo del capitolo")
    short_title: str | None = Field(None, description="Titolo breve, per la testatina")
    eyebrow: str | None = Field(None, description="Occhiello sopra il titolo")
    authors: tuple[PersonEntry, ...] = Field((), description="Autori del capitolo")
    byline: str | None = Field(None, description="Riga sotto il titolo, al posto degli autori")
    abstract: str | None = Field(None, description="Sommario di poche righe")
    keywords: tuple[str, ...] = Field((), description="Parole chiave")
    language: str | None = Field(
        None, pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$", description="Lingua, se non è quella del libro"
    )
    status: Status = Field("final", description="Stato del testo: draft (bozza) o final")


class Text(_FrontMatter):
    """A plain chapter: presentation, introduction, account of a meeting, appendix."""

    kind: Literal["text"] = Field("text", description="Genere del capitolo")
    meeting: int | None = Field(None, ge=1, description="Numero dell'incontro di cui parla")


class Essay(_FrontMatter):
    """A signed essay."""

    kind: Literal["essay"] = Field(description="Genere del capitolo")


class Transcript(_FrontMatter):
    """The transcript of a meeting: who speaks, and where its recording is."""

    kind: Literal["transcript"] = Field(description="Genere del capitolo")
    meeting: int | None = Field(None, ge=1, description="Numero dell'incontro trascritto")
    recording: str | None = Field(
        None, pattern=r"^https?://", description="Indirizzo della registrazione"
    )
    speakers: tuple[Speaker, ...] = Field(min_length=1, description="Chi parla")
    approved: Date | None = Field(
        None, description="Quando chi parla ha approvato la trascrizione, AAAA-MM-GG"
    )


class Contribution(_FrontMatter):
    """A best practice handed in by a territory. Its fields make a fact sheet above the text."""

    kind: Literal["contribution"] = Field(description="Genere del capitolo")
    territory: str | None = Field(None, description="Ambito o territorio, in una riga")
    municipalities: tuple[str, ...] = Field((), description="Comuni")
    province: str | None = Field(None, description="Provincia")
    organisations: tuple[str, ...] = Field((), description="Enti e loro ruolo")
    period: str | None = Field(None, description="Periodo, per esempio 2014–2020")
    themes: tuple[str, ...] = Field((), description="Temi")
    target_groups: tuple[str, ...] = Field((), description="Destinatari")
    partners: tuple[str, ...] = Field((), description="Partner")
    instruments: tuple[str, ...] = Field((), description="Strumenti adoperati")
    resources: str | None = Field(None, description="Risorse")
    results: str | None = Field(None, description="Risultati")
    indicators: str | None = Field(None, description="Indicatori")
    difficulties: str | None = Field(None, description="Che cosa non ha funzionato")
    contacts: str | None = Field(None, description="Contatti, per ruolo")
    facts: tuple[FactRow, ...] = Field((), description="Altre voci della scheda")


class Tool(_FrontMatter):
    """A description of a working tool. Its fields make a fact sheet above the text."""

    kind: Literal["tool"] = Field(description="Genere del capitolo")
    purpose: str | None = Field(None, description="A che cosa serve")
    when: str | None = Field(None, description="Quando si usa")
    participants: str | None = Field(None, description="Con chi")
    duration: str | None = Field(None, description="Quanto dura")
    materials: tuple[str, ...] = Field((), description="Che cosa occorre")
    output: str | None = Field(None, description="Che cosa se ne ricava")
    meeting: int | None = Field(None, ge=1, description="L'incontro in cui è stato presentato")
    facts: tuple[FactRow, ...] = Field((), description="Altre voci della scheda")


FrontMatter = Annotated[
    Text | Essay | Transcript | Contribution | Tool, Field(discriminator="kind")
]
"""The front matter of any chapter; ``kind`` defaults to ``text`` (the loader fills it in)."""
