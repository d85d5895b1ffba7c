"""Compares the contents of an edition with its folder: which chapter files make the book."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from book.findings import Code, Finding
from book.messages import nearest
from book.model import codes
from book.model.edition import GENERATED_DOCUMENTS
from book.model.slugs import slug_of
from book.model.yaml.source import KeyPath, YamlSource
from book.model.yaml.values import shown

_ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:")


@dataclass
class ChapterFiles:
    """The chapter files that the contents name and the folder holds, in reading order.

    ``names`` maps the entry as written to the file. ``findings`` are about all others.
    """

    names: dict[str, Path] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def named_entries(data: dict[str, Any]) -> list[tuple[KeyPath, str]]:
    """The entries of ``contents`` with their paths, in reading order; those that are no text are
    left out.

    Takes the raw data, so that it works when other fields of the file have mistakes.
    """
    contents = data.get("contents")
    if not isinstance(contents, dict):
        return []
    parts = contents.get("parts")
    lists: list[tuple[KeyPath, Any]] = [
        (("contents", "front"), contents.get("front")),
        (("contents", "chapters"), contents.get("chapters")),
        *(
            (("contents", "parts", index, "chapters"), part.get("chapters"))
            for index, part in enumerate(parts if isinstance(parts, list) else [])
            if isinstance(part, dict)
        ),
        (("contents", "back"), contents.get("back")),
    ]
    return [
        ((*path, index), entry.strip())
        for path, entries in lists
        if isinstance(entries, list)
        for index, entry in enumerate(entries)
        if isinstance(entry, str) and entry.strip()
    ]


def chapter_files(source: YamlSource, folder: Path, complete: bool) -> ChapterFiles:
    """Find the chapter files of an edition in its folder.

    ``complete`` says whether the contents are valid. Only then are files reported that no entry
    names: an entry that could not be read may have named them.
    """
    search = _Search(source, folder)
    for path, name in named_entries(source.data):
        if name not in GENERATED_DOCUMENTS:
            search.entry(path, name)
    if complete:
        search.orphans()
    return ChapterFiles(search.found, search.findings)


class _Search:
    """A search for chapter files: the folder, and what the entries so far have named.

    ``files`` are the chapter files of the folder by name, ``lines`` the line of each entry,
    ``slugs`` the names by slug, ``meant`` names of files that misspelt entries probably mean.
    """

    def __init__(self, source: YamlSource, folder: Path) -> None:
        self.source = source
        self.folder = folder
        self.found: dict[str, Path] = {}
        self.findings: list[Finding] = []
        # By names in NFC, as people type them: macOS may store accents as combining characters.
        self.files = {_composed(p.name): p for p in folder.iterdir() if p.suffix == ".md"}
        self.lines: dict[str, int] = {}
        self.slugs: dict[str, str] = {}
        self.meant: set[str] = set()

    def _at(self, code: Code, path: KeyPath, name: str, **values: Any) -> None:
        place = self.source.value_at(path)
        self.findings.append(code.at(self.source.file, *place, name=shown(name), **values))

    def entry(self, path: KeyPath, written: str) -> None:
        """Look up one entry of the contents; find its file, or report why there is none."""
        name = _composed(written)
        parts = re.split(r"[/\\]", name)
        if ".." in parts or _ABSOLUTE.match(name):
            self._at(codes.CHAPTER_OUTSIDE, path, name)
        elif len(parts) > 1 or not name.endswith(".md") or name == ".md":
            near = nearest(name, (*self.files, *GENERATED_DOCUMENTS)) if len(parts) == 1 else None
            if near:
                self.meant.add(near)
                self._at(codes.CHAPTER_MISSING_NEAR, path, name, nearest=near)
            else:
                self._at(codes.CHAPTER_NOT_A_NAME, path, name)
        elif name in self.lines:
            self._at(codes.CHAPTER_TWICE, path, name, first=self.lines[name])
        else:
            self.lines[name] = self.source.value_at(path).line
            self._file(path, name, written)

    def _file(self, path: KeyPath, name: str, written: str) -> None:
        """Look up the file of an entry that is a plain file name."""
        file = self.files.get(name)
        if file is None:
            near = nearest(name, self.files)
            if near:
                self.meant.add(near)
                self._at(codes.CHAPTER_MISSING_NEAR, path, name, nearest=near)
            else:
                self._at(codes.CHAPTER_MISSING, path, name)
            return
        # A symlink in the folder may lead to any file of the machine.
        if not _lies_in(file, self.folder):
            self._at(codes.CHAPTER_OUTSIDE, path, name)
            return
        # «capitolo 1.md» and «capitolo-1.md» have the same slug, and slugs are ids in the book.
        slug = slug_of(name)
        if slug in self.slugs:
            other = self.slugs[slug]
            first = self.lines[other]
            self._at(codes.SLUGS_COLLIDE, path, name, other=other, first=first, slug=slug)
            return
        self.slugs[slug] = name
        self.found[written] = file

    def orphans(self) -> None:
        """Warn of chapter files that the contents do not name."""
        prefix = self.source.file.rpartition("/")[0]
        for name, file in sorted(self.files.items()):
            # A file that a misspelt entry means is not reported a second time.
            named = name in self.lines or name in self.meant
            if not named and not name.startswith(".") and file.is_file():
                # Names of files need not be valid UTF-8; Python then gives lone surrogates.
                printable = name.encode("utf-8", "replace").decode()
                self.findings.append(codes.CHAPTER_ORPHAN.at(f"{prefix}/{printable}"))


def _composed(name: str) -> str:
    """The name in NFC, with accents and letters as one character."""
    return unicodedata.normalize("NFC", name)


def _lies_in(file: Path, folder: Path) -> bool:
    """Whether the file, with symlinks followed, lies in the folder."""
    try:
        return file.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False
