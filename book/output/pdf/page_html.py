"""Makes of a document the HTML that WeasyPrint lays out."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from lxml import etree

from book.compose.documents import Document
from book.markdown.tree import OPS, XHTML, XML, q
from book.output.pdf.addresses import LINK_SCHEME, picture_address
from book.output.pdf.footnotes import CALL, float_notes
from book.output.pdf.hyphens import text_hyphens
from book.output.pdf.qr import add_qr_codes

_NUMERALS = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_ROWS_OF_A_SHORT_TABLE = 9
_COLUMNS_OF_A_WIDE_TABLE = 8


def page_html(document: Document, css: str, folios: Mapping[str, str]) -> str:
    """``document`` as an HTML document with ``css``.

    ``folios`` maps ids to folios: the page numbers of the printed contents.
    """
    root = document.tree.copy()
    _address_pictures(root)
    float_notes(root)
    _send_links_out(root, document.anchors)
    _fill_folios(root, folios)
    _number_time_marks(root, document.id)
    add_qr_codes(root)
    _set_numerals(root)
    _set_column_widths(root)
    _mark_tables(root)
    _make_plain_html(root)
    body = text_hyphens(etree.tostring(root, encoding="unicode", method="html"))
    return (
        f'<!DOCTYPE html><html lang="{escape(document.language)}"><head><meta charset="utf-8">'
        f"<title>{escape(document.title)}</title><style>{css}</style></head>"
        f'<body class="page-{document.kind} page-{document.matter}">{body}</body></html>'
    )


def _address_pictures(root: etree._Element) -> None:
    for image in root.iter(q("img")):
        source = image.get("src", "")
        if not source.startswith("data:"):
            image.set("src", picture_address(source))


def _send_links_out(root: etree._Element, own: frozenset[str]) -> None:
    """Give links to ids that are not among ``own`` the scheme of links to other parts."""
    for link in root.iter(q("a")):
        target = link.get("href", "")
        if target.startswith("#") and target[1:] not in own:
            link.set("href", LINK_SCHEME + target[1:])


def _fill_folios(root: etree._Element, folios: Mapping[str, str]) -> None:
    """Write into each line of the printed contents the folio of the page that its link leads to."""
    for line in root.iter(q("p")):
        if line.get("class") == "toc-line":
            link, _leader, page = line
            target = link.get("href", "").removeprefix(LINK_SCHEME).removeprefix("#")
            page.text = folios.get(target, "")


def _number_time_marks(root: etree._Element, id: str) -> None:
    """Give each time mark an id, by which the layout tells the page that the mark is on."""
    marks = [e for e in root.iter() if "time-mark" in e.get("class", "").split()]
    for number, mark in enumerate(marks, start=1):
        if mark.get("id") is None:
            mark.set("id", f"{id}.time-{number}")


def _set_column_widths(root: etree._Element) -> None:
    """Turn the columns' widths into inline styles. On a page, unlike a screen, they always fit."""
    for column in root.iter(q("col")):
        if width := column.get("data-width"):
            column.set("style", f"width: {width}%")


def _set_numerals(root: etree._Element) -> None:
    """Turn ``start`` and ``type`` of lists into inline styles.

    WeasyPrint reads these attributes only with presentational hints, which are switched off.
    """
    for ordered in root.iter(q("ol")):
        styles = []
        if numerals := _NUMERALS.get(ordered.get("type", "")):
            styles.append(f"list-style-type: {numerals}")
        if (start := ordered.get("start", "")).isdecimal():
            styles.append(f"counter-reset: list-item {int(start) - 1}")
        if styles:
            ordered.set("style", "; ".join(styles))


def _mark_tables(root: etree._Element) -> None:
    """Mark short tables, which are not split, and those of many columns, which are set small."""
    for table in root.iter(q("table")):
        if sum(1 for _ in table.iter(q("tr"))) <= _ROWS_OF_A_SHORT_TABLE:
            table.set("class", f"{table.get('class', '')} short".strip())
        row = next(table.iter(q("tr")), None)
        columns = sum(int(cell.get("colspan", "1")) for cell in row) if row is not None else 0
        if columns >= _COLUMNS_OF_A_WIDE_TABLE:
            table.set("class", f"{table.get('class', '')} wide".strip())


def _make_plain_html(root: etree._Element) -> None:
    """Remove namespaces and the attributes that only the EPUB needs. Roles are for the tags.

    With a namespace lxml would write ``<br></br>``, which an HTML parser takes for two breaks.
    """
    for element in root.iter(f"{{{XHTML}}}*"):
        element.tag = etree.QName(element).localname
        for name in list(element.attrib):
            text = str(name)
            if text.startswith((f"{{{OPS}}}", f"{{{XML}}}", "data-")) and text != CALL:
                del element.attrib[name]
    etree.cleanup_namespaces(root)
