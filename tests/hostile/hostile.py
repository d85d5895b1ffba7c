"""The hostile files: how each is laid into a small book, and the findings that it must give.

A file of ``chapters`` takes the place of the base book's first chapter, one of ``editions`` that
of its ``edition.yaml``; one of ``pictures`` is shown by the first chapter; one of ``handed-in``
is imported. The findings stand beside it in ``<file>.findings``, absent when there are none.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from tests.hostile.jailed import Jail, Outcome
from tests.support import books

HERE = Path(__file__).parent
FINDINGS = ".findings"
KINDS = ("chapters", "editions", "pictures", "handed-in")
CHAPTER = "presentazione.md"
SECRET = "the-canary-sings-9f2c"
"""What stands in files outside the edition, and must never come in."""
_SHOWS = "---\ntitle: Presentazione\n---\n\nPrima.\n\n![Una prova](images/{name})\n\nDopo.\n"


def files() -> list[str]:
    """The paths of all hostile files below this folder, sorted."""
    return sorted(
        path.relative_to(HERE).as_posix()
        for kind in KINDS
        for path in (HERE / kind).iterdir()
        if path.suffix != FINDINGS
    )


def lay_base(root: Path) -> Path:
    """The base book in ``root``, with secrets around its edition; returns the edition's folder."""
    books.lay(books.BASE, root)
    for folder in (root, root / "chapters", root / "segreto"):
        folder.mkdir(exist_ok=True)
        for name in ("segreto.md", "segreto.txt", "segreto.png", "segreto.svg"):
            (folder / name).write_text(f"---\ntitle: {SECRET}\n---\n\n{SECRET}\n", "utf-8")
    return root / "chapters" / books.BASE


def try_file(file: str, root: Path, jail: Jail) -> Outcome:
    """Lay the hostile ``file`` into a book at ``root``, and read it in ``jail``."""
    folder = lay_base(root)
    path = HERE / file
    if file.startswith("handed-in/"):
        target = root / path.name
        shutil.copy(path, target)
        return take_in(target, root, jail)
    if file.startswith("editions/"):
        shutil.copy(path, folder / "edition.yaml")
    elif file.startswith("pictures/"):
        shutil.copy(path, folder / "images" / path.name)
        show(path.name, folder)
    else:
        shutil.copy(path, folder / CHAPTER)
    return jail.read(root, [CHAPTER])


def take_in(file: Path, root: Path, jail: Jail) -> Outcome:
    """Import ``file``, and read what comes of it as the first chapter of the book at ``root``."""
    outcome = jail.take_in(file)
    if not outcome.text:
        return outcome
    (root / "chapters" / books.BASE / CHAPTER).write_text(outcome.text, "utf-8")
    return replace(outcome, trees=jail.read(root, [CHAPTER]).trees)


def show(name: str, folder: Path) -> None:
    """Write a first chapter that shows the picture ``name`` into the edition's ``folder``."""
    (folder / CHAPTER).write_text(_SHOWS.format(name=name), "utf-8")


def expected(file: str) -> list[str]:
    """The lines that ``file`` must give, in the language of the message ids."""
    path = HERE / (file + FINDINGS)
    return path.read_text("utf-8").splitlines() if path.exists() else []


def refresh(file: str, lines: list[str]) -> None:
    """Write ``lines`` as what ``file`` must give; a person reads the difference."""
    path = HERE / (file + FINDINGS)
    if lines:
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines) + "\n", "utf-8")
    else:
        path.unlink(missing_ok=True)
