"""Small whole books for tests: ``tests/books/base``, and cases laid over it.

A case is a folder ``tests/books/<case>/`` with the files that replace or join those of the base
book, a file ``DELETE`` that names those to remove (one path a line), and ``findings.txt`` with
the exact lines that reading the book must give.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from book.findings import Finding
from book.model.load import load_edition
from book.model.loaded import WrittenEdition
from book.system.checkout import CHECKOUT

BOOKS = CHECKOUT / "tests" / "books"
BASE = "base"
FINDINGS = "findings.txt"
_DELETE = "DELETE"


def cases() -> list[str]:
    """The names of all cases, the base book among them, sorted."""
    return sorted(folder.name for folder in BOOKS.iterdir() if folder.is_dir())


def lay(case: str, root: Path) -> Path:
    """Write the base book with ``case`` laid over it into ``root``, and return ``root``."""
    unwanted = shutil.ignore_patterns(FINDINGS, _DELETE)
    for layer in dict.fromkeys((BASE, case)):
        shutil.copytree(BOOKS / layer, root, symlinks=True, ignore=unwanted, dirs_exist_ok=True)
    deleted = BOOKS / case / _DELETE
    if deleted.exists():
        for path in deleted.read_text("utf-8").split():
            (root / path).unlink()
    return root


def load(root: Path, name: str = BASE) -> tuple[WrittenEdition | None, list[Finding]]:
    """Load an edition of ``root``; assets that are missing there are those of the checkout."""
    return load_edition(root, name)


def expected(case: str) -> list[str]:
    """The lines that ``case`` must give, in the language of the message ids."""
    file = BOOKS / case / FINDINGS
    return file.read_text("utf-8").splitlines() if file.exists() else []


def refresh(case: str, lines: list[str]) -> None:
    """Write ``lines`` as what ``case`` must give; a person reads the difference."""
    file = BOOKS / case / FINDINGS
    if lines:
        file.write_text("\n".join(lines) + "\n", "utf-8")
    else:
        file.unlink(missing_ok=True)
