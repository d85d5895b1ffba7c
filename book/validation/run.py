"""Build editions and hold what was built against every validator."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from book.driver.delivery import replace_reports
from book.driver.edition import Watch
from book.driver.run import Order, run
from book.findings import Severity
from book.notice.examine import Examination
from book.report.facts import EditionFacts
from book.report.page import report_html
from book.report.record import report_json
from book.validation.subject import Subject
from book.validation.validators import (
    check_notices,
    check_with_ace,
    check_with_epubcheck,
    check_with_verapdf,
)
from book.validators.verdict import Check, all_passed


@dataclass(frozen=True)
class Validated:
    """An edition as built, and what the validators say of it (nothing when it was not made)."""

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

    ``begins`` is told when building is over and the validators begin. Both report files of each
    edition are written anew, with the verdicts. Raises what :func:`book.driver.run.run` raises,
    OSError when a report cannot be written.
    """
    built = run(order, watch, done)
    begins()
    output = order.output or order.root / "build"
    with ExitStack() as stack:
        subjects = [
            stack.enter_context(Subject(facts, facts.book, output / facts.name, order.language))
            for facts in built
            if facts.made and facts.book is not None
        ]
        checked = _checked(subjects, order.jobs or os.cpu_count() or 1)
    judged = {}
    for subject, (examined, checks) in zip(subjects, checked, strict=True):
        facts = replace(subject.facts, notice=examined, checks=tuple(checks))
        judged[facts.name] = facts
        replace_reports(subject.folder, _reports(facts, subject.folder, order.language))
    return [
        Validated(judged.get(facts.name, facts), judged.get(facts.name, facts).checks)
        for facts in built
    ]


def _checked(subjects: Sequence[Subject], jobs: int) -> list[tuple[Examination, list[Check]]]:
    """All validators on all subjects; Java's beside those that need a browser."""
    if not subjects:
        return []

    def with_java() -> tuple[list[Check], list[Check], list[Check]]:
        return (
            check_with_epubcheck(subjects),
            check_with_verapdf(subjects, archive=False),
            check_with_verapdf(subjects, archive=True),
        )

    with ThreadPoolExecutor(1) as pool:
        beside = pool.submit(with_java) if jobs > 1 else None
        shown = check_with_ace(subjects, max(1, jobs - 1))
        notices = check_notices(subjects)
        packed, tagged, archived = beside.result() if beside else with_java()
    return [
        (examined, [*of_artefacts, *of_notice])
        for *of_artefacts, (examined, of_notice) in zip(
            packed, shown, tagged, archived, notices, strict=True
        )
    ]


def _reports(facts: EditionFacts, folder: Path, language: str) -> dict[str, bytes]:
    """Both reports, over what was delivered."""
    delivered = {made.name: (folder / made.name).read_bytes() for made in facts.artefacts}
    return {
        "report.html": report_html(facts, delivered, language),
        "report.json": report_json(facts, language),
    }
