"""Parses pandoc's HTML, raw passages of the source included, into lxml trees of XHTML."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import tinyhtml5
from lxml import etree

from book.markdown.dom import make
from book.markdown.tree import XHTML

# After the start tag of one of these, an HTML parser no longer reads tags, leaves the HTML
# namespace, or drops what follows, until the element is closed. An element left open would take
# the rest of the chapter with it.
_CAPTURING = (
    "script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext|select|template|"
    "svg|math|frameset"
)
_CAPTURING_START = re.compile(rf"<({_CAPTURING})(?=[\s/>])[^>]*+>", re.I)
_STRAY_END = re.compile(rf"</({_CAPTURING})\s*>", re.I)
_OPEN_OR_CLOSE = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.I)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_ATTRIBUTE = re.compile(r"[a-z][a-z0-9-]*")
NOT_XML = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 (section 2.2) does not allow or advises against."""


def without_capturing_elements(html: str) -> tuple[str, list[str]]:
    """``html`` without scripts, frames and their like, and the names of the elements removed.

    Pandoc escapes ``<`` in text and attributes, so what looks like a tag is one. Of an element
    that is never closed only the start tag is removed: the text after it belongs to the chapter.
    """
    removed: list[str] = []
    kept = []
    ends = {m[1].lower(): 0 for m in _CAPTURING_START.finditer(html)}
    at = 0
    while match := _CAPTURING_START.search(html, at):
        tag = match[1].lower()
        removed.append(tag)
        kept.append(html[at : match.start()])
        at = match.end()
        # An end tag that was not found is not sought again: thousands of open elements would
        # otherwise take quadratic time.
        if ends[tag] >= 0:
            end = re.compile(rf"</{tag}\s*>", re.I).search(html, at)
            ends[tag] = end.end() if end else -1
            at = max(at, ends[tag])
    kept.append(html[at:])
    return _STRAY_END.sub("", "".join(kept)), removed


def nesting(html: str) -> int:
    """The most tags open at once, estimated from start and end tags without parsing."""
    deepest = level = 0
    for match in _OPEN_OR_CLOSE.finditer(html):
        level = max(level - 1, 0) if match[1] else level + (match[2].lower() not in _VOID)
        deepest = max(deepest, level)
    return deepest


def fragment(html: str) -> etree._Element:
    """The HTML fragment as a ``<div class="chapter-body">``, parsed by the rules of HTML5.

    Leaves out comments, and attributes and characters that XML does not allow.
    """
    # The <br> keeps a raw <frameset> from taking the body's place (HTML, section 13.2.6.4.7).
    document = tinyhtml5.parse(io.StringIO(f"<!DOCTYPE html><body><br>{html}"))
    body = document.find(f"{{{XHTML}}}body")
    root = make("div", {"class": "chapter-body"})
    if body is not None:
        body.remove(body[0])
        _copy(body, root)
    return root


def _clean(text: str | None) -> str | None:
    return NOT_XML.sub("", text) if text else None


def _copy(source: ElementTree.Element, target: etree._Element) -> None:
    """Copy text and children. Not recursive: a source may nest deeper than Python's stack."""
    target.text = _clean(source.text)
    todo = [(source, target)]
    while todo:
        old, new = todo.pop()
        for child in old:
            if not isinstance(child.tag, str):
                _add_tail(new, child.tail)
                continue
            copy = etree.SubElement(new, child.tag)
            for key, value in child.attrib.items():
                if isinstance(key, str) and _ATTRIBUTE.fullmatch(key):
                    copy.set(key, _clean(value) or "")
            copy.text, copy.tail = _clean(child.text), _clean(child.tail)
            todo.append((child, copy))


def _add_tail(parent: etree._Element, text: str | None) -> None:
    clean = _clean(text) or ""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + clean or None
    else:
        parent.text = (parent.text or "") + clean or None


def depth(root: etree._Element) -> int:
    """The number of elements on the longest way from ``root`` down, ``root`` included."""
    deepest = level = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest
