"""All editions, built once for the whole run, however many processes run the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.driver.run import Order, run
from tests.support.editions import BuiltEdition
from tests.support.once import once, use_cache


@pytest.fixture(scope="session")
def built(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, run_cache: Path
) -> dict[str, BuiltEdition]:
    """Every edition of ``chapters/``, built; by name."""

    def make(output: Path) -> None:
        use_cache(output, run_cache)
        facts = run(Order(root=repository, output=output), _watch, lambda made: None)
        unmade = [f.sentence("en") for made in facts if not made.made for f in made.findings]
        assert not unmade, "\n".join(unmade)

    output = once(tmp_path_factory, "editions", make)
    folders = sorted(folder for folder in output.iterdir() if (folder / "manifest.json").exists())
    return {folder.name: BuiltEdition(folder.name, folder) for folder in folders}


def _watch(edition: str, step: str) -> None:
    """Nobody looks on."""
