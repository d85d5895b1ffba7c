"""The state that the passes over one chapter share: source, edition, findings, gathered lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from book.findings import Code, Finding
from book.markdown.kinds.kind import UNREAD, SourceKinds
from book.markdown.sourcemap import SourceMap
from book.markdown.tree import Heading, Link, Picture
from book.messages import nearest
from book.model.edition import Edition
from book.model.loaded import ChapterSource


@dataclass
class Context:
    """A chapter while its tree is made: its source, its edition, and what the passes gather.

    ``folder`` is the edition's folder. ``positions`` maps offsets in the body to lines of the
    file. ``kinds`` says what each character of the body is. The passes on headings, links and
    figures fill ``headings``, ``links`` and ``pictures``; every pass may add to ``findings``.
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
        """The chapter's language (BCP 47): its own, else the edition's."""
        return self.source.front_matter.language or self.edition.language

    def line_of(self, element: etree._Element) -> int:
        """The file's line of ``element``, from 1.

        An element without ``data-line`` has the line of its nearest ancestor that has one. Without
        any, the line is that on which the body starts.
        """
        for candidate in (element, *element.iterancestors()):
            line = candidate.get("data-line", "")
            if line.isdigit():
                return int(line)
        return self.source.body_line

    def report(
        self, code: Code, element: etree._Element, needle: str = "", /, **values: Any
    ) -> None:
        """Report a finding at the line of ``element``.

        ``needle`` is text of the source. Where the source has it at or after that line, the
        finding gets the line and the column of the needle instead.
        """
        line = self.line_of(element)
        if needle:
            # The same text in code or in a comment is not what the finding is about.
            text = self.kinds.hidden(self.positions.text, UNREAD)
            offset = text.find(needle, self.positions.start_of(line))
            if offset >= 0:
                self.report_at(code, offset, **values)
                return
        self.findings.append(code.at(self.source.file, line, **values))

    def report_at(self, code: Code, offset: int, /, **values: Any) -> None:
        """Report a finding at an offset of the body, in characters."""
        line, column = self.positions.line(offset), self.positions.column(offset)
        self.findings.append(code.at(self.source.file, line, column, **values))


def suggestion(word: str, candidates: Iterable[str]) -> str:
    """The candidate most similar to ``word``, or a dash when there are none.

    Chapters, figures and speakers are few, so that even an unlike one helps a writer to find the
    right one. That is why there is no least similarity here.
    """
    return nearest(word, candidates, cutoff=0) or "–"
