"""Page furniture: running heads and folios, laid out as a sheet of their own.

Their texts are known only once every part is laid out. The brand's page rules set them on pages
that are empty otherwise. These are laid over the parts as pagination artefacts (ISO 32000-1,
14.8.2.2), so that assistive technology does not read them in the middle of a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pikepdf
from pikepdf import Name, Pdf

from book.output.pdf.pagination import Leaf

ID = "furniture"


def furniture_html(leaves: Sequence[Leaf], css: str, language: str) -> str:
    """A document with one page for each leaf; its strings are ``head`` and ``folio``."""
    rows = "".join(
        f'<div class="leaf"><span class="leaf-head">{escape(leaf.head)}</span>'
        f'<span class="leaf-folio">{escape(leaf.folio)}</span></div>'
        for leaf in leaves
    )
    return (
        f'<!DOCTYPE html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f"<title>{ID}</title><style>{css}</style></head>"
        f'<body class="{ID}">{rows}</body></html>'
    )


def lay_over(book: Pdf, furniture: Pdf, leaves: Sequence[Leaf]) -> None:
    """Draw the furniture over each page of the book that has head or folio, as an artefact."""
    for number, leaf in enumerate(leaves):
        if not (leaf.head or leaf.folio):
            continue
        page = book.pages[number]
        form = book.copy_foreign(furniture.pages[number].as_form_xobject())
        # Pages may share a dictionary of resources, so each form has its own name. Names that
        # pikepdf makes are random, and the bytes must be the same for the same book.
        name = page.add_resource(form, Name.XObject, Name(f"/Furniture{number}"))
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(
            b"Q\n/Artifact <</Type /Pagination>> BDC\nq\n" + _use(name) + b"\nQ\nEMC\n"
        )


def _use(name: pikepdf.Name) -> bytes:
    return str(name).encode() + b" Do"
