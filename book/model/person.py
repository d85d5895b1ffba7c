"""Models of the people and bodies that a book names, and of what they did for it."""

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


# MARC code list for relators (Library of Congress). The curator («a cura di») is "editor" there,
# the publisher's own editor is "redaktor". There is no facilitator; the nearest is "moderator".
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
    """Change a JSON Schema so that it demands ``name`` or one of the fields ``instead``.

    The models demand ``name``, because the loader fills it in from the other fields before
    validation. The schema describes the file, where it may be missing.
    """

    def change(schema: dict[str, Any]) -> None:
        schema["required"] = [key for key in schema["required"] if key != "name"]
        schema["anyOf"] = [{"required": [key]} for key in ("name", *instead)]

    return change


class Person(Model):
    """A person or body named in a by-line: name, role, organisation.

    In the file ``name`` may be missing when there is a ``role``, which is then shown in its place.
    The name may also come from a people file, by ``id``. A person's name needs a consent.
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
    """A person or body with a part in the whole book.

    ``sort`` is the name as catalogues file it. In the file the name may come from a people file,
    by ``id``. A person's name needs a consent.
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
        """The name for sorting: ``sort``, else the last word first for a person («Verdi, Anna»)."""
        if self.sort or self.kind == "organisation":
            return self.sort or self.name
        first, _, last = self.name.rpartition(" ")
        return f"{last}, {first}" if first else last


def _named(value: Any) -> Any:
    """Data of a person with a name: a text is the name, a role alone becomes the name."""
    if isinstance(value, str):
        return {"name": value}
    if isinstance(value, dict) and value.get("name") is None and value.get("role") is not None:
        return {**{k: v for k, v in value.items() if k != "role"}, "name": value["role"]}
    return value


PersonEntry = Annotated[Person, BeforeValidator(_named, json_schema_input_type=str | Person)]
"""A person; in the file a text alone is the name."""
