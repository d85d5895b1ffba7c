"""What commands show a person at a terminal: the progress of a build, findings, tables."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from threading import Lock

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from book.driver.edition import WAITING, steps
from book.findings import Finding, Severity
from book.messages import N_, translate
from book.report.facts import EditionFacts

_SLOWEST = 3
"""Steps of a build whose time is told."""
_WIDTH_OF_A_LOG = 160
"""Columns that tables are spread over where there is no terminal."""
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.HINT: "dim"}


def console_for(*, stderr: bool = False) -> Console:
    """The console of a command. Lines, other than tables, are never folded: paths stay whole."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _WIDTH_OF_A_LOG
    return Console(highlight=False, soft_wrap=True, stderr=stderr, width=width)


def table_of(columns: Mapping[str, int], language: str) -> Table:
    """An empty table: headings (message ids) with the share of the width that each column gets."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, share in columns.items():
        table.add_column(translate(heading, language), ratio=share, overflow="fold")
    return table


class Watcher:
    """Shows how several editions progress: bars on a terminal, plain lines elsewhere."""

    def __init__(self, console: Console, language: str) -> None:
        self._console = console
        self._language = language
        self._bars: dict[str, TaskID] = {}
        self._lock = Lock()
        self._steps = steps()
        self._progress: Progress | None = None
        if console.is_terminal:
            self._progress = Progress(
                TextColumn("{task.fields[edition]:<22}", markup=False),
                BarColumn(bar_width=24),
                MofNCompleteColumn(),
                TextColumn("{task.description}"),
                console=console,
                transient=True,
            )

    def __enter__(self) -> Watcher:
        if self._progress:
            self._progress.start()
        return self

    def __exit__(self, *details: object) -> None:
        if self._progress:
            self._progress.stop()

    def step(self, edition: str, step: str) -> None:
        """A step of an edition begins."""
        text = translate(step, self._language)
        with self._lock:
            if self._progress is None:
                # In a log only waiting for another build is told: nothing else would explain it.
                if step == WAITING:
                    self._console.print(Text(f"{edition}: {_inside_a_line(text)}"))
                return
            if edition not in self._bars:
                self._bars[edition] = self._progress.add_task(
                    text, total=len(self._steps), edition=edition
                )
            self._progress.update(
                self._bars[edition], completed=self._steps.index(step), description=text
            )

    def done(self, facts: EditionFacts) -> None:
        """An edition is done, made or not."""
        line = _outcome(facts, self._language)
        with self._lock:
            if self._progress and facts.name in self._bars:
                self._progress.remove_task(self._bars[facts.name])
            self._console.print(Text(line))

    def validating(self) -> None:
        """Building is over and the validators begin."""
        from book.validation import table  # a build that is not validated does without it

        text = translate(N_("Validating: {validators}…"), self._language)
        names = ", ".join(table.names(self._language))
        self._console.print(Text(text.format(validators=names)))


def _outcome(facts: EditionFacts, language: str) -> str:
    """«reti-locali: made in 5.5 s (laying out the PDF 4.1 s, …)», the slowest steps named.

    The time is all that a person waited, from the edition's turn until its files were in place.
    """
    text = N_("{edition}: made in {seconds:.1f} s ({steps})")
    if not facts.made:
        text = N_("{edition}: not made, there are errors")
    slowest = [
        f"{_inside_a_line(translate(step.name, language))} {step.seconds:.1f} s"
        for step in sorted(facts.steps, key=lambda step: -step.seconds)[:_SLOWEST]
    ]
    return translate(text, language).format(
        edition=facts.name,
        seconds=facts.seconds,
        steps=", ".join(slowest),
    )


def _inside_a_line(phrase: str) -> str:
    return phrase[:1].lower() + phrase[1:]


def show_findings(console: Console, findings: Sequence[Finding], language: str) -> None:
    """Print findings, one a line."""
    for finding in findings:
        console.print(Text(finding.sentence(language), style=_STYLES[finding.severity]))
