"""The accessibility features of a finished PDF, read out of the file itself.

The records claim only what this module finds, whatever the pipeline intended to write.
"""

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
    """The accessibility facts of one PDF.

    ``version`` is the version of the file format («1.7»). ``standard`` is the accessibility
    standard that the file's metadata claim, None without a claim. ``features`` are terms of
    Schema.org's ``accessibilityFeature``. ``undescribed`` counts the figures without an alternative
    text.
    """

    version: str
    standard: str | None
    features: tuple[str, ...]
    undescribed: int


def pdf_facts(pdf: bytes) -> PdfFacts:
    """Read the facts of ``pdf``. Raises pikepdf.PdfError for bytes that are not a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        # ISO 32000-1, 14.7 and 14.8: a tagged PDF declares itself by Marked. A structure tree
        # without that declaration is one that readers may ignore.
        marked = "/MarkInfo" in root and bool(root.MarkInfo.get("/Marked", False))
        tagged = marked and "/StructTreeRoot" in root
        elements = [*_elements(document)] if tagged else []
        kinds = {str(element.get("/S")) for element in elements}
        figures = [element for element in elements if element.get("/S") == "/Figure"]
        undescribed = sum(not str(figure.get("/Alt", "")).strip() for figure in figures)
        has_bookmarks = "/Outlines" in root and "/First" in root.Outlines
        checks = {
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
            features=tuple(feature for feature, holds in checks.items() if holds),
            undescribed=undescribed,
        )


def _standard(document: pikepdf.Pdf) -> str | None:
    """The part of PDF/UA that the XMP metadata claim (ISO 14289-1, 5; ISO 14289-2, 5)."""
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        part = metadata.get(_UA_PART)
    return {"1": PDF_UA_1, "2": PDF_UA_2}.get(str(part))


def _elements(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The elements of the structure tree, in no order.

    The function looks at all objects of the file instead of walking through the tree. A structure
    element is a dictionary with the required keys S (structure type) and P (parent)
    (ISO 32000-1, table 323).
    """
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and "/S" in item and "/P" in item:
            yield item
