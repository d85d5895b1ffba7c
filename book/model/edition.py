"""The model of ``edition.yaml``, which describes one e-book."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from book.model.accessibility import Accessibility
from book.model.allow_list import Privacy
from book.model.base import Model
from book.model.dates import Date
from book.model.handed_over import HandedOver
from book.model.identifiers import Cup, Isbn
from book.model.laboratory import Laboratory
from book.model.person import Contributor

LABORATORY_PROGRAMME = "laboratory-programme"
GENERATED_DOCUMENTS = (LABORATORY_PROGRAMME,)
"""Entries of ``contents`` that are not file names: the pipeline generates these documents."""


class Identifiers(Model):
    """The ISBN of each format (ISO 2108: each format is a product and has an ISBN of its own)."""

    epub: Isbn | None = Field(None, description="ISBN dell'EPUB")
    pdf: Isbn | None = Field(None, description="ISBN del PDF")
    print: Isbn | None = Field(None, description="ISBN del libro stampato")


class Subjects(Model):
    """What the book is about: Thema codes for the book trade, keywords for readers."""

    thema: tuple[Annotated[str, Field(pattern=r"^[1-6]?[A-Z][A-Z0-9-]*$")], ...] = Field(
        (), description="Codici Thema, per esempio JKS"
    )
    keywords: tuple[str, ...] = Field((), description="Parole chiave")


class Project(Model):
    """The funded project that pays for the book."""

    name: str = Field(min_length=1, description="Nome del progetto")
    code: str | None = Field(None, description="Codice del progetto, per esempio PROG-2463")
    cup: Cup = Field(description="Codice unico di progetto, 15 caratteri")
    url: str | None = Field(None, pattern=r"^https?://", description="Pagina del progetto")


class Part(Model):
    """A part of the book: a title and its chapters."""

    title: str = Field(min_length=1, description="Titolo della parte")
    label: str | None = Field(None, description="Etichetta, per esempio «Parte prima»")
    chapters: tuple[str, ...] = Field(min_length=1, description="I file dei capitoli, in ordine")


class Contents(Model):
    """The order of the book: front matter, parts with chapters, back matter.

    Entries are file names of the edition's folder, or one of :data:`GENERATED_DOCUMENTS`.
    """

    front: tuple[str, ...] = Field((), description="Pagine iniziali: presentazione, progetto…")
    parts: tuple[Part, ...] = Field((), description="Le parti, con i loro capitoli")
    chapters: tuple[str, ...] = Field((), description="I capitoli di un libro senza parti")
    back: tuple[str, ...] = Field((), description="Pagine finali: appendici, bibliografia…")

    @property
    def entries(self) -> tuple[str, ...]:
        """Every entry in reading order."""
        in_parts = tuple(name for part in self.parts for name in part.chapters)
        return (*self.front, *self.chapters, *in_parts, *self.back)


class CoverPicture(Model):
    """The edition's own picture for its cover; it replaces the brand's motif."""

    image: str = Field(min_length=1, description="File dell'immagine, nella cartella")
    alt: str = Field(min_length=1, description="Che cosa si vede nell'immagine")
    credit: str = Field(min_length=1, description="Chi l'ha fatta")
    licence: str = Field(min_length=1, description="Licenza dell'immagine: codice SPDX")


class Typography(Model):
    """Switches of the typographic pass."""

    non_breaking: bool = Field(
        True, description="Spazi non divisibili e virgolette all'italiana (true/false)"
    )


def _as_tuple(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


class Edition(Model):
    """One e-book: all that title page, colophon and catalogue records say, and its contents."""

    title: str = Field(min_length=1, description="Titolo del libro")
    subtitle: str | None = Field(None, description="Sottotitolo")
    short_title: str | None = Field(None, description="Titolo breve, per le testatine")
    series: str | None = Field(None, description="Collana, in testa alla copertina")
    edition_statement: str | None = Field(
        None, description="Dicitura del frontespizio, per esempio «Edizione dimostrativa»"
    )
    language: str = Field("it", pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$", description="Lingua (BCP 47)")
    date: Date = Field(description="Data dell'edizione, AAAA-MM-GG")
    version: str = Field(
        pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$", description="Versione, tre numeri: 1.0.0"
    )
    publisher: str = Field("AnciLab Editore", description="Editore")
    place: str = Field("Milano", description="Luogo di edizione")
    identifiers: Identifiers = Field(Identifiers(), description="ISBN di ogni formato")
    contributors: tuple[Contributor, ...] = Field((), description="Chi ha fatto il libro")
    description: str = Field(min_length=1, description="Di che cosa parla il libro")
    url: str | None = Field(
        None, pattern=r"^https?://", description="Pagina del libro: il codice QR in quarta"
    )
    subjects: Subjects = Field(Subjects(), description="Argomenti per i cataloghi")
    licence: str = Field(description="Licenza: codice SPDX, per esempio CC-BY-4.0")
    brand: str = Field("ancilab", description="Marchio: una cartella di assets/brands")
    ground: str | None = Field(
        None, description="Colore del fondo di copertina, fra quelli del marchio"
    )
    cover: CoverPicture | None = Field(None, description="Un'immagine propria in copertina")
    page_format: str | None = Field(
        None, description="Formato di pagina, fra quelli del marchio: 170x240, A5, A4"
    )
    programme: Annotated[
        tuple[str, ...],
        BeforeValidator(_as_tuple, json_schema_input_type=str | tuple[str, ...]),
    ] = Field(
        (), description="Programma (o programmi) di cofinanziamento: file di assets/programmes"
    )
    project: Project | None = Field(None, description="Il progetto che finanzia il libro")
    partners: tuple[str, ...] = Field((), description="Enti partner, per la pagina dei crediti")
    laboratory: Laboratory | None = Field(None, description="Il laboratorio e i suoi incontri")
    privacy: Privacy = Field(Privacy(), description="Dati personali che possono restare")
    typography: Typography = Field(Typography(), description="Regole tipografiche")
    accessibility: Accessibility = Field(
        Accessibility(), description="Ciò che il libro dichiara della propria accessibilità"
    )
    deliveries: tuple[HandedOver, ...] = Field(
        (), description="Che cosa è già stato consegnato, e quando: deposito legale, librerie…"
    )
    contents: Contents = Field(description="L'indice del libro: file in ordine di lettura")
