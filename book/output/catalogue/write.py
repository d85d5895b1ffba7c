"""The records of an edition: one file for each kind of catalogue, and the statement for readers."""

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
"""An address that readers see, so it has an Italian name, whatever language the book is in."""
_IMAGES = {"cover.jpg": COVER_PIXELS, "thumbnail.jpg": (160, 256)}


def catalogue_files(
    book: Book,
    claims: Claims,
    pages: int,
    sizes: Mapping[str, int],
    pdf: PdfFacts | None = None,
) -> dict[str, bytes]:
    """The records of ``book`` by file name, to lie beside its EPUB and PDF.

    ``claims`` are the EPUB's; ``pages`` those of the PDF (0 without one), ``pdf`` what it offers;
    ``sizes`` the bytes of the finished files by name: the formats that are not among them are
    not described. The same book gives the same bytes. Raises jinja2.TemplateError for a broken
    template of the brand.
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
