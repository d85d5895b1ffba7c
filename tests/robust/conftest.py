"""What the tests of whole-or-nothing share: forks of the pipeline, a book in two states."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from book.driver.cache import UNFINISHED
from book.driver.delivery import MANIFEST, REPORTS
from book.system.checkout import CHECKOUT
from tests.support.books import lay

SEED = 2025
IN_A_ROW = (1, 2, 3)
"""How many commands are killed one after the other, before one may end."""
PARTS = 2
"""In so many tests things are killed at random moments, so that several processes share them."""
SENTENCE = "\nUna frase in più, che distingue le due stesure.\n"
EPUB_ONLY = ("epub",)


class Forks:
    """The process that forks jobs, see ``forks.py``."""

    def __init__(self, temporary: Path) -> None:
        self.temporary = temporary
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.robust.forks"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=CHECKOUT,
            env={**os.environ, "TMPDIR": str(temporary)},
        )

    def _ask(self, *words: object) -> Any:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def start(self, do: str, **job: object) -> int:
        return int(self._ask("start", {"do": do, **job}))

    def warm(self, do: str, **job: object) -> None:
        assert self._ask("warm", {"do": do, **job}) == 0

    def wait(self, process: int) -> int:
        return int(self._ask("wait", process))

    def run(self, do: str, **job: object) -> int:
        return self.wait(self.start(do, **job))

    def settled(self) -> bool:
        return bool(self._ask("settled"))

    def killed_after(self, seconds: float, group: bool, do: str, **job: object) -> int:
        """Run a job, kill it (and with ``group`` all that it started) after a time."""
        process = self.start(do, **job)
        time.sleep(seconds)
        (os.killpg if group else os.kill)(process, signal.SIGKILL)
        return self.wait(process)

    def close(self) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@pytest.fixture(scope="session")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    forks = Forks(tmp_path_factory.mktemp("temporary"))
    folder = tmp_path_factory.mktemp("another")
    root = lay("base", folder / "root")
    take_plain_brand(root)
    forks.warm("build", root=str(root), output=str(folder / "out"), formats=EPUB_ONLY)
    yield forks
    forks.close()


Content = dict[str, str]
"""Hashes of the files of a folder by name; of reports, which tell of times, that they are there."""


def content(folder: Path) -> Content:
    return {
        path.relative_to(folder).as_posix(): ""
        if path.name in REPORTS
        else hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def is_whole(folder: Path) -> bool:
    """Whether the manifest tells the truth of every file."""
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    there = content(folder).keys() - {MANIFEST, *REPORTS}
    return there == set(manifest["artefacts"]) and all(
        hashlib.sha256((folder / name).read_bytes()).hexdigest() == told["sha256"]
        for name, told in manifest["artefacts"].items()
    )


def beside(folder: Path) -> list[str]:
    """What stands in an output folder that a build which ended well does not leave."""
    expected = {"base", ".cache"}
    strangers = [path.name for path in folder.iterdir() if path.name not in expected]
    cache = folder / ".cache"
    unfinished = [*(cache / "fonts").glob("*.LCK"), *(cache / "fonts").glob("*.NEW")]
    unfinished += [*(cache / "fonts").glob("*.TMP-*"), *cache.glob(UNFINISHED)]
    odd = [path for path in cache.glob("??/*") if len(path.name) != 62]
    return sorted([*strangers, *(path.name for path in (*unfinished, *odd))])


@dataclass
class Bench:
    """A book in two drafts, where it is built, and what a clean build of each gives."""

    root: Path
    output: Path
    drafts: tuple[str, str]
    clean: tuple[Content, Content]
    seconds: float
    """How long a build with a full cache takes."""
    steps: int
    """In how many steps it changes files."""

    @property
    def chapter(self) -> Path:
        return self.root / "chapters" / "base" / "presentazione.md"

    @property
    def built(self) -> Path:
        return self.output / "base"

    def draft(self, number: int) -> None:
        self.chapter.write_text(self.drafts[number], "utf-8")

    def job(self, **more: object) -> dict[str, object]:
        places = {"root": str(self.root), "output": str(self.output), "inside": str(self.output)}
        return {**places, "formats": EPUB_ONLY, **more}

    def cached(self) -> set[str]:
        folder = self.output / ".cache"
        return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def take_plain_brand(root: Path) -> None:
    """Give the base book the brand without a motif, whose reckoning takes as long as the rest."""
    edition = root / "chapters" / "base" / "edition.yaml"
    fields = edition.read_text("utf-8").replace("brand: ancilab\nground: petrol", "brand: sobrio")
    edition.write_text(fields, "utf-8")


def told(counts: Counter[str]) -> str:
    return ", ".join(f"{what} {count}" for what, count in sorted(counts.items()))


@pytest.fixture(scope="session")
def bench(forks: Forks, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = tmp_path_factory.mktemp("bench")
    root = lay("base", folder / "root")
    take_plain_brand(root)
    first = (root / "chapters" / "base" / "presentazione.md").read_text("utf-8")
    bench = Bench(root, folder / "out", (first, first + SENTENCE), ({}, {}), 0.0, 0)
    contents = []
    for number in (0, 1):
        bench.draft(number)
        assert forks.run("build", **bench.job()) == 0
        contents.append(content(bench.built))
        shutil.rmtree(bench.built)
    bench.clean = (contents[0], contents[1])
    assert contents[0] != contents[1]
    counted = folder / "count"
    assert forks.run("build", **bench.job(count=str(counted))) == 0
    start = time.monotonic()
    assert forks.run("build", **bench.job(count=str(counted))) == 0
    bench.seconds = time.monotonic() - start
    bench.steps = int(counted.read_text())
    assert beside(bench.output) == []
    return bench
