"""What an import gives: a chapter's text, its pictures, and what a person should look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from book.findings import Finding

ChapterKind = Literal["transcript", "contribution", "essay", "tool"]


@dataclass(frozen=True)
class Imported:
    """A chapter made of a file that somebody handed in.

    ``name`` is the chapter's file name, ``text`` the whole file with its front matter,
    ``pictures`` the files to put beside it by path below the edition's folder. ``findings``
    tell what was dropped, guessed or is asked for; their ``file`` is the handed-in file's name
    and their line, where it has lines, the line in it.
    """

    name: str
    text: str
    kind: ChapterKind
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
