"""A build as a person at a terminal sees it go: progress, findings, what was asked for in vain."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.text import Text

from book.driver.edition import STEPS, WAITING
from book.driver.run import UnknownEditions
from book.findings import Finding, Severity
from book.messages import N_, translate
from book.report.facts import EditionFacts
from book.system.locks import CannotWrite

_SLOWEST = 3
_VALIDATING = N_("Validating: EPUBCheck, Ace, veraPDF, the rules of the notice…")
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.HINT: "dim"}


def edition_named(word: str) -> str:
    """The edition that a word means: its name, or its folder as a shell completes it."""
    return word.removeprefix("./").removeprefix("chapters/").rstrip("/")


def console_for(*, stderr: bool = False, width_of_a_log: int = 200) -> Console:
    """Where a command is read: on a terminal, or in a log, which has no edge to fold paths at."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else width_of_a_log
    return Console(highlight=False, soft_wrap=True, stderr=stderr, width=width)


class Watcher:
    """Shows the progress of several editions: bars on a terminal, plain lines elsewhere."""

    def __init__(self, console: Console, language: str) -> None:
        self._console = console
        self._language = language
        self._bars: dict[str, TaskID] = {}
        self._lock = Lock()
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
                # A log tells of what may take long without anything being done.
                if step == WAITING:
                    self._console.print(Text(f"{edition}: {_inside_a_line(text)}"))
                return
            if edition not in self._bars:
                self._bars[edition] = self._progress.add_task(
                    text, total=len(STEPS), edition=edition
                )
            self._progress.update(
                self._bars[edition], completed=STEPS.index(step), description=text
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
        self._console.print(Text(translate(_VALIDATING, self._language)))


def _outcome(facts: EditionFacts, language: str) -> str:
    """«reti-locali: made in 5.5 s (laying out the PDF 4.1 s, …)», the slow steps named."""
    text = N_("{edition}: made in {seconds:.1f} s ({steps})")
    if not facts.made:
        text = N_("{edition}: not made, there are errors")
    steps = [
        f"{_inside_a_line(translate(step.name, language))} {step.seconds:.1f} s"
        for step in sorted(facts.steps, key=lambda step: -step.seconds)[:_SLOWEST]
    ]
    return translate(text, language).format(
        edition=facts.name,
        seconds=sum(step.seconds for step in facts.steps),
        steps=", ".join(steps),
    )


def _inside_a_line(phrase: str) -> str:
    return phrase[:1].lower() + phrase[1:]


def show_findings(console: Console, findings: Sequence[Finding], language: str) -> None:
    """One line for each finding, in the order of the editions."""
    for finding in findings:
        console.print(Text(finding.sentence(language), style=_STYLES[finding.severity]))


def unknown_editions(unknown: UnknownEditions, language: str) -> str:
    """Which editions are not there, and which are."""
    if not unknown.known:
        return translate(N_("There are no editions under chapters/."), language)
    return translate(
        N_("There is no edition named {names}. The editions are: {known}."), language
    ).format(names=", ".join(unknown.names), known=", ".join(unknown.known))


def cannot_write(error: CannotWrite, language: str, dist: Path | None = None) -> str:
    """Where nothing can be written, and why; ``dist`` is where a release goes."""
    text = N_("Cannot write to {folder}: {reason}. Choose another folder with {option}.")
    reason = translate(error.reason, language)
    option = "--dist" if dist is not None and error.folder.is_relative_to(dist) else "--output"
    return translate(text, language).format(folder=error.folder, reason=reason, option=option)
