"""A full disk: the last good artefacts are whole, nothing is left, and a person is told plainly."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from book.system.checkout import CHECKOUT
from tests.robust.conftest import EPUB_ONLY, Bench, Forks, beside, content

BUILDS = 8
Figures = Callable[[str, object], None]


@pytest.mark.parametrize("do", ["deliver", "place"])
def test_full_from_any_step_of_putting_a_folder_in_place(
    do: str, forks: Forks, record_property: Figures, tmp_path: Path
) -> None:
    folder = tmp_path / "out" / "a"
    job = {"folder": str(folder), "inside": str(folder.parent), "files": 3, "size": 3000}
    job["error"] = str(tmp_path / "error")
    assert forks.run(do, **job, content="one") == 0
    before = content(folder)
    at, status = 0, -1
    while status != 0:
        at += 1
        status = forks.run(do, **job, content="two", full_at=at)
        # Nobody puts anything right here: who fails cleans up.
        assert [path.name for path in folder.parent.iterdir()] == ["a"]
        assert status == 0 or content(folder) == before
        if status:
            assert "the disk is full" in (tmp_path / "error").read_text("utf-8")
    assert at > 5
    record_property("figure", f"{do} with the disk full from each of its {at - 1} steps: all whole")


def test_a_file_that_finds_no_room_fails_the_edition_alone(
    bench: Bench, forks: Forks, tmp_path: Path
) -> None:
    bench.draft(0)
    assert forks.run("build", **bench.job()) == 0
    bench.draft(1)
    said = tmp_path / "said"
    assert forks.run("command", **bench.job(said=str(said), largest=20_000)) == 1
    assert "error E141: the disk is full: nothing could be written to" in said.read_text("utf-8")
    assert f"{bench.built}" in said.read_text("utf-8")
    assert content(bench.built) == bench.clean[0]
    assert beside(bench.output) == []
    assert forks.run("build", **bench.job()) == 0
    assert content(bench.built) == bench.clean[1]


def test_a_build_that_finds_the_disk_full_at_any_step(
    bench: Bench, forks: Forks, record_property: Figures, tmp_path: Path
) -> None:
    bench.draft(0)
    assert forks.run("build", **bench.job()) == 0
    draft, failed = 0, 0
    for at in range(1, bench.steps, max(1, bench.steps // BUILDS)):
        bench.draft(1 - draft)
        said = tmp_path / "said"
        code = forks.run("command", **bench.job(said=str(said), full_at=at))
        assert code in (0, 1), said.read_text("utf-8")
        assert beside(bench.output) == []
        if code:
            failed += 1
            assert "the disk is full" in said.read_text("utf-8").lower()
            assert content(bench.built) == bench.clean[draft]
        else:
            draft = 1 - draft
    assert failed > BUILDS // 2
    bench.draft(0)
    assert forks.run("build", **bench.job()) == 0
    assert content(bench.built) == bench.clean[0]
    record_property("figure", f"builds on a disk that fills up: {failed} told, none half delivered")


def test_a_small_disk(bench: Bench, record_property: Figures, tmp_path: Path) -> None:
    program = CHECKOUT / "tests" / "robust" / "small_disk.py"
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("the program unshare, which mounts a small disk for a test, is not there")
    namespace = [unshare, "--user", "--map-root-user", "--mount"]
    allowed = subprocess.run([*namespace, "true"], capture_output=True, check=False)
    if allowed.returncode:
        pytest.skip(f"the system forbids mounting in a namespace: {allowed.stderr.decode()}")
    disk = tmp_path / "disk"
    disk.mkdir()
    bench.draft(0)
    command = [*namespace, sys.executable, "-m", "tests.robust.small_disk"]
    assert program.is_file()
    done = subprocess.run(
        [*command, str(disk), str(bench.root), str(bench.chapter), ",".join(EPUB_ONLY)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for line in done.stdout.splitlines():
        record_property("figure", line)
