"""The releases of an edition that there have been, and the text of the one before."""

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
from book.release.version import Version, among

_DELIVERIES = "deliveries"
_UNSEEN = "[…]"
"""In the place of a name that the edition no longer has."""


@dataclass(frozen=True)
class Releases:
    """Where the releases of ``edition`` are: folders of ``dist``, tags of the repository."""

    edition: str
    root: Path
    dist: Path
    repository: Repository

    @cached_property
    def folders(self) -> frozenset[Version]:
        """The releases that lie in ``dist``."""
        there = self.dist.iterdir() if self.dist.is_dir() else ()
        return frozenset(among((path.name for path in there if path.is_dir()), self.edition))

    @cached_property
    def tags(self) -> frozenset[Version]:
        """The releases that have a tag."""
        return frozenset(among(self.repository.tags(), self.edition))

    @property
    def all(self) -> list[Version]:
        """All versions that have been released, the last one last."""
        return sorted(self.folders | self.tags)

    def before(self, version: Version) -> Version | None:
        """The release before ``version``."""
        return max((v for v in self.all if v < version), default=None)

    def folder(self, version: Version) -> Path:
        """Where a release lies, or would."""
        return self.dist / self.tag(version)

    def tag(self, version: Version) -> str:
        """The tag of a release, which is also the name of its folder."""
        return f"{self.edition}-{version}"

    def text(self, version: Version, cache: Cache, jobs: int) -> BookText | None:
        """The text of a release: its own, else made of the sources at its tag.

        None when there is neither, or it cannot be understood.
        """
        if version in self.folders:
            try:
                kept = (self.folder(version) / TEXT_FILE).read_bytes()
                return BookText.model_validate_json(kept)
            except (OSError, ValidationError):
                pass  # a folder that somebody has tidied: the tag may still tell
        if version not in self.tags:
            return None
        return self._at_tag(version, cache, jobs)

    def changed_since(self, version: Version) -> list[str]:
        """Files of the edition that are not as the tag of ``version`` has them, sorted.

        Deliveries are written down after a release, so they do not count; nor does what git does
        not keep. Raises NoGit.
        """
        tag, folder = f"refs/tags/{self.tag(version)}", f"chapters/{self.edition}"
        changed = self.repository.changed(tag, [folder])
        file = f"{folder}/{EDITION_FILE}"
        if file in changed:
            then = self.repository.content(tag, file)
            if then is not None and _undelivered(then) == _undelivered(_content(self.root / file)):
                changed.remove(file)
        return changed

    def _at_tag(self, version: Version, cache: Cache, jobs: int) -> BookText | None:
        """The text made of the sources at a tag, laid into a folder that goes away again."""
        with tempfile.TemporaryDirectory(prefix="book-") as scratch:
            root = Path(scratch)
            path = f"chapters/{self.edition}"
            if not self.repository.extract(self.tag(version), path, root):
                return None
            self.repository.extract(self.tag(version), "assets", root)
            return self._made(root, cache, jobs)

    def _made(self, root: Path, cache: Cache, jobs: int) -> BookText | None:
        private = self.root / "chapters" / self.edition / PRIVATE_PEOPLE_FILE
        if private.is_file():
            shutil.copy(private, root / "chapters" / self.edition)
        loaded, _ = load_edition(root, self.edition)
        if loaded is None:
            return None
        book = composed(loaded, cache, jobs)
        return None if book is None else text_of(book)


def without_names(before: BookText, now: BookText, redaction: Redaction) -> BookText:
    """The text of the release before, for those who read this one.

    Whoever is withheld now is withheld there too; so is whoever was named then and is nobody of
    the edition now: they may have asked for it.
    """
    still = {*now.people, *(person.name for person in redaction.people)}
    gone = tuple(NamedPerson(name, _UNSEEN) for name in before.people if name not in still)
    people = Redaction((*redaction.people, *gone), redaction.allowed)
    return hidden(before, people.text)


def _undelivered(content: bytes) -> Any:
    """The data of an ``edition.yaml`` without its deliveries; what is no YAML as it is."""
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
