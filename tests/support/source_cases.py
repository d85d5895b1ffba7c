"""Small cases for ``./inv check``: files laid over the base book, and the findings they give."""

from __future__ import annotations

import shutil
from pathlib import Path

from book.lint.check import Checked, check_sources, load_house
from book.markdown.chapter import chapter_tree
from book.model.assets import Assets
from book.system.checkout import CHECKOUT
from tests.support.books import BASE, FINDINGS, lay, load

CASES = CHECKOUT / "tests" / "lint" / "cases"


def names() -> list[str]:
    """The names of all cases, sorted."""
    return sorted(folder.name for folder in CASES.iterdir())


def lay_case(case: str, root: Path) -> Path:
    """Write the base book with ``case`` laid over it into ``root``, and return ``root``."""
    lay(BASE, root)
    shutil.copytree(CASES / case, root, ignore=shutil.ignore_patterns(FINDINGS), dirs_exist_ok=True)
    return root


def check(root: Path) -> Checked:
    """What is found in the base edition of ``root``."""
    loaded, _ = load(root)
    assert loaded is not None
    house, findings = load_house(Assets(root), "en")
    assert not findings
    sources = loaded.chapters.values()
    trees = {s.slug: chapter_tree(s, loaded.edition, loaded.folder)[0] for s in sources}
    return check_sources(loaded, trees, house)


def given(case: str, root: Path) -> list[str]:
    """The lines for the files of the case itself; what the base book gives is left out."""
    own = {path.relative_to(CASES / case).as_posix() for path in (CASES / case).rglob("*")}
    findings = check(lay_case(case, root)).findings
    return [f.sentence("en") for f in findings if f.file in own]


def expected(case: str) -> list[str]:
    """The lines that ``case`` must give."""
    file = CASES / case / FINDINGS
    return file.read_text("utf-8").splitlines() if file.exists() else []


def refresh(case: str, lines: list[str]) -> None:
    """Write ``lines`` as what ``case`` must give; a person reads the difference."""
    file = CASES / case / FINDINGS
    if lines:
        file.write_text("\n".join(lines) + "\n", "utf-8")
    else:
        file.unlink(missing_ok=True)
