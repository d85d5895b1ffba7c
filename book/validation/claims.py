"""What finished files say of their own conformance."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from lxml import etree

from book.output.epub.archive import files_of
from book.readback.epub_files import CONTAINER

_PDFAID = "http://www.aiim.org/pdfa/ns/id/"
_PDFUAID = "http://www.aiim.org/pdfua/ns/id/"
_NAMESPACES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
}


def claims_of_epub(path: Path) -> tuple[str, ...]:
    """The standards that the package document says it conforms to (``dcterms:conformsTo``).

    Raises zipfile.BadZipFile, KeyError, lxml.etree.XMLSyntaxError for what is no EPUB.
    """
    files = files_of(path.read_bytes())
    rootfile = etree.fromstring(files[CONTAINER]).find(".//c:rootfile", _NAMESPACES)
    if rootfile is None:
        raise KeyError("rootfile")
    metadata = etree.fromstring(files[rootfile.get("full-path", "")]).find(
        "opf:metadata", _NAMESPACES
    )
    if metadata is None:
        return ()
    linked = [
        e.get("href", "")
        for e in metadata.iterfind("opf:link", _NAMESPACES)
        if e.get("rel") == "dcterms:conformsTo"
    ]
    said = [
        (e.text or "").strip()
        for e in metadata.iterfind("opf:meta", _NAMESPACES)
        if e.get("property") == "dcterms:conformsTo" and not e.get("refines")
    ]
    return tuple(filter(None, (*linked, *said)))


def pdf_levels(path: Path) -> tuple[str, str]:
    """The levels of PDF/A and PDF/UA that the metadata claims: ("2a", "1"), "" for none.

    What cannot be read as a PDF claims nothing.
    """
    try:
        with pikepdf.open(path) as pdf, pdf.open_metadata(update_docinfo=False) as metadata:
            part = metadata.get(f"{{{_PDFAID}}}part") or ""
            conformance = metadata.get(f"{{{_PDFAID}}}conformance") or ""
            return f"{part}{conformance}".lower(), str(metadata.get(f"{{{_PDFUAID}}}part") or "")
    except pikepdf.PdfError:
        return "", ""
