from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from book.driver.run import Order, run
from tests.support.books import lay
from tests.support.once import use_cache


@pytest.fixture(scope="module")
def base_pdf(tmp_path_factory: pytest.TempPathFactory, run_cache: Path) -> Iterator[pikepdf.Pdf]:
    """The PDF of the base book."""
    folder: Path = tmp_path_factory.mktemp("base")
    order = Order(
        lay("base", folder / "root"),
        output=use_cache(folder / "out", run_cache),
        formats=("pdf",),
        jobs=1,
    )
    (facts,) = run(order, print, print)
    assert facts.made, facts.findings
    with pikepdf.open(folder / "out" / "base" / "base.pdf") as pdf:
        yield pdf
