"""The base book as something to release."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.books import BASE, lay
from tests.support.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """The base book by itself, in no repository."""
    return Shelf(lay(BASE, tmp_path / "root"))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The base book for the tests of one module, which build it one after the other.

    Processes of pytest-xdist have a shelf each and one cache for all.
    """
    base = tmp_path_factory.getbasetemp()
    cache = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "release-cache"
    cache.mkdir(exist_ok=True)
    root = lay(BASE, tmp_path_factory.mktemp("shelf") / "root")
    (root / "build").mkdir()
    (root / "build" / ".cache").symlink_to(cache)
    return Shelf(root)
