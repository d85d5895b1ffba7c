"""People files: the records, with names and consents, that entries refer to by ``id``.

``people.yaml`` is one of the edition's sources. ``people.private.yaml`` stays on the editor's
machine: git ignores it. Where it is missing, the book is made with roles in place of names.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import Field

from book.findings import Finding
from book.model.base import Model
from book.model.consent import Consent
from book.model.privacy import codes as privacy_codes
from book.model.yaml.source import Position, load_yaml
from book.model.yaml.validation import validate
from book.model.yaml.values import shown

PEOPLE_FILE = "people.yaml"
PRIVATE_PEOPLE_FILE = "people.private.yaml"


class Record(Model):
    """A person whom chapters and edition refer to by an id."""

    name: str = Field(min_length=1, description="Nome e cognome")
    role: str | None = Field(None, description="Ruolo o qualifica")
    organisation: str | None = Field(None, description="Ente di appartenenza")
    organisation_type: str | None = Field(
        None, description="Tipo di ente, per chi è indicato senza nome: «Comune»"
    )
    sort: str | None = Field(None, description="Forma per il catalogo: «Cognome, Nome»")
    consent: Consent | None = Field(None, description="Consenso a pubblicare nome e parole")


class PeopleFile(Model):
    """A people file: records by id."""

    people: dict[str, Record] = Field(description="Le persone, ciascuna sotto la sua sigla")


class RawRecord(NamedTuple):
    """A record as the file has it, not validated, with its file and its place there."""

    data: dict[str, Any]
    file: str
    place: Position


def load_people(folder: Path, prefix: str) -> tuple[Mapping[str, RawRecord], list[Finding]]:
    """The people of the edition in ``folder`` by id; ``prefix`` is the folder in findings.

    When both files have an id, the private file's record counts. Mistakes are reported as
    findings. A record with mistakes is still returned, because its name must be withheld.
    """
    people: dict[str, RawRecord] = {}
    findings: list[Finding] = []
    for name in (PEOPLE_FILE, PRIVATE_PEOPLE_FILE):
        path, file = folder / name, f"{prefix}/{name}"
        if not path.exists():
            continue
        source, more = load_yaml(path, file, "people")
        findings += more
        if source is None:
            continue
        findings += validate(PeopleFile, source)[1]  # only the findings: see the docstring
        records = source.data.get("people")
        for id, data in records.items() if isinstance(records, dict) else ():
            place = source.key_at(("people", id))
            if id in people:
                findings.append(
                    privacy_codes.PEOPLE_TWICE.at(file, *place, id=shown(id), name=name)
                )
            if isinstance(data, dict):
                people[id] = RawRecord(data, file, place)
    return people, findings
