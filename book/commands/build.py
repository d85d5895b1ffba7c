"""``./inv build``: progress, findings, the summary of a build."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from babel.numbers import format_decimal
from rich.table import Table
from rich.text import Text

from book.commands.progress import (
    Watcher,
    cannot_write,
    console_for,
    edition_named,
    show_findings,
    unknown_editions,
)
from book.driver.changed import NO_REVISION, UnknownRevision, changed_since
from book.driver.edition import FORMATS, USUAL_FORMATS
from book.driver.run import Order, UnknownEditions, run
from book.exit_codes import DONE, FAILED, WRONG_USE
from book.findings import Severity
from book.messages import N_, translate
from book.report.facts import EditionFacts
from book.report.verdicts import counts_in_words
from book.system.checkout import CHECKOUT
from book.system.locks import CannotWrite
from book.system.scratch import own_temporary_folder


@own_temporary_folder()
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
        editions=tuple(dict.fromkeys(edition_named(word) for word in editions)),
        formats=chosen,
        output=Path(output).resolve() if output else None,
        jobs=jobs,
        language=language,
    )
    console = console_for()
    with Watcher(console, language) as watcher:
        try:
            facts = run(order, watcher.step, watcher.done)
        except UnknownEditions as error:
            print(unknown_editions(error, language), file=sys.stderr)
            return WRONG_USE
        except CannotWrite as error:
            print(cannot_write(error, language), file=sys.stderr)
            return FAILED
    show_findings(console, [f for edition in facts for f in edition.findings], language)
    console.print(_summary(facts, order, language))
    failed = any(not edition.made for edition in facts)
    found = (finding for edition in facts for finding in edition.findings)
    warned = any(finding.severity is Severity.WARNING for finding in found)
    return FAILED if failed or (strict and warned) else DONE


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
                    size_in_words(artefact.size, language),
                    _number(edition.pages, language) if artefact.name.endswith(".pdf") else "",
                    _number(words, language),
                    _found(edition, language),
                )
        if not edition.made:
            name = Text(edition.name)
            table.add_row(name, "", "", "", _found(edition, language), style="red")
    return table


def _found(edition: EditionFacts, language: str) -> str:
    return counts_in_words(edition.findings, language) or translate(N_("none"), language)


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
