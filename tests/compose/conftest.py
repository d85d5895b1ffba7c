"""Real editions, brands and programmes for the tests of this room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from book.model.assets import Assets
from book.model.brand import Brand
from book.model.edition import Edition
from book.model.loaded import TypesetEdition
from book.model.programme import Programme

EditionOf = Callable[..., TypesetEdition]


@pytest.fixture(scope="session")
def programme_of(repository: Path) -> Callable[[str], Programme]:
    """A programme of ``assets/programmes`` by its id."""

    def load(name: str) -> Programme:
        path = repository / "assets" / "programmes" / f"{name}.yaml"
        return Programme.model_validate(yaml.safe_load(path.read_text("utf-8")))

    return load


@pytest.fixture(scope="session")
def edition_of(repository: Path, programme_of: Callable[[str], Programme]) -> EditionOf:
    """An edition of ``chapters`` in a brand, without its chapters; keywords change its fields.

    Its words are as they were written, so that tests may look for them.
    """

    def load(name: str, brand: str = "ancilab", **changes: object) -> TypesetEdition:
        folder = repository / "chapters" / name
        brands = repository / "assets" / "brands" / brand
        edition = Edition.model_validate(
            yaml.safe_load((folder / "edition.yaml").read_text("utf-8"))
        )
        loaded = TypesetEdition(
            name=name,
            folder=folder,
            file=f"chapters/{name}/edition.yaml",
            edition=edition,
            chapters={},
            brand=Brand.model_validate(yaml.safe_load((brands / "brand.yaml").read_text("utf-8"))),
            brand_folder=brands,
            assets=Assets(repository),
            programmes=tuple(programme_of(programme) for programme in edition.programme),
        )
        return replace(loaded, edition=edition.model_copy(update=changes)) if changes else loaded

    return load
