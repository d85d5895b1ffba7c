"""List items and links in the form that PDF/UA needs, small caps, empty links.

WeasyPrint's tagging does not conform to PDF/UA-1 for a list item that holds a paragraph and for a
link that holds an element. So this pass unwraps the one and swaps the other.
"""

from __future__ import annotations

import copy

from lxml import etree

from book.markdown.codes import EMPHASIS_IN_LINK, EMPTY_LINK
from book.markdown.context import Context
from book.markdown.dom import (
    classes,
    elements,
    make,
    name,
    remove,
    set_classes,
    text_of,
    unwrap,
)

_EMPHASIS = frozenset(
    {
        *("em", "strong", "b", "i", "u", "s", "del", "ins", "mark", "small", "span", "sub", "sup"),
        *("code", "cite", "q"),
    }
)


def apply(root: etree._Element, context: Context) -> None:
    """Unwrap paragraphs of list items, move emphasis out of links, give small caps one class."""
    for item in elements(root, "li", "dd"):
        _tighten(item)
    for link in elements(root, "a"):
        _link(link, context)
    for span in elements(root, "span"):
        if "smallcaps" in classes(span):
            names = ["small-caps" if c == "smallcaps" else c for c in classes(span)]
            set_classes(span, names)


def _tighten(item: etree._Element) -> None:
    """Unwrap an item's only paragraph when nothing but lists follows it."""
    children = list(item)
    if (item.text or "").strip() or not children or name(children[0]) != "p":
        return
    loose = [c for c in children if (c.tail or "").strip()]
    if not loose and all(name(c) in ("ul", "ol") for c in children[1:]):
        paragraph = children[0]
        item.text = None
        if "id" not in item.attrib and "id" in paragraph.attrib:
            item.set("id", paragraph.get("id", ""))
        paragraph.tail = None if len(children) == 1 else "\n"
        unwrap(paragraph)


def _link(link: etree._Element, context: Context) -> None:
    """Remove an empty link, unwrap one without address, move or remove emphasis inside it."""
    if "href" not in link.attrib:
        # An empty <a id="…"> is the target of a link: it stays.
        if not link.get("id") or text_of(link).strip():
            unwrap(link)
        return
    if not text_of(link).strip() and not elements(link, "img"):
        context.report(EMPTY_LINK, link, target=link.get("href"))
        remove(link)
        return
    while len(link) == 1 and _wraps_all(link) and name(link[0]) in _EMPHASIS:
        _inside_out(link)
    inner = [e for e in link.iterdescendants() if name(e) in _EMPHASIS]
    if inner:
        context.report(EMPHASIS_IN_LINK, link, text=" ".join(text_of(link).split()))
        for element in inner:
            unwrap(element)


def _wraps_all(link: etree._Element) -> bool:
    return not (link.text or "").strip() and not (link[0].tail or "").strip()


def _inside_out(link: etree._Element) -> None:
    """``<a><em>x</em></a>`` becomes ``<em><a>x</a></em>``."""
    wrapper = link[0]
    parent = link.getparent()
    if parent is None:
        return
    outer = make(name(wrapper), {str(k): wrapper.get(k, "") for k in wrapper.attrib})
    outer.tail, link.tail = link.tail, None
    parent.replace(link, outer)
    link.text = wrapper.text
    link[:] = [copy.copy(child) for child in wrapper]
    outer.append(link)
