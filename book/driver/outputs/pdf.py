"""The PDF for the screen and the PDF for a printing house."""

from __future__ import annotations

from book.compose.documents import PDF, PRINT
from book.compose.stylesheet import page_style
from book.driver.outputs.output import BuildContext, Product
from book.model.cover_picture import BLEED
from book.output.pdf.write import PdfBook, pdf_book


def make_pdf(context: BuildContext) -> Product:
    """The PDF for the screen; its facts are a :class:`PdfBook`."""
    return _product(context, PDF, f"{context.book.loaded.name}.pdf", bleed=0.0)


def make_print(context: BuildContext) -> Product:
    """The PDF for a printing house, with bleed; no facts, for other outputs cite the other PDF."""
    return _product(context, PRINT, f"{context.book.loaded.name}-print.pdf", bleed=BLEED)


def _product(context: BuildContext, output: str, file: str, bleed: float) -> Product:
    loaded = context.book.loaded
    style = page_style(loaded, bleed)
    made, findings = pdf_book(context.book, style, context.lay_out, loaded.readable, output)
    # Both PDFs have the same type of facts, and BuildContext.facts() finds facts by their type.
    facts: PdfBook | None = made if output == PDF else None
    return Product({file: made.pdf}, tuple(findings), facts, {file: made.pages})
