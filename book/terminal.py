"""What a person at a terminal sees: progress, findings, the summary of a build."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from book.build.changed import NO_REVISION, UnknownRevision, changed_since
from book.build.edition import FORMATS, STEPS, USUAL_FORMATS
from book.build.run import CHECKOUT, CannotWrite, Order, UnknownEditions, run
from book.findings import Finding, Severity
from book.messages import N_, translate
from book.report.facts import EditionFacts

DONE = 0
FAILED = 1
WRONG_USE = 2
_SLOWEST = 3
_WIDTH_OF_A_LOG = 200
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.HINT: "dim"}


def build_command(
    editions: Sequence[str],
    formats: str,
    *,
    root: str,
    output: str,
    jobs: int,
    language: str,
    strict: bool,
    since: str = "",
) -> int:
    """Build, show how it goes, and return the exit code (see the severities in README).

    Options are as typed: ``formats`` with commas, empty for the default of each; ``since`` is a
    revision of git: the editions that have changed since take the place of ``editions``.
    """
    chosen = tuple(name.strip() for name in formats.split(",") if name.strip()) or USUAL_FORMATS
    if unknown := [name for name in chosen if name not in FORMATS]:
        text = translate(N_("There is no format {names}. The formats are: {known}."), language)
        print(text.format(names=", ".join(unknown), known=", ".join(FORMATS)), file=sys.stderr)
        return WRONG_USE
    folder = Path(root).resolve() if root else CHECKOUT
    if since:
        try:
            editions = changed_since(folder, since).editions
        except UnknownRevision as error:
            text = translate(NO_REVISION, language)
            print(text.format(revision=since, reason=error), file=sys.stderr)
            return WRONG_USE
        if not editions:
            text = translate(N_("No edition has changed since {revision}."), language)
            print(text.format(revision=since))
            return DONE
    order = Order(
        root=folder,
        editions=tuple(dict.fromkeys(_edition_named(word) for word in editions)),
        formats=chosen,
        output=Path(output).resolve() if output else None,
        jobs=jobs,
        language=language,
    )
    # A log has no edge to fold long paths at.
    width = None if sys.stdout.isatty() else _WIDTH_OF_A_LOG
    console = Console(highlight=False, soft_wrap=True, width=width)
    with Watcher(console, language) as watcher:
        try:
            facts = run(order, watcher.step, watcher.done)
        except UnknownEditions as error:
            print(_unknown(error, language), file=sys.stderr)
            return WRONG_USE
        except CannotWrite as error:
            text = N_("Cannot write to {folder}: {reason}. Choose another folder with --output.")
            reason = translate(error.reason, language)
            said = translate(text, language).format(folder=error.folder, reason=reason)
            print(said, file=sys.stderr)
            return FAILED
    show_findings(console, [f for edition in facts for f in edition.findings], language)
    console.print(_summary(facts, order, language))
    failed = any(not edition.made for edition in facts)
    warned = any(_count(edition, Severity.WARNING) for edition in facts)
    return FAILED if failed or (strict and warned) else DONE


def _edition_named(word: str) -> str:
    """The edition that a word means: its name, or its folder as a shell completes it."""
    return word.removeprefix("./").removeprefix("chapters/").rstrip("/")


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


def _unknown(unknown: UnknownEditions, language: str) -> str:
    if not unknown.known:
        return translate(N_("There are no editions under chapters/."), language)
    return translate(
        N_("There is no edition named {names}. The editions are: {known}."), language
    ).format(names=", ".join(unknown.names), known=", ".join(unknown.known))


def _summary(facts: Sequence[EditionFacts], order: Order, language: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in (N_("File"), N_("Size"), N_("Pages"), N_("Words"), N_("Findings")):
        if heading == "File":
            table.add_column(translate(heading, language), overflow="fold")
        else:
            table.add_column(translate(heading, language), justify="right", no_wrap=True)
    output = order.output or order.root / "build"
    for edition in facts:
        words = sum(count for _, _, count in edition.words)
        for artefact in edition.artefacts:
            if artefact.name.endswith((".epub", ".pdf")):
                table.add_row(
                    Text(_shown(output / edition.name / artefact.name)),
                    _size(artefact.size),
                    str(edition.pages) if artefact.name.endswith(".pdf") else "",
                    str(words),
                    _counts(edition, language),
                )
        if not edition.made:
            name = Text(edition.name)
            table.add_row(name, "", "", "", _counts(edition, language), style="red")
    return table


def _counts(edition: EditionFacts, language: str) -> str:
    labels = {
        Severity.ERROR: N_("errors: {count}"),
        Severity.WARNING: N_("warnings: {count}"),
        Severity.HINT: N_("hints: {count}"),
    }
    shown = [
        translate(label, language).format(count=count)
        for severity, label in labels.items()
        if (count := _count(edition, severity))
    ]
    return ", ".join(shown) or translate(N_("none"), language)


def _count(edition: EditionFacts, severity: Severity) -> int:
    return sum(finding.severity is severity for finding in edition.findings)


def _shown(path: Path) -> str:
    """The path as a person would type it from where they are."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def _size(size: int) -> str:
    return f"{size / 1024:.0f} kB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"
