"""Builds killed at any moment: the last artefacts are whole, the next run right, nothing stays."""

from __future__ import annotations

import random
import shutil
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.robust.conftest import (
    IN_A_ROW,
    PARTS,
    SEED,
    Bench,
    Forks,
    beside,
    content,
    is_whole,
    told,
)

BUILDS = ("by the clock",) * 12 + ("at a change of files",) * 32 + ("with an empty cache",) * 2
SMALL = {"files": 3, "size": 3000}
Figures = Callable[[str, object], None]


def one_kill(bench: Bench, forks: Forks, chance: random.Random, way: str, told: Path) -> int:
    """Build, and kill the build in ``way``, every other time with all that it started."""
    job = bench.job(steps=str(told))
    told.write_text("before the first step\n")
    if way == "at a change of files":
        return forks.run("build", **job, kill_at=chance.randint(1, bench.steps))
    longest = bench.seconds * 1.1
    if way == "with an empty cache":
        shutil.rmtree(bench.output / ".cache")
        longest *= 4
    return forks.killed_after(chance.uniform(0, longest), chance.random() < 0.5, "build", **job)


@pytest.mark.parametrize("part", range(PARTS))
def test_builds_killed_at_random_moments(
    part: int, bench: Bench, forks: Forks, record_property: Figures, tmp_path: Path
) -> None:
    chance = random.Random(SEED + part)
    builds = BUILDS[part::PARTS]
    ways = list(builds)
    chance.shuffle(ways)
    left: Counter[str] = Counter()
    during: Counter[str] = Counter()
    for draft in (0, 1):
        bench.draft(draft)
        assert forks.run("build", **bench.job()) == 0
    cached = bench.cached()
    runs = 0
    while ways:
        before, draft = draft, 1 - draft
        bench.draft(draft)
        for _ in range(min(chance.choice(IN_A_ROW), len(ways))):
            status = one_kill(bench, forks, chance, ways[-1], tmp_path / "steps")
            assert status in (0, -signal.SIGKILL)
            assert forks.settled(), "a process outlived the build that started it"
            # No command has ended since: whoever looks now sees one of the two, whole.
            assert is_whole(bench.built)
            found = bench.clean.index(content(bench.built))
            if status:  # else it ended before the moment came
                ways.pop()
                left[f"the {'old' if found == before else 'new'} artefacts whole"] += 1
                during[(tmp_path / "steps").read_text().splitlines()[-1]] += 1
        runs += 1
        assert forks.run("build", **bench.job()) == 0
        assert content(bench.built) == bench.clean[draft]
        assert beside(bench.output) == []
    assert forks.settled()
    assert bench.cached() <= cached
    assert list(forks.temporary.iterdir()) == []
    record_property("figure", f"builds killed: {len(builds)} ({told(Counter(builds))})")
    record_property("figure", f"  left: {told(left)}")
    record_property("figure", f"  last step begun: {told(during)}")
    record_property("figure", f"  next build right, no file and no process left: {runs} of {runs}")


@pytest.mark.slow
@pytest.mark.parametrize("exchange", [True, False], ids=["one-step", "two-renames"])
@pytest.mark.parametrize("do", ["deliver", "place"])
def test_killed_at_every_step_of_putting_a_folder_in_place(
    do: str, exchange: bool, forks: Forks, record_property: Figures, tmp_path: Path
) -> None:
    folder = tmp_path / "out" / "a"
    job = {
        "folder": str(folder),
        "inside": str(folder.parent),
        **SMALL,
        "no_exchange": not exchange,
    }
    drafts = {}
    for text in ("one", "two"):
        assert forks.run(do, **job, content=text) == 0
        drafts[text] = content(folder)
    left: Counter[str] = Counter()
    at, status, now = 0, -1, "two"
    while status != 0:
        at += 1
        before, now = now, "one" if now == "two" else "two"
        status = forks.run(do, **job, content=now, kill_at=at)
        assert status in (0, -signal.SIGKILL)
        if exchange:
            assert content(folder) in drafts.values()
        # The next command of any kind puts things right, whatever it comes for.
        assert forks.run("recover", folder=str(folder)) == 0
        assert content(folder) in (drafts[before], drafts[now])
        assert [path.name for path in folder.parent.iterdir()] == ["a"]
        left["new" if content(folder) == drafts[now] else "old"] += 1
        assert forks.run(do, **job, content=now) == 0
        assert content(folder) == drafts[now]
    assert min(left["old"], left["new"]) > 1
    kind = "one exchange" if exchange else "two renames"
    record_property("figure", f"{do} by {kind} killed at each of its {at - 1} steps: {told(left)}")


@pytest.mark.parametrize("do", ["deliver", "place"])
def test_a_first_folder_is_there_whole_or_not_at_all(do: str, forks: Forks, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "a"
    job = {"folder": str(folder), "inside": str(folder.parent), **SMALL, "content": "one"}
    assert forks.run(do, **job) == 0
    whole = content(folder)
    at, status = 0, -1
    while status != 0:
        at += 1
        shutil.rmtree(folder.parent, ignore_errors=True)
        status = forks.run(do, **job, kill_at=at)
        assert not folder.exists() or content(folder) == whole
        assert forks.run("recover", folder=str(folder)) == 0
        there = folder.parent.is_dir() and [path.name for path in folder.parent.iterdir()]
        assert there in (False, [], ["a"])
    assert at > 5
