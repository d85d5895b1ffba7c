"""One part of the PDF: a document laid out by itself, in a process of its own."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from lxml import html

from book.output.pdf.turns import PageStart, page_starts

if TYPE_CHECKING:
    from weasyprint import Document

Side = Literal["right", "left"]
_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


@dataclass(frozen=True)
class PartSource:
    """What is needed to lay out one part.

    ``html`` is a whole HTML document with its CSS. ``side`` is the side of its first page (right
    is a recto). ``pictures`` maps the paths in ``picture:`` addresses to files. Other files may
    only be in ``folders``. ``tagged`` is False for page furniture, whose pages become artefacts.
    """

    id: str
    html: str
    side: Side
    folders: tuple[Path, ...]
    pictures: Mapping[str, Path] = field(default_factory=dict)
    tagged: bool = True


@dataclass(frozen=True)
class LaidOutPart:
    """A part's PDF, its number of pages, the page (from 0) of each id, the engine's warnings.

    ``starts`` tells where each page begins in the document's main text; it is empty for page
    furniture, and where the pages show another text than the document's.
    """

    pdf: bytes
    pages: int
    anchors: dict[str, int]
    warnings: tuple[str, ...]
    starts: tuple[PageStart, ...] = ()


def isolate_fonts(fonts_folder: Path, cache_folder: Path) -> None:
    """Make fontconfig in this process see only the book's fonts, not those of the machine.

    Must run before WeasyPrint is imported: fontconfig reads its environment once.
    """
    cache_folder.mkdir(parents=True, exist_ok=True)
    config = cache_folder / "fonts.conf"
    text = _FONTCONFIG.format(fonts=fonts_folder.resolve(), cache=cache_folder.resolve())
    beside = config.with_suffix(f".{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(config)
    os.environ["FONTCONFIG_FILE"] = str(config)


def lay_out(source: PartSource) -> LaidOutPart:
    """Lay out one part with WeasyPrint and write it as a tagged PDF (ISO 14289-1)."""
    from book.output.pdf.pieces import mend_links
    from book.output.pdf.tagger import own_tags

    with _Warnings() as warnings:
        document = _render(source, source.html)
        sided = _with_sides(source, document)
        if sided is not None:
            warnings.messages.clear()
            document = _render(source, sided)
        mend_links(document.pages)
        if source.tagged:
            with own_tags(source.id):
                pdf = document.write_pdf(pdf_variant="pdf/ua-1")
        else:
            pdf = document.write_pdf()
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages):
        for anchor in page.anchors:
            anchors.setdefault(anchor, number)
    starts = page_starts(document) if source.tagged else ()
    return LaidOutPart(pdf, len(document.pages), anchors, tuple(warnings.messages), starts)


def _render(source: PartSource, text: str) -> Document:
    from weasyprint import CSS, HTML

    from book.output.pdf.fetcher import book_fetcher

    fetcher = book_fetcher(source.folders, source.pictures)
    first_page = CSS(string=f"html {{ break-before: {source.side} }}")
    document = HTML(string=text, url_fetcher=fetcher)
    variant: dict[str, Any] = {"pdf_variant": "pdf/ua-1"} if source.tagged else {}
    return document.render(stylesheets=[first_page], **variant)


def _with_sides(source: PartSource, document: Document) -> str | None:
    """The source with the class ``on-left`` for time marks on left pages; None if there are none.

    Marks stand in the outer margin. CSS has no selector for the side of an element's page, so a
    first layout finds the sides and a second one places the marks. Marks are out of the flow, so
    the second layout moves no line.
    """
    if 'class="time-mark' not in source.html:
        return None
    first = 0 if source.side == "right" else 1
    on_left = {
        anchor
        for number, page in enumerate(document.pages)
        if (first + number) % 2
        for anchor in page.anchors
    }
    tree = html.document_fromstring(source.html)
    moved = False
    for mark in tree.iter("a", "span"):
        if "time-mark" in mark.get("class", "").split() and mark.get("id") in on_left:
            mark.set("class", f"{mark.get('class')} on-left")
            moved = True
    return html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>") if moved else None


class _Warnings(logging.Handler):
    """Collects the warnings and errors that WeasyPrint logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

    def __enter__(self) -> _Warnings:
        logger = logging.getLogger("weasyprint")
        logger.addHandler(self)
        logger.propagate = False
        return self

    def __exit__(self, *details: object) -> None:
        logging.getLogger("weasyprint").removeHandler(self)
