"""What the tests of hostile input share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hostile.jailed import Jail


@pytest.fixture(scope="session")
def jail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jail]:
    """A jailed process that lives as long as the tests of one worker."""
    opened = Jail(tmp_path_factory.mktemp("jail"))
    yield opened
    opened.close()
