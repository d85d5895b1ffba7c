"""Killed at any moment: the last good artefacts are whole, the next run is right, nothing stays."""

from __future__ import annotations

import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.robust.conftest import Bench, Forks, beside, content, is_whole

SEED = 2025
BUILDS = ("by the clock",) * 28 + ("at a change of files",) * 28 + ("with an empty cache",) * 4
RELEASES = 40
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


@pytest.mark.slow
def test_builds_killed_at_random_moments(
    bench: Bench, forks: Forks, record_property: Figures, tmp_path: Path
) -> None:
    chance = random.Random(SEED)
    ways = list(BUILDS)
    chance.shuffle(ways)
    left: Counter[str] = Counter()
    during: Counter[str] = Counter()
    for draft in (0, 1):
        bench.draft(draft)
        assert forks.run("build", **bench.job()) == 0
    cached = bench.cached()
    while ways:
        before, draft = draft, 1 - draft
        bench.draft(draft)
        status = one_kill(bench, forks, chance, ways[-1], tmp_path / "steps")
        assert status in (0, -signal.SIGKILL)
        assert forks.settled(), "a process outlived the build that started it"
        # No command has run since: whoever looks now sees one of the two, whole.
        assert is_whole(bench.built)
        found = bench.clean.index(content(bench.built))
        if status:  # else it ended before the moment came
            ways.pop()
            left["the old artefacts whole" if found == before else "the new artefacts whole"] += 1
            during[(tmp_path / "steps").read_text().splitlines()[-1]] += 1
        assert forks.run("build", **bench.job()) == 0
        assert content(bench.built) == bench.clean[draft]
        assert beside(bench.output) == []
    assert forks.settled()
    assert bench.cached() <= cached
    assert list(forks.temporary.iterdir()) == []
    record_property("figure", f"builds killed: {len(BUILDS)} ({told(Counter(BUILDS))})")
    record_property("figure", f"  left: {told(left)}")
    record_property("figure", f"  last step begun: {told(during)}")
    record_property("figure", f"  next build right, no file and no process left: {left.total()}")


def test_releases_killed_at_random_moments(
    forks: Forks, record_property: Figures, tmp_path: Path
) -> None:
    """What puts ``dist/<edition>-<version>/`` in place, with files as many and as large."""
    chance = random.Random(SEED)
    folder = tmp_path / "dist" / "base-1.0.0"
    job = {"folder": str(folder), "inside": str(folder.parent), "files": 18, "size": 200_000}
    drafts, seconds = [], 0.0
    for text in ("one", "two"):
        start = time.monotonic()
        assert forks.run("place", **job, content=text) == 0
        seconds = time.monotonic() - start
        drafts.append(content(folder))
    draft = 1
    left: Counter[str] = Counter()
    number = 0
    while left.total() < RELEASES:
        number += 1
        before, draft = draft, 1 - draft
        more = {**job, "content": ("one", "two")[draft]}
        if number % 2:
            status = forks.run("place", **more, kill_at=chance.randint(1, 60))
        else:
            status = forks.killed_after(chance.uniform(0, seconds), False, "place", **more)
        found = drafts.index(content(folder))
        if status:
            left["the old folder whole" if found == before else "the new folder whole"] += 1
        assert forks.run("place", **more) == 0
        assert content(folder) == drafts[draft]
        assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    record_property("figure", f"releases killed: {RELEASES}; left: {told(left)}")


def told(counts: Counter[str]) -> str:
    return ", ".join(f"{what} {count}" for what, count in sorted(counts.items()))


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
