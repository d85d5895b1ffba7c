"""Raw HTML, reduced to what a book holds: elements that only mark up text, no active content."""

from __future__ import annotations

import re

from lxml import etree

from book.markdown.codes import ATTRIBUTE_REMOVED, ELEMENT_REMOVED, TAG_REMOVED
from book.markdown.context import Context
from book.markdown.dom import BLOCKS, INLINES, elements, make, name, remove, replace, unwrap
from book.markdown.tree import XHTML

KEPT = BLOCKS | INLINES
_EMPTIED = frozenset(
    ("audio", "base", "canvas", "embed", "input", "link", "map", "meta", "object", "video")
)
"""Elements whose content means nothing without them."""
_OURS = re.compile(r"role|aria-.*|data-(generated|written|width|line)|epub.*")
_STYLED_BY_PANDOC = frozenset({"table", "col", "th", "td", "img", "tr"})


def apply(root: etree._Element, context: Context) -> None:
    """Take out what has no place in a book, with a finding for each."""
    for element in elements(root):
        if element is root:
            continue
        if name(element) == "input" and _is_task(element):
            done = "checked" in element.attrib
            replace(element, make("span", {"class": "task"}, "☑ " if done else "☐ "))
        elif name(element) == "label" and _is_task_label(element):
            unwrap(element)
        elif not _is_kept(element):
            _take_out(element, context)
        else:
            _clean_attributes(element, context)


def report_removed(names: list[str], root: etree._Element, context: Context) -> None:
    """Report the elements that were taken out before the HTML was parsed."""
    bare, offset = context.positions.bare.lower(), 0
    for element in names:
        found = bare.find(f"<{element}", offset)
        if found >= 0:
            offset = found + 1
            context.report_at(ELEMENT_REMOVED, found, tag=element)
        else:
            context.report(ELEMENT_REMOVED, root, tag=element)


def _is_kept(element: etree._Element) -> bool:
    return name(element) in KEPT and str(element.tag).startswith(f"{{{XHTML}}}")


def _is_task(element: etree._Element) -> bool:
    return element.get("type") == "checkbox" and set(element.attrib) <= {"type", "checked"}


def _is_task_label(element: etree._Element) -> bool:
    parent = element.getparent()
    return not element.attrib and parent is not None and name(parent) in ("li", "p")


def _take_out(element: etree._Element, context: Context) -> None:
    tag = name(element).rpartition("}")[2]
    foreign = not str(element.tag).startswith(f"{{{XHTML}}}")
    if foreign or tag in _EMPTIED:
        context.report(ELEMENT_REMOVED, element, f"<{tag}", tag=tag)
        remove(element)
    else:
        context.report(TAG_REMOVED, element, f"<{tag}", tag=tag)
        unwrap(element)


def _clean_attributes(element: etree._Element, context: Context) -> None:
    for attribute in sorted(element.attrib):
        key = str(attribute)
        is_style = key == "style" and name(element) not in _STYLED_BY_PANDOC
        if key.startswith("on") or is_style:
            context.report(ATTRIBUTE_REMOVED, element, key, attribute=key, tag=name(element))
            del element.attrib[attribute]
        elif _OURS.fullmatch(key) and key != "data-line":
            del element.attrib[attribute]
