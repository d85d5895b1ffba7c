"""Mutants of a right notice: those that break a rule are caught, those that do not are let be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from book.notice.evidence import Medium, Place
from book.notice.judge import holds_back
from book.notice.rule import Result, Verdict
from book.validators.browser import chromium
from tests.support.books import load
from tests.support.mutation.data import DATA
from tests.support.mutation.mutants import batches, mutants
from tests.support.mutation.operator import BREAKING, HARMLESS
from tests.support.notice_bench import Bench, bench
from tests.support.notices import edition

pytestmark = pytest.mark.slow

LEAST = 200
MEDIA = (Medium.PDF, Medium.EPUB)
PARTS = 6
"""In so many tests the mutants of a medium are tried, so that several processes share them."""
Outcome = tuple[str, bool, set[str]]
"""A mutant's name, whether it breaks a rule, and the rules that caught it."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("mutants")
    with chromium(), bench(edition(folder / "root"), folder / "work") as ready:
        yield ready


def caught(results: list[Result]) -> set[str]:
    """The rules that are broken, or that hold a book back because they could not be measured."""
    return {r.rule.id for r in results if r.verdict is Verdict.BROKEN or holds_back(r)}


def artefact_outcomes(base: Bench, medium: Medium, part: int) -> Iterator[Outcome]:
    for batch in list(batches(medium))[part::PARTS]:
        changes = {mutant.spot.place: mutant.change for mutant in batch}
        notices = base.read(medium, changes)
        for mutant in batch:
            rules = caught(base.results(medium, mutant.spot.place, notices))
            yield f"{mutant.spot.place}: {mutant.name}", mutant.breaking, rules


def report(medium: str, outcomes: list[Outcome]) -> None:
    """Print how many there were; fail with the names of those that were judged wrong."""
    wrong = [
        f"{name}: {'caught by ' + ', '.join(sorted(rules)) if rules else 'survived'}"
        for name, breaking, rules in outcomes
        if breaking is not bool(rules)
    ]
    breaking = [name for name, breaks, _ in outcomes if breaks]
    numbers = f"{medium}: {len(outcomes)} mutants, {len(breaking)} break a rule"
    print(f"{numbers}, {len(wrong)} judged wrong")
    assert not wrong, "\n".join([numbers, *wrong])


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("medium", MEDIA)
def test_no_mutant_survives_and_none_is_caught_for_nothing(
    base: Bench, medium: Medium, part: int
) -> None:
    outcomes = list(artefact_outcomes(base, medium, part))
    assert outcomes
    report(medium, outcomes)


@pytest.mark.parametrize("name", DATA)
def test_no_mutant_of_the_data_survives(name: str, base: Bench, tmp_path: Path) -> None:
    DATA[name].lay(name, tmp_path)
    loaded, findings = load(tmp_path)
    assert loaded is not None, findings
    changed = base.of(loaded)
    rules = caught(changed.judged(changed.read(Medium.PDF, {})))
    report("data", [(name, DATA[name].breaking, rules)])


def test_there_are_enough_mutants_of_both_kinds() -> None:
    listed = [mutant for medium in MEDIA for mutant in mutants(medium)]
    assert len(listed) + len(DATA) >= LEAST
    used = {mutant.name.partition(";")[0] for mutant in listed}
    assert used == BREAKING.by_name.keys() | HARMLESS.by_name.keys()
    assert any(";" in mutant.name for mutant in listed)
    assert {mutant.spot.place for mutant in listed if mutant.breaking} == set(Place)


def test_every_run_has_the_same_mutants() -> None:
    for medium in MEDIA:
        first, second = ([(m.name, m.spot, m.change.css) for m in mutants(medium)] for _ in "ab")
        assert first == second
