"""An edition to validate: its artefacts, and the places of its sources that they come from."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock

from pikepdf import PdfError
from pypdfium2 import PdfiumError

from book.compose.documents import Book
from book.model.load import EDITION_FILE
from book.report.facts import EditionFacts
from book.validation.epub_places import EpubPlaces
from book.validation.pdf_places import PdfPlaces
from book.validation.sources import Sources


@dataclass
class Subject:
    """One edition as built: ``folder`` holds its artefacts; ``language`` is the reader's.

    A context manager, because the PDF stays open while messages about it are traced.
    """

    facts: EditionFacts
    book: Book
    folder: Path
    language: str
    tracing: Lock = field(default_factory=Lock)
    """A thread holds it while it traces messages: validators run beside each other.

    The places below are made when they are first asked for, and remember what they have read. None
    of that is safe for two threads. The lock on PDFium is taken inside this one, never around it.
    """
    _open: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Subject:
        return self

    def __exit__(self, *details: object) -> None:
        self._open.close()

    @property
    def epub(self) -> Path:
        return self.folder / f"{self.facts.name}.epub"

    @property
    def pdf(self) -> Path:
        return self.folder / f"{self.facts.name}.pdf"

    @property
    def source(self) -> Path:
        """The edition's own file."""
        return self.book.loaded.folder / EDITION_FILE

    @cached_property
    def sources(self) -> Sources:
        """The texts of the edition's sources."""
        return Sources(self.book.loaded)

    @cached_property
    def epub_places(self) -> EpubPlaces:
        """From the EPUB to the sources. Raises what reading an EPUB raises."""
        return EpubPlaces(self.epub, self.book, self.facts.origins, self.sources)

    @cached_property
    def pdf_places(self) -> PdfPlaces | None:
        """From the PDF to the sources; None for a file that is no PDF, or has no structure."""
        try:
            return self._open.enter_context(PdfPlaces(self.pdf, self.book, self.sources))
        except (ValueError, PdfError, PdfiumError):
            # veraPDF reports such a file itself; its messages then lead to edition.yaml.
            return None
