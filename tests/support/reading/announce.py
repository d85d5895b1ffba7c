"""What a screen reader announces of a document, in order.

One :class:`Announcement` for each thing at which a reader can stop: a landmark, a heading, a
paragraph, a list with the count of its items, a table with its size and each cell with the headers
that it is tied to, a figure, a note. What stands inside a line (links, note calls, page marks,
words of another language) are its :class:`Said` pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from tests.support.reading.access_tree import AccessNode
from tests.support.reading.table_grid import Grid


class Kind(StrEnum):
    """What is announced."""

    DOCUMENT = "document"
    LANDMARK = "landmark"
    GROUP = "group"  # a named or marked passage that is no landmark: a box, an epigraph
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CODE = "code"
    QUOTATION = "quotation"
    LIST = "list"
    ITEM = "item"
    DEFINITIONS = "definitions"
    TERM = "term"
    DEFINITION = "definition"
    TABLE = "table"
    ROW = "row"
    CELL = "cell"
    FIGURE = "figure"
    CAPTION = "caption"
    NOTE = "note"
    PICTURE = "picture"
    SEPARATOR = "separator"
    PAGE = "page"


class Piece(StrEnum):
    """What a stretch of a line is."""

    TEXT = "text"
    LINK = "link"
    NOTE_CALL = "note call"
    WAY_BACK = "way back"
    PICTURE = "picture"
    PAGE = "page"


LANDMARKS = frozenset(
    [
        "banner",
        "complementary",
        "contentinfo",
        "form",
        "main",
        "navigation",
        "region",
        "search",
        "doc-acknowledgments",
        "doc-afterword",
        "doc-appendix",
        "doc-bibliography",
        "doc-chapter",
        "doc-conclusion",
        "doc-credits",
        "doc-endnotes",
        "doc-epilogue",
        "doc-errata",
        "doc-foreword",
        "doc-glossary",
        "doc-index",
        "doc-introduction",
        "doc-pagelist",
        "doc-part",
        "doc-preface",
        "doc-prologue",
        "doc-toc",
    ]
)
"""Roles at which one can jump: WAI-ARIA 1.2, section 5.3.4; DPUB-ARIA 1.1, superclass landmark."""
_GROUPS = frozenset(
    [
        "group",
        "note",
        "article",
        "figure-group",
        "math-group",
        "doc-abstract",
        "doc-colophon",
        "doc-dedication",
        "doc-epigraph",
        "doc-example",
        "doc-notice",
        "doc-pullquote",
        "doc-qna",
        "doc-subtitle",
        "doc-tip",
    ]
)
_KINDS = (
    {
        "document": Kind.DOCUMENT,
        "heading": Kind.HEADING,
        "paragraph": Kind.PARAGRAPH,
        "pre": Kind.CODE,
        "blockquote": Kind.QUOTATION,
        "list": Kind.LIST,
        "listitem": Kind.ITEM,
        "definition-list": Kind.DEFINITIONS,
        "term": Kind.TERM,
        "definition": Kind.DEFINITION,
        "table": Kind.TABLE,
        "figure": Kind.FIGURE,
        "caption": Kind.CAPTION,
        "doc-footnote": Kind.NOTE,
        "doc-endnote": Kind.NOTE,
        "separator": Kind.SEPARATOR,
    }
    | dict.fromkeys(LANDMARKS, Kind.LANDMARK)
    | dict.fromkeys(_GROUPS, Kind.GROUP)
)
_PIECES = {
    "text": Piece.TEXT,
    "marker": Piece.TEXT,
    "break": Piece.TEXT,
    "link": Piece.LINK,
    "doc-biblioref": Piece.LINK,
    "doc-glossref": Piece.LINK,
    "doc-noteref": Piece.NOTE_CALL,
    "doc-backlink": Piece.WAY_BACK,
    "image": Piece.PICTURE,
    "doc-cover": Piece.PICTURE,
    "math": Piece.PICTURE,
    "doc-pagebreak": Piece.PAGE,
}
_BLOCKS = frozenset({"div", "section", "header", "footer", "body", "html", "address", "p"})
"""Elements that end a line though they say nothing of themselves."""
_SAYS_ITS_LINE = frozenset({Kind.ITEM, Kind.TERM, Kind.DEFINITION, Kind.CAPTION, Kind.NOTE})


@dataclass(frozen=True)
class Said:
    """A stretch of a line: words, their language, and where a link leads ("" for none)."""

    piece: Piece
    words: str
    language: str
    target: str = ""
    id: str = ""


@dataclass(frozen=True)
class Announcement:
    """Something at which a reader can stop.

    ``role`` is that of :class:`AccessNode`; ``depth`` how many things it stands in; ``name`` what
    it is called, ``said`` the line that is read. ``level`` is a heading's; ``size`` the items of a
    list, or the rows and columns of a table; ``place`` the number of an item, or row and column of
    a cell (from 1); ``headers`` what a cell is tied to. ``id`` is that of the element or "",
    ``path`` leads to it (EPUB CFI).
    """

    kind: Kind
    role: str
    depth: int
    name: str
    said: tuple[Said, ...]
    language: str
    id: str
    path: str
    level: int = 0
    size: tuple[int, ...] = ()
    place: tuple[int, ...] = ()
    headers: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """All that is read of the line, without saying what is a link."""
        return " ".join("".join(said.words for said in self.said).split())


def announcements(document: AccessNode, *, pages: bool = True) -> list[Announcement]:
    """All that is announced of a document, in order; without ``pages``, page marks are skipped."""
    announced = _node(document, 0)
    return list(announced if pages else _without_pages(announced))


def _without_pages(announced: Iterable[Announcement]) -> Iterator[Announcement]:
    for one in announced:
        if one.kind is not Kind.PAGE:
            yield replace(one, said=tuple(s for s in one.said if s.piece is not Piece.PAGE))


def _node(node: AccessNode, depth: int) -> Iterator[Announcement]:
    kind = _kind(node)
    if kind is None:
        yield from _below(node, depth)
    elif kind is Kind.TABLE:
        yield from _table(node, depth)
    else:
        here = _announcement(kind, node, depth)
        inside = list(_below(node, depth + 1))
        if kind in (Kind.HEADING, Kind.PARAGRAPH, Kind.CODE):
            said = [said for one in inside for said in one.said]
            yield _line(replace(here, said=tuple(said)))
            return
        if kind in (Kind.LIST, Kind.DEFINITIONS):
            inside = _numbered(inside, depth + 1)
            count = sum(one.depth == depth + 1 for one in inside if one.kind is not Kind.DEFINITION)
            here = replace(here, size=(count,))
        elif kind in _SAYS_ITS_LINE or (
            kind is Kind.GROUP and all(_is_inline(child) for child in node.children)
        ):
            here, inside = _with_first_line(here, inside)
        yield here
        yield from inside


def _kind(node: AccessNode) -> Kind | None:
    if node.element == "pre":
        return Kind.CODE
    return _KINDS.get(node.role)


def _announcement(kind: Kind, node: AccessNode, depth: int) -> Announcement:
    name = "" if kind in (Kind.HEADING, *_SAYS_ITS_LINE) else " ".join(node.name.split())
    if kind is Kind.FIGURE and not name:
        name = _caption(node)
    return Announcement(
        kind, node.role, depth, name, (), node.language, node.id, node.path, level=node.level
    )


def _caption(node: AccessNode) -> str:
    """The words of a figure's or table's caption, which name it (HTML-AAM 1.0, section 4.1)."""
    for child in node.children:
        if child.role == "caption":
            said = _said(child)
            return " ".join("".join(s.words for s in said if s.piece is Piece.TEXT).split())
    return ""


def _below(node: AccessNode, depth: int) -> Iterator[Announcement]:
    """What a node holds: lines of text between things that stand by themselves."""
    line: list[Said] = []
    for child in node.children:
        if _is_inline(child):
            line += _said(child)
            continue
        yield from _lines(line, node, depth)
        line = []
        yield from _node(child, depth)
    yield from _lines(line, node, depth)


def _is_inline(node: AccessNode) -> bool:
    if node.role in _PIECES:
        return True
    if _kind(node) is not None or node.element in _BLOCKS:
        return False
    return all(_is_inline(child) for child in node.children)


def _said(node: AccessNode) -> list[Said]:
    piece = _PIECES.get(node.role)
    if piece is None:
        return [said for child in node.children for said in _said(child)]
    words = " " if node.role == "break" else node.name
    if node.apart and piece is not Piece.TEXT:
        words = f" {words}"
    target = node.attributes.get("href", "")
    return [Said(piece, words, node.language, target, node.id)]


def _lines(said: list[Said], node: AccessNode, depth: int) -> Iterator[Announcement]:
    if any(one.words.strip() or one.piece is not Piece.TEXT for one in said):
        told = [one for one in said if one.words.strip() or one.piece is not Piece.TEXT]
        kind, name = Kind.PARAGRAPH, ""
        if all(one.piece is Piece.PICTURE for one in told):
            kind, said = Kind.PICTURE, told
        elif all(one.piece is Piece.PAGE for one in told):
            kind, said = Kind.PAGE, told
        id = told[0].id if kind is not Kind.PARAGRAPH else ""
        yield _line(
            Announcement(kind, kind.value, depth, name, tuple(said), node.language, id, node.path)
        )


def _line(one: Announcement) -> Announcement:
    """A line whose neighbouring words of one language are one piece."""
    joined: list[Said] = []
    for said in one.said:
        last = joined[-1] if joined else None
        if last and last.piece is said.piece is Piece.TEXT and last.language == said.language:
            joined[-1] = replace(last, words=last.words + said.words)
        else:
            joined.append(said)
    return replace(one, said=tuple(joined))


def _with_first_line(
    here: Announcement, inside: list[Announcement]
) -> tuple[Announcement, list[Announcement]]:
    """A thing that is read together with the line that it begins with."""
    if inside and inside[0].kind is Kind.PARAGRAPH:
        return replace(here, said=inside[0].said), inside[1:]
    return here, inside


def _numbered(inside: list[Announcement], depth: int) -> list[Announcement]:
    """A list's own items with their numbers."""
    number = 0
    numbered = []
    for one in inside:
        if one.depth == depth and one.kind in (Kind.ITEM, Kind.TERM):
            number += 1
            one = replace(one, place=(number,))
        numbered.append(one)
    return numbered


