"""The back cover of a printed book: description, partners, ISBN as bar code, address as QR code."""

from __future__ import annotations

import io
from typing import Any

import segno

from book.compose.barcode import ean13_svg
from book.compose.cover import data_address
from book.messages import N_, translate
from book.model.edition import Edition
from book.model.identifiers import hyphenated
from book.model.loaded import TypesetEdition

_QR_ALT = N_("QR code: {url}")
_BAR_CODE_ALT = N_("Bar code: {isbn}")


def back_cover_context(loaded: TypesetEdition) -> dict[str, Any]:
    """What ``back-cover.xhtml.j2`` shows besides the cover's own context, under the key ``back``.

    ``isbn`` is that of the printed book, with hyphens. ``bar_code`` and ``qr_code`` are data URLs
    of SVGs. All three are empty when the edition has no such ISBN or no web page.
    """
    edition = loaded.edition
    isbn = edition.identifiers.print
    return {
        "back": {
            "paragraphs": [p for p in edition.description.split("\n") if p.strip()],
            "partners": edition.partners,
            "isbn": f"ISBN {hyphenated(isbn)}" if isbn else "",
            "bar_code": data_address(ean13_svg(isbn.replace("-", ""))) if isbn else "",
            "bar_code_alt": _alt(_BAR_CODE_ALT, edition, isbn=isbn or ""),
            "url": edition.url or "",
            "qr_code": data_address(_qr_svg(edition.url)) if edition.url else "",
            "qr_code_alt": _alt(_QR_ALT, edition, url=edition.url or ""),
        }
    }


def _alt(message: str, edition: Edition, **values: str) -> str:
    return translate(message, edition.language.split("-")[0]).format(**values)


def _qr_svg(url: str) -> str:
    """A QR code (ISO/IEC 18004) with its quiet zone of four modules, black on white."""
    target = io.BytesIO()
    code = segno.make(url, error="m", micro=False)
    code.save(target, kind="svg", border=4, light="#FFFFFF", xmldecl=False, svgclass=None)
    return target.getvalue().decode()
