"""`./inv test`: every test file in git is collected; checks and tests run at the same time."""

from __future__ import annotations

from pathlib import Path

import pytest

import tasks
from book.system.checkout import CHECKOUT
from tests.support.clones import git


def test_every_test_file_in_git_is_collected(
    collected: frozenset[Path], pytestconfig: pytest.Config
) -> None:
    """Below the folders and files that this run was asked for: by default, all."""
    asked = [Path(word.partition("::")[0]).resolve() for word in pytestconfig.args]
    listed = {CHECKOUT / name for name in git(CHECKOUT, "ls-files", "tests").splitlines()}
    tests = {path for path in listed if path.match("test_*.py") and path.exists()}
    expected = {path for path in tests if any(path.is_relative_to(place) for place in asked)}
    assert Path(__file__) in expected
    assert sorted(expected - collected) == []


def _part(path: Path, code: int) -> tuple[str, str]:
    """A part of the suite that waits for a file, says its name and ends with ``code``."""
    program = f"""
import pathlib, sys, time
while not pathlib.Path({str(path)!r}).exists():
    time.sleep(0.01)
print("said", {path.name!r}, file=sys.{"stderr" if code else "stdout"})
sys.exit({code})
"""
    return ("-c", program)


@pytest.mark.parametrize("failing", ["", "first", "second", "tests"])
def test_checks_run_beside_the_tests_and_each_is_told(
    failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    waiting = {name: _part(tmp_path / name, int(name == failing)) for name in ("first", "second")}
    monkeypatch.setattr(tasks, "CHECKS", tuple(waiting.values()))
    # The tests end first: the checks wait for files that the tests write.
    begin = f"import pathlib\nfor n in {list(waiting)}: pathlib.Path({str(tmp_path)!r}, n).touch()"
    tests = ("-c", f"{begin}\nprint('said tests')\nraise SystemExit({int(failing == 'tests')})")
    assert tasks._all_pass(tests) is (not failing)
    told = [line for line in capfd.readouterr().out.splitlines() if line.startswith("said")]
    assert told == ["said first", "said second", "said tests"]
