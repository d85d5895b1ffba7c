"""Page furniture: running heads and folios, laid out as a sheet of their own.

Their texts are known only once every part is laid out. They are set by the brand's own page
rules on otherwise empty pages and laid over the parts as pagination artefacts (ISO 32000-1,
14.8.2.2), so assistive technology never reads them in the middle of a sentence.
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
    """Draw each furniture page that has something over the book's page, as an artefact."""
    for number, leaf in enumerate(leaves):
        if not (leaf.head or leaf.folio):
            continue
        page = book.pages[number]
        form = book.copy_foreign(furniture.pages[number].as_form_xobject())
        # Pages may share a dictionary of resources, so each form has its own name; one that
        # pikepdf makes up would be random.
        name = page.add_resource(form, Name.XObject, Name(f"/Furniture{number}"))
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(
            b"Q\n/Artifact <</Type /Pagination>> BDC\nq\n" + _use(name) + b"\nQ\nEMC\n"
        )


def _use(name: pikepdf.Name) -> bytes:
    return str(name).encode() + b" Do"
