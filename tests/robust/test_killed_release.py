"""Validations and releases killed: the old release is whole or the new one, and nothing stays."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from book.system.scratch import PREFIX
from tests.robust.conftest import (
    IN_A_ROW,
    PARTS,
    SEED,
    Content,
    Forks,
    beside,
    content,
    is_whole,
    take_plain_brand,
    told,
)
from tests.support.books import BASE, lay

OLD, NEW = f"{BASE}-0.9.0", f"{BASE}-1.0.0"
RELEASES = ("at a change of files",) * 36 + ("by the clock",) * 12
STARTS = ("no folder", "a folder that lacks a file")
"""What there may be where the release is to go; the second is to be replaced, in more steps."""
Validation = tuple[str, str, str, str]
VALIDATIONS: tuple[Validation, ...] = (
    # command, who is there when the moment comes, the validators that run (all: ""), who is killed
    ("validate", "book.validators.epubcheck", "epubcheck", "the command"),
    ("validate", "--remote-debugging-port", "", "its process group"),
    ("validate", "run-driver", "notices", "the command"),
    ("release", "@daisy/ace-cli", "", "the command"),
    ("release", "--remote-debugging-port", "ace", "the command"),
    ("release", "run-driver", "notices", "its process group"),
)
_LONGEST = 0.8
"""Seconds from the start of a validator's process until it is killed."""
_PATIENCE = 120.0
_OF_THE_GATE = {"cosa-consegnare.html", "cosa-consegnare.md", "manifest.json"}
_OF_THE_GATE |= {"SHA256SUMS", f"{NEW}.zip", f"{NEW}.zip.sha256"}
"""Files of a release that say what the gate has found, or hold or sum up files that do."""
Figures = Callable[[str, object], None]


@dataclass
class Press:
    """The base book, released before and built; what a release of it gives."""

    folder: Path
    clean: dict[str, Content]
    seconds: float = 0.0
    """How long a release takes that a gate has nothing against."""
    steps: int = 0
    """In how many steps it changes files, at the most."""

    @property
    def dist(self) -> Path:
        return self.folder / "dist"

    @property
    def built(self) -> Path:
        return self.folder / "out" / BASE

    def job(self, **more: object) -> dict[str, object]:
        names = {"root": "root", "output": "out", "dist": "dist"}
        return {name: str(self.folder / place) for name, place in names.items()} | more

    def judged(self, **more: object) -> dict[str, object]:
        """A release whose artefacts the gate has seen."""
        return self.job(gate=str(self.folder / "gate"), inside=str(self.folder)) | more

    def lay_ready(self, start: str) -> Content | None:
        """Make ``dist`` as it is before the release; what it has of the new one, None if nothing.

        A folder from which somebody has taken a file is to be replaced.
        """
        shutil.rmtree(self.dist / NEW, ignore_errors=True)
        if start == STARTS[0]:
            return None
        shutil.copytree(self.folder / "kept", self.dist / NEW)
        (self.dist / NEW / "SHA256SUMS").unlink()
        (self.dist / NEW / "cosa-consegnare.md").write_text("Altro.\n", "utf-8")
        return content(self.dist / NEW)


@pytest.fixture(scope="module")
def press(forks: Forks, tmp_path_factory: pytest.TempPathFactory) -> Press:
    folder = tmp_path_factory.mktemp("press")
    take_plain_brand(lay(BASE, folder / "root"))
    press = Press(folder, {})
    error = folder / "error"
    assert forks.run("judge", **press.judged(error=str(error))) == 0, error.read_text("utf-8")
    forks.warm("release", **press.judged(dist=str(folder / "before")))
    shutil.copytree(folder / "before" / NEW, press.dist / OLD)
    assert forks.run("release", **press.judged()) == 0
    press.clean = {name: content(press.dist / name) for name in (OLD, NEW)}
    shutil.copytree(press.dist / NEW, folder / "kept")
    press.lay_ready(STARTS[1])
    counted = folder / "count"
    start = time.monotonic()
    assert forks.run("release", **press.judged(count=str(counted))) == 0
    press.seconds = time.monotonic() - start
    press.steps = int(counted.read_text())
    assert content(press.dist / NEW) == press.clean[NEW]
    return press


def one_kill(press: Press, forks: Forks, chance: random.Random, way: str) -> int:
    """Release, and kill the release in ``way``, every other time with all that it started."""
    if way == "by the clock":
        moment, group = chance.uniform(0, press.seconds), chance.random() < 0.5
        return forks.killed_after(moment, group, "release", **press.judged())
    return forks.run("release", **press.judged(kill_at=chance.randint(1, press.steps)))


