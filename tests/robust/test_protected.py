"""Folders that cannot be written: said plainly, and what was there stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.robust.conftest import Bench, Forks, beside, content


@contextmanager
def protected(folder: Path) -> Iterator[None]:
    mode = folder.stat().st_mode
    folder.chmod(0o555)
    try:
        yield
    finally:
        folder.chmod(mode)


@pytest.mark.parametrize("which", [".", ".cache", "base"])
def test_a_folder_for_what_is_built(which: str, bench: Bench, forks: Forks, tmp_path: Path) -> None:
    bench.draft(0)
    assert forks.run("build", **bench.job()) == 0
    bench.draft(1)
    said = tmp_path / "said"
    job = bench.job(said=str(said), bound=True)
    with protected(bench.output / which):
        assert forks.run("command", **job) == 1
    words = said.read_text("utf-8")
    assert str((bench.output / which).resolve()) in words
    assert "protected from writing" in words
    assert content(bench.built) == bench.clean[0]
    assert beside(bench.output) == []
    assert forks.run("command", **job) == 0
    assert content(bench.built) == bench.clean[1]


def test_protected_sources_are_built_like_others(
    bench: Bench, forks: Forks, tmp_path: Path
) -> None:
    bench.draft(0)
    folders = [bench.root, *(path for path in bench.root.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        job = bench.job(said=str(tmp_path / "said"), bound=True)
        assert forks.run("command", **job) == 0, (tmp_path / "said").read_text("utf-8")
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert content(bench.built) == bench.clean[0]


def test_something_that_is_no_folder_stands_in_the_way(
    forks: Forks, bench: Bench, tmp_path: Path
) -> None:
    (tmp_path / "base").write_text("altro")
    job = {**bench.job(said=str(tmp_path / "said")), "output": str(tmp_path)}
    assert forks.run("command", **job) == 1
    assert "it is not a folder" in (tmp_path / "said").read_text("utf-8")
    assert (tmp_path / "base").read_text() == "altro"


def test_a_link_to_a_folder_stays_one(forks: Forks, bench: Bench, tmp_path: Path) -> None:
    bench.draft(0)
    elsewhere, output = tmp_path / "altrove", tmp_path / "out"
    elsewhere.mkdir()
    output.mkdir()
    (output / "base").symlink_to(elsewhere)
    job = {**bench.job(), "output": str(output)}
    assert forks.run("build", **job) == 0
    assert (output / "base").is_symlink()
    assert content(elsewhere) == bench.clean[0]
    assert beside(output) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["altrove", "out"]
