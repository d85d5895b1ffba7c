"""Files for tests, laid out as each program writes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from book.intake.transcripts import read_content
from book.intake.transcripts.cues import Reading

SAMPLES = Path(__file__).parent / "samples"
Read = Callable[..., Reading]


@pytest.fixture
def read() -> Read:
    """Read a text or the bytes of a file as its suffix says."""

    def reading_of(content: str | bytes, suffix: str) -> Reading:
        reading = Reading(f"file{suffix}")
        data = content.encode() if isinstance(content, str) else content
        read_content(data, suffix, reading)
        return reading

    return reading_of


@pytest.fixture
def sample(read: Read) -> Callable[[str], Reading]:
    """Read one of the sample files."""
    return lambda name: read((SAMPLES / name).read_bytes(), Path(name).suffix)
