"""One gate run for all tests of what validators say: each validator starts once.

A root holds the editions of this repository, the base book with its broken sisters, and an edition
that has been released before.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from book.driver.run import Order
from book.model.load import edition_names
from book.release.write import release
from book.report.facts import EditionFacts
from book.system.checkout import CHECKOUT
from book.validation.run import Validated, validate
from tests.support.broken_books import broken_books
from tests.support.once import use_cache
from tests.support.shelf import Shelf, said
from tests.support.verdicts import keep, kept

RELEASED_OF = "reti-locali"
RELEASED = "rilasciata"
"""A copy of an edition of this repository, released as 1.0.0; the gate sees its 1.0.1."""
CHANGED = "valutare-le-azioni.md"
OLD, NEW = "una scelta sui destinatari, un orario,", "una scelta sui destinatari, un calendario,"
_PASSED = "passed.json"
_JUDGED = "judged"


@dataclass(frozen=True)
class Gate:
    """The root of a gate run that is over."""

    root: Path

    @property
    def passed(self) -> dict[str, bool]:
        """Whether each edition passed, by name."""
        found: dict[str, bool] = json.loads((self.root / _PASSED).read_text("utf-8"))
        return found

    @property
    def judged(self) -> Validated:
        """What the gate says of the edition that is to be released."""
        return kept(self.root / _JUDGED)

    def built(self, edition: str) -> Path:
        """The folder with an edition's artefacts and reports."""
        return self.root / "build" / edition

    def report(self, edition: str) -> dict[str, Any]:
        """The report of an edition for machines, with what validators say."""
        found: dict[str, Any] = json.loads((self.built(edition) / "report.json").read_text("utf-8"))
        return found


def hold(root: Path, cache: Path) -> None:
    """Lay all books into ``root``, build them and hold them against every validator."""
    broken_books(root)
    for name in edition_names(CHECKOUT):
        shutil.copytree(CHECKOUT / "chapters" / name, root / "chapters" / name)
    use_cache(root / "build", cache)
    _release_before(root)
    validated = validate(Order(root=root, language="en"), _watch, _done)
    passed = {each.facts.name: each.passed for each in validated}
    (root / _PASSED).write_text(json.dumps(passed), "utf-8")
    (judged,) = (each for each in validated if each.facts.name == RELEASED)
    keep(judged, root / _JUDGED)


def release_order(root: Path) -> Order:
    """The order to release the edition that has been released before."""
    return Order(root=root, editions=(RELEASED,), language="en")


def _release_before(root: Path) -> None:
    """Release an edition, then change a paragraph of it and its version."""
    folder = root / "chapters" / RELEASED
    shutil.copytree(CHECKOUT / "chapters" / RELEASED_OF, folder)
    first = release(release_order(root), root / "dist", _watch, _done, gate=Shelf(root).building)
    assert said(first) == []
    for file, old, new in (
        ("edition.yaml", "version: 1.0.0", "version: 1.0.1"),
        (CHANGED, OLD, NEW),
    ):
        text = (folder / file).read_text("utf-8")
        assert text.count(old) == 1
        (folder / file).write_text(text.replace(old, new), "utf-8")


def _watch(edition: str, step: str) -> None:
    """Nobody looks on."""


def _done(facts: EditionFacts) -> None:
    """Nobody waits."""
