"""The text of an edition's sources, searched for a field, for words, for a colour."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from book.model.loaded import LoadedEdition
from book.output.epub.colours import for_both_grounds

# All sources (YAML, front matter, templates, style sheets) are searched as text, line by line:
# only lines are wanted, and no parser reads them all.
_KEY = re.compile(r"^[\s-]*(?:[\w.-]+:\s+)?")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")
_BRAND = "brand.yaml"
_QUOTES = "\"'"
_SHORTEST = 3
"""Characters that a value needs; a shorter one is found by chance."""


@dataclass(frozen=True)
class Place:
    """A place in a source: its file as findings name it, the line from 1 (0 for none)."""

    file: str
    line: int = 0


@dataclass
class Sources:
    """The files that an edition is made from: below its root or, for assets, below the checkout."""

    loaded: LoadedEdition
    _read: dict[str, list[str]] = field(default_factory=dict)

    @property
    def roots(self) -> tuple[Path, Path]:
        """The folders that file names in findings are relative to."""
        return (self.loaded.assets.root, self.loaded.assets.fallback)

    @property
    def edition(self) -> str:
        """The edition's own file, as findings name it."""
        return self.loaded.file

    @property
    def brand(self) -> str:
        """The brand's folder, as findings name it."""
        return f"assets/brands/{self.loaded.edition.brand}"

    def lines(self, file: str) -> list[str]:
        """The lines of a file; empty when it cannot be read as text."""
        if file not in self._read:
            self._read[file] = _lines(root / file for root in self.roots)
        return self._read[file]

    def files(self, folder: str, suffixes: tuple[str, ...]) -> list[str]:
        """The files right below a folder of the root or the checkout, sorted by name."""
        names = {
            path.name
            for base in self.roots
            for path in (base / folder).glob("*")
            if path.name.endswith(suffixes)
        }
        return [f"{folder}/{name}" for name in sorted(names)]

    def field(self, file: str, *keys: str) -> Place:
        """The line of the first of ``keys`` that the YAML of ``file`` has; line 0 if it has none.

        A key may occur several times: an edition has a date, and so has a meeting in it. The least
        indented one counts.
        """
        for key in keys:
            pattern = re.compile(rf"(\s*(?:-\s+)?){re.escape(key)}\s*:")
            lines = enumerate(self._yaml(file), start=1)
            found = [(len(m[1]), number) for number, line in lines if (m := pattern.match(line))]
            if found:
                return Place(file, min(found)[1])
        return Place(file)

    def line_with(self, file: str, text: str) -> Place | None:
        """The line of the YAML of ``file`` with a value like ``text``.

        Best is an equal value, then one that contains the text or is contained in it.
        """
        wanted = _plain(text)
        found: list[tuple[bool, int, int]] = []
        for number, line in enumerate(self._yaml(file), start=1):
            value = _plain(_KEY.sub("", line).strip().strip(_QUOTES))
            common = value if value in wanted else wanted if wanted in value else ""
            if len(common) >= _SHORTEST:
                # min() takes an equal value, else the longest match, of several the upper line.
                found.append((value != wanted, -len(common), number))
        return Place(file, min(found)[2]) if found else None

    def template_line_with(self, text: str) -> Place | None:
        """The line of one of the brand's own templates that contains the text."""
        wanted = _plain(text)
        for file in self.files(f"{self.brand}/templates", (".xhtml.j2",)):
            for number, line in enumerate(self.lines(file), start=1):
                if len(wanted) >= _SHORTEST and wanted in _plain(line):
                    return Place(file, number)
        return None

    def language(self, file: str) -> Place:
        """The line that names the language of a chapter: its own, else the edition's."""
        own = self.field(file, "language")
        return own if own.line else self.field(self.edition, "language")

    def colour_named_in(self, said: str) -> Place:
        """The line of the brand with a colour that ``said`` names; else the line of its colours.

        The EPUB shows some colours of the brand changed, to suit light and dark ground.
        """
        wanted = [colour.upper() for colour in _COLOUR.findall(said)]
        kept = {}
        # From the colour that the EPUB shows back to the one that the editor wrote.
        for colour in _COLOUR.findall("\n".join(self.lines(f"{self.brand}/{_BRAND}"))):
            kept[for_both_grounds(colour)] = colour
        named = [kept.get(colour, colour) for colour in wanted]
        return self.colour(named) or self.field(f"{self.brand}/{_BRAND}", "colours")

    def colour(self, colours: Iterable[str]) -> Place | None:
        """The line of the brand's files with one of these colours (``#RRGGBB``, or short)."""
        files = [f"{self.brand}/{_BRAND}", *self.files(self.brand, (".css.j2",))]
        for colour in colours:
            short = "#" + colour[1::2] if colour[1::2] == colour[2::2] else colour
            for file in files:
                for number, line in enumerate(self.lines(file), start=1):
                    if re.search(rf"({colour}|{short})\b", line, re.IGNORECASE):
                        return Place(file, number)
        return None

    def _yaml(self, file: str) -> list[str]:
        """The lines of a YAML file, or of a chapter's front matter."""
        lines = self.lines(file)
        if not file.endswith(".md"):
            return lines
        # Front matter ends with the next line of dashes or dots; where it has no end there is none.
        ends = (n for n, line in enumerate(lines[1:], start=1) if line.rstrip() in ("---", "..."))
        return lines[: next(ends, 0)]


def _lines(paths: Iterable[Path]) -> list[str]:
    for path in paths:
        try:
            return path.read_text(encoding="utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError):
            continue
    return []


def _plain(text: str) -> str:
    """Text for comparison: small letters, single spaces, without what typography has changed."""
    text = text.replace("’", "'").replace("\u00a0", " ").replace("\u00ad", "").casefold()
    return " ".join(text.split())
