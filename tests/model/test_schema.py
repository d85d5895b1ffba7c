"""The JSON Schemas in the repository are those of the models, and accept real books."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from book.model.front_matter import split
from book.model.load import edition_names
from book.reference import schema
from book.system.checkout import CHECKOUT
from tests.support import books

EDITIONS = [(CHECKOUT, name) for name in edition_names(CHECKOUT)]
EDITIONS.append((books.BOOKS / books.BASE, books.BASE))


class Core(yaml.SafeLoader):
    """YAML as an editor's plug-in reads it: dates and times are texts (YAML 1.2, 10.3.2)."""


Core.yaml_implicit_resolvers = {}
for kind, pattern in (
    ("null", "|~|null|Null|NULL"),
    ("bool", "true|True|TRUE|false|False|FALSE"),
    ("int", "[-+]?[0-9]+"),
    ("float", r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?"),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(f"^({pattern})$"), None)


def core(text: str) -> Any:
    return yaml.load(text, Core)


@pytest.mark.parametrize("name", sorted(schema.files()))
def test_schema_is_fresh(name: str, refresh: bool) -> None:
    path = CHECKOUT / schema.FOLDER / name
    if refresh:
        path.write_text(schema.files()[name], "utf-8")
    assert path.read_text("utf-8") == schema.files()[name]


def test_schemas_are_schemas() -> None:
    for made in (schema.edition_schema(), schema.front_matter_schema(), schema.project_schema()):
        Draft202012Validator.check_schema(made)
        assert made["$schema"] == schema.DIALECT
        assert made["title"]


@pytest.mark.parametrize(("root", "name"), EDITIONS)
def test_real_books_fit(root: Path, name: str) -> None:
    folder = root / "chapters" / name
    edition = core((folder / "edition.yaml").read_text("utf-8"))
    assert [e.message for e in mistakes(schema.edition_schema(), edition)] == []
    for path in sorted(folder.glob("*.md")):
        chapter, _ = split(path.read_text("utf-8"), path.name)
        assert chapter is not None
        found = mistakes(schema.front_matter_schema(), core(chapter.yaml))
        assert [f"{path.name}: {e.message}" for e in found] == []


def test_the_registry_fits() -> None:
    for path in sorted((CHECKOUT / "assets/projects").glob("*.yaml")):
        found = mistakes(schema.project_schema(), core(path.read_text("utf-8")))
        assert [f"{path.name}: {e.message}" for e in found] == []
    assert mistakes(schema.project_schema(), {"name": "x", "cup": "E1", "programme": "y"})


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"licence": "CC-BY"}, ["licence"]),
        ({"version": "1.0"}, ["version"]),
        ({"titolo": "x"}, []),
        ({"contents": {"chapters": "uno.md"}}, ["contents", "chapters"]),
    ],
)
def test_mistakes_do_not_fit(change: dict[str, Any], path: list[str]) -> None:
    file = books.BOOKS / books.BASE / "chapters/base/edition.yaml"
    edition = core(file.read_text("utf-8")) | change
    assert [list(e.path) for e in mistakes(schema.edition_schema(), edition)] == [path]


def test_a_kind_has_its_own_fields_alone() -> None:
    speakers = [{"role": "facilitatrice"}]
    transcript = {"title": "x", "kind": "transcript", "speakers": speakers}
    assert mistakes(schema.front_matter_schema(), transcript) == []
    assert mistakes(schema.front_matter_schema(), {"title": "x", "speakers": speakers})


def test_every_field_is_explained() -> None:
    for made in (schema.edition_schema(), schema.front_matter_schema(), schema.project_schema()):
        for model in (made, *made["$defs"].values()):
            for name, field in model.get("properties", {}).items():
                assert field.get("description"), name


def mistakes(made: dict[str, Any], data: Any) -> list[Any]:
    return list(Draft202012Validator(made).iter_errors(data))
