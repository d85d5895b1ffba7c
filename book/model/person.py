"""People and bodies, and what they did for a book."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from book.model.base import Model


class Role(StrEnum):
    """What a contributor did for the whole book."""

    AUTHOR = "author"
    CURATOR = "curator"
    EDITOR = "editor"
    FACILITATOR = "facilitator"
    SPEAKER = "speaker"
    CONTRIBUTOR = "contributor"
    TRANSCRIBER = "transcriber"
    TRANSLATOR = "translator"
    ILLUSTRATOR = "illustrator"
    PHOTOGRAPHER = "photographer"


# MARC code list for relators (Library of Congress). «A cura di» is what MARC calls an editor,
# the house's own editing is its "redaktor", and it knows moderators but no facilitators.
MARC_RELATORS: dict[Role, str] = {
    Role.AUTHOR: "aut",
    Role.CURATOR: "edt",
    Role.EDITOR: "red",
    Role.FACILITATOR: "mod",
    Role.SPEAKER: "spk",
    Role.CONTRIBUTOR: "ctb",
    Role.TRANSCRIBER: "trc",
    Role.TRANSLATOR: "trl",
    Role.ILLUSTRATOR: "ill",
    Role.PHOTOGRAPHER: "pht",
}


class Person(Model):
    """Somebody (or a body) named in a by-line: name, what they are, where they belong."""

    name: str = Field(min_length=1, description="Nome e cognome, o nome dell'ente")
    role: str | None = Field(None, description="Qualifica, per esempio «assistente sociale»")
    organisation: str | None = Field(None, description="Ente o organizzazione di appartenenza")


class Contributor(Model):
    """Somebody with a part in the whole book; ``sort`` is the name as a catalogue files it."""

    name: str = Field(min_length=1, description="Nome e cognome, o nome dell'ente")
    role: Role = Field(Role.AUTHOR, description="Che cosa ha fatto per il libro")
    kind: Literal["person", "organisation"] = Field("person", description="Persona o ente")
    sort: str | None = Field(None, description="Forma per il catalogo: «Cognome, Nome»")

    @property
    def file_as(self) -> str:
        """The form for sorting: as given, else surname first for a person."""
        if self.sort or self.kind == "organisation":
            return self.sort or self.name
        first, _, last = self.name.rpartition(" ")
        return f"{last}, {first}" if first else last


def _named(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


PersonEntry = Annotated[Person, BeforeValidator(_named, json_schema_input_type=str | Person)]
"""A person, or just a name."""
