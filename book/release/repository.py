"""What git knows of the sources: the commit they are, what is not committed, earlier releases."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class NoGit(Exception):
    """Git has nothing to tell here; the message is its own reason."""


@dataclass(frozen=True)
class Commit:
    """The commit that sources are of; ``clean`` is whether nothing in the work tree differs."""

    id: str
    clean: bool


@dataclass(frozen=True)
class Repository:
    """The work tree that ``root`` lies in, seen from ``root``."""

    root: Path

    def commit(self) -> Commit:
        """The commit that is checked out. Raises NoGit: no git, no repository, no commit yet."""
        id = self._git("rev-parse", "--verify", "HEAD").decode().strip()
        return Commit(id, clean=not self.uncommitted(["."]))

    @property
    def is_shallow(self) -> bool:
        """Whether history, and tags with it, may be missing. Raises NoGit."""
        return self._git("rev-parse", "--is-shallow-repository").strip() == b"true"

    def uncommitted(self, paths: Sequence[str]) -> list[str]:
        """Files under ``paths`` that differ from the commit, or that it lacks; sorted.

        Paths are relative to ``root``. Raises NoGit.
        """
        there = [path for path in paths if (self.root / path).exists()]
        new = self._git("ls-files", "--others", "--exclude-standard", "-z", "--", *there)
        return sorted({*self.changed("HEAD", there), *_names(new)})

    def changed(self, revision: str, paths: Sequence[str]) -> list[str]:
        """Files under ``paths`` that ``revision`` or git now has, and that differ; sorted.

        Raises NoGit.
        """
        return _names(
            self._git(
                "diff", "--name-only", "--no-renames", "-z", "--relative", revision, "--", *paths
            )
        )

    def ignored(self, paths: Sequence[str]) -> list[str]:
        """Files under ``paths`` that git is told to ignore; sorted. Raises NoGit."""
        told = ("--others", "--ignored", "--exclude-standard")
        return _names(self._git("ls-files", *told, "-z", "--", *paths))

    def content(self, revision: str, path: str) -> bytes | None:
        """What a file held at ``revision``; None where it was not there."""
        try:
            return self._git("show", f"{revision}:./{path}")
        except NoGit:
            return None

    def tags(self) -> list[str]:
        """All tags; none where git has nothing to tell."""
        try:
            return self._git("tag", "--list").decode(errors="replace").split()
        except NoGit:
            return []

    def extract(self, tag: str, path: str, target: Path) -> bool:
        """Write what ``path`` held at ``tag`` into ``target``; whether that could be done.

        A link that leads out of it is not written, and makes the whole useless.
        """
        try:
            archive = self._git("archive", "--format=tar", f"refs/tags/{tag}", "--", path)
            with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
                for member in opened:
                    _lay(opened, member, target)
        except (NoGit, tarfile.TarError):
            return False
        return True

    def _git(self, *words: str) -> bytes:
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
    """The names that git lists with ``-z``."""
    return sorted(name for name in listed.decode(errors="replace").split("\0") if name)


def _lay(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    """Write a member of an archive of git's into ``target``: a folder, a file, a link within it.

    By hand, because the first releases of Python 3.11 have no filters for this. Raises TarError
    for a link that leads out.
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
