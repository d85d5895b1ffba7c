"""Finds the header cells of each cell of a table (ISO 32000-1, 14.8.5.7; HTML, 4.9.12.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Cell:
    """A cell of a table. ``key`` identifies it. Header cells have a ``scope`` (Row or Column)."""

    key: Any
    columns: int
    rows: int
    scope: str | None


def headers(rows: Sequence[Sequence[Cell]]) -> dict[Any, list[Any]]:
    """The keys of each cell's headers by its key: those of its columns, then of its rows.

    The headers of a header cell are the other header cells above it and before it.
    """
    grid: dict[tuple[int, int], Cell] = {}
    places: dict[Any, tuple[int, int]] = {}
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in grid:
                column += 1
            places[cell.key] = (row, column)
            for r in range(row, min(row + cell.rows, len(rows))):
                for c in range(column, column + cell.columns):
                    grid[r, c] = cell
    return {cell.key: _of(cell, *places[cell.key], grid) for cells in rows for cell in cells}


def _of(cell: Cell, row: int, column: int, grid: dict[tuple[int, int], Cell]) -> list[Any]:
    above = [grid.get((r, c)) for c in range(column, column + cell.columns) for r in range(row)]
    before = [grid.get((r, c)) for r in range(row, row + cell.rows) for c in range(column)]
    found = [other.key for other in above if other is not None and other.scope == "Column"]
    found += [other.key for other in before if other is not None and other.scope == "Row"]
    return [key for key in dict.fromkeys(found) if key is not cell.key]
