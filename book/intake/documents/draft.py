"""A chapter on its way from a document: what every pass reads and writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from book.findings import Code, Finding
from book.intake.documents.ast import Blocks


@dataclass(frozen=True)
class Properties:
    """What a file says about itself; empty where it says nothing. ``created`` is ISO 8601."""

    title: str = ""
    creator: str = ""
    created: str = ""
    language: str = ""


@dataclass
class Draft:
    """The document's tree with all that a chapter needs beside it.

    ``media`` are the files inside the document by the address that the tree uses; ``pictures``
    those that go with the chapter, by path below the edition's folder; ``fields`` the form's
    answers by name of front matter field. ``kind`` is empty until it is known.
    """

    file: str
    slug: str
    blocks: Blocks
    kind: str = ""
    slides: bool = False
    properties: Properties = Properties()
    media: dict[str, bytes] = field(default_factory=dict)
    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    abstract: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def report(self, code: Code, **values: Any) -> None:
        """Note something about the document."""
        self.findings.append(code.at(self.file, **values))
