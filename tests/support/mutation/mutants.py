"""The mutants of a run: the same every time.

An operator's numbers come from a source of its own, named after operator and place, so that a
new operator changes no other.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from book.notice.evidence import Medium, Place
from tests.support.mutation import documents, drawings, styles
from tests.support.mutation.operator import BREAKING, HARMLESS, Operator, Spot
from tests.support.notice_bench import Change

FAMILIES = (styles, drawings, documents)
"""The modules that fill the two families of operators."""
_COMBINED = 0.3
"""The share of rule-breaking mutants that something harmless is added to."""


@dataclass(frozen=True)
class Mutant:
    """A change in one place; ``breaking`` is what its operator says of it."""

    name: str
    spot: Spot
    breaking: bool
    change: Change


def spots(medium: Medium) -> list[Spot]:
    """The places of a medium that hold a notice as text; an EPUB's cover is a picture."""
    places = [p for p in Place if medium is Medium.PDF or p is not Place.COVER]
    return [Spot(medium, place) for place in places]


def mutants(medium: Medium) -> list[Mutant]:
    """One of each operator that can do something in ``medium``, in a place drawn by lot."""
    made = [_breaking(name, operator, medium) for name, operator in BREAKING.by_name.items()]
    made += [_harmless(name, operator, medium) for name, operator in HARMLESS.by_name.items()]
    return [mutant for mutant in made if mutant is not None]


def batches(medium: Medium) -> Iterator[list[Mutant]]:
    """The mutants of a medium, at most one in each place at a time, for one book to hold."""
    waiting = mutants(medium)
    while waiting:
        batch: dict[Place, Mutant] = {}
        for mutant in waiting:
            batch.setdefault(mutant.spot.place, mutant)
        waiting = [mutant for mutant in waiting if mutant not in batch.values()]
        yield list(batch.values())


def _lot(name: str, spot: Spot) -> random.Random:
    return random.Random(f"{name}, {spot.medium}, {spot.place}")


def _somewhere(name: str, operator: Operator, medium: Medium) -> tuple[Spot, Change] | None:
    """A spot that the operator can change, and the change."""
    places = spots(medium)
    random.Random(f"{name}, {medium}").shuffle(places)
    for spot in places:
        if (change := operator(spot, _lot(name, spot))) is not None:
            return spot, change
    return None


def _harmless(name: str, operator: Operator, medium: Medium) -> Mutant | None:
    found = _somewhere(name, operator, medium)
    return None if found is None else Mutant(name, found[0], False, found[1])


def _breaking(name: str, operator: Operator, medium: Medium) -> Mutant | None:
    found = _somewhere(name, operator, medium)
    if found is None:
        return None
    spot, change = found
    chance = random.Random(f"{name}, combined")
    if chance.random() < _COMBINED:
        added = chance.choice(sorted(HARMLESS.by_name))
        more = HARMLESS.by_name[added](spot, _lot(added, spot))
        if more is not None:
            return Mutant(f"{name}; {added}", spot, True, more + change)
    return Mutant(name, spot, True, change)
