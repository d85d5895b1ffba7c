"""The facts of one edition's build, for the report and for the summary on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
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
    """A file that the build made, or a folder of such files (see :func:`in_lines`).

    ``name`` is its name in ``build/<edition>/``, with ``/`` between folders and after a folder;
    ``size`` is in bytes; ``label`` (message id, "" for none) says what it is. ``is_main`` is True
    for what the terminal lists after a build. ``pages`` is 0 for what has no pages. ``files`` is
    the number of files.
    """

    name: str
    size: int
    label: str = ""
    is_main: bool = False
    pages: int = 0
    files: int = 1


def in_lines(artefacts: Iterable[Artefact]) -> list[Artefact]:
    """``artefacts`` as a person wants them listed: all files of a folder in one line.

    A folder stands where its first file stood, with that file's label.
    """
    lines: dict[str, list[Artefact]] = {}
    for each in artefacts:
        folder, slash, _ = each.name.partition("/")
        lines.setdefault(folder + slash, []).append(each)
    return [
        replace(held[0], name=name, size=sum(each.size for each in held), files=len(held))
        for name, held in lines.items()
    ]


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
    gate. ``steps`` follow each other without a gap. While the report is being written they end
    there; once the artefacts are in place (``delivered``) they reach to that moment.
    """

    name: str
    root: Path
    made: bool
    title: str = ""
    language: str = "it"
    findings: tuple[Finding, ...] = ()
    hide: Callable[[str], str] = field(default=str, repr=False)
    steps: tuple[Step, ...] = ()
    delivered: bool = False
    artefacts: tuple[Artefact, ...] = ()
    pages: int = 0
    words: tuple[tuple[str, str, int], ...] = ()
    tools: dict[str, str] = field(default_factory=dict)
    notice: Examination = field(default_factory=Examination)
    book: Book | None = field(default=None, repr=False, compare=False)
    origins: Mapping[str, Origin] = field(default_factory=dict, repr=False, compare=False)
    checks: tuple[Check, ...] = ()

    @property
    def seconds(self) -> float:
        """The time of all steps: how long a person waited, until ``steps`` end."""
        return sum(step.seconds for step in self.steps)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """What the build found and what the validators found, each thing once."""
        said = [finding for check in self.checks for finding in check.findings]
        return tuple(in_order((*self.findings, *said))) if said else self.findings
