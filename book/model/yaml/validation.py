"""Validates data against a pydantic model; each error becomes a finding at its key or value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from book.findings import Code, Finding
from book.messages import nearest
from book.model.yaml import field_codes
from book.model.yaml.fields import groups_with_field, model_at
from book.model.yaml.source import KeyPath, YamlSource
from book.model.yaml.values import bad_cup, bad_date, bad_isbn, bad_meeting_date, bad_pattern, shown

M = TypeVar("M", bound=BaseModel)

_EXAMPLES = {
    "title": 'title: "…"',
    "date": "date: 2021-03-25",
    "version": "version: 1.0.0",
    "licence": "licence: CC-BY-4.0",
    "cup": "cup: E89F18000510007",
    "description": 'description: "…"',
    "contents": "contents: {chapters: [presentazione.md]}",
    "name": 'name: "…"',
    "role": "role: facilitatrice",
}
"""How a field is written, for the finding on a missing or empty one."""
# Names that an Italian editor is likely to write for the English names of fields.
_ITALIAN = {
    "autore": "authors",
    "autori": "authors",
    "collana": "series",
    "contributori": "contributors",
    "curatori": "contributors",
    "data": "date",
    "descrizione": "description",
    "editore": "publisher",
    "fine": "end",
    "genere": "kind",
    "indice": "contents",
    "inizio": "start",
    "laboratorio": "laboratory",
    "licenza": "licence",
    "lingua": "language",
    "luogo": "place",
    "marchio": "brand",
    "nome": "name",
    "numero": "number",
    "parole_chiave": "keywords",
    "progetto": "project",
    "programma": "programme",
    "relatori": "speakers",
    "ruolo": "role",
    "sommario": "abstract",
    "sottotitolo": "subtitle",
    "titolo": "title",
    "versione": "version",
}
_RELATIONS = {
    "greater_than": (">", "gt"),
    "greater_than_equal": ("≥", "ge"),
    "less_than": ("<", "lt"),
    "less_than_equal": ("≤", "le"),
}


def validate(
    model: type[M],
    source: YamlSource,
    other_kinds: Mapping[str, type[BaseModel]] | None = None,
) -> tuple[M | None, list[Finding]]:
    """The data of ``source`` as a ``model``; None with a finding for every mistake.

    ``other_kinds`` are the models of the other kinds of chapter, by kind. A key that ``model``
    does not have may be a field of one of them; the finding then names the kinds.
    """
    try:
        return model.model_validate(source.data), []
    except ValidationError as error:
        report = _Report(model, source, other_kinds or {})
        return None, report.all(error.errors(include_url=False))


def example_of(key: str) -> str:
    """A line that shows how the field ``key`` is written."""
    return _EXAMPLES.get(key, f"{key}: …")


class _Report:
    """Turns pydantic's errors about one source into findings.

    ``by_type`` maps the types of pydantic's errors, and those that our own validators raise
    (``isbn``, ``cup``, ``date`` …), to the methods that make the findings.
    """

    def __init__(
        self,
        model: type[BaseModel],
        source: YamlSource,
        other_kinds: Mapping[str, type[BaseModel]],
    ) -> None:
        self.model = model
        self.source = source
        self.other_kinds = other_kinds
        self.by_type: dict[str, Callable[[Mapping[str, Any], KeyPath], Finding]] = {
            "extra_forbidden": self._unknown_key,
            "missing": self._missing,
            "literal_error": self._choice,
            "enum": self._choice,
            "string_type": self._not_text,
            "tuple_type": self._simple(field_codes.NOT_A_LIST),
            "model_type": self._not_a_group,
            "dict_type": self._not_a_group,
            "bool_parsing": self._simple(field_codes.NOT_TRUE_FALSE),
            "bool_type": self._simple(field_codes.NOT_TRUE_FALSE),
            "string_too_short": self._empty,
            "too_short": self._simple(field_codes.EMPTY_LIST),
            "string_pattern_mismatch": self._pattern,
            "isbn": self._special(bad_isbn),
            "cup": self._special(bad_cup),
            "date": self._special(bad_date),
            "meeting_date": self._special(bad_meeting_date),
            "time": self._simple(field_codes.BAD_TIME),
        }

    def all(self, errors: Iterable[Mapping[str, Any]]) -> list[Finding]:
        """A finding for every error but those that only follow from another one."""
        found = [(error, self.finding(error)) for error in errors]
        # The paths of the fields that misspelt keys were meant for.
        meant = {
            (*error["loc"][:-1], finding.values["nearest"])
            for error, finding in found
            if finding.code is field_codes.UNKNOWN_KEY_NEAR
        }
        return [
            finding
            for error, finding in found
            # A required field under a wrong name is reported as an unknown key and must not be
            # reported as missing, too. A list whose entries are all wrong counts as too short
            # for pydantic; the editor has written entries and gets the findings on them.
            if not (error["type"] == "missing" and error["loc"] in meant)
            and not (error["type"] == "too_short" and error["input"])
        ]

    def finding(self, error: Mapping[str, Any]) -> Finding:
        """The finding for one error of pydantic's ``ValidationError.errors()``."""
        kind: str = error["type"]
        path: KeyPath = tuple(error["loc"])
        if error["input"] is None and kind != "extra_forbidden":
            return self._empty(error, path)
        if kind in _RELATIONS:
            return self._out_of_range(error, path)
        if kind.startswith(("int_", "float_", "finite_")):
            return self._simple(field_codes.NOT_A_NUMBER)(error, path)
        return self.by_type.get(kind, self._other)(error, path)

    def _at_value(self, code: Code, path: KeyPath, **values: Any) -> Finding:
        return code.at(self.source.file, *self.source.value_at(path), **values)

    def _at_key(self, code: Code, path: KeyPath, **values: Any) -> Finding:
        return code.at(self.source.file, *self.source.key_at(path), **values)

    def _simple(self, code: Code) -> Callable[[Mapping[str, Any], KeyPath], Finding]:
        return lambda error, path: self._at_value(
            code, path, key=_name(path), value=shown(error["input"])
        )

    # The methods below make the finding for one type of error each. Findings on a value point to
    # the value, findings on a missing or empty one to its key.

    def _special(
        self, explain: Callable[[Any], tuple[Code, dict[str, Any]]]
    ) -> Callable[[Mapping[str, Any], KeyPath], Finding]:
        def report(error: Mapping[str, Any], path: KeyPath) -> Finding:
            if not isinstance(error["input"], str):
                return self._not_text(error, path)
            code, values = explain(error["input"])
            return self._at_value(code, path, key=_name(path), **values)

        return report

    def _unknown_key(self, error: Mapping[str, Any], path: KeyPath) -> Finding:
        """A key that the model does not have.

        Tried in this order: the Italian name of a known field, a misspelling of one, a field of
        another kind of chapter, a field of another group of the same file.
        """
        key = str(path[-1])
        group = model_at(self.model, path[:-1])
        known = list(group.model_fields) if group else []
        shown_key = shown(key)
        italian = _ITALIAN.get(key.strip().lower().replace(" ", "_"))
        near = italian if italian in known else nearest(key, known)
        if near:
            return self._at_key(field_codes.UNKNOWN_KEY_NEAR, path, key=shown_key, nearest=near)
        kinds = [k for k, m in self.other_kinds.items() if key in m.model_fields]
        if kinds and len(path) == 1:
            kind = self.source.data.get("kind", "text")
            listed = ", ".join(f"«{k}»" for k in sorted(kinds))
            return self._at_key(
                field_codes.KEY_OF_OTHER_KIND, path, key=shown_key, kind=kind, kinds=listed
            )
        home = next(groups_with_field(self.model, key), None)
        if home:
            return self._at_key(field_codes.MISPLACED_KEY, path, key=shown_key, home=home)
        return self._at_key(field_codes.UNKNOWN_KEY, path, key=shown_key, known=", ".join(known))

    def _missing(self, error: Mapping[str, Any], path: KeyPath) -> Finding:
        # The base model treats a key without a value as absent, so pydantic reports it missing.
        if path in self.source.keys:
            return self._empty(error, path)
        parent = path[:-1]
        place = self.source.key_at(parent) if parent else self.source.start
        example = example_of(str(path[-1]))
        return field_codes.MISSING.at(self.source.file, *place, key=_name(path), example=example)

    def _empty(self, error: Mapping[str, Any], path: KeyPath) -> Finding:
        last = path[-1] if path else ""
        example = "- …" if isinstance(last, int) else example_of(last)
        return self._at_key(field_codes.EMPTY_VALUE, path, key=_name(path), example=example)

    def _not_text(self, error: Mapping[str, Any], path: KeyPath) -> Finding:
        return self._at_value(field_codes.NOT_TEXT, path, key=_name(path))

    def _not_a_group(self, error: Mapping[str, Any], path: KeyPath) -> Finding:
        group = model_at(self.model, path)
        known = ", ".join(group.model_fields) if group else "…"
        return self._at_value(field_codes.NOT_A_GROUP, path, key=_name(path), known=known)

    def _choice(self, error: Mapping[str, Any], path: KeyPath) -> Finding:
        if not isinstance(error["input"], str):
            return self._not_text(error, path)
        group = model_at(self.model, path[:-1])
        allowed = choices(group, str(path[-1])) if group else []
        return self.choice(path, error["input"], allowed)

    def choice(self, path: KeyPath, value: str, allowed: list[str]) -> Finding:
        values = {"key": _name(path), "value": shown(value), "allowed": ", ".join(allowed)}
        near = nearest(value, allowed)
        if near:
            return self._at_value(field_codes.BAD_CHOICE_NEAR, path, nearest=near, **values)
        return self._at_value(field_codes.BAD_CHOICE, path, **values)

    def _out_of_range(self, error: Mapping[str, Any], path: KeyPath) -> Finding:
        relation, key = _RELATIONS[error["type"]]
        return self._at_value(
            field_codes.OUT_OF_RANGE,
            path,
            key=_name(path),
            value=shown(error["input"]),
            relation=relation,
            limit=error["ctx"][key],
        )

    def _pattern(self, error: Mapping[str, Any], path: KeyPath) -> Finding:
        code = bad_pattern(step for step in reversed(path) if isinstance(step, str))
        return self._at_value(
            code,
            path,
            key=_name(path),
            value=shown(error["input"]),
            pattern=error["ctx"]["pattern"],
        )

    def _other(self, error: Mapping[str, Any], path: KeyPath) -> Finding:
        return self._at_value(
            field_codes.BAD_VALUE,
            path,
            key=_name(path),
            value=shown(error["input"]),
            reason=error["msg"],
        )


def choices(model: type[BaseModel], key: str) -> list[str]:
    """The values that the field ``key`` of ``model`` may have, from the model's JSON Schema.

    Empty for a field that takes any value.
    """
    schema = model.model_json_schema(ref_template="{model}")
    field = schema["properties"].get(key, {})
    for option in (field, *field.get("anyOf", ()), *field.get("allOf", ())):
        option = schema.get("$defs", {}).get(option.get("$ref"), option)
        if "enum" in option:
            return [str(value) for value in option["enum"]]
        if "const" in option:
            return [str(option["const"])]
    return []


def choice_finding(source: YamlSource, path: KeyPath, allowed: list[str]) -> Finding:
    """The finding for a text at ``path`` (of one step) that is none of ``allowed``."""
    value = str(source.data[str(path[0])])
    return _Report(BaseModel, source, {}).choice(path, value, allowed)


def _name(path: KeyPath) -> str:
    """The name of a field in findings: ``laboratory.meetings.date``, ``keywords[2]`` (from 1)."""
    name = ".".join(step for step in path if isinstance(step, str))
    entry = f"[{path[-1] + 1}]" if path and isinstance(path[-1], int) else ""
    return shown(name + entry)
