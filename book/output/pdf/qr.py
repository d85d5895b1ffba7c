"""Adds QR codes beside the times of a recording, because links do not work on paper."""

from __future__ import annotations

import segno
from lxml import etree

from book.markdown.tree import q

_QUIET_ZONE = 4
"""The quiet zone around a code, in modules (ISO/IEC 18004, section 6.3.8)."""
LONGEST = 213
"""Bytes of an address: a code of version 10, whose modules in 14 mm are 0.2 mm wide. A telephone
does not read finer ones in print."""


def add_qr_codes(root: etree._Element) -> None:
    """Put a code after each section's time mark that leads to a recording by a short address.

    For whoever cannot see it there is the mark, which is the link; the code is a background, so
    that it is an artefact in the tagged PDF.
    """
    for paragraph in root.iter(q("p")):
        if paragraph.get("class") != "section-time":
            continue
        address = paragraph[-1].get("href", "") if len(paragraph) else ""
        is_on_the_web = address.startswith(("http://", "https://"))
        if is_on_the_web and len(address.encode()) <= LONGEST:
            style = f"background-image: url({code(address)})"
            etree.SubElement(paragraph, q("span"), {"class": "qr", "style": style})


def code(address: str) -> str:
    """The QR code of an address as an SVG picture in a ``data:`` address."""
    made = segno.make_qr(address, error="m", boost_error=False)
    return str(made.svg_data_uri(border=_QUIET_ZONE, light="#fff", omitsize=True))
