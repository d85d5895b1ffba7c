"""What was typed and what it means, the same for every command: folders, editions, formats.

Wrong use is told in one way: what is not there, what is there, and what was probably meant.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec

from book.driver.changed import NO_REVISION, Changed, UnknownRevision, changed_since
from book.exit_codes import FAILED, WRONG_USE
from book.messages import N_, did_you_mean, translate
from book.model.load import EDITION_FILE, edition_names
from book.system.checkout import CHECKOUT
from book.system.locks import CannotWrite
from book.system.scratch import own_temporary_folder

NO_FORMAT = N_("There is no format {names}. The formats are: {known}.")
_NO_EDITION = N_("There is no edition named {names}. The editions are: {known}.")
P = ParamSpec("P")


class Stopped(Exception):
    """A command cannot do what was asked; the message, in the reader's language, says why."""

    code = FAILED


class WrongUse(Stopped):
    """Something was asked for that is not there; the message says what is there."""

    code = WRONG_USE


def command(work: Callable[P, int]) -> Callable[P, int]:
    """Make ``work`` a command: Stopped becomes its message on standard error and an exit code.

    Temporary files of the command and of the programs that it starts lie in a folder of their own.
    """

    @wraps(work)
    def run(*arguments: P.args, **options: P.kwargs) -> int:
        try:
            with own_temporary_folder():
                return work(*arguments, **options)
        except Stopped as stopped:
            print(stopped, file=sys.stderr)
            return stopped.code

    return run


@contextmanager
def writing(language: str, dist: Path | None = None) -> Iterator[None]:
    """Raise Stopped for a folder that cannot be written; ``dist`` is where a release goes."""
    try:
        yield
    except CannotWrite as error:
        text = N_("Cannot write to {folder}: {reason}. Choose another folder with {option}.")
        in_dist = dist is not None and error.folder.is_relative_to(dist)
        raise Stopped(
            translate(text, language).format(
                folder=error.folder,
                reason=translate(error.reason, language),
                option="--dist" if in_dist else "--output",
            )
        ) from error


def folder_of(typed: str, default: Path) -> Path:
    """The folder that an option names; ``default`` when it was not given."""
    return Path(typed).resolve() if typed else default


def root_of(typed: str) -> Path:
    """The folder with ``chapters/`` and ``assets/``: the one that was named, else this checkout."""
    return folder_of(typed, CHECKOUT)


def insist(names: Iterable[str], known: Sequence[str], text: str, language: str) -> None:
    """Raise WrongUse unless all ``names`` are known; ``text`` has {names} and {known}."""
    if unknown := [name for name in names if name not in known]:
        said = translate(text, language).format(names=", ".join(unknown), known=", ".join(known))
        # A path may be meant that a shell has completed.
        words = [Path(name).name for name in unknown]
        raise WrongUse(said + did_you_mean(words, known, language))


def known_editions(root: Path, language: str) -> list[str]:
    """The editions that there are. Raises WrongUse for none."""
    if known := edition_names(root):
        return known
    raise WrongUse(translate(N_("There are no editions under chapters/."), language))


def editions_of(words: Iterable[str], root: Path, language: str) -> tuple[str, ...]:
    """The editions that ``words`` mean, each once; all of ``root`` without any. Raises WrongUse."""
    known = known_editions(root, language)
    meant = [meaning(word, root, known) or (word, "") for word in words]
    names = ["/".join(filter(None, each)) for each in meant]
    insist(names, known, _NO_EDITION, language)
    return tuple(dict.fromkeys(names)) or tuple(known)


def meaning(word: str, root: Path, known: Sequence[str]) -> tuple[str, str] | None:
    """The edition that a word means, and the chapter, "" for the whole; None for neither.

    A word is an edition's name, or a path as a shell completes it: of the edition's folder, its
    ``edition.yaml`` or a chapter, from the working folder, ``root`` or ``chapters/``.
    """
    if word in known:
        return word, ""
    chapters = root / "chapters"
    for base in (Path.cwd(), root, chapters):
        path = Path(os.path.normpath(base / word))
        if not path.exists() or not path.is_relative_to(chapters):
            continue
        parts = path.relative_to(chapters).parts
        if parts[:1] and parts[0] in known:
            if len(parts) == 1 or parts[1:] == (EDITION_FILE,):
                return parts[0], ""
            if len(parts) == 2 and path.suffix == ".md":
                return parts[0], parts[1]
    return None


def changed(root: Path, revision: str, language: str) -> Changed:
    """What has changed since a revision of git. Raises WrongUse."""
    try:
        return changed_since(root, revision)
    except UnknownRevision as error:
        text = translate(NO_REVISION, language)
        raise WrongUse(text.format(revision=revision, reason=error)) from error


def nothing_changed(revision: str, language: str) -> str:
    """What a command says when no edition has changed since ``revision``."""
    return translate(N_("No edition has changed since {revision}."), language).format(
        revision=revision
    )
