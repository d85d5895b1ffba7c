"""Writes the chapter file: the front matter that the document proposes, and its tree as Markdown.

The Markdown is in the dialect that :mod:`book.markdown` reads. Guesses in the front matter are
comments, for the editor to check.
"""

from __future__ import annotations

import json
from typing import Any

import yaml

from book.intake.documents.ast import Blocks
from book.intake.documents.draft import Draft
from book.markdown.pandoc import READER, run
from book.messages import N_, translate

_API = [1, 23, 1]
"""The version of pandoc's types that the passes are written for."""
NO_TEXT = "\ue000"
"""Stands for an empty alternative text until the Markdown is written: pandoc would leave out the
attribute ``alt=""``, and the editor would not see where to write one."""
WRITER = READER + "".join(
    (
        "-auto_identifiers",  # with it, pandoc leaves out ids that it would generate itself
        "-simple_tables",
        "-multiline_tables",
        "-escaped_line_breaks",
    )
)
_TITLE = N_("to be checked: the title was guessed")
_AUTHORS = N_("to be checked: the file's properties name this author")
_WRITTEN_AUTHORS = N_("to be checked: authors as the document writes them")
_DATE = N_("to be checked: the document was made on {date}")
_LANGUAGE = N_("to be checked: the language that the document declares")
_WIDTH = 10_000
"""The width in columns at which YAML would fold a value: wide enough never to fold one."""


def chapter_text(draft: Draft) -> str:
    """The whole file: front matter, then the body, a line for each paragraph.

    Raises PandocFailed.
    """
    return f"{_front_matter(draft)}\n{body_text(draft.blocks)}"


def body_text(blocks: Blocks) -> str:
    """Blocks as Markdown. Raises PandocFailed."""
    document = {"pandoc-api-version": _API, "meta": {}, "blocks": blocks}
    written = run(
        json.dumps(document, ensure_ascii=False),
        "--from=json",
        f"--to={WRITER}",
        "--wrap=none",
        "--reference-location=block",
    )
    return written.replace(NO_TEXT, "").rstrip("\n") + "\n"


def _front_matter(draft: Draft) -> str:
    """The front matter, from ``---`` to ``---``; the fields of a form are in the form's order."""
    lines = ["---", _field("title", draft.title)]
    # I111 and I112 say that the title is a guess, or the name of the file.
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
    """Writes YAML with lists indented below their field, as the house's editors write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _field(name: str, value: Any) -> str:
    options: dict[str, Any] = {"allow_unicode": True, "sort_keys": False, "width": _WIDTH}
    return str(yaml.dump({name: value}, Dumper=_Dumper, **options)).rstrip()


def _comment(text: str, **values: str) -> str:
    """A comment in Italian, the language of the editors."""
    return f"# {translate(text, 'it').format(**values)}"
