"""The structure tree of a PDF (ISO 32000-1, 14.7), walked."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object

from book.readback.pdf_text import TaggedPdf


def kids(element: Object) -> list[Object]:
    """What a structure element, or the root, has below it."""
    below = element.get("/K")
    if below is None:
        return []
    return list(below) if isinstance(below, Array) else [below]


def elements(root: Object) -> Iterator[Object]:
    """The structure elements below ``root`` in reading order."""
    for kid in kids(root):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def address(element: Object) -> str | None:
    """Where the link leads that a structure element is, or stands in: an address, "#" and an id."""
    link: Object | None = element
    while link is not None and link.get("/S") != Name.Link:
        link = link.get("/P")
    for kid in () if link is None else kids(link):
        if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR:
            if uri := kid.Obj.get("/A", Dictionary()).get("/URI"):
                return str(uri)
            if target := kid.Obj.get("/Dest"):
                return f"#{target}"
    return None


def marks(pdf: TaggedPdf, element: Object, page: int | None) -> Iterator[tuple[int, int]]:
    """Page and number of every marked-content sequence below a structure element."""
    own = pdf.page_of(element)
    page = page if own is None else own
    for kid in kids(element):
        if isinstance(kid, int) and page is not None:
            yield page, int(kid)
        elif isinstance(kid, Dictionary) and "/MCID" in kid:
            named = pdf.page_of(kid)
            if (place := page if named is None else named) is not None:
                yield place, int(kid.MCID)
        elif isinstance(kid, Dictionary) and "/S" in kid:
            yield from marks(pdf, kid, page)
