"""The result of an import: a chapter's text, its pictures, and findings for the editor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from book.findings import Finding

ChapterKind = Literal["transcript", "contribution", "essay", "tool"]


@dataclass(frozen=True)
class Imported:
    """A chapter made of a file that somebody has handed in.

    ``name`` is the chapter's file name, ``text`` the whole file with its front matter.
    ``pictures`` are the files to write beside it, by path below the edition's folder.
    ``findings`` say what was left out, what was guessed and what the editor must add. Their file
    is the one that was handed in, and their line, where that has lines, a line of it.
    """

    name: str
    text: str
    kind: ChapterKind
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
