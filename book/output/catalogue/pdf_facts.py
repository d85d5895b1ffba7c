"""What a finished PDF offers to somebody who cannot see its pages, read out of the file itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

from book.output.catalogue.features import PDF_UA_1, PDF_UA_2

_UA_PART = "pdfuaid:part"
_HEADINGS = frozenset({"/H1", "/H2", "/H3", "/H4", "/H5", "/H6"})


@dataclass(frozen=True)
class PdfFacts:
    """Facts of one PDF.

    ``version`` is that of the format («1.7»); ``standard`` the accessibility standard that its
    metadata name, if any; ``features`` words of Schema.org, in the order of their vocabulary;
    ``figures`` counts its figures (covers and emblems too), ``undescribed`` those of them without
    an alternative text; ``protected`` is whether it is encrypted.
    """

    version: str
    standard: str | None
    features: tuple[str, ...]
    figures: int
    undescribed: int
    protected: bool


def pdf_facts(pdf: bytes) -> PdfFacts:
    """Read ``pdf``. Raises pikepdf.PdfError for bytes that are none."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        marked = "/MarkInfo" in root and bool(root.MarkInfo.get("/Marked", False))
        tagged = marked and "/StructTreeRoot" in root
        elements = [*_elements(document)] if tagged else []
        kinds = {str(element.get("/S")) for element in elements}
        figures = [element for element in elements if element.get("/S") == "/Figure"]
        undescribed = sum(not str(figure.get("/Alt", "")).strip() for figure in figures)
        has_bookmarks = "/Outlines" in root and "/First" in root.Outlines
        offered = {
            "tableOfContents": has_bookmarks,
            "structuralNavigation": bool(kinds & _HEADINGS),
            "readingOrder": tagged,
            "alternativeText": bool(figures) and not undescribed,
            "taggedPDF": tagged,
            "unlocked": not document.is_encrypted,
        }
        return PdfFacts(
            version=document.pdf_version,
            standard=_standard(document),
            features=tuple(feature for feature, there in offered.items() if there),
            figures=len(figures),
            undescribed=undescribed,
            protected=document.is_encrypted,
        )


def _standard(document: pikepdf.Pdf) -> str | None:
    """PDF/UA as the XMP packet names it (ISO 14289-1, 5; ISO 14289-2, 5)."""
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        part = metadata.get(_UA_PART)
    return {"1": PDF_UA_1, "2": PDF_UA_2}.get(str(part))


def _elements(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The elements of the structure tree: every dictionary of the file that is one."""
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and "/S" in item and "/P" in item:
            yield item
