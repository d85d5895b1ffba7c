"""Earlier releases of an edition: which there are, and the text of each for comparison."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from book.driver.cache import Cache
from book.model.load import EDITION_FILE, load_edition
from book.model.privacy.people import PRIVATE_PEOPLE_FILE
from book.model.privacy.redaction import NamedPerson, Redaction
from book.release.repository import Repository
from book.release.text import TEXT_FILE, BookText, composed, hidden, text_of
from book.release.version import Version, versions_in

_DELIVERIES = "deliveries"
_UNSEEN = "[…]"
"""Stands for a name that an earlier release printed and the edition no longer has."""


@dataclass(frozen=True)
class Releases:
    """The earlier releases of ``edition``: folders in ``dist``, and tags of the repository.

    ``root`` holds ``chapters/``. A release may have a folder, a tag, or both.
    """

    edition: str
    root: Path
    dist: Path
    repository: Repository

    @cached_property
    def folders(self) -> frozenset[Version]:
        """The releases that have a folder in ``dist``."""
        there = self.dist.iterdir() if self.dist.is_dir() else ()
        return frozenset(versions_in((path.name for path in there if path.is_dir()), self.edition))

    @cached_property
    def tags(self) -> frozenset[Version]:
        """The releases that have a tag."""
        return frozenset(versions_in(self.repository.tags(), self.edition))

    @property
    def all(self) -> list[Version]:
        """All versions that have been released, the latest last."""
        return sorted(self.folders | self.tags)

    def before(self, version: Version) -> Version | None:
        """The latest release with a lower version; None if there is none."""
        return max((v for v in self.all if v < version), default=None)

    def folder(self, version: Version) -> Path:
        """The folder of a release, which need not exist."""
        return self.dist / self.tag(version)

    def tag(self, version: Version) -> str:
        """The tag of a release, which is also the name of its folder."""
        return f"{self.edition}-{version}"

    def text(self, version: Version, cache: Cache, jobs: int) -> BookText | None:
        """The text of a release, for comparison; None when it cannot be read or made.

        Reads ``testo.json`` in the folder of the release. Without it, composes the sources at the
        tag of the release with the present pipeline.
        """
        if version in self.folders:
            try:
                kept = (self.folder(version) / TEXT_FILE).read_bytes()
                return BookText.model_validate_json(kept)
            except (OSError, ValidationError):
                pass  # the file was removed or damaged; the tag may still give the text
        if version not in self.tags:
            return None
        return self._at_tag(version, cache, jobs)

    def changed_since(self, version: Version) -> list[str]:
        """The files of the edition that differ from the tag of ``version``, sorted.

        A change of ``deliveries`` alone does not count, because editors record deliveries after
        the release. Files that git ignores do not count, either. Raises NoGit.
        """
        tag, folder = f"refs/tags/{self.tag(version)}", f"chapters/{self.edition}"
        changed = self.repository.changed(tag, [folder])
        file = f"{folder}/{EDITION_FILE}"
        if file in changed:
            then = self.repository.content(tag, file)
            if then is not None and _without_deliveries(then) == _without_deliveries(
                _content(self.root / file)
            ):
                changed.remove(file)
        return changed

    def _at_tag(self, version: Version, cache: Cache, jobs: int) -> BookText | None:
        """The text of the sources at a tag, which are extracted into a temporary folder."""
        with tempfile.TemporaryDirectory(prefix="book-") as scratch:
            root = Path(scratch)
            path = f"chapters/{self.edition}"
            if not self.repository.extract(self.tag(version), path, root):
                return None
            self.repository.extract(self.tag(version), "assets", root)
            return self._composed_text(root, cache, jobs)

    def _composed_text(self, root: Path, cache: Cache, jobs: int) -> BookText | None:
        """The text of the edition as it is under ``root``."""
        # The private people file is not in git. Without it the old text would have roles where it
        # had names, and the notes would report them as changes.
        private = self.root / "chapters" / self.edition / PRIVATE_PEOPLE_FILE
        if private.is_file():
            shutil.copy(private, root / "chapters" / self.edition)
        loaded, _ = load_edition(root, self.edition)
        if loaded is None:
            return None
        book = composed(loaded, cache, jobs)
        return None if book is None else text_of(book)


def without_names(before: BookText, now: BookText, redaction: Redaction) -> BookText:
    """The text of the release before, without names that may not be published now.

    The release notes quote it. Names that are withheld now are replaced by pseudonyms. Names that
    it could print and that the edition does not know any more are removed, too: the person may
    have withdrawn the consent.
    """
    still = {*now.people, *(person.name for person in redaction.people)}
    unnamed_now = tuple(NamedPerson(name, _UNSEEN) for name in before.people if name not in still)
    people = Redaction((*redaction.people, *unnamed_now), redaction.allowed)
    return hidden(before, people.text)


def _without_deliveries(content: bytes) -> Any:
    """The data of an ``edition.yaml`` without ``deliveries``; the bytes if they are no YAML."""
    try:
        data = yaml.load(content, yaml.BaseLoader)
    except (yaml.YAMLError, UnicodeDecodeError):
        return content
    if not isinstance(data, dict):
        return content
    return {key: value for key, value in data.items() if key != _DELIVERIES}


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
