"""Boxes: ``::: riquadro`` and the like become asides with a label, pull quotes and epigraphs.

A long description becomes an aside, too. The pass on descriptions links it with its figure.
"""

from __future__ import annotations

from lxml import etree

from book.markdown.codes import UNKNOWN_BOX
from book.markdown.context import Context, suggestion
from book.markdown.dom import HEADINGS, classes, drop, elements, make, name, set_classes
from book.markdown.passes import descriptions
from book.markdown.tree import EPUB_TYPE, q
from book.messages import N_, translate

LABELS = {
    "riquadro": N_("In focus"),
    "scheda": N_("Fact sheet"),
    "attenzione": N_("Caution"),
}
BOXES = (*LABELS, "citazione", "epigrafe")
_PANDOCS = frozenset({"line-block", "section"})
"""Classes that pandoc itself gives to divs."""


def apply(root: etree._Element, context: Context) -> None:
    """Turn each fenced div into the box it names."""
    _sections_to_divs(root)
    for div in elements(root, "div"):
        names = classes(div)
        box = next((c for c in names if c in BOXES), None)
        if box == "citazione":
            div.tag = q("aside")
            _become_quote(div, "pull-quote", "pullquote", box)
        elif box == "epigrafe":
            _become_quote(div, "epigraph", "epigraph", box)
        elif box:
            div.tag = q("aside")
            set_classes(div, ["box", f"box-{box}", *(c for c in names if c != box)])
            title = " ".join(div.get("title", "").split())
            label = title or translate(LABELS[box], context.language.split("-")[0])
            line = div.get("data-line", "")
            paragraph = make(
                "p", {"class": "box-label", "data-generated": "", "data-line": line}, label
            )
            paragraph.tail, div.text = div.text, None
            div.insert(0, paragraph)
        elif any(c in descriptions.NAMES for c in names):
            div.tag = q("aside")
            set_classes(div, ["box", descriptions.CLASS])
        elif names and div is not root:
            for unknown in names:
                if unknown not in _PANDOCS:
                    known = (*BOXES, *descriptions.NAMES)
                    found = suggestion(unknown, known)
                    context.report(UNKNOWN_BOX, div, unknown, name=unknown, nearest=found)


def _sections_to_divs(root: etree._Element) -> None:
    """Turn the sections that pandoc makes into divs again, with the id back at the heading.

    Pandoc turns a div that starts with a heading into a section, and moves the heading's id to it.
    """
    for section in elements(root, "section"):
        if "notes" in classes(section):
            continue
        section.tag = q("div")
        first = section[0] if len(section) else None
        if first is not None and name(first) in HEADINGS and "id" not in first.attrib:
            id = drop(section, "id")
            if id:
                first.set("id", id)


def _become_quote(div: etree._Element, class_: str, type_: str, box: str) -> None:
    """Give the div its class, and ``type_`` as DPUB-ARIA role and as ``epub:type``."""
    set_classes(div, [class_, *(c for c in classes(div) if c != box)])
    div.set("role", f"doc-{type_}")
    div.set(EPUB_TYPE, type_)
