"""``./inv validate``: what was built, held against every validator; one table, one verdict."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
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
from book.driver.run import Order, UnknownEditions
from book.exit_codes import DONE, FAILED, WRONG_USE
from book.findings import Finding, in_order
from book.messages import N_, translate
from book.report.listing import FORMATS, Listing, written
from book.report.record import report_json
from book.report.verdicts import verdict_rows
from book.system.checkout import CHECKOUT
from book.system.locks import CannotWrite
from book.system.scratch import own_temporary_folder
from book.validation.run import Validated, validate
from book.validators.verdict import Outcome

_WIDTH_OF_A_LOG = 160
"""Columns that the table is spread over."""
_STYLES = {Outcome.PASSED: "green", Outcome.FAILED: "bold red", Outcome.NOT_RUN: "yellow"}
_PASSED = N_("Passed: {editions}.")
_NOT_PASSED = N_("Not passed: {editions}.")
_NOT_RUN = N_("Checks that did not run: {count}. They are no pass: get what is missing.")


@own_temporary_folder()
def validate_command(
    editions: Sequence[str],
    *,
    root: str,
    output: str,
    jobs: int,
    format: str,
    language: str,
) -> int:
    """Build and validate editions, all when none is named; return the exit code.

    0 when everything ran and passed; 1 when anything was found that holds a release back, or a
    validator did not run; 2 for editions or formats that are not there. In the formats for
    machines (all but ``text``) only the outcome goes to standard output.
    """
    if format not in FORMATS:
        text = translate(N_("There is no format {names}. The formats are: {known}."), language)
        print(text.format(names=format, known=", ".join(FORMATS)), file=sys.stderr)
        return WRONG_USE
    order = Order(
        root=Path(root).resolve() if root else CHECKOUT,
        editions=tuple(dict.fromkeys(map(edition_named, editions))),
        output=Path(output).resolve() if output else None,
        jobs=jobs,
        language=language,
    )
    for_people = format == "text"
    console = console_for(stderr=not for_people, width_of_a_log=_WIDTH_OF_A_LOG)
    try:
        with Watcher(console, language) as watcher:
            validated = validate(order, watcher.step, watcher.done, watcher.validating)
    except UnknownEditions as error:
        print(unknown_editions(error, language), file=sys.stderr)
        return WRONG_USE
    except CannotWrite as error:
        print(cannot_write(error, language), file=sys.stderr)
        return FAILED
    if for_people:
        _show(console, validated, language)
    elif format == "json":
        sys.stdout.write(_as_json(validated, language))
    else:
        sys.stdout.write(written(Listing(tuple(_findings(validated))), format, language))
    return DONE if all(each.passed for each in validated) else FAILED


def _findings(validated: Sequence[Validated]) -> list[Finding]:
    return in_order(finding for each in validated for finding in each.facts.all_findings)


def _show(console: Console, validated: Sequence[Validated], language: str) -> None:
    """Findings, the table, the verdict."""
    for each in validated:
        show_findings(console, each.facts.all_findings, language)
    console.print(_table(validated, language), soft_wrap=False)
    unrun = sum(check.outcome is Outcome.NOT_RUN for each in validated for check in each.checks)
    if unrun:
        text = translate(_NOT_RUN, language).format(count=unrun)
        console.print(Text(text, style=_STYLES[Outcome.NOT_RUN]))
    for text, outcome in ((_PASSED, Outcome.PASSED), (_NOT_PASSED, Outcome.FAILED)):
        names = [each.facts.name for each in validated if each.passed is (text == _PASSED)]
        if names:
            said = translate(text, language).format(editions=", ".join(names))
            console.print(Text(said, style=_STYLES[outcome]))


def _table(validated: Sequence[Validated], language: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    headings = (
        N_("Edition"),
        N_("Validator"),
        N_("Verdict"),
        N_("Standard"),
        N_("File"),
        N_("Found"),
    )
    for heading, share in zip(headings, (3, 5, 2, 3, 4, 4), strict=True):
        table.add_column(translate(heading, language), ratio=share, overflow="fold")
    for each in validated:
        for number, row in enumerate(verdict_rows(each.facts, language)):
            name = Text("" if number else each.facts.name, style="bold")
            validator = Text(row.validator)
            if row.version:
                validator.append(f" {row.version}", style="dim")
            verdict = Text(row.outcome_text, style=_STYLES[row.outcome])
            cells = (row.standard, "" if not number else row.artefact)
            table.add_row(name, validator, verdict, *map(Text, cells), Text(row.found))
        table.add_section()
    return table


def _as_json(validated: Sequence[Validated], language: str) -> str:
    """The reports of the editions, each with its verdict, and the verdict on all."""
    data = {
        "passed": all(each.passed for each in validated),
        "editions": [
            {**json.loads(report_json(each.facts, language)), "passed": each.passed}
            for each in validated
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
