"""Versions of editions: three numbers that are compared as numbers, and names of releases."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_VERSION = re.compile(r"([0-9]+)\.([0-9]+)\.([0-9]+)", re.ASCII)


class Version(NamedTuple):
    """``major.minor.patch``."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @property
    def following(self) -> Version:
        """The next version for a small correction."""
        return Version(self.major, self.minor, self.patch + 1)


def version_of(text: str) -> Version:
    """The version in ``text``. Raises ValueError for anything but three numbers."""
    match = _VERSION.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return Version(*map(int, match.groups()))


def released_as(name: str, edition: str) -> Version | None:
    """The version in ``<edition>-<version>``, the name of a release's folder and tag.

    None for other names, also for a version with leading zeros.
    """
    head, _, version = name.rpartition("-")
    if head != edition or not _VERSION.fullmatch(version):
        return None
    found = version_of(version)
    return found if str(found) == version else None


def versions_in(names: Iterable[str], edition: str) -> set[Version]:
    """The versions of ``edition`` among the ``names`` of folders or tags."""
    return {found for name in names if (found := released_as(name, edition)) is not None}
