"""What an edition is made from, and whether somebody edits it while it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from book.model.loaded import LoadedEdition

Listing = Callable[[Path], dict[str, Path]]
"""The files of a folder by their names within it."""


def sources_of(folder: Path) -> dict[str, Path]:
    """The files of a folder by their names within it, sorted.

    What editors and systems put beside a file while it is open, or for themselves, is none.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder): path for path in files}
    return {name.as_posix(): path for name, path in named.items() if not _is_aside(name)}


def _is_aside(name: Path) -> bool:
    """Names of hidden files, of backups (``x~``) and of unsaved changes (``#x#``)."""
    return any(part.startswith((".", "#")) or part.endswith("~") for part in name.parts)


def inputs_of(loaded: LoadedEdition, listing: Listing = sources_of) -> dict[str, Path]:
    """What the artefacts of an edition are made from, by name: its folder, brand and assets."""
    inputs = {f"edition/{name}": path for name, path in listing(loaded.folder).items()}
    for name, path in listing(loaded.brand_folder).items():
        inputs[f"brand/{name}"] = path
    for folder in loaded.assets.folders:
        for part in ("programmes", "templates", "emblem", "fonts"):
            for name, path in listing(folder / part).items():
                inputs.setdefault(f"{part}/{name}", path)
    return inputs


@dataclass(frozen=True)
class State:
    """What folders held at one moment: of each file its hash and when it was written last.

    A file that cannot be read counts as one that is not there.
    """

    files: Mapping[Path, tuple[str, int]]

    @classmethod
    def of(cls, folders: Iterable[Path]) -> State:
        """The state of everything below ``folders``."""
        paths = {path for folder in folders for path in sources_of(folder).values()}
        marked = ((path, _mark(path)) for path in sorted(paths))
        return cls({path: mark for path, mark in marked if mark})

    def below(self, folder: Path) -> dict[str, Path]:
        """A :data:`Listing` of the files that were there."""
        inside = (path for path in self.files if path.is_relative_to(folder))
        return {path.relative_to(folder).as_posix(): path for path in inside}

    def hashes(self, files: Mapping[str, Path]) -> dict[str, str]:
        """The hashes of ``files``, which were there, by the same names."""
        return {name: self.files[path][0] for name, path in files.items()}

    def differing(self, other: State) -> list[Path]:
        """What came, went or was written between the two, sorted; the same words count, too:
        whoever read in between may have seen others.
        """
        paths = self.files.keys() | other.files.keys()
        return sorted(path for path in paths if self.files.get(path) != other.files.get(path))


def _mark(path: Path) -> tuple[str, int] | None:
    try:
        written = path.stat().st_mtime_ns
        return hashlib.sha256(path.read_bytes()).hexdigest(), written
    except OSError:
        return None
