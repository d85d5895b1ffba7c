"""Loose text: text and inline elements that stand directly between blocks go into paragraphs.

Pandoc makes no paragraph of the second part of a tight list item, and raw HTML may have text
anywhere. Later passes and outputs rely on all text being in a block.
"""

from __future__ import annotations

from lxml import etree

from book.markdown.context import Context
from book.markdown.dom import BLOCKS, INLINES, elements, make, name, unwrap
from book.markdown.tree import q


def apply(root: etree._Element, context: Context) -> None:
    """Put loose text into paragraphs, in the root and wherever it stands beside paragraphs.

    A list item that holds nothing but text stays as it is.
    """
    for element in elements(root, *sorted(INLINES), "p"):
        if any(name(inner) in BLOCKS for inner in element.iterdescendants()):
            _release_blocks(element)
    for container in [root, *elements(root, "div", "aside", "li", "dd", "blockquote")]:
        if container is root or any(name(child) == "p" for child in container):
            _wrap_loose(container)


def _release_blocks(element: etree._Element) -> None:
    """Unwrap an inline element that holds a block; turn a paragraph that does into a div.

    HTML (section 3.2.5.2.5) allows blocks in neither.
    """
    if name(element) == "p":
        element.tag = q("div")
    else:
        unwrap(element)


def _wrap_loose(container: etree._Element) -> None:
    """Put text and inline elements that stand between blocks into paragraphs.

    Each run of them becomes one paragraph, with the line of the block before it or of the first
    element in it.
    """
    paragraph: etree._Element | None = None
    text = container.text or ""
    line = container.get("data-line", "")
    if text.strip():
        container.text = None
        paragraph = _paragraph(line, text)
    children = list(container)
    if paragraph is not None:
        container.insert(0, paragraph)
    for child in children:
        if name(child) in INLINES:
            if paragraph is None:
                paragraph = _paragraph(child.get("data-line", line))
                child.addprevious(paragraph)
            paragraph.append(child)
            continue
        paragraph = None
        line = child.get("data-line", line)
        if (child.tail or "").strip():
            paragraph = _paragraph(line, (child.tail or "").strip())
            child.tail = None
            child.addnext(paragraph)


def _paragraph(line: str, text: str = "") -> etree._Element:
    return make("p", {"data-line": line} if line else {}, text)
