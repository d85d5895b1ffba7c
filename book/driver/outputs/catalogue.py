"""The records for shops, libraries and readers, which describe the EPUB and the PDF."""

from __future__ import annotations

from book.driver.outputs.output import BuildContext, Product
from book.output.catalogue.pdf_facts import pdf_facts
from book.output.catalogue.write import catalogue_files
from book.output.epub.write import EpubBook
from book.output.pdf.write import PdfBook


def make_catalogue(context: BuildContext) -> Product:
    """All records. Needs the facts of EPUB and PDF, which the row in the table asks for."""
    epub, pdf = context.facts(EpubBook), context.facts(PdfBook)
    # ``needs`` in the table puts both before this output: without them the table is wrong.
    assert epub is not None and pdf is not None, "the outputs that the row needs are made"
    sizes = {file: len(content) for file, content in context.files.items()}
    return Product(catalogue_files(context.book, epub.claims, pdf.pages, sizes, pdf_facts(pdf.pdf)))
