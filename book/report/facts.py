"""The facts of one edition's build, for the report and for the summary on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from book.compose.documents import Book
from book.findings import Finding, in_order
from book.notice.examine import Examination
from book.output.epub.origins import Origin
from book.validators.verdict import Check


@dataclass(frozen=True)
class Step:
    """A step of the build and how long it took, in seconds."""

    name: str
    seconds: float


@dataclass(frozen=True)
class Artefact:
    """A file that the build made: its name in ``build/<edition>/`` and its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True)
class EditionFacts:
    """What a build of one edition did.

    ``made`` is False when an error kept it from being made: then there are findings, and
    nothing else. ``words`` gives each chapter's title, source file and number of words.
    ``root`` is where findings' files start, so that a report can quote the line. ``notice`` is
    what the rules of visibility found, empty for a book without funding. ``hide`` takes names and
    personal data out of a source's text, line by line, before any of it is quoted. ``book`` is
    what the artefacts show and ``origins`` whence each document of the EPUB comes, for those who
    trace what is found in an artefact; ``checks`` are the validators' verdicts, empty before the
    gate.
    """

    name: str
    root: Path
    made: bool
    title: str = ""
    language: str = "it"
    findings: tuple[Finding, ...] = ()
    hide: Callable[[str], str] = field(default=str, repr=False)
    steps: tuple[Step, ...] = ()
    artefacts: tuple[Artefact, ...] = ()
    pages: int = 0
    words: tuple[tuple[str, str, int], ...] = ()
    tools: dict[str, str] = field(default_factory=dict)
    notice: Examination = field(default_factory=Examination)
    book: Book | None = field(default=None, repr=False, compare=False)
    origins: Mapping[str, Origin] = field(default_factory=dict, repr=False, compare=False)
    checks: tuple[Check, ...] = ()

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """What the build found and what the validators found, each thing once."""
        said = [finding for check in self.checks for finding in check.findings]
        return tuple(in_order((*self.findings, *said))) if said else self.findings
