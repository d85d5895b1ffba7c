"""JSON Schemas of editions, front matter, registered projects and people, made from the models.

The YAML plug-ins of text editors use them to complete and explain fields. They are in
``assets/schema``. Run ``python -m book.reference.schema`` after a change of a model.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from book.model.chapter import FrontMatter
from book.model.edition import Edition
from book.model.licence import LICENCE_IDS
from book.model.privacy.people import PeopleFile
from book.model.project_registry import RegisteredProject

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = Path("assets/schema")
EDITION_SCHEMA = "edition.schema.json"
FRONT_MATTER_SCHEMA = "front-matter.schema.json"
PROJECT_SCHEMA = "project.schema.json"
PEOPLE_SCHEMA = "people.schema.json"


def edition_schema() -> dict[str, Any]:
    """The schema of ``edition.yaml``."""
    schema = Edition.model_json_schema()
    schema["properties"]["licence"]["enum"] = list(LICENCE_IDS)
    return _finished(schema, "edition.yaml: un e-book")


def front_matter_schema() -> dict[str, Any]:
    """The schema of the front matter of any kind of chapter. ``kind`` is optional for a text."""
    schema = TypeAdapter(FrontMatter).json_schema()
    # ``discriminator`` is OpenAPI's and has no meaning in JSON Schema. The models differ by the
    # constant that each demands for ``kind``.
    del schema["discriminator"]
    for name, model in schema["$defs"].items():
        if name != "Text" and "const" in model["properties"].get("kind", ()):
            model["required"] = sorted({*model.get("required", ()), "kind"})
    return _finished(schema, "L'intestazione di un capitolo")


def project_schema() -> dict[str, Any]:
    """The schema of a project of the registry."""
    return _finished(RegisteredProject.model_json_schema(), "Un progetto finanziato")


def people_schema() -> dict[str, Any]:
    """The schema of an edition's people files."""
    return _finished(PeopleFile.model_json_schema(), "Le persone di un libro e i loro consensi")


def files() -> dict[str, str]:
    """The texts of the schema files by name."""
    return {
        EDITION_SCHEMA: _text(edition_schema()),
        FRONT_MATTER_SCHEMA: _text(front_matter_schema()),
        PROJECT_SCHEMA: _text(project_schema()),
        PEOPLE_SCHEMA: _text(people_schema()),
    }


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _finished(schema: dict[str, Any], title: str) -> dict[str, Any]:
    """The schema with dialect and title, without what pydantic adds for programmers.

    Pydantic makes titles of the names of fields («Page Format»); editors write the names as they
    are in the file.
    """
    models = [schema, *schema.get("$defs", {}).values()]
    for model in models:
        model.pop("title", None)
        # The description is the model's docstring, in English, for programmers.
        model.pop("description", None)
        required = model.get("required", ())
        for name, field in model.get("properties", {}).items():
            field.pop("title", None)
            model["properties"][name] = field if name in required else _or_nothing(field)
    return {"$schema": DIALECT, "title": title, **schema}


def _or_nothing(field: dict[str, Any]) -> dict[str, Any]:
    """The schema of an optional field that may also be empty, which counts as not written."""
    if "const" in field:
        return field
    outside: dict[str, Any] = {
        key: field.pop(key) for key in ("description", "default") if key in field
    }
    options = field.pop("anyOf", None) or [field]
    if {"type": "null"} not in options:
        options = [*options, {"type": "null"}]
    return {"anyOf": options, **outside}


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file_name, text in files().items():
        (FOLDER / file_name).write_text(text, "utf-8")
