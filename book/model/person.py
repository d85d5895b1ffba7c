"""People and bodies, and what they did for a book."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from book.model.base import Model
from book.model.consent import Consent


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


def _without_name(*instead: str) -> Callable[[dict[str, Any]], None]:
    """For the JSON Schema: in the file, ``name`` or one of the fields ``instead`` is there."""

    def change(schema: dict[str, Any]) -> None:
        schema["required"] = [key for key in schema["required"] if key != "name"]
        schema["anyOf"] = [{"required": [key]} for key in ("name", *instead)]

    return change


class Person(Model):
    """Somebody (or a body) named in a by-line: name, what they are, where they belong.

    In the file ``name`` may be missing where ``role`` says enough: the role is then shown as the
    name. It may also come from a people file, by ``id``. The name of a ``person`` needs a consent.
    """

    model_config = ConfigDict(json_schema_extra=_without_name("id", "role"))

    id: str | None = Field(None, description="La voce di people.yaml che dà nome e consenso")
    name: str = Field(min_length=1, description="Nome e cognome, o nome dell'ente")
    role: str | None = Field(None, description="Qualifica, per esempio «assistente sociale»")
    organisation: str | None = Field(None, description="Ente o organizzazione di appartenenza")
    organisation_type: str | None = Field(
        None, description="Tipo di ente, per chi è indicato senza nome: «Comune»"
    )
    kind: Literal["person", "organisation"] = Field("person", description="Persona o ente")
    consent: Consent | None = Field(None, description="Consenso a pubblicare il nome")


class Contributor(Model):
    """Somebody with a part in the whole book; ``sort`` is the name as a catalogue files it.

    In the file the name may come from a people file, by ``id``. A person's needs a consent.
    """

    model_config = ConfigDict(json_schema_extra=_without_name("id"))

    id: str | None = Field(None, description="La voce di people.yaml che dà nome e consenso")
    name: str = Field(min_length=1, description="Nome e cognome, o nome dell'ente")
    role: Role = Field(Role.AUTHOR, description="Che cosa ha fatto per il libro")
    kind: Literal["person", "organisation"] = Field("person", description="Persona o ente")
    organisation_type: str | None = Field(
        None, description="Tipo di ente, per chi è indicato senza nome: «Comune»"
    )
    sort: str | None = Field(None, description="Forma per il catalogo: «Cognome, Nome»")
    consent: Consent | None = Field(None, description="Consenso a pubblicare il nome")

    @property
    def file_as(self) -> str:
        """The form for sorting: as given, else surname first for a person."""
        if self.sort or self.kind == "organisation":
            return self.sort or self.name
        first, _, last = self.name.rpartition(" ")
        return f"{last}, {first}" if first else last


def _named(value: Any) -> Any:
    if isinstance(value, str):
        return {"name": value}
    if isinstance(value, dict) and value.get("name") is None and value.get("role") is not None:
        return {**{k: v for k, v in value.items() if k != "role"}, "name": value["role"]}
    return value


PersonEntry = Annotated[Person, BeforeValidator(_named, json_schema_input_type=str | Person)]
"""A person, or just a name."""
