"""The structure tree of a part, made of its HTML and of what stands on its pages.

The tree follows the elements, not the boxes of the layout: what runs over a page is one element,
and reading order is that of the text. Two things stand elsewhere than in the HTML. A note comes
after the block that calls it, since a reader who is in the middle of a sentence wants to hear
its end. And the heads that a table repeats on later pages are artefacts.

An example. The HTML

    <section><p>One<span class="footnote">See there.</span> two.</p></section>

is laid out as letters on the page, a pseudo-element for the note's call, and another for the note's
number at the foot. The tree that is made of it:

    Sect
      P     "One", Reference > Link "1", "two."
      Note  Lbl > Link "1", "See there."

:func:`structure_of` tells the steps. The pieces decide which elements get a node: an element that
shows nothing on a page has none. Rows and cells of tables always have one: the grid must be whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from book.output.pdf.attributes import as_written, cell_of, describe, is_transformed, numbering
from book.output.pdf.nodes import Node
from book.output.pdf.pieces import Piece
from book.output.pdf.roles import CELLS, GROUPS, HEADINGS, INLINE, Html
from book.output.pdf.table_heads import Cell, headers

LAYOUT, PAGINATION = "Layout", "Pagination"
"""Types of artefacts (ISO 32000-1, 14.8.2.2.2)."""

_AFTER = frozenset({"P", "Caption", "Reference", *HEADINGS})
"""Blocks that a note follows; others take it in."""
_REPEATED = {"thead": min, "tfoot": max}
"""Parts of a table that every page shows, and which of the pages has the real one."""


@dataclass(frozen=True)
class Structure:
    """The tree of one part, ``top``, and the ``artefacts`` among its pieces.

    ``artefacts`` maps pages and marked-content sequences to the type of artefact.
    """

    top: Node
    artefacts: Mapping[tuple[int, int], str]


def structure_of(
    pieces: Sequence[Piece], parents: Mapping[Any, Any], part: str, title: str
) -> Structure:
    """The structure of the part called ``title``.

    ``parents`` gives the HTML element around each; ids of header cells begin with ``part``.
    """
    builder = _Builder(parents, part)
    builder.find_real_pages(pieces)
    for piece in pieces:
        builder.place(piece)
    # Notes are placed last: a note's block is known when all its pieces have their nodes.
    builder.place_notes()
    builder.describe_all()
    return Structure(builder.topmost(title), builder.artefacts)


class _Builder:
    """A tree in the making.

    ``_of`` has the node that takes what each HTML element holds. That is not always a node of
    the element's own: an element that means nothing hands on to the node around it, a list's
    item to its ``LBody``. ``_calls`` has the ``Reference`` of each note, ``_real`` the page on
    which a table's head or foot is no repetition, ``_spans`` the pages of each table.
    """

    def __init__(self, parents: Mapping[Any, Any], part: str) -> None:
        self.artefacts: dict[tuple[int, int], str] = {}
        self._parents = parents
        self._part = part
        self._heads = 0
        self._root = Node("Document")
        self._of: dict[Any, Node] = {}
        self._calls: dict[Any, Node] = {}
        self._spans: dict[Any, set[int]] = {}
        self._real: dict[Any, int] = {}

    def topmost(self, title: str) -> Node:
        """The part's one element, even if nothing is in it."""
        nodes = [kid for kid in self._root.kids if isinstance(kid, Node)]
        top = nodes[0] if len(nodes) == 1 else Node("Sect")
        if top not in nodes:
            for node in nodes:
                top.add(node)
        top.title = title
        return top

    def _html(self, element: Any) -> Html:
        return Html(element, self._parents)

    def find_real_pages(self, pieces: Sequence[Piece]) -> None:
        """Find the page on which each table's head or foot is itself, not its repetition."""
        for piece in pieces:
            for part in self._repeated(piece):
                choose = _REPEATED[part.tag]
                known = self._real.get(part.element, piece.page)
                self._real[part.element] = choose(known, piece.page)

    def _repeated(self, piece: Piece) -> Iterator[Html]:
        """The heads and feet of tables that a piece is in; a note's own text is in none."""
        if piece.element is None:
            return
        for html in self._html(piece.element).lineage():
            if html.is_note and piece.pseudo != "footnote-call":
                return
            if html.tag in _REPEATED:
                yield html

    def place(self, piece: Piece) -> None:
        """Put a piece into the node of its element, or among the artefacts."""
        if piece.mcid is not None and (kind := self._artefact(piece)):
            self.artefacts[piece.page, piece.mcid] = kind
            return
        if piece.element is None:
            return
        html = self._html(piece.element)
        if piece.mcid is None and piece.link is None:
            self._place_table(html, piece)
            return
        node = self._node_for(piece, html)
        if piece.shift and node.type in INLINE and (html.is_shifted or piece.pseudo):
            node.set("Layout", BaselineShift=piece.shift)
        node.kids.append(piece)

    def _artefact(self, piece: Piece) -> str | None:
        """The type of artefact that letters or a picture are; None for real content."""
        if any(self._real[part.element] != piece.page for part in self._repeated(piece)):
            return PAGINATION
        if piece.element is None or self._is_decoration(piece):
            return LAYOUT
        return None

    def _node_for(self, piece: Piece, html: Html) -> Node:
        """The node that a piece of ``html`` goes into: letters, a picture, the place of a link."""
        if piece.pseudo == "marker":
            return self._marker(html, piece)
        if piece.pseudo == "footnote-call":
            return self._call(html)
        if piece.pseudo == "footnote-marker":
            return self._note_number(html)
        node = self._node(html, capitals=is_transformed(piece))
        if piece.link is not None:
            # A link's place comes from each box in it: the link may be around the element.
            node = _nearest(node, "Link")
        elif piece.box is not None and node.type == "Figure":
            node.set("Layout", BBox=list(piece.box))
        if node.type in GROUPS and piece.box is None:
            node = self._paragraph(node, html)
        return node

    def _is_decoration(self, piece: Piece) -> bool:
        return any(e.is_decoration for e in self._html(piece.element).lineage())

    def _node(self, html: Html, *, capitals: bool = False) -> Node:
        """The node that takes what ``html`` holds; the first call makes it and those around it.

        With ``capitals`` letters of the element are set otherwise than written: an inline element
        that would mean nothing gets a ``Span``, which can say what was written.
        """
        if html.element in self._of:
            return self._of[html.element]
        kind = html.type
        if kind is None and capitals and html.is_inline:
            kind = "Span"
        above = html.parent
        if above is None:
            return self._root
        # A note's element stands in the middle of its paragraph; place_notes finds its place.
        around = self._node(above) if kind != "Note" else self._root
        if kind is None or (html.tag == "img" and _is_the_picture(above, around)):
            self._of[html.element] = around
            if html.tag == "img":
                around.alt = html.get("alt") or None
            return around
        node = Node(kind, element=html.element)
        describe(node, html)
        self._of[html.element] = node
        if kind != "Note":
            self._hang(node, html, above, around)
        return self._of[html.element]

    def _hang(self, node: Node, html: Html, above: Html, around: Node) -> None:
        """Put the new node of ``html`` where it belongs in ``around``, the node of ``above``."""
        if node.type == "Table":
            around.add(node)
            self._add_rows(node, html)
        elif node.type == "LI":
            # What the item holds goes into its body; its label is made with its marker.
            self._of[html.element] = around.add(node).add(Node("LBody"))
        elif html.tag in ("dt", "dd"):
            _add_to_definitions(around, node)
        elif node.type == "Caption" and around.type == "Table":
            around.add(node, 0)
        else:
            inline = html.is_inline or html.tag == "img"
            self._holder(around, above, inline=inline).add(node)

    def _holder(self, around: Node, html: Html, *, inline: bool) -> Node:
        """``around``, or the paragraph in it that takes an inline element of ``html``."""
        if around.type == "Caption" and not inline:
            return around
        return self._paragraph(around, html) if inline and around.type in GROUPS else around

    def _paragraph(self, group: Node, html: Html) -> Node:
        """The paragraph for letters that stand in a group of blocks without one around them."""
        block = next(e for e in html.lineage() if not e.is_inline)
        last = group.kids[-1] if group.kids else None
        if isinstance(last, Node) and last.type == "P" and last.element == block.element:
            return last
        return group.add(Node("P", element=block.element))

    def _add_rows(self, table: Node, html: Html) -> None:
        """Give a table all its rows and cells, those with nothing in them, too."""
        rows: list[list[Cell]] = []
        for element in html.element.iter():
            part = self._html(element)
            kind = part.type
            if kind not in {"THead", "TBody", "TFoot", "TR", *CELLS}:
                continue
            if next(e for e in part.lineage() if e.type == "Table").element is not html.element:
                continue
            around = next(
                self._of[e.element] for e in part.lineage() if e != part and e.element in self._of
            )
            node = around.add(Node(kind, element=element))
            describe(node, part)
            self._of[element] = node
            if kind == "TR":
                rows.append([])
            elif kind in CELLS:
                rows[-1].append(cell_of(node, part))
        for key, found in headers(rows).items():
            if found:
                key.set("Table", Headers=[self._identified(head) for head in found])

    def _identified(self, head: Node) -> str:
        """The id of a header cell that others refer to; no other part has it."""
        if head.id is None:
            self._heads += 1
            head.id = f"{self._part}/th-{self._heads}"
        return head.id

    def _marker(self, html: Html, piece: Piece) -> Node:
        """The label of a list's item, for its bullet or number, which is a pseudo-element."""
        body = self._node(html)
        item = body.parent
        assert item is not None
        if item.kids[0] is body:
            item.add(Node("Lbl"), 0)
            if item.parent is not None:
                item.parent.set("List", ListNumbering=numbering(piece, html))
        label = item.kids[0]
        assert isinstance(label, Node)
        return label

    def _call(self, note: Html) -> Node:
        """The link in the ``Reference`` that calls ``note``, where its element is in the text."""
        if note.element not in self._calls:
            above = note.parent
            assert above is not None
            around = self._holder(self._node(above), above, inline=True)
            reference = around.add(Node("Reference"))
            self._calls[note.element] = reference
            reference.add(Node("Link"))
        link = self._calls[note.element].kids[0]
        assert isinstance(link, Node)
        return link

    def _note_number(self, html: Html) -> Node:
        """The link in the label of a note, for its number at the foot of the page."""
        note = self._node(html)
        if not note.kids or not isinstance(note.kids[0], Node) or note.kids[0].type != "Lbl":
            note.add(Node("Lbl"), 0).add(Node("Link"))
        label = note.kids[0]
        assert isinstance(label, Node)
        link = label.kids[0]
        assert isinstance(link, Node)
        return link

    def _place_table(self, html: Html, piece: Piece) -> None:
        """Say where a table stands, if it stands on one page."""
        if html.type != "Table":
            return
        node = self._node(html)
        pages = self._spans.setdefault(html.element, set())
        pages.add(piece.page)
        if len(pages) == 1 and piece.box is not None:
            node.set("Layout", BBox=list(piece.box))
        else:
            node.attributes.pop("Layout", None)

    def place_notes(self) -> None:
        """Put each note after the block that calls it; without a call, after the one it is in."""
        notes = [n for e, n in self._of.items() if n.type == "Note" and n.element is e]
        for note in notes:
            element = note.element
            # A call without letters is no piece: the note follows what its element is in.
            kid = self._calls.get(element) or self._node(self._html(self._parents[element]))
            # Climb from the call: out of the inline elements, then out of the paragraph, heading
            # or caption, which the note follows. A caption's note follows the figure or table.
            block: Node | None = kid.parent if kid.type in {*INLINE, *_AFTER} else kid
            while block is not None and block.type in INLINE:
                kid, block = block, block.parent
            while block is not None and block.type in _AFTER:
                kid, block = block, block.parent
                if block is not None and block.type in ("Figure", "Table"):
                    kid, block = block, block.parent
            assert block is not None
            block.add(note, _after(block, kid) if kid is not block else None)

    def describe_all(self) -> None:
        """Say what only the whole tree tells: lists without marks, titles, words in capitals."""
        for node in self._root.nodes():
            if node.type == "L":
                node.attributes.setdefault("List", {"ListNumbering": "None"})
            if node.type in HEADINGS and node.element is not None:
                node.title = self._html(node.element).text()
            if node.element is not None and not any(isinstance(kid, Node) for kid in node.kids):
                node.actual_text = as_written(node, self._html(node.element))


def _is_the_picture(above: Html, around: Node) -> bool:
    """Whether a picture is what the figure around it is about: the two are one element."""
    return around.type == "Figure" and any(e.tag == "figure" for e in above.lineage())


def _add_to_definitions(around: Node, node: Node) -> None:
    """Put a term (Lbl) or its definition (LBody) into the list item that the two share."""
    last = around.kids[-1] if around.kids else None
    begins = not isinstance(last, Node) or (
        node.type == "Lbl" and any(isinstance(k, Node) and k.type == "LBody" for k in last.kids)
    )
    item = around.add(Node("LI")) if begins else last
    assert isinstance(item, Node)
    item.add(node)


def _nearest(node: Node, kind: str) -> Node:
    at: Node | None = node
    while at is not None:
        if at.type == kind:
            return at
        at = at.parent
    return node


def _after(block: Node, kid: Node) -> int:
    """The index after ``kid`` and what belongs to it: the rest of its line, notes before."""
    index = block.kids.index(kid) + 1
    while index < len(block.kids):
        after = block.kids[index]
        if isinstance(after, Node) and after.type not in {*INLINE, "Note"}:
            break
        index += 1
    return index
