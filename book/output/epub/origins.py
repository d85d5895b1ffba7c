"""Records from which file and line the elements of the EPUB's documents come.

The packed files do not say it. When a validator finds a mistake in one of them, the record tells
the line of the source to correct.
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

    ``source`` is the source file of its document. ``template`` is the name of the template that
    rendered it. ``lines`` has a line of ``source`` for each element in document order, the root
    first; 0 for elements of the template.
    """

    source: str
    template: str
    lines: tuple[int, ...]


def origin_of(page: Page, document: Document) -> Origin:
    """The origin of ``page``, which was made of ``document``.

    The page must not be serialised yet, because that removes the lines.
    """
    lines = tuple(_line(element) for element in page.root.iter(etree.Element))
    return Origin(document.source, document.template, lines)


def _line(element: etree._Element) -> int:
    """The line of the element or its nearest ancestor; else, in a chapter's body, of a descendant.

    0 for elements of the template.
    """
    if line := line_of(element):
        return line
    around = (element, *element.iterancestors())
    if any("chapter-body" in classes(place) for place in around):
        inside = (place.get("data-line") for place in element.iterdescendants(etree.Element))
        return next((int(own) for own in inside if own), 0)
    return 0
