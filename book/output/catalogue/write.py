"""The entry to this room: writes all records of an edition, and its accessibility statement."""

from __future__ import annotations

from collections.abc import Mapping

from book.compose.documents import Book
from book.output.catalogue.bibtex import bibtex
from book.output.catalogue.json_ld import json_ld
from book.output.catalogue.onix import onix
from book.output.catalogue.opds import opds
from book.output.catalogue.pdf_facts import PdfFacts
from book.output.catalogue.record import record_of
from book.output.catalogue.statement import statement
from book.output.epub.accessibility import Claims
from book.output.pictures.cover_image import COVER_PIXELS

STATEMENT = "accessibilita.html"
"""File name of the accessibility statement. Readers see it in the address bar, so it is Italian,
whatever the language of the book is."""
# The cover files that the driver makes, by width and height in px, the largest first.
_IMAGES = {"cover.jpg": COVER_PIXELS, "thumbnail.jpg": (160, 256)}


def catalogue_files(
    book: Book,
    claims: Claims,
    pages: int,
    sizes: Mapping[str, int],
    pdf: PdfFacts | None = None,
) -> dict[str, bytes]:
    """Write the records of ``book``; the result gives their contents by file name.

    The records address other artefacts by relative URLs, so the caller puts them into the folder of
    EPUB and PDF. ``claims`` are those of the EPUB. ``pages`` is the number of pages of the PDF (0
    without one), ``pdf`` its accessibility facts. ``sizes`` gives the size in bytes of the finished
    files by name; the records leave out a format whose file is not among them. The same book always
    gives the same bytes. Raises jinja2.TemplateError for a broken template of the brand.
    """
    record = record_of(book, claims, pages, sizes, pdf)
    name = record.name
    publication = f"{name}.opds.json"
    return {
        f"{name}.onix.xml": onix(record),
        f"{name}.jsonld": json_ld(record),
        f"{name}.bib": bibtex(record),
        publication: opds(record, publication, STATEMENT, _IMAGES),
        STATEMENT: statement(record, book),
    }
