"""The structure tree of a tagged PDF (ISO 32000-1, 14.7).

Assistive technology reads a PDF by this tree. It says what comes after what; its leaves name
marked-content sequences, which the content streams of the pages hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

Number = tuple[int, int]
"""Object and generation number, by which a file refers to an indirect object (7.3.10)."""


@dataclass(frozen=True, order=True)
class Mark:
    """A marked-content sequence: its number (MCID) is unique on its page alone (14.7.4.2)."""

    page: int
    mcid: int


@dataclass(frozen=True, eq=False)
class Element:
    """A structure element: ``kind`` is its standard type.

    ``source`` is its dictionary, which says nothing any more once the file is closed. ``page`` is
    the page that its sequences are on unless they name another, None where neither the element nor
    one around it says so. ``alt`` are the words that stand for a picture (14.9.3), empty when there
    are none; ``actual`` is the text that its letters stand for (14.9.4). ``attributes`` are those
    of all owners (14.7.5), names and arrays as strings and tuples. ``kids`` are in reading order.
    """

    kind: str
    source: Object
    page: int | None = None
    parent: Element | None = None
    alt: str = ""
    actual: str | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)
    kids: list[Element | Mark | Annotation] = field(default_factory=list, repr=False)

    def elements(self) -> Iterator[Element]:
        """The element itself and all within it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.elements()

    def marks(self) -> Iterator[Mark]:
        """The marked-content sequences of this element and of all within it."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.marks()
            elif isinstance(kid, Mark):
                yield kid

    def on_page(self, page: int) -> Element:
        """A copy of this element with only what has a marked-content sequence on ``page``."""
        kids: list[Element | Mark | Annotation] = []
        for kid in self.kids:
            if isinstance(kid, Element):
                if (pruned := kid.on_page(page)).kids:
                    kids.append(pruned)
            elif isinstance(kid, Mark) and kid.page == page:
                kids.append(kid)
        return replace(self, kids=kids)

    def outwards(self) -> Iterator[Element]:
        """The element itself and all around it, up to the root."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    @property
    def link(self) -> Annotation | None:
        """The annotation of the link that this element is, or stands in."""
        links = (element for element in self.outwards() if element.kind == "Link")
        kids = (kid for link in links for kid in link.kids)
        return next((kid for kid in kids if isinstance(kid, Annotation)), None)


@dataclass(frozen=True)
class Annotation:
    """An annotation that an element refers to (OBJR, 14.7.4.3), here always a link (12.5.6.5).

    ``address`` is the address outside the file that it leads to (12.6.4.7), ``destination`` the
    name of the place in the file (12.3.2.3). ``contents`` describe it.
    """

    number: Number
    address: str | None
    destination: str | None
    contents: str

    @property
    def target(self) -> str | None:
        """Where it leads: an address, or the name of a destination."""
        return self.address or self.destination


def read_structure(pdf: Pdf, pages: Mapping[Number, int]) -> Element:
    """The structure tree of ``pdf``, under an element for the root itself.

    ``pages`` gives the number of each page by that of its object. A PDF without a tree has an
    element without kids. Raises ValueError when a sequence is on no page.
    """
    root = pdf.Root.get("/StructTreeRoot", Dictionary())
    top = Element("StructTreeRoot", root)
    _Walk(pages, root.get("/RoleMap", Dictionary())).fill(top)
    return top


@dataclass(frozen=True)
class _Walk:
    pages: Mapping[Number, int]
    roles: Object

    def fill(self, element: Element) -> None:
        """Read the kids of ``element``. ``K`` holds one of them, or an array (14.7.2)."""
        for kid in _listed(element.source.get("/K")):
            # A number is the MCID of a sequence on the element's own page. A dictionary is an
            # element, a sequence on a page that it names (MCR), or an annotation (OBJR).
            if isinstance(kid, int):
                element.kids.append(self._mark(element, element.page, kid))
            elif "/S" in kid:
                element.kids.append(self._element(kid, element))
            elif kid.get("/Type") == Name.MCR:
                element.kids.append(self._mark(element, self._page(kid, element), int(kid.MCID)))
            elif kid.get("/Type") == Name.OBJR:
                element.kids.append(_annotation(kid.Obj))

    def _element(self, source: Object, around: Element) -> Element:
        # The role map (14.7.3) gives the standard types of a producer's own.
        kind = str(self.roles.get(str(source.S), source.S)).removeprefix("/")
        element = Element(
            kind,
            source,
            self._page(source, around),
            around,
            alt=str(source.get("/Alt", "")),
            actual=_text(source.get("/ActualText")),
            attributes=_attributes(source.get("/A")),
        )
        self.fill(element)
        return element

    def _page(self, source: Object, around: Element) -> int | None:
        page = source.get("/Pg")
        return around.page if page is None else self.pages.get(page.objgen, around.page)

    def _mark(self, element: Element, page: int | None, mcid: int) -> Mark:
        if page is None:
            raise ValueError(f"marked content {mcid} in {element.kind} has no page")
        return Mark(page, mcid)


def _annotation(source: Object) -> Annotation:
    return Annotation(
        source.objgen,
        address=_text(source.get("/A", Dictionary()).get("/URI")),
        destination=_text(source.get("/Dest")),
        contents=str(source.get("/Contents", "")),
    )


def _text(value: Object | None) -> str | None:
    return None if value is None else str(value)


def _attributes(value: Object | None) -> dict[str, Any]:
    # Between owners stand revision numbers (14.7.5), which say nothing here.
    owners = (owner for owner in _listed(value) if isinstance(owner, Dictionary))
    return {
        key[1:]: _plain(value) for owner in owners for key, value in owner.items() if key != "/O"
    }


def _plain(value: Object) -> Any:
    if isinstance(value, Array):
        return tuple(_plain(item) for item in value)
    if isinstance(value, Name):
        return str(value)[1:]
    return str(value) if isinstance(value, String) else value


def _listed(value: Object | None) -> list[Object]:
    """The members of an entry that may hold one value or an array of them."""
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]
