"""Tags as the standard wants them, where the layout engine writes others.

Each function mends one thing in a part's structure tree before it joins the book's.
"""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf

_PT_PER_PX = 0.75
_ITEM_PARTS = {"/Lbl", "/LBody"}


def wrap_item_bodies(pdf: Pdf, element: Object) -> None:
    """Give a list item the body that it lacks: LI holds Lbl and LBody (ISO 32000-1, 14.8.4.3.3).

    An item whose content is blocks comes out with these as its own children.
    """
    if element.get("/S") != Name.LI:
        return
    content = element.get("/K", Array())
    kids = list(content) if isinstance(content, Array) else [content]
    loose = [kid for kid in kids if not _is_part(kid)]
    if not loose:
        return
    body = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.LBody, P=element, K=Array(loose))
    )
    for kid in loose:
        if isinstance(kid, Dictionary) and "/S" in kid:
            kid.P = body
    element.K = Array([*(kid for kid in kids if _is_part(kid)), body])


def name_notes(element: Object) -> list[Object]:
    """Name the notes in ``element``, a child of the part's document, ``Note``; return them.

    The layout engine gives the note area of a page as a ``NonStruct`` beside the body's own
    section, with an element for each note, or for what a page has of one. A ``Note`` must have
    an ID (ISO 14289-1, 7.9), which is for the caller to give.
    """
    if element.get("/S") != Name.NonStruct:
        return []
    notes: list[Object] = [
        kid for kid in element.K if isinstance(kid, Dictionary) and kid.get("/S") == Name.Span
    ]
    for note in notes:
        note.S = Name.Note
    return notes


def place_figure(element: Object, page_height: float) -> None:
    """Give a figure's bounding box in the page's own units (ISO 32000-1, 14.8.5.4.3).

    The layout engine writes it in CSS pixels from the upper left corner; ``page_height`` is in
    points.
    """
    attributes = element.get("/A")
    if element.get("/S") != Name.Figure or not isinstance(attributes, Dictionary):
        return
    left, top, right, bottom = (float(value) * _PT_PER_PX for value in attributes.BBox)
    box = (left, page_height - bottom, right, page_height - top)
    attributes.BBox = Array([round(value, 3) for value in box])


def _is_part(kid: Object) -> bool:
    return isinstance(kid, Dictionary) and str(kid.get("/S")) in _ITEM_PARTS
