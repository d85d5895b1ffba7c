"""Tags in place of WeasyPrint's own: the structure tree of a part, written while it is made.

WeasyPrint 70 tags box by box and page by page (``weasyprint/pdf/tags.py``): a paragraph over two
pages comes out as two, notes, code and leaders mean nothing, and the element that a box comes
from is lost. :func:`own_tags` replaces its function during one ``write_pdf``. Little is taken from
WeasyPrint: the function's parameters, the marked-content sequences of a page's streams by their
boxes, the element of a box. Each is checked, and another version ends the build with an error.

The terms (ISO 32000-1, 14.6 and 14.7). A page's stream draws letters and pictures between ``BDC``
and ``EMC``: a *marked-content sequence*, with a number that is unique on its page, the MCID. A
*structure element* has other elements and such sequences for its kids. The *parent tree* leads
back, from (page, MCID) and from each annotation to its element. A sequence that is no content is
an *artefact*.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pydyf  # type: ignore[import-untyped]

from book.output.pdf.nodes import Node
from book.output.pdf.pieces import Piece, pieces_of
from book.output.pdf.roles import ROLE_MAP
from book.output.pdf.tree import structure_of

_LOGGER = logging.getLogger("weasyprint")
_PARAMETERS = ["pdf", "document", "pdf_version", "page_streams"]
_TEXTS = {
    "title": "T",
    "alt": "Alt",
    "expansion": "E",
    "actual_text": "ActualText",
    "language": "Lang",
}


@contextmanager
def own_tags(part: str) -> Iterator[None]:
    """Have the PDF that is written meanwhile tagged by this module; ``part`` names its ids.

    Raises RuntimeError where WeasyPrint is not as this module knows it.
    """
    import weasyprint.pdf

    theirs = weasyprint.pdf.add_tags
    if list(inspect.signature(theirs).parameters) != _PARAMETERS:
        raise RuntimeError("this version of WeasyPrint tags in a way that is not known here")

    def ours(pdf: Any, document: Any, pdf_version: str, page_streams: Sequence[Any]) -> None:
        _Writer(pdf, part, page_streams).write(document)

    weasyprint.pdf.add_tags = ours
    try:
        yield
    finally:
        weasyprint.pdf.add_tags = theirs


class _Writer:
    """Writes one part's structure into its PDF while that is made."""

    def __init__(self, pdf: Any, part: str, streams: Sequence[Any]) -> None:
        self._pdf = pdf
        self._part = part
        self._streams = streams
        # What WeasyPrint has marked while it drew: for each page, the sequence of each box.
        self._marks = [dict(stream._tags) for stream in streams]
        self._pages = [reference.decode() for reference in pdf.page_references]
        # The parent tree: for each page the element of each sequence, then one of each annotation.
        self._owners: list[list[str]] = [["null"] * len(marks) for marks in self._marks]
        self._annotations: list[str] = []
        self._ids: list[tuple[str, str]] = []

    def write(self, document: Any) -> None:
        """Add the structure tree to the PDF, and make artefacts of what is not in it."""
        root = _root_element(document.pages[0]._page_box)
        parents = {child: element for element in root.iter() for child in element}
        pieces = pieces_of(document.pages, self._marks)
        structure = structure_of(pieces, parents, self._part, document.metadata.title or "")
        top = self._add({"Type": "/StructTreeRoot", "RoleMap": _names(ROLE_MAP)})
        top["K"] = pydyf.Array([self._element(structure.top, _reference(top))])
        self._mark_artefacts(structure.artefacts)
        self._look_for_lost(structure.artefacts)
        # Keys of the parent tree: pages have those from 0 (WeasyPrint gives each its number as
        # StructParents), annotations those after them (_content gives each its StructParent).
        values = [pydyf.Array(owners) for owners in self._owners] + self._annotations
        numbers = [item for pair in enumerate(values) for item in pair]
        top["ParentTree"] = pydyf.Dictionary({"Nums": pydyf.Array(numbers)})
        names = [item for id, element in self._ids for item in (pydyf.String(id), element)]
        top["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})
        self._pdf.catalog["StructTreeRoot"] = top.reference
        self._pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})

    def _add(self, values: dict[str, Any]) -> Any:
        added = pydyf.Dictionary(values)
        self._pdf.add_object(added)
        return added

    def _element(self, node: Node, parent: str) -> str:
        """Write a node and all below it; returns its reference."""
        element = self._add({"Type": "/StructElem", "S": f"/{node.type}", "P": parent})
        reference = _reference(element)
        # Kids on the element's own page (Pg) are bare numbers; the others name their page.
        page = next((kid.page for kid in node.kids if isinstance(kid, Piece)), None)
        if page is not None:
            element["Pg"] = self._pages[page]
        for name, key in _TEXTS.items():
            if (text := getattr(node, name)) is not None:
                element[key] = pydyf.String(text)
        if node.id:
            element["ID"] = pydyf.String(node.id)
            self._ids.append((node.id, reference))
        owned = [_attributes(owner, values) for owner, values in node.attributes.items()]
        if owned:
            element["A"] = owned[0] if len(owned) == 1 else pydyf.Array(owned)
        kids = [
            self._element(kid, reference)
            if isinstance(kid, Node)
            else self._content(kid, node, reference, page)
            for kid in node.kids
        ]
        element["K"] = pydyf.Array(kids)
        return reference

    def _content(self, piece: Piece, node: Node, owner: str, page: int | None) -> Any:
        """A piece as a kid of the element ``owner``, which it gets in the parent tree."""
        if piece.link is not None:
            piece.link["Contents"] = pydyf.String(node.contents)
            piece.link["StructParent"] = len(self._pages) + len(self._annotations)
            self._annotations.append(owner)
            return pydyf.Dictionary(
                {
                    "Type": "/OBJR",
                    "Obj": _reference(piece.link),
                    "Pg": self._pages[piece.page],
                }
            )
        assert piece.mcid is not None
        self._owners[piece.page][piece.mcid] = owner
        if piece.page == page:
            return piece.mcid
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self._pages[piece.page], "MCID": piece.mcid})

    def _look_for_lost(self, artefacts: Mapping[tuple[int, int], str]) -> None:
        """Raise RuntimeError for a sequence that is in no element, or in one and an artefact."""
        for page, owners in enumerate(self._owners):
            for mcid, owner in enumerate(owners):
                if (owner == "null") == ((page, mcid) not in artefacts):
                    raise RuntimeError(f"page {page}: marked content {mcid} is in no element")

    def _mark_artefacts(self, artefacts: Mapping[tuple[int, int], str]) -> None:
        """Change the marks of artefacts in the streams, which are not written yet.

        A stream is a list of operators and operands: the tag, its dictionary, ``BDC``.
        """
        for number, stream in enumerate(self._streams):
            found = set()
            operators = stream.stream
            for index, operand in enumerate(operators):
                if not (isinstance(operand, pydyf.Dictionary) and "MCID" in operand):
                    continue
                found.add(operand["MCID"])
                if kind := artefacts.get((number, operand["MCID"])):
                    operators[index - 1] = "/Artifact"
                    operators[index] = pydyf.Dictionary({"Type": f"/{kind}"})
            # Transparent letters are drawn in a stream of their own, with the page's numbers.
            if len(found) != len(self._marks[number]):
                _LOGGER.warning("letters that are partly transparent are read in no order")


def _reference(item: Any) -> str:
    reference = item.reference
    return reference.decode() if isinstance(reference, bytes) else str(reference)


def _names(names: Mapping[str, str]) -> Any:
    return pydyf.Dictionary({key: f"/{value}" for key, value in names.items()})


def _attributes(owner: str, values: Mapping[str, Any]) -> Any:
    return pydyf.Dictionary(
        {"O": f"/{owner}", **{key: _value(value) for key, value in values.items()}}
    )


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return f"/{value}"
    if isinstance(value, list):
        return pydyf.Array(pydyf.String(v) if isinstance(v, str) else v for v in value)
    return value


def _root_element(box: Any) -> Any:
    """The topmost HTML element, from the box of a page."""
    return next(child.element for child in box.children if child.element_tag == "html")
