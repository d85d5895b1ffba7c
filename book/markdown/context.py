"""What a pass knows of the chapter besides its tree, and where it reports what it finds."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from book.findings import Code, Finding
from book.markdown.kinds.kind import UNREAD, SourceKinds
from book.markdown.sourcemap import SourceMap
from book.markdown.tree import Heading, Link, Picture
from book.model.edition import Edition
from book.model.loaded import ChapterSource


@dataclass
class Context:
    """The chapter at work: its source, its edition, and what the passes gather on their way.

    ``folder`` is the edition's folder, ``language`` the chapter's (BCP 47), ``positions`` the
    map from the body to the file, ``kinds`` what each character of the body is. ``headings``,
    ``links`` and ``pictures`` are filled by the passes of the same names.
    """

    source: ChapterSource
    edition: Edition
    folder: Path
    positions: SourceMap
    kinds: SourceKinds
    findings: list[Finding] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """The chapter's slug."""
        return self.source.slug

    @property
    def language(self) -> str:
        """The chapter's language: its own, else the edition's."""
        return self.source.front_matter.language or self.edition.language

    def line_of(self, element: etree._Element) -> int:
        """The line of the nearest element, itself included, whose line is known."""
        for candidate in (element, *element.iterancestors()):
            line = candidate.get("data-line", "")
            if line.isdigit():
                return int(line)
        return self.source.body_line

    def report(
        self, code: Code, element: etree._Element, needle: str = "", /, **values: Any
    ) -> None:
        """Report a finding at an element; the column is that of ``needle``, sought from there."""
        line = self.line_of(element)
        if needle:
            text = self.kinds.hidden(self.positions.text, UNREAD)
            offset = text.find(needle, self.positions.start_of(line))
            if offset >= 0:
                self.report_at(code, offset, **values)
                return
        self.findings.append(code.at(self.source.file, line, **values))

    def report_at(self, code: Code, offset: int, /, **values: Any) -> None:
        """Report a finding at an offset of the body."""
        line, column = self.positions.line(offset), self.positions.column(offset)
        self.findings.append(code.at(self.source.file, line, column, **values))


def nearest(word: str, candidates: Iterable[str]) -> str:
    """The candidate most like ``word`` whatever the case, or a dash when there are none."""
    by_fold = {c.casefold(): c for c in sorted(candidates)}
    found = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.0)
    return by_fold[found[0]] if found else "–"
