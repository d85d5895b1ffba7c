"""The EPUB, with the page numbers of the PDF when the same build makes one."""

from __future__ import annotations

from book.driver.outputs.covers import COVER_JPEG
from book.driver.outputs.output import BuildContext, Product
from book.output.epub.write import epub_book
from book.output.pdf.write import PdfBook


def make_epub(context: BuildContext) -> Product:
    """The EPUB; its facts are an :class:`~book.output.epub.write.EpubBook`."""
    pdf = context.facts(PdfBook)
    made, findings = epub_book(context.book, context.files[COVER_JPEG], pdf.turns if pdf else ())
    return Product({f"{context.book.loaded.name}.epub": made.epub}, tuple(findings), made)
