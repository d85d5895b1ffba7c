"""Applies Italian typography to the words of YAML files: titles, abstracts, fact sheets."""

from __future__ import annotations

from typing import Any, TypeVar

from book.markdown.typography import italian
from book.model.base import Model
from book.model.edition import Edition
from book.model.loaded import TypesetEdition, WrittenEdition

AnyModel = TypeVar("AnyModel", bound=Model)

_PROSE = {
    *("title", "short_title", "eyebrow", "byline", "abstract", "description", "label", "value"),
    *("territory", "organisations", "period", "themes", "target_groups", "partners"),
    *("instruments", "resources", "results", "indicators", "difficulties", "contacts"),
    *("purpose", "when", "participants", "duration", "materials", "output", "role"),
    *("municipalities", "province", "subtitle", "series", "edition_statement", "module"),
}
"""Fields that hold prose. Addresses, codes, languages and file names must not change."""


def typeset_edition(written: WrittenEdition) -> TypesetEdition:
    """``written`` with typography applied to its ``edition.yaml``. Its chapters do not change."""
    edition = typeset(written.edition, written.edition, written.edition.language)
    return TypesetEdition(**{**vars(written), "edition": edition})


def typeset(model: AnyModel, edition: Edition, language: str) -> AnyModel:
    """A copy of ``model`` with Italian typography applied to its prose, at every depth.

    The Markdown stage does the same for the bodies of chapters. Models in other languages, and of
    editions that switch it off, are returned as they are.
    """
    if not edition.typography.non_breaking or not language.startswith("it"):
        return model
    return model.model_copy(
        update={name: _typeset(name, getattr(model, name)) for name in type(model).model_fields}
    )


def _typeset(name: str, value: Any) -> Any:
    if type(value) is str:  # members of a StrEnum are strings, but not prose
        return italian(value) if name in _PROSE else value
    if isinstance(value, tuple):
        return tuple(_typeset(name, item) for item in value)
    if isinstance(value, Model):
        return value.model_copy(
            update={
                field: _typeset(field, getattr(value, field)) for field in type(value).model_fields
            }
        )
    return value
