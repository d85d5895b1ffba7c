"""``./inv validate``: editions built and held against every validator; one table, one verdict."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from book.commands.asked import (
    NO_FORMAT,
    command,
    editions_of,
    folder_of,
    insist,
    root_of,
    writing,
)
from book.commands.progress import Watcher, console_for, show_findings, table_of
from book.driver.run import Order
from book.exit_codes import DONE, FAILED
from book.findings import Finding, in_order
from book.messages import N_, translate
from book.report.listing import FORMATS, Listing, written
from book.report.record import report_json
from book.report.verdicts import verdict_rows
from book.validation.run import Validated, validate
from book.validators.verdict import Outcome

_COLUMNS = {
    N_("Edition"): 3,
    N_("Validator"): 5,
    N_("Verdict"): 2,
    N_("Standard"): 3,
    N_("File"): 4,
    N_("Found"): 4,
}
_STYLES = {Outcome.PASSED: "green", Outcome.FAILED: "bold red", Outcome.NOT_RUN: "yellow"}
_PASSED = N_("Passed: {editions}.")
_NOT_PASSED = N_("Not passed: {editions}.")
_NOT_RUN = N_("Checks that did not run: {count}. They are no pass: get what is missing.")


@command
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

    The code is 0 when everything ran and passed; 1 when something was found that holds a release
    back, or a validator did not run; 2 for editions or formats that are not there. In the formats
    for machines (all but ``text``) standard output holds the outcome alone.
    """
    insist([format], tuple(FORMATS), NO_FORMAT, language)
    folder = root_of(root)
    order = Order(
        root=folder,
        editions=editions_of(editions, folder, language),
        output=folder_of(output, folder / "build"),
        jobs=jobs,
        language=language,
    )
    for_people = format == "text"
    console = console_for(stderr=not for_people)
    with writing(language), Watcher(console, language) as watcher:
        validated = validate(order, watcher.step, watcher.done, watcher.validating)
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
    """Print findings, the table, the verdict."""
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
    table = table_of(_COLUMNS, language)
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
