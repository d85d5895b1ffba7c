"""Small books with their records."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from book.compose.documents import Book
from book.model.programme import Programme
from book.output.catalogue.pdf_facts import PdfFacts
from book.output.catalogue.write import catalogue_files
from book.output.epub.accessibility import Claims
from book.output.epub.claims import CONFORMANCE
from book.output.epub.write import epub_book
from tests.output.epub import fake

Records = dict[str, bytes]
Make = Callable[..., Records]

SIZES = {"prova.epub": 20_000, "prova.pdf": 30_000, "cover.jpg": 1_000}
PDF = PdfFacts(
    version="1.7",
    standard="PDF/UA-1",
    features=("tableOfContents", "readingOrder", "alternativeText", "taggedPDF", "unlocked"),
    undescribed=0,
)


@pytest.fixture(scope="session")
def claims(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Claims:
    """What the EPUB of the small book claims."""
    made, _ = epub_book(fake.book(repository, tmp_path_factory.mktemp("prova")), fake.cover())
    return made.claims


@pytest.fixture(scope="session")
def make(repository: Path, tmp_path_factory: pytest.TempPathFactory, claims: Claims) -> Make:
    """The records of the small book, by what follows its name or by their own.

    ``programmes`` replaces those of the book, ``changes`` fields of its edition.
    """
    folder = tmp_path_factory.mktemp("prova")

    def made(
        said: Claims = claims,
        pdf: PdfFacts | None = PDF,
        programmes: tuple[Programme, ...] | None = None,
        pages: int = 48,
        **changes: Any,
    ) -> Records:
        book: Book = fake.book(repository, folder, **changes)
        declared = book.loaded.edition.accessibility
        said = dataclasses.replace(
            said,
            exemption=declared.exemption or "",
            conforms_to="" if declared.exemption else CONFORMANCE,
            certified_by="" if declared.exemption else declared.certified_by or "Editore di prova",
            report=declared.report or "",
            contact=declared.contact or "",
            barriers=declared.barriers,
        )
        if programmes is not None:
            book = dataclasses.replace(
                book, loaded=dataclasses.replace(book.loaded, programmes=programmes)
            )
        sizes = SIZES if pdf else {"prova.epub": 20_000}
        files = catalogue_files(book, said, pages if pdf else 0, sizes, pdf)
        return {name.removeprefix("prova."): content for name, content in files.items()}

    return made
