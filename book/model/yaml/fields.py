"""Looks up fields of pydantic models by path, so that findings can name the field nearest."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from book.model.yaml.source import KeyPath


def model_at(model: type[BaseModel], path: KeyPath) -> type[BaseModel] | None:
    """The model of the group of fields at ``path`` below ``model``; None where there is none."""
    found: Any = model
    for step in path:
        found = _below(found, step)
    return next((t for t in _alternatives(found) if _is_model(t)), None)


def groups_with_field(model: type[BaseModel], key: str, path: KeyPath = ()) -> Iterator[str]:
    """The groups below ``model`` that have a field ``key``, as dotted names."""
    for name, field in model.model_fields.items():
        for inner in _models_in(field.annotation):
            here = (*path, name)
            if key in inner.model_fields:
                yield ".".join(map(str, here))
            yield from groups_with_field(inner, key, here)


def _below(annotation: Any, step: str | int) -> Any:
    """The type of what is at ``step`` (a key or an index) in a value of the type ``annotation``.

    None when such a value has nothing there.
    """
    for candidate in _alternatives(annotation):
        if isinstance(step, str) and _is_model(candidate) and step in candidate.model_fields:
            return candidate.model_fields[step].annotation
        if isinstance(step, str) and get_origin(candidate) is dict:
            return get_args(candidate)[1]
        if isinstance(step, int) and get_origin(candidate) in (tuple, list):
            return get_args(candidate)[0]
    return None


def _alternatives(annotation: Any) -> Iterator[Any]:
    """The types that ``annotation`` allows: members of unions, ``Annotated`` taken off."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for member in get_args(annotation):
            yield from _alternatives(member)
    else:
        yield annotation


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that ``annotation`` allows, also as entries of a list."""
    for candidate in _alternatives(annotation):
        if _is_model(candidate):
            yield candidate
        elif get_origin(candidate) in (tuple, list):
            yield from _models_in(get_args(candidate)[0])


def _is_model(candidate: Any) -> bool:
    return isinstance(candidate, type) and issubclass(candidate, BaseModel)
