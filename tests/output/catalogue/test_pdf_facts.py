"""What is read out of a PDF: made here with every support, then with one taken away."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from book.output.catalogue.pdf_facts import PdfFacts, pdf_facts


def made(change: Callable[[Pdf], None] = lambda pdf: None) -> PdfFacts:
    """The facts of a page with a heading and a figure, after ``change``."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    kinds = (Dictionary(S=Name.H1), Dictionary(S=Name.Figure, Alt="Una rete"))
    children = [pdf.make_indirect(child) for child in kinds]
    for child in children:
        child.P = tree
    tree.K = Array(children)
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=pdf.make_indirect(Dictionary())))
    with pdf.open_metadata() as metadata:
        metadata["pdfuaid:part"] = "1"
    change(pdf)
    target = io.BytesIO()
    pdf.save(target, min_version="1.7")
    return pdf_facts(target.getvalue())


def test_everything_is_there() -> None:
    facts = made()
    assert facts.version == "1.7"
    assert facts.standard == "PDF/UA-1"
    assert facts.features == (
        "tableOfContents",
        "structuralNavigation",
        "readingOrder",
        "alternativeText",
        "taggedPDF",
        "unlocked",
    )
    assert facts.undescribed == 0


def _unmarked(pdf: Pdf) -> None:
    del pdf.Root.MarkInfo


def _untreed(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


def _without_bookmarks(pdf: Pdf) -> None:
    del pdf.Root.Outlines


def _undescribed(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.K[1].Alt = " "


def _without_heading(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.K[0].S = Name.P


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        (_without_bookmarks, {"tableOfContents"}),
        (_undescribed, {"alternativeText"}),
        (_without_heading, {"structuralNavigation"}),
        (_unmarked, {"structuralNavigation", "readingOrder", "alternativeText", "taggedPDF"}),
        (_untreed, {"structuralNavigation", "readingOrder", "alternativeText", "taggedPDF"}),
    ],
)
def test_what_is_taken_away_is_not_claimed(change: Callable[[Pdf], None], lost: set[str]) -> None:
    assert set(made().features) - set(made(change).features) == lost


def test_a_pdf_that_does_not_say_so_is_not_pdf_ua() -> None:
    def forget(pdf: Pdf) -> None:
        with pdf.open_metadata() as metadata:
            del metadata["pdfuaid:part"]

    assert made(forget).standard is None
