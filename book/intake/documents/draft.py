"""The draft of a chapter, made of a document: the state that all passes read and change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from book.findings import Code, Finding
from book.intake.documents.ast import Blocks


@dataclass(frozen=True)
class Properties:
    """The properties of a file, "" where it has none. ``created`` is a date in ISO 8601."""

    title: str = ""
    creator: str = ""
    created: str = ""
    language: str = ""


@dataclass
class Draft:
    """The document's tree, and all else that the chapter needs.

    ``file`` is the file's name for findings. ``kind`` is "" until it is known. ``slides`` says
    whether the document is a presentation. ``media`` are the files embedded in the document, by
    the address that the tree uses; ``pictures`` are those that go with the chapter, by path below
    the edition's folder. ``fields`` are the answers of a form, by field of the front matter.
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
        """Add a finding on the document."""
        self.findings.append(code.at(self.file, **values))
