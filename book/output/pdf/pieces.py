"""What stands on the laid-out pages, and which HTML element it comes from.

This module, :mod:`book.output.pdf.tagger` and :mod:`book.output.pdf.turns` are the only ones that
look at the boxes of WeasyPrint. Its layout knows the element of every box, and its streams the
marked-content sequence; its own tagger forgets the element and makes the structure of every page
anew.

Words of WeasyPrint used here: a *box* is a rectangle of the layout; one element may have several,
on several lines and pages. A *placeholder* stands in the tree of boxes for one that is out of the
flow (``position: absolute``); the box itself is in its ``_box``. A *pseudo-element* has the
``element_tag`` ``p::before``, and the ``element`` that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PT_PER_PX = 0.75

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the page's lower left corner."""


@dataclass(frozen=True)
class Piece:
    """One thing on a page: letters, a picture, or the place of a link or a table.

    ``element`` is the HTML element that it comes from, ``pseudo`` the pseudo-element
    (``marker``, ``footnote-call``), empty for the element itself. ``page`` counts from 0.
    ``mcid`` is the marked-content sequence, for letters and pictures; ``link`` the annotation
    (a dictionary of pydyf), where a link covers the place; ``box`` the bounding box of a
    picture or a table; ``shift`` how far letters stand above their line, in points; ``style`` the
    computed CSS.
    """

    element: Any
    pseudo: str
    page: int
    style: Any
    mcid: int | None = None
    text: str = ""
    link: Any = None
    box: Box | None = None
    shift: float = 0.0


def pieces_of(pages: Sequence[Any], marks: Sequence[Mapping[Any, Any]]) -> list[Piece]:
    """What is on ``pages``, in the order of the layout's boxes: that of the text.

    ``marks`` are the marked-content sequences of each page by their box, as WeasyPrint's streams
    gather them while they draw. Raises RuntimeError for a sequence that has no box: it would be
    missing from the structure.
    """
    found = []
    for number, (page, marked) in enumerate(zip(pages, marks, strict=True)):
        here = list(_Page(number, page.height, marked).pieces(page._page_box, 0.0))
        seen = {piece.mcid for piece in here if piece.mcid is not None}
        lost = {mark["mcid"] for mark in marked.values()} - seen
        if lost:
            raise RuntimeError(f"page {number}: no box for marked content {sorted(lost)}")
        found += here
    return found


@dataclass(frozen=True)
class _Page:
    number: int
    height: float
    marks: Mapping[Any, Any]

    def pieces(self, box: Any, shift: float) -> Iterator[Piece]:
        """The pieces of a box and of what is in it; ``shift`` is that of the box around."""
        box = _placed(box)
        # WeasyPrint sets link_annotation while it writes the page's links: before the tags.
        if (link := box.link_annotation) is not None:
            yield self._piece(box, link=link)
        if box in self.marks:
            text = getattr(box, "text", "")
            # Letters need no bounding box in the structure (ISO 32000-1, 14.8.5.4.3); pictures do.
            place = None if text else self._rectangle(box.content_box_x(), box.content_box_y(), box)
            yield self._piece(box, mcid=self.marks[box]["mcid"], text=text, box=place, shift=shift)
        elif getattr(box, "is_table_wrapper", False):
            # A table draws nothing itself: its piece has no sequence, and only says where it is.
            yield self._piece(box, box=self._rectangle(box.border_box_x(), box.border_box_y(), box))
        # A length for raised or lowered letters, else a keyword («baseline», «top»).
        raised = box.style["vertical_align"]
        shift = round(raised * PT_PER_PX, 3) if isinstance(raised, int | float) else 0.0
        for child in getattr(box, "children", ()):
            yield from self.pieces(child, shift)

    def _piece(self, of: Any, **what: Any) -> Piece:
        pseudo = str(of.element_tag or "").partition("::")[2]
        return Piece(of.element, pseudo, self.number, of.style, **what)

    def _rectangle(self, x: float, y: float, box: Any) -> Box:
        # The layout counts down from the upper edge, a PDF up from the lower one.
        corners = (x, self.height - y - box.height, x + box.width, self.height - y)
        left, bottom, right, top = (round(corner * PT_PER_PX, 3) for corner in corners)
        return left, bottom, right, top


def _placed(box: Any) -> Any:
    """The box itself, for one that stands out of the flow."""
    from weasyprint.layout.absolute import AbsolutePlaceholder

    return box._box if isinstance(box, AbsolutePlaceholder) else box


def mend_links(pages: Sequence[Any]) -> None:
    """Bring the links of laid-out pages into the form that a tagged PDF wants.

    WeasyPrint gives a link of its own to every box within a link; the doubles, which cover the
    same letters, are removed. It takes links from elements alone, while a note's call and number
    are pseudo-elements. So the call becomes a link to the note. The number becomes a link back to
    the call, whose id is in the note's ``data-call``.
    """
    for page in pages:
        # A link is (kind, target, rectangle, box). Kept are the boxes of the link's own element
        # (box.link) and the pictures in it (replacement), which reach out of its lines.
        page.links = [
            link for link in page.links if link[3].link or hasattr(link[3], "replacement")
        ]
        for box in _boxes(page._page_box):
            is_call = box.element_tag.endswith("::footnote-call")
            note, call = box.element.get("id"), box.element.get("data-call")
            if not (note and call and (is_call or box.element_tag.endswith("::footnote-marker"))):
                continue
            x, y, width, height = box.hit_area()
            place = (x, y, x + width, y + height)
            if is_call:
                page.anchors.setdefault(call, place)
            page.links.append(("internal", note if is_call else call, place, box))


def _boxes(box: Any) -> Iterator[Any]:
    """The boxes of pseudo-elements, without the lines and letters within them."""
    box = _placed(box)
    tag = str(box.element_tag or "")
    if "::" in tag and not hasattr(box, "text"):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _boxes(child)
