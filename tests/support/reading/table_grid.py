"""The grid of a table, and the headers that each of its cells is tied to.

Header cells are those that the browser gives the roles ``columnheader`` and ``rowheader``; the
ties are those of the HTML Standard, section 4.9.12.2 («Forming relationships between data cells
and header cells»): the headers that a cell names by ``headers``, else those above it in its
columns and before it in its rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.support.reading.access_tree import AccessNode

_HEADERS = frozenset({"columnheader", "rowheader"})
_CELLS = _HEADERS | {"cell"}


@dataclass(frozen=True)
class GridCell:
    """A cell at a row and column (from 0), and its headers in the order in which they are read."""

    node: AccessNode
    row: int
    column: int
    headers: tuple[AccessNode, ...]

    @property
    def is_header(self) -> bool:
        return self.node.role in _HEADERS


@dataclass(frozen=True)
class Grid:
    """A table's cells, row by row; a cell that takes several slots stands in its first one."""

    rows: int
    columns: int
    cells: tuple[tuple[GridCell, ...], ...]

    @classmethod
    def of(cls, table: AccessNode) -> Grid:
        """The grid of a node of role ``table``; that of a table without rows is empty."""
        slots: dict[tuple[int, int], AccessNode] = {}
        starts: list[list[tuple[int, AccessNode]]] = []
        rows = list(_rows(table))
        for y, row in enumerate(rows):
            starts.append([])
            x = 0
            for cell in _cells(row):
                while (y, x) in slots:
                    x += 1
                starts[y].append((x, cell))
                for down in range(cell.span("rowspan")):
                    for right in range(cell.span("colspan")):
                        slots[y + down, x + right] = cell
        columns = 1 + max((x for _, x in slots), default=-1)
        by_id = {cell.id: cell for cell in slots.values() if cell.id}
        cells = tuple(
            tuple(GridCell(cell, y, x, _headers(cell, y, x, slots, by_id)) for x, cell in row)
            for y, row in enumerate(starts)
        )
        return cls(len(rows), columns, cells)


def _rows(node: AccessNode) -> Iterator[AccessNode]:
    for child in node.children:
        if child.role == "row":
            yield child
        elif child.role != "table":
            yield from _rows(child)


def _cells(row: AccessNode) -> Iterator[AccessNode]:
    for child in row.children:
        if child.role in _CELLS:
            yield child
        elif child.role == "generic":
            yield from _cells(child)


def _headers(
    cell: AccessNode,
    y: int,
    x: int,
    slots: dict[tuple[int, int], AccessNode],
    by_id: dict[str, AccessNode],
) -> tuple[AccessNode, ...]:
    if named := cell.attributes.get("headers", "").split():
        return tuple(by_id[id] for id in named if id in by_id)
    rows = range(y, y + cell.span("rowspan"))
    columns = range(x, x + cell.span("colspan"))
    above = [slots.get((row, column)) for row in range(y) for column in columns]
    before = [slots.get((row, column)) for row in rows for column in range(x)]
    found = [one for one in above if one and one.role == "columnheader"]
    found += [one for one in before if one and one.role == "rowheader"]
    unique: list[AccessNode] = []
    for one in found:
        if one is not cell and not any(one is known for known in unique):
            unique.append(one)
    return tuple(unique)
