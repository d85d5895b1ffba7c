"""``docs/codici.md`` lists every kind of finding, as it is worded now."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

import book
from book.findings import REGISTRY
from book.reference.codes_page import FAMILIES, codes_page


@pytest.fixture(scope="module")
def page() -> str:
    return codes_page()


def test_the_page_is_fresh(page: str, repository: Path, refresh: bool) -> None:
    path = repository / "docs" / "codici.md"
    if refresh:
        path.write_text(page, "utf-8")
    assert path.read_text("utf-8") == page


def test_every_code_of_the_package_is_there(page: str) -> None:
    root = Path(book.__file__).parent
    for path in sorted(root.rglob("*.py")):
        if " = define(" in path.read_text("utf-8"):
            module = path.relative_to(root.parent).with_suffix("")
            importlib.import_module(".".join(module.parts))
    listed = re.findall(r"`([A-Z]\d{3})`", page)
    assert sorted(listed) == sorted(code for code in REGISTRY if code[1:].isdigit())
    assert len(listed) > 100


def test_every_family_has_a_name() -> None:
    assert {code[0] for code in REGISTRY} <= set(FAMILIES)


def test_rows_have_four_cells_and_no_placeholder(page: str) -> None:
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    for row in rows:
        cells = re.split(r"(?<!\\)\|", row)[1:-1]
        assert len(cells) == 4, row
        assert all(cell.strip() for cell in cells), row
        assert not re.search(r"\{[a-z_]+\}", row), row
