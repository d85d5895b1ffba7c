"""Asks git about the sources: their commit, uncommitted files, tags, files at earlier releases."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class NoGit(Exception):
    """Git is missing, or a command of it failed; the message is git's."""


@dataclass(frozen=True)
class Commit:
    """The commit that is checked out; ``clean`` says whether the work tree is equal to it."""

    id: str
    clean: bool


@dataclass(frozen=True)
class Repository:
    """The git repository that the folder ``root`` is in. All paths are relative to ``root``."""

    root: Path

    def commit(self) -> Commit:
        """The commit that is checked out. Raises NoGit, also when there is no commit yet."""
        id = self._git("rev-parse", "--verify", "HEAD").decode().strip()
        return Commit(id, clean=not self.uncommitted(["."]))

    @property
    def is_shallow(self) -> bool:
        """Whether the clone is shallow, so that tags may be missing. Raises NoGit."""
        return self._git("rev-parse", "--is-shallow-repository").strip() == b"true"

    def uncommitted(self, paths: Sequence[str]) -> list[str]:
        """The files under ``paths`` that differ from the commit or are not in it, sorted.

        Paths are relative to ``root``. Files that git ignores are not among them. Raises NoGit.
        """
        there = [path for path in paths if (self.root / path).exists()]
        new = self._git("ls-files", "--others", "--exclude-standard", "-z", "--", *there)
        return sorted({*self.changed("HEAD", there), *_names(new)})

    def changed(self, revision: str, paths: Sequence[str]) -> list[str]:
        """The tracked files under ``paths`` that differ from ``revision``, sorted.

        Files that were added or removed since are among them. Raises NoGit.
        """
        return _names(
            self._git(
                "diff", "--name-only", "--no-renames", "-z", "--relative", revision, "--", *paths
            )
        )

    def ignored(self, paths: Sequence[str]) -> list[str]:
        """The files under ``paths`` that git ignores, sorted. Raises NoGit."""
        options = ("--others", "--ignored", "--exclude-standard")
        return _names(self._git("ls-files", *options, "-z", "--", *paths))

    def content(self, revision: str, path: str) -> bytes | None:
        """The content of a file at ``revision``; None if it was not there."""
        try:
            return self._git("show", f"{revision}:./{path}")
        except NoGit:
            return None

    def tags(self) -> list[str]:
        """All tags; none outside a repository."""
        try:
            return self._git("tag", "--list").decode(errors="replace").split()
        except NoGit:
            return []

    def extract(self, tag: str, path: str, target: Path) -> bool:
        """Write the contents of ``path`` at ``tag`` into ``target``. Returns whether it succeeded.

        Fails at a symlink that leads out of ``target``.
        """
        try:
            archive = self._git("archive", "--format=tar", f"refs/tags/{tag}", "--", path)
            with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
                for member in opened:
                    _write_member(opened, member, target)
        except (NoGit, tarfile.TarError):
            return False
        return True

    def _git(self, *words: str) -> bytes:
        """The standard output of a git command, with messages in English. Raises NoGit."""
        try:
            done = subprocess.run(
                ["git", *words],
                cwd=self.root,
                capture_output=True,
                env={**os.environ, "LC_ALL": "C"},
                check=False,
            )
        except OSError as error:
            raise NoGit(f"git: {error.strerror}") from error
        if done.returncode:
            reason = done.stderr.decode(errors="replace").strip().splitlines()
            said = reason[0].removeprefix("fatal: ") if reason else f"git {words[0]}"
            raise NoGit(said)
        return done.stdout


def _names(listed: bytes) -> list[str]:
    """The names in a list that git has written with ``-z``, sorted."""
    return sorted(name for name in listed.decode(errors="replace").split("\0") if name)


def _write_member(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    """Write a member of an archive made by git into ``target``: a folder, a file, a symlink.

    Not with ``extractall(filter="data")``, which the first releases of Python 3.11 lack. Raises
    TarError for a symlink that leads out of the archive.
    """
    place = target / member.name
    place.parent.mkdir(parents=True, exist_ok=True)
    if member.isdir():
        place.mkdir(exist_ok=True)
    elif member.issym():
        end = Path(os.path.normpath(Path(member.name).parent / member.linkname))
        if end.is_absolute() or end.parts[:1] == (os.pardir,):
            raise tarfile.TarError(f"{member.name} leads out of the archive")
        place.symlink_to(member.linkname)
    elif content := archive.extractfile(member):
        place.write_bytes(content.read())
