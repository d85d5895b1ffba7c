"""Where the elements of the EPUB's documents come from: what lines of which source.

The files that are shipped say nothing of it; whoever finds a fault in one of them asks here.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from book.compose.documents import Document
from book.markdown.dom import classes, line_of
from book.output.epub.page import Page


@dataclass(frozen=True)
class Origin:
    """The origin of one file.

    ``source`` is the file for findings of its document, ``template`` the name of the template
    that frames it; ``lines`` has, for each element in document order (the root first), its line
    in ``source``, 0 for what the template brings.
    """

    source: str
    template: str
    lines: tuple[int, ...]


def origin_of(page: Page, document: Document) -> Origin:
    """The origin of ``page``, made of ``document`` and not serialised yet."""
    lines = tuple(_line(element) for element in page.root.iter(etree.Element))
    return Origin(document.source, document.template, lines)


def _line(element: etree._Element) -> int:
    """An element's own line, else that of what it stands in, else that of what it holds first."""
    if line := line_of(element):
        return line
    around = (element, *element.iterancestors())
    if any("chapter-body" in classes(place) for place in around):
        inside = (place.get("data-line") for place in element.iterdescendants(etree.Element))
        return next((int(own) for own in inside if own), 0)
    return 0
