"""The base book as something to release."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.books import BASE, lay
from tests.support.once import use_cache
from tests.support.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path, run_cache: Path) -> Shelf:
    """The base book by itself, in no repository."""
    root = lay(BASE, tmp_path / "root")
    use_cache(root / "build", run_cache)
    return Shelf(root)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, run_cache: Path) -> Shelf:
    """The base book for the tests of one module, which build it one after the other."""
    root = lay(BASE, tmp_path_factory.mktemp("shelf") / "root")
    use_cache(root / "build", run_cache)
    return Shelf(root)
