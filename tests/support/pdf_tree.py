"""The structure tree of a PDF as XML, so that tests ask it questions in XPath."""

from __future__ import annotations

from lxml import etree
from pikepdf import Array, Dictionary, Name, Object

from book.readback.pdf_text import TaggedPdf

_OWN = ("T", "Alt", "ActualText", "E", "Lang", "ID")


def structure_tree(pdf: TaggedPdf) -> etree._Element:
    """The tree below the root: an XML element for each structure element, named by its type.

    XML attributes are the element's own (``T``, ``Alt``, ``Lang``…) and those of its attribute
    objects (``Scope``, ``BBox``, ``Headers``, ``ListNumbering``…), lists with spaces between, and
    ``pages``, the pages (from 0) that its own letters stand on. The text is what stands on the
    pages, a marked-content sequence after the other. Annotations are elements ``annotation``
    with ``contents`` and ``target``, the destination's name or the address.
    """
    (document,) = pdf.pdf.Root.StructTreeRoot.K
    return _element(pdf, document, None)


def _element(pdf: TaggedPdf, source: Object, page: int | None) -> etree._Element:
    own = pdf.page_of(source)
    page = page if own is None else own
    element = etree.Element(str(source.S)[1:])
    for key in _OWN:
        if f"/{key}" in source:
            element.set(key, str(source[f"/{key}"]))
    for owner in _list(source.get("/A")):
        for key, value in owner.items():
            if key != "/O":
                element.set(key[1:], _value(value))
    pages = []
    for kid in _list(source.get("/K")):
        if isinstance(kid, int) or kid.get("/Type") == Name.MCR:
            on = page if isinstance(kid, int) or "/Pg" not in kid else pdf.page_of(kid)
            assert on is not None
            pages.append(on)
            mcid = kid if isinstance(kid, int) else int(kid.MCID)
            _append(element, "".join(run.text for run in pdf.sequence(on, mcid)))
        elif kid.get("/Type") == Name.OBJR:
            element.append(_annotation(kid.Obj))
        else:
            element.append(_element(pdf, kid, page))
    if pages:
        element.set("pages", " ".join(str(number) for number in dict.fromkeys(pages)))
    return element


def _annotation(source: Object) -> etree._Element:
    address = source.get("/A", Dictionary()).get("/URI", source.get("/Dest", ""))
    return etree.Element(
        "annotation", contents=str(source.get("/Contents", "")), target=str(address)
    )


def _append(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _list(value: Object | None) -> list[Object]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _value(value: Object) -> str:
    if isinstance(value, Array):
        return " ".join(_value(item) for item in value)
    text = str(value)
    return text[1:] if isinstance(value, Name) else text