def _table(node: AccessNode, depth: int) -> Iterator[Announcement]:
    grid = Grid.of(node)
    here = _announcement(Kind.TABLE, node, depth)
    yield replace(here, name=here.name or _caption(node), size=(grid.rows, grid.columns))
    for child in node.children:
        if child.role == "caption" and any(s.piece is not Piece.TEXT for s in _said_below(child)):
            yield from _node(child, depth + 1)  # its words alone are the table's name
    for number, row in enumerate(grid.cells, start=1):
        yield Announcement(
            Kind.ROW, "row", depth + 1, "", (), node.language, "", node.path, place=(number,)
        )
        for cell in row:
            inside = list(_below(cell.node, depth + 3))
            headers = tuple(_words(header) for header in cell.headers)
            place = (number, cell.column + 1)
            start = _announcement(Kind.CELL, cell.node, depth + 2)
            start = replace(start, name="", headers=headers, place=place)
            start, inside = _with_first_line(start, inside)
            yield start
            yield from inside


def _words(node: AccessNode) -> str:
    said = (one.words for one in _said_below(node) if one.piece is not Piece.PAGE)
    return " ".join("".join(said).split())


def _said_below(node: AccessNode) -> Iterator[Said]:
    """All pieces below a node, whatever stands between."""
    for child in node.children:
        if child.role in _PIECES:
            yield from _said(child)
        else:
            yield from _said_below(child)
