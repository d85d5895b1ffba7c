"""What a build tells of its time is what a person waited, to the last file in place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from book.commands.build import build_command
from book.driver import edition
from book.driver.edition import DELIVERY, READING, REPORT, WAITING, BuildLog, steps
from book.exit_codes import DONE
from tests.support.books import lay


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_every_moment_belongs_to_a_step() -> None:
    clock, told = Clock(), []
    log = BuildLog("base", lambda name, step: told.append((name, step)), clock)
    clock.now += 1  # before any step: counts for the first
    log.begin(WAITING)
    clock.now += 2
    log.end_step()
    clock.now += 4  # between two steps: counts for the next
    log.begin(READING)
    clock.now += 8
    assert {step.name: step.seconds for step in log.steps()} == {WAITING: 3, READING: 12}
    clock.now += 16
    log.begin(REPORT)
    clock.now += 32
    log.begin(READING)  # once more, because sources changed: both times count
    clock.now += 64
    assert {step.name: step.seconds for step in log.steps()} == {
        WAITING: 3,
        READING: 92,
        REPORT: 32,
    }
    assert told == [("base", step) for step in (WAITING, READING, REPORT, READING)]


@pytest.mark.slow
def test_the_time_told_reaches_to_the_delivery_and_the_report_says_that_its_own_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Clock()
    monkeypatch.setattr(edition, "perf_counter", clock)
    slow = {
        "report_pictures": 10,  # inside the step of the report
        "report_html": 20,  # the report cannot know how long its own words take
        "deliver": 40,
    }
    for name, seconds in slow.items():
        taking_its_time(monkeypatch, clock, name, seconds)
    root = lay("base", tmp_path / "root")
    where = {"root": str(root), "output": str(tmp_path / "out")}
    assert build_command([], "epub", **where, jobs=1, language="en", strict=False) == DONE
    said = capsys.readouterr().out
    assert (
        "base: made in 70.0 s (putting the files in place 40.0 s, writing the report 30.0 s" in said
    )
    report = json.loads((tmp_path / "out" / "base" / "report.json").read_text("utf-8"))
    assert (report["seconds"], report["seconds_until"]) == (10.0, "report")


def taking_its_time(
    monkeypatch: pytest.MonkeyPatch, clock: Clock, name: str, seconds: float
) -> None:
    """Let the clock go on while the function ``name`` of the driver runs."""
    function = getattr(edition, name)

    def slow(*arguments: object, **options: object) -> object:
        clock.now += seconds
        return function(*arguments, **options)

    monkeypatch.setattr(edition, name, slow)


def test_a_bar_knows_all_steps() -> None:
    assert steps()[-2:] == (REPORT, DELIVERY)
    assert len(set(steps())) == len(steps())
