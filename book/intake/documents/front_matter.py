"""The front matter that a document proposes; what is a guess is a comment for the editor."""

from __future__ import annotations

from typing import Any

import yaml

from book.intake.documents.draft import Draft
from book.messages import N_, translate

_TITLE = N_("to be checked: the title was guessed")
_AUTHORS = N_("to be checked: the file's properties name this author")
_WRITTEN_AUTHORS = N_("to be checked: authors as the document writes them")
_DATE = N_("to be checked: the document was made on {date}")
_LANGUAGE = N_("to be checked: the language that the document declares")
_WIDTH = 10_000
"""Columns before YAML folds a value: never."""


def front_matter(draft: Draft) -> str:
    """The lines from ``---`` to ``---``; fields of the form in the model's order."""
    lines = ["---", _field("title", draft.title)]
    if any(finding.code.id in ("I111", "I112") for finding in draft.findings):
        lines.insert(1, _comment(_TITLE))
    lines.append(_field("kind", draft.kind))
    properties = draft.properties
    if draft.authors:
        lines += [_comment(_WRITTEN_AUTHORS), _field("authors", list(draft.authors))]
    elif properties.creator:
        lines.append(_comment(_AUTHORS))
        lines += [f"# {line}" for line in _field("authors", [properties.creator]).splitlines()]
    if properties.created:
        lines.append(_comment(_DATE, date=properties.created))
    if properties.language and not properties.language.lower().startswith("it"):
        lines.append(_comment(_LANGUAGE))
        lines.append(f"# {_field('language', properties.language)}")
    if draft.abstract or draft.subtitle:
        lines.append(_field("abstract", draft.abstract or draft.subtitle))
    lines += [_field(name, value) for name, value in draft.fields.items()]
    return "\n".join([*lines, "---", ""])


class _Dumper(yaml.SafeDumper):
    """Writes lists as the house's editors do, indented below their field."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _field(name: str, value: Any) -> str:
    options: dict[str, Any] = {"allow_unicode": True, "sort_keys": False, "width": _WIDTH}
    return str(yaml.dump({name: value}, Dumper=_Dumper, **options)).rstrip()


def _comment(text: str, **values: str) -> str:
    """A remark in the language of the house's sources."""
    return f"# {translate(text, 'it').format(**values)}"
