"""What the loader returns: an edition with its chapters, brand and programmes, all read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from book.model.assets import Assets
from book.model.brand import Brand, PageFormat
from book.model.chapter import Contribution, Essay, Text, Tool, Transcript
from book.model.edition import Edition
from book.model.privacy.redaction import Redaction
from book.model.programme import Programme


@dataclass(frozen=True)
class ChapterSource:
    """A chapter as its file holds it.

    ``name`` is the file's name as the contents write it. ``slug`` is the name without ``.md``,
    made fit for ids. ``path`` is the file, ``file`` its POSIX path for findings. ``body`` is the
    Markdown after the front matter; its first line is line ``body_line`` (from 1) of the file.
    """

    name: str
    slug: str
    path: Path
    file: str
    front_matter: Text | Essay | Transcript | Contribution | Tool
    body: str
    body_line: int


@dataclass(frozen=True)
class LoadedEdition:
    """An edition with all that it is made of, whoever has had it in hands.

    What anybody holds is a :class:`WrittenEdition` or a :class:`TypesetEdition`; a function that
    takes this class does not mind which.

    ``name`` is the name of its ``folder``, ``file`` the POSIX path of its ``edition.yaml`` for
    findings. ``chapters`` maps file names to sources, in reading order. ``brand_folder`` holds
    CSS, templates and logos of the brand; ``assets`` finds all other shared files.

    Only ``redaction`` holds names that may not be published. It is for code that reads a source
    file again and must take the names out of it.
    """

    name: str
    folder: Path
    file: str
    edition: Edition
    chapters: dict[str, ChapterSource]
    brand: Brand
    brand_folder: Path
    assets: Assets
    programmes: tuple[Programme, ...]
    redaction: Redaction = field(default=Redaction(), repr=False)

    @property
    def fonts_folder(self) -> Path:
        """The folder of the font files."""
        return self.assets.fonts_folder()

    @property
    def readable(self) -> tuple[Path, ...]:
        """The folders whose files the layout of this edition may read; no others."""
        house = self.assets.fallback / "assets"
        return (self.folder, self.brand_folder, self.fonts_folder, house)

    @property
    def page(self) -> PageFormat:
        """The page format of the edition: its own choice, else the brand's default."""
        return self.brand.formats[self.edition.page_format or self.brand.default_format]


@dataclass(frozen=True)
class WrittenEdition(LoadedEdition):
    """An edition as its editors wrote it: what the loader gives and the sources are held against.

    Ready to be composed.
    """


@dataclass(frozen=True)
class TypesetEdition(LoadedEdition):
    """An edition whose ``edition`` is set for a page: no-break spaces, typographic apostrophes.

    Only composing makes one. ``chapters`` are as they were written: their front matter is set
    in the language of each, when its document is made.
    """
