"""The structure tree of a PDF as XML, so that tests ask it questions in XPath."""

from __future__ import annotations

from lxml import etree

from book.readback.pdf.document import TaggedPdf
from book.readback.pdf.structure import Annotation, Element, Mark

_OWN = ("T", "Alt", "ActualText", "E", "Lang", "ID")


def structure_tree(pdf: TaggedPdf) -> etree._Element:
    """The tree below the root: an XML element for each structure element, named by its type.

    XML attributes are the element's own (``T``, ``Alt``, ``Lang``…) and those of its attribute
    objects (``Scope``, ``BBox``, ``Headers``, ``ListNumbering``…), lists with spaces between, and
    ``pages``, the pages (from 0) that its own letters stand on. The text is what stands on the
    pages, a marked-content sequence after the other. Annotations are elements ``annotation``
    with ``contents`` and ``target``, the destination's name or the address.
    """
    (document,) = pdf.structure.kids
    assert isinstance(document, Element)
    return _element(pdf, document)


def _element(pdf: TaggedPdf, source: Element) -> etree._Element:
    element = etree.Element(str(source.source.S)[1:])
    for key in _OWN:
        if f"/{key}" in source.source:
            element.set(key, str(source.source[f"/{key}"]))
    for key, value in source.attributes.items():
        element.set(key, _value(value))
    pages = []
    for kid in source.kids:
        if isinstance(kid, Mark):
            pages.append(kid.page)
            _append(element, "".join(run.text for run in pdf.sequence(kid)))
        elif isinstance(kid, Annotation):
            shown = {"contents": kid.contents, "target": kid.target or ""}
            element.append(etree.Element("annotation", shown))
        else:
            element.append(_element(pdf, kid))
    if pages:
        element.set("pages", " ".join(str(number) for number in dict.fromkeys(pages)))
    return element


def _append(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _value(value: object) -> str:
    return " ".join(map(_value, value)) if isinstance(value, tuple) else str(value)
