"""``./inv build``: progress, findings, the summary of a build."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from babel.numbers import format_decimal
from rich.table import Table
from rich.text import Text

from book.commands.asked import (
    NO_FORMAT,
    changed,
    command,
    editions_of,
    folder_of,
    insist,
    nothing_changed,
    root_of,
    writing,
)
from book.commands.progress import Watcher, console_for, show_findings
from book.driver.outputs.table import formats as known_formats
from book.driver.run import Order, run
from book.exit_codes import DONE, FAILED
from book.findings import Severity
from book.messages import N_, translate
from book.report.facts import Artefact, EditionFacts, in_lines
from book.report.listing import counts


@command
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

    Options are as typed, "" where they were not given. ``formats`` are separated by commas.
    ``since`` is a revision of git: the editions that have changed since are built, and
    ``editions`` does not count.
    """
    chosen = tuple(name.strip() for name in formats.split(",") if name.strip())
    insist(chosen, known_formats(), NO_FORMAT, language)
    folder = root_of(root)
    if since and not (editions := changed(folder, since, language).editions):
        print(nothing_changed(since, language))
        return DONE
    target = folder_of(output, folder / "build")
    order = Order(
        root=folder,
        editions=editions_of(editions, folder, language),
        formats=chosen,
        output=target,
        jobs=jobs,
        language=language,
    )
    console = console_for()
    with writing(language), Watcher(console, language) as watcher:
        facts = run(order, watcher.step, watcher.done)
    show_findings(console, [f for edition in facts for f in edition.findings], language)
    console.print(_summary(facts, target, language))
    failed = any(not edition.made for edition in facts)
    found = (finding for edition in facts for finding in edition.findings)
    warned = any(finding.severity is Severity.WARNING for finding in found)
    return FAILED if failed or (strict and warned) else DONE


def _summary(facts: Sequence[EditionFacts], output: Path, language: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in (N_("File"), N_("Size"), N_("Pages"), N_("Words"), N_("Findings")):
        if heading == "File":
            table.add_column(translate(heading, language), overflow="fold")
        else:
            table.add_column(translate(heading, language), justify="right", no_wrap=True)
    for edition in facts:
        words = sum(count for _, _, count in edition.words)
        for line in in_lines(artefact for artefact in edition.artefacts if artefact.is_main):
            table.add_row(
                Text(_shown_line(line, output / edition.name, language)),
                size_in_words(line.size, language),
                _number(line.pages, language) if line.pages else "",
                _number(words, language),
                counts(edition.findings, language),
            )
        if not edition.made:
            name = Text(edition.name)
            table.add_row(name, "", "", "", counts(edition.findings, language), style="red")
    return table


def _shown_line(line: Artefact, folder: Path, language: str) -> str:
    """A file's path; of a folder its path with a slash, and how many files it has."""
    path = _shown(folder / line.name)
    if not line.name.endswith("/"):
        return path
    count = translate(N_("{count} files"), language).format(count=_number(line.files, language))
    return f"{path}/ ({count})"


def _shown(path: Path) -> str:
    """The path as a person would type it from where they are."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def _number(value: float, language: str, pattern: str = "#,##0") -> str:
    return str(format_decimal(value, format=pattern, locale=language))


def size_in_words(size: int, language: str) -> str:
    """A size in bytes as a reader writes it: «156 kB», in Italian «1,4 MB»."""
    if size < 1024 * 1024:
        return f"{_number(size / 1024, language)} kB"
    return f"{_number(size / 1024 / 1024, language, '#,##0.0')} MB"
