"""The base book as something to release, and gates that take the place of the validators."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from book.driver.cache import Cache, tool_versions
from book.driver.edition import Watch
from book.driver.run import Order, run
from book.release.text import composed
from book.release.write import Gate, Released, release
from book.report.facts import EditionFacts
from book.validation.run import Validated
from book.validators.verdict import Check, Outcome
from tests.support.books import BASE, load

CHECKS = (
    Check("EPUBCheck", "5.3.0", f"{BASE}.epub", "EPUB 3.3", Outcome.PASSED),
    Check("veraPDF", "1.31", f"{BASE}.pdf", "PDF/UA-1", Outcome.PASSED),
)


@dataclass(frozen=True)
class Shelf:
    """A root with the base book, and where its releases go."""

    root: Path
    checks: tuple[Check, ...] = CHECKS

    @property
    def dist(self) -> Path:
        return self.root / "dist"

    @property
    def folder(self) -> Path:
        return self.root / "chapters" / BASE

    def write(self, name: str, old: str, new: str) -> None:
        """Replace words of a file, which must be there."""
        path = self.folder / name
        text = path.read_text("utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new, 1), "utf-8")

    def number(self, version: str, date: str = "") -> None:
        """Give the edition a version, and a date."""
        path = self.folder / "edition.yaml"
        text = re.sub(r"(?m)^version: .*", f"version: {version}", path.read_text("utf-8"))
        if date:
            text = re.sub(r"(?m)^date: .*", f"date: {date}", text, count=1)
        path.write_text(text, "utf-8")

    def release(self, gate: Gate | None = None) -> Released:
        """Release it as it is; by default it is built, and the validators' verdicts are given."""
        order = Order(root=self.root, editions=(BASE,), jobs=1, language="en")
        return release(order, self.dist, _watch, _done, gate=gate or self.building)

    def building(
        self,
        order: Order,
        watch: Watch,
        done: Callable[[EditionFacts], None],
        begins: Callable[[], None],
    ) -> list[Validated]:
        """A gate that builds, and says what ``checks`` say."""
        made = [replace(facts, checks=self.checks) for facts in run(order, watch, done)]
        return [Validated(facts, facts.checks if facts.made else ()) for facts in made]

    def composing(
        self,
        order: Order,
        watch: Watch,
        done: Callable[[EditionFacts], None],
        begins: Callable[[], None],
    ) -> list[Validated]:
        """A gate that only reads the sources: for what is judged by them."""
        loaded, findings = load(order.root)
        book = None
        if loaded is not None:
            book = composed(loaded, Cache(order.root / "build" / ".cache"), 1)
        facts = EditionFacts(
            BASE,
            order.root,
            made=book is not None,
            findings=tuple(findings),
            tools=tool_versions(),
            book=book,
            checks=self.checks,
        )
        return [Validated(facts, self.checks)]


def _watch(edition: str, step: str) -> None:
    """Nobody looks on."""


def _done(facts: EditionFacts) -> None:
    """Nobody waits."""


def said(released: Released) -> list[str]:
    """The findings that are no hints, as a person reads them."""
    return [f.sentence("en") for f in released.findings if f.severity != "hint"]
