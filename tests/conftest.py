"""What every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout that holds the package, ``assets`` and ``chapters``."""
    return Path(__file__).resolve().parent.parent