@pytest.mark.parametrize("part", range(PARTS))
def test_releases_killed_at_random_moments(
    part: int, press: Press, forks: Forks, record_property: Figures
) -> None:
    chance = random.Random(SEED + part)
    releases = RELEASES[part::PARTS]
    ways = list(releases)
    chance.shuffle(ways)
    left: Counter[str] = Counter()
    started: Counter[str] = Counter()
    runs = temporary = 0
    while ways:
        start = chance.choice(STARTS)
        before = press.lay_ready(start)
        for _ in range(min(chance.choice(IN_A_ROW), len(ways))):
            status = one_kill(press, forks, chance, ways[-1])
            assert status in (0, -signal.SIGKILL)
            assert forks.settled(), "a process outlived the release that started it"
            # No command has ended since: whoever looks now sees one of the two, whole.
            found = content(press.dist / NEW) if (press.dist / NEW).exists() else None
            assert found in (before, press.clean[NEW])
            assert content(press.dist / OLD) == press.clean[OLD]
            assert is_whole(press.built)
            if status:  # else it ended before the moment came
                ways.pop()
                started[start] += 1
                left["the old state" if found == before else "the new release whole"] += 1
                temporary += len(list(forks.temporary.iterdir()))
        runs += 1
        assert forks.run("release", **press.judged()) == 0
        assert content(press.dist / NEW) == press.clean[NEW]
        assert nothing_left(press, forks)
    assert min(left.values()) > 1
    assert temporary > 1
    record_property("figure", f"releases killed: {len(releases)} ({told(Counter(releases))})")
    record_property("figure", f"  started from: {told(started)}; left: {told(left)}")
    record_property("figure", f"  next release right, nothing left: {runs} of {runs}")


def kill_while_a_validator_runs(validation: Validation, press: Press, forks: Forks) -> None:
    """Start a command, kill it when the validator is there; the release before stays alone."""
    do, present, alone, killed = validation
    built = content(press.built)
    process = forks.start(do, **press.job(alone=alone))
    await_process(present, forks.temporary)
    time.sleep(random.Random(f"{SEED} {present}").uniform(0, _LONGEST))
    (os.killpg if "group" in killed else os.kill)(process, signal.SIGKILL)
    assert forks.wait(process) == -signal.SIGKILL
    assert forks.settled(), f"{present} outlived the command that started it"
    # Those of commands killed before have gone with the start of this one.
    (own,) = forks.temporary.iterdir()
    assert own.name.startswith(PREFIX)
    assert is_whole(press.built)
    assert content(press.built) == built
    assert [path.name for path in press.dist.iterdir()] == [OLD]


@pytest.mark.parametrize("validation", VALIDATIONS, ids=" ".join)
def test_validators_killed_with_the_command_that_started_them(
    validation: Validation, press: Press, forks: Forks
) -> None:
    press.lay_ready(STARTS[0])
    kill_while_a_validator_runs(validation, press, forks)


def test_the_release_after_a_killed_one_is_right(press: Press, forks: Forks) -> None:
    press.lay_ready(STARTS[0])
    kill_while_a_validator_runs(VALIDATIONS[-1], press, forks)
    said = press.folder / "said"
    assert forks.run("release", **press.job(said=str(said))) == 0, said.read_text("utf-8")
    made = content(press.dist / NEW)
    assert set(made) == set(press.clean[NEW])
    assert {name for name in made if made[name] != press.clean[NEW][name]} <= _OF_THE_GATE
    assert nothing_left(press, forks)


def nothing_left(press: Press, forks: Forks) -> bool:
    """Whether nothing stands where a release that ended well leaves nothing."""
    assert forks.settled()
    assert list(forks.temporary.iterdir()) == []
    assert sorted(path.name for path in press.dist.iterdir()) == [OLD, NEW]
    assert beside(press.built.parent) == []
    return True


def await_process(word: str, temporary: Path) -> None:
    """Wait for a process with ``word`` on its command line, and its temporary files there."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if word.encode() in (folder / "cmdline").read_bytes() and (
                    os.fsencode(temporary) in (folder / "environ").read_bytes()
                ):
                    return
            except OSError:  # it has ended, or is somebody else's
                continue
        time.sleep(0.01)
    raise AssertionError(f"no process with {word}")
