"""An edition at the gate: its artefacts, and the way back from them to its sources."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock

from pikepdf import PdfError

from book.compose.documents import Book
from book.findings import Finding, in_order
from book.messages import N_, translate
from book.report.facts import EditionFacts
from book.validation.codes import NOT_BUILT, NOT_RUN
from book.validation.epub_places import EpubPlaces
from book.validation.pdf_places import PdfPlaces
from book.validation.sources import Sources
from book.validators.verdict import Check, Outcome

_NOT_THERE = N_("the file is not there")


@dataclass
class Subject:
    """One edition as built: ``folder`` holds its artefacts; ``language`` is the reader's.

    A context manager: it keeps the PDF open that it traces messages in.
    """

    facts: EditionFacts
    book: Book
    folder: Path
    language: str
    tracing: Lock = field(default_factory=Lock)
    """Held by whoever traces messages, since validators run beside each other."""
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
        """From the PDF to the sources; None for one without structure, or that is none at all."""
        try:
            return self._open.enter_context(PdfPlaces(self.pdf, self.book, self.sources))
        except (ValueError, PdfError):
            return None

    def check(
        self,
        validator: str,
        version: str,
        artefact: str,
        standard: str,
        found: list[Finding],
        *,
        passed: bool,
    ) -> Check:
        """A check that ran: passed when the validator says so and nothing was found."""
        outcome = Outcome.PASSED if passed and not found else Outcome.FAILED
        return Check(validator, version, artefact, standard, outcome, tuple(in_order(found)))

    def not_run(self, validator: str, artefact: str, standard: str, reason: str) -> Check:
        """A check that could not run, and why (in the reader's language)."""
        finding = NOT_RUN.at(
            self.book.loaded.file,
            validator=validator,
            artefact=artefact,
            standard=translate(standard, self.language),
            reason=reason,
        )
        return Check(validator, "", artefact, standard, Outcome.NOT_RUN, (finding,), reason)

    def not_there(self, validator: str, artefact: str, standard: str) -> Check:
        """A check of a file that was not delivered."""
        finding = NOT_BUILT.at(self.book.loaded.file, artefact=artefact, validator=validator)
        reason = translate(_NOT_THERE, self.language)
        return Check(validator, "", artefact, standard, Outcome.NOT_RUN, (finding,), reason)
