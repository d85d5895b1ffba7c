"""The files that an edition is made from, and whether somebody edits them during a build."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from book.model.loaded import LoadedEdition

Listing = Callable[[Path], dict[str, Path]]
"""A function that returns the files of a folder, by their names in it."""


def sources_of(folder: Path) -> dict[str, Path]:
    """The files of a folder by their names in it, sorted.

    Leaves out what editors and systems write for themselves: hidden files, backups (``x~``) and
    unsaved changes (``#x#``).
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder): path for path in files}
    return {name.as_posix(): path for name, path in named.items() if not _is_temporary(name)}


def _is_temporary(name: Path) -> bool:
    return any(part.startswith((".", "#")) or part.endswith("~") for part in name.parts)


def inputs_of(loaded: LoadedEdition, listing: Listing = sources_of) -> dict[str, Path]:
    """All files that the artefacts of an edition are made from, by name.

    They lie in the edition's folder (``edition/…``), in its brand's (``brand/…``) and among the
    assets (``fonts/…`` and others). Of two assets with the same name the edition's own counts.
    """
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
    """What folders held at one moment: the SHA-256 of each file, and the time of its last change.

    ``files`` has no entry for a file that could not be read.
    """

    files: Mapping[Path, tuple[str, int]]

    @classmethod
    def of(cls, folders: Iterable[Path]) -> State:
        """Read all files below ``folders``."""
        paths = {path for folder in folders for path in sources_of(folder).values()}
        read = ((path, _read(path)) for path in sorted(paths))
        return cls({path: found for path, found in read if found})

    def below(self, folder: Path) -> dict[str, Path]:
        """The files that ``folder`` held; this method is a :data:`Listing`."""
        inside = (path for path in self.files if path.is_relative_to(folder))
        return {path.relative_to(folder).as_posix(): path for path in inside}

    def hashes(self, files: Mapping[str, Path]) -> dict[str, str]:
        """The hashes of ``files`` by the same names. Raises KeyError for other files."""
        return {name: self.files[path][0] for name, path in files.items()}

    def differing(self, other: State) -> list[Path]:
        """The files that were added, removed or written between the two states, sorted.

        A rewritten file counts as changed even if its content is equal: a reader in between may
        have seen an intermediate state.
        """
        paths = self.files.keys() | other.files.keys()
        return sorted(path for path in paths if self.files.get(path) != other.files.get(path))


def _read(path: Path) -> tuple[str, int] | None:
    try:
        written = path.stat().st_mtime_ns
        # The time is taken before the content: a write in between shows in the next reading.
        return hashlib.sha256(path.read_bytes()).hexdigest(), written
    except OSError:
        return None
