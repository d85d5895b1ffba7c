"""Which editions and chapters differ from an earlier state of the repository, as git knows it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from book.messages import N_
from book.model.load import edition_names

NO_REVISION = N_("Git cannot compare with {revision}: {reason}")

_BESIDE_THE_BOOKS = ("docs/", "tests/", ".git", ".ci/", ".devcontainer/", "Containerfile", "README")
"""Beginnings of the paths that no edition depends on."""


class UnknownRevision(Exception):
    """Git cannot compare with ``revision``; the message is git's own reason."""

    def __init__(self, revision: str, reason: str) -> None:
        super().__init__(reason)
        self.revision = revision


@dataclass(frozen=True)
class Changed:
    """What has changed: the ``editions`` to build, and the ``names`` to check.

    Where only chapters of an edition have changed, ``names`` has their paths; else the edition's
    name.
    """

    editions: tuple[str, ...]
    names: tuple[str, ...]


def changed_since(root: Path, revision: str) -> Changed:
    """Compare the files under ``root`` with the common ancestor of HEAD and ``revision``.

    Commits that came to ``revision`` after that ancestor do not count; files that git does not
    track yet do, unless it ignores them. A change of assets or of the pipeline changes every
    edition. Raises UnknownRevision.
    """
    # --end-of-options: a revision that begins with a hyphen must not become an option.
    base = _git(root, revision, "merge-base", "--end-of-options", revision, "HEAD").strip()
    differing = _git(root, revision, "diff", "--name-only", "--no-renames", "-z", base, "--", ".")
    new = _git(root, revision, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    prefix = _git(root, revision, "rev-parse", "--show-prefix").strip()
    # diff names files from the top of the repository, ls-files from ``root``.
    paths = [path.removeprefix(prefix) for path in _listed(differing)] + _listed(new)
    return _by_edition(paths, edition_names(root), root)


def _by_edition(paths: Iterable[str], known: Sequence[str], root: Path) -> Changed:
    """What changed ``paths`` (from ``root``) mean for the editions, whose names are ``known``."""
    whole: set[str] = set()
    chapters: dict[str, str] = {}
    for path in paths:
        if path.startswith(_BESIDE_THE_BOOKS):
            continue
        top, _, rest = path.partition("/")
        edition, _, file = rest.partition("/")
        if top != "chapters":
            # Assets, code, locks of the environment: any edition may come out differently.
            whole.update(known)
        elif edition in known:
            # A chapter that is gone cannot be checked alone.
            if file.endswith(".md") and "/" not in file and (root / path).is_file():
                chapters[path] = edition
            else:
                whole.add(edition)
    touched = whole | set(chapters.values())
    alone = sorted(path for path, edition in chapters.items() if edition not in whole)
    editions = tuple(name for name in known if name in touched)
    return Changed(editions, (*(name for name in known if name in whole), *alone))


def _listed(output: str) -> list[str]:
    """The names in the output of a git command with ``-z``."""
    return [path for path in output.split("\0") if path]


def _git(root: Path, revision: str, *words: str) -> str:
    try:
        done = subprocess.run(
            ["git", *words], cwd=root, capture_output=True, text=True, errors="replace", check=False
        )
    except OSError as error:
        raise UnknownRevision(revision, f"git: {error.strerror}") from error
    if done.returncode:
        raise UnknownRevision(revision, done.stderr.strip())
    return done.stdout
