"""``./inv import``: what people hand in becomes chapters of an edition, all of it or nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

from rich.console import Console
from rich.text import Text

from book.commands.asked import WrongUse, command, editions_of, insist, known_editions, root_of
from book.commands.progress import console_for, show_findings
from book.exit_codes import DONE, FAILED
from book.findings import Finding, has_errors
from book.intake.documents import SUFFIXES, import_document
from book.intake.documents import codes as codes
from book.intake.documents.package import FILE_LIMIT
from book.intake.imported import ChapterKind, Imported
from book.intake.transcripts import SUFFIXES as TRANSCRIPT_SUFFIXES
from book.intake.transcripts import import_transcript, looks_like_transcript
from book.messages import N_, translate
from book.model.slugs import slug_of
from book.system.scratch import folder_beside

KINDS: tuple[ChapterKind, ...] = get_args(ChapterKind)
_HEAD = 65_536
"""Bytes of a text file that tell whether it is a transcript. A Word file is read whole."""


@command
def import_command(
    files: Sequence[str], *, edition: str, kind: str, clean: bool, root: str, language: str
) -> int:
    """Import files into ``edition`` of ``root``, tell what was guessed, return the exit code.

    The code is 0 when every file became a chapter, 1 when one did not, 2 for wrong use. ``kind`` is
    one of ``KINDS``; with "" it is guessed from each file.
    """
    folder = root_of(root)
    name = _edition(files, edition, folder, language)
    if kind:
        text = N_("There is no kind {names} to import as. The kinds are: {known}.")
        insist([kind], KINDS, text, language)
    if missing := [file for file in files if not Path(file).is_file()]:
        text = translate(N_("There is no file {names}."), language)
        raise WrongUse(text.format(names=", ".join(missing)))
    console = console_for()
    asked = next((known for known in KINDS if known == kind), None)
    target = folder / "chapters" / name
    done = [_import(Path(file), asked, clean, target, console, language) for file in files]
    return DONE if all(done) else FAILED


def _edition(files: Sequence[str], typed: str, root: Path, language: str) -> str:
    """The edition to import into. Raises WrongUse; for a command without files, too."""
    if not files:
        text = N_("Name the files to import: ./inv import FILE … --edition EDITION.")
        raise WrongUse(translate(text, language))
    if not typed:
        text = N_("Say which edition with --edition. The editions are: {known}.")
        known = ", ".join(known_editions(root, language))
        raise WrongUse(translate(text, language).format(known=known))
    return editions_of([typed], root, language)[0]


def _import(
    path: Path,
    kind: ChapterKind | None,
    clean: bool,
    folder: Path,
    console: Console,
    language: str,
) -> bool:
    """Import one file and show what was found in it; whether it became a chapter."""
    imported, findings = read(path, kind, clean=clean)
    if imported is not None and (problem := deliver(imported, folder, path.name)):
        imported, findings = None, [problem]
    show_findings(console, findings, language)
    if imported is None:
        return False
    for line in _told(imported, folder.name, language):
        console.print(Text(line))
    return True


def _told(imported: Imported, edition: str, language: str) -> list[str]:
    text = N_("{file}: written as chapters/{edition}/{name} ({kind}); pictures: {pictures}")
    contents = N_(
        "To put it in the book, add this line under contents in chapters/{edition}/edition.yaml:"
    )
    values = {"edition": edition, "name": imported.name, "kind": imported.kind}
    first = translate(text, language).format(
        file=imported.name.removesuffix(".md"), pictures=len(imported.pictures), **values
    )
    return [first, translate(contents, language).format_map(values), f"    - {imported.name}"]


def read(
    path: Path, kind: ChapterKind | None, *, clean: bool
) -> tuple[Imported | None, list[Finding]]:
    """The chapter that a file makes, and what was found; None with an error among the findings."""
    if kind == "transcript" or (kind is None and is_transcript(path)):
        imported = import_transcript(path, clean=clean)
        findings = list(imported.findings)
        return (None if has_errors(findings) or not imported.text else imported), findings
    return import_document(path, kind=kind)


def is_transcript(path: Path) -> bool:
    """Whether a file is a transcript and not a document, by its name and its content."""
    if path.suffix.lower() not in TRANSCRIPT_SUFFIXES:
        return False
    is_document = path.suffix.lower() in SUFFIXES
    try:
        if is_document and path.stat().st_size > FILE_LIMIT:
            return False
        with path.open("rb") as file:
            head = file.read(FILE_LIMIT if is_document else _HEAD)
    except OSError:
        return False
    return looks_like_transcript(path.name, head)


def deliver(imported: Imported, folder: Path, file: str) -> Finding | None:
    """Put a chapter and its pictures into an edition's ``folder``; a finding when that fails.

    Never overwrites a file, and leaves nothing behind after a failure. All files are written into a
    temporary folder and then moved to their places, the chapter last: a build at the same time
    finds the chapter only when its pictures are there.
    """
    contents: dict[str, bytes] = {**imported.pictures, imported.name: imported.text.encode()}
    taken = _taken(contents, folder)
    if taken:
        return codes.NAME_TAKEN.at(file, taken=taken)
    made: list[Path] = []
    try:
        with folder_beside(folder, ".import~") as aside:
            _place(contents, aside, folder, made)
    except OSError as error:
        for path in made:
            path.unlink(missing_ok=True)
        return codes.NOT_WRITTEN.at(file, reason=error.strerror or type(error).__name__)
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise
    return None


def _taken(contents: Mapping[str, bytes], folder: Path) -> str:
    """The name of a file that exists already, or of a chapter with the same slug; "" for none."""
    slugs = {slug_of(name) for name in contents if name.endswith(".md")}
    for chapter in sorted(folder.glob("*.md")):
        if slug_of(chapter.name) in slugs:
            return chapter.name
    return next((name for name in contents if os.path.lexists(folder / name)), "")


def _place(contents: Mapping[str, bytes], aside: Path, folder: Path, made: list[Path]) -> None:
    """Write all files into ``aside``, then move each to its place; ``made`` gathers the places.

    Raises OSError, also for a file that exists.
    """
    for number, (name, content) in enumerate(contents.items()):
        target = folder / name
        if not target.parent.resolve().is_relative_to(folder.resolve()):
            raise OSError(0, f"{name} leads out of {folder.name}")
        target.parent.mkdir(exist_ok=True)
        (aside / str(number)).write_bytes(content)
    for number, name in enumerate(contents):
        target = folder / name
        with target.open("xb"):  # fails if it exists: of two imports only one gets the name
            made.append(target)
        (aside / str(number)).replace(target)
