"""The editions of this repository as tests find them built."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class BuiltEdition:
    """Where the artefacts of an edition are."""

    name: str
    folder: Path

    @property
    def epub(self) -> Path:
        return self.folder / f"{self.name}.epub"

    @property
    def pdf(self) -> Path:
        return self.folder / f"{self.name}.pdf"
