"""All editions, built once for the whole run, however many processes run the tests."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from book.driver.run import Order, run
from tests.support.editions import BuiltEdition

_DONE = "done"


@pytest.fixture(scope="session")
def built(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, BuiltEdition]:
    """Every edition of ``chapters/``, built with an empty cache; by name.

    Processes of pytest-xdist share the folder: the first builds, the others wait for it.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    output = shared / "editions"
    with (shared / "editions.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (output / _DONE).exists():
            facts = run(Order(root=repository, output=output), _watch, lambda made: None)
            unmade = [f.sentence("en") for made in facts if not made.made for f in made.findings]
            assert not unmade, "\n".join(unmade)
            (output / _DONE).touch()
    folders = sorted(folder for folder in output.iterdir() if (folder / "manifest.json").exists())
    return {folder.name: BuiltEdition(folder.name, folder) for folder in folders}


def _watch(edition: str, step: str) -> None:
    """Nobody looks on."""
