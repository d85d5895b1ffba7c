"""Builds editions and runs all validators on what was built."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from book.driver.delivery import replace_reports
from book.driver.edition import Watch
from book.driver.run import Order, run
from book.findings import Severity
from book.report.facts import EditionFacts
from book.report.page import report_html
from book.report.pictures import report_pictures
from book.report.record import report_json
from book.system.needs import Need
from book.validation import table
from book.validation.subject import Subject
from book.validation.validator import EditionChecks, Validator, checks_by
from book.validators.verdict import Check, all_passed


@dataclass(frozen=True)
class Validated:
    """An edition as built, and the checks of the validators; none when it was not made."""

    facts: EditionFacts
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """Whether everything ran and passed, and the build found nothing worse than hints."""
        worse = any(f.severity is not Severity.HINT for f in self.facts.findings)
        return self.facts.made and not worse and all_passed(self.checks)


def validate(
    order: Order,
    watch: Watch,
    done: Callable[[EditionFacts], None],
    begins: Callable[[], None] = lambda: None,
) -> list[Validated]:
    """Build what ``order`` asks for, then validate it; ``watch`` and ``done`` as in a build.

    Calls ``begins`` when building is over and the validators begin. Writes both report files of
    each edition anew, with the verdicts. Raises what :func:`book.driver.run.run` raises, OSError
    when a report cannot be written.
    """
    built = run(order, watch, done)
    begins()
    output = order.folder
    with ExitStack() as stack:
        subjects = [
            stack.enter_context(Subject(facts, facts.book, output / facts.name, order.language))
            for facts in built
            if facts.made and facts.book is not None
        ]
        judged = _judged(subjects, order.processes)
    checked = {}
    for subject, of_edition in zip(subjects, judged, strict=True):
        facts = subject.facts
        for each in of_edition:
            facts = each.added_to(facts)
        checked[facts.name] = facts
        replace_reports(subject.folder, _reports(facts, subject.folder, order.language))
    return [
        Validated(facts, facts.checks)
        for facts in (checked.get(facts.name, facts) for facts in built)
    ]


def _judged(subjects: Sequence[Subject], jobs: int) -> list[list[EditionChecks[Any]]]:
    """What all validators say, by subject. Those of different needs run beside each other.

    The last group runs in this thread, the others in ``jobs`` - 1 threads.
    """
    if not subjects:
        return []
    *groups, last = _by_needs(table.VALIDATORS)
    # This thread is one of the jobs. What the groups beside it take is lost to a validator that
    # does several things at once (Ace), so that no more than ``jobs`` processes work.
    beside = min(jobs - 1, len(groups))
    # By id(): two rows may have the same name (veraPDF).
    by_row: dict[int, list[EditionChecks[Any]]] = {}

    def judge(rows: Sequence[Validator[Any]]) -> None:
        for row in rows:
            by_row[id(row)] = checks_by(row, subjects, jobs - beside)

    if beside:
        with ThreadPoolExecutor(beside) as pool:
            futures = [pool.submit(judge, rows) for rows in groups]
            judge(last)
            for future in futures:
                future.result()  # raises what the thread raised
    else:
        for rows in (*groups, last):
            judge(rows)
    return [list(of) for of in zip(*(by_row[id(row)] for row in table.VALIDATORS), strict=True)]


def _by_needs(rows: Sequence[Validator[Any]]) -> list[list[Validator[Any]]]:
    groups: dict[tuple[Need, ...], list[Validator[Any]]] = {}
    for row in rows:
        groups.setdefault(row.needs, []).append(row)
    return list(groups.values())


def _reports(facts: EditionFacts, folder: Path, language: str) -> dict[str, bytes]:
    """Both reports, over what was delivered: facts hold no bytes, so the files are read back."""
    delivered = {made.name: (folder / made.name).read_bytes() for made in facts.artefacts}
    return {
        "report.html": report_html(facts, report_pictures(facts, delivered, language), language),
        "report.json": report_json(facts, language),
    }
