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
    """``artefacts`` with one entry for each folder in the place of the entries of its files.

    A folder has the place and the label of its first file.
    """
    lines: dict[str, list[Artefact]] = {}
    for each in artefacts:
        folder, slash, _ = each.name.partition("/")
        lines.setdefault(folder + slash, []).append(each)
    # A file right in the edition's folder has its own name as key, so it is alone.
    return [
        replace(held[0], name=name, size=sum(each.size for each in held), files=len(held))
        for name, held in lines.items()
    ]


@dataclass(frozen=True)
class EditionFacts:
    """What a build of one edition did.

    - ``root``: the folder that the paths of findings start from; the report quotes lines of them.
    - ``made``: False when there was an error. All fields but ``findings`` then have their defaults.
    - ``hide``: a function that takes names and personal data out of the text of a source, line by
      line, before any of it is quoted.
    - ``steps``: without a gap between them. Until the report is written they end with it; when the
      artefacts are in place (``delivered``) they reach to that moment.
    - ``pages``: of the PDF for the screen; 0 when this build did not make it.
    - ``words``: title, source file and number of words of each chapter.
    - ``notice``: what the rules of visibility found; empty for a book without funding.
    - ``book``, ``origins``: what the artefacts were made from, and the source of each document of
      the EPUB; for code that traces what is found in an artefact to a line of a source.
    - ``checks``: the verdicts of the validators; empty before they have run.
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
        """The time of all steps: how long the user has waited when the last of them ends."""
        return sum(step.seconds for step in self.steps)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The findings of the build and of the validators, in order and without duplicates."""
        said = [finding for check in self.checks for finding in check.findings]
        return tuple(in_order((*self.findings, *said))) if said else self.findings
