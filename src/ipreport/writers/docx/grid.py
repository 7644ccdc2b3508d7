"""Which cell of a table stands where: columns and their widths, cells over several columns and rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from math import fsum

from ipreport.document import Cell, Row, Table
from ipreport.writers.docx.markup import twips


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell begins in a row, and how many rows it covers from there on, this one included."""

    cell: Cell
    column: int
    rows: int

    @property
    def continues(self) -> bool:
        """Whether the cell begins in a row above."""
        return self.rows < self.cell.rows

    @property
    def ends(self) -> bool:
        """Whether the row is the last that the cell covers."""
        return self.rows == 1


def places(table: Table, rows: Sequence[Row]) -> Iterator[list[Place]]:
    """What stands in each of `rows`, the head or the body of `table`, from left to right.

    ValueError where the cells of a row, with those that reach into it from above, do not fill the columns
    exactly, and where a cell reaches below the last row.
    """
    above: dict[int, Place] = {}
    for row in rows:
        placed = _filled(table, row, above)
        yield placed
        above = {place.column: replace(place, rows=place.rows - 1) for place in placed if not place.ends}
    if above:
        raise ValueError(f"a cell of table {table.label!r} reaches below the last row")


def _filled(table: Table, row: Row, above: Mapping[int, Place]) -> list[Place]:
    """The places of one row; those `above` it, by column, reach into it."""
    placed, own, column = [], list(row.cells), 0
    while column in above or own:
        place = above.get(column) or Place(own[0], column, own.pop(0).rows)
        placed.append(place)
        column += place.cell.span
    if column != len(table.columns) or {place.column for place in placed if place.continues} != set(above):
        raise ValueError(f"a row of table {table.label!r} covers {column} of {len(table.columns)} columns")
    return placed


def shares(weights: Sequence[float], total: int) -> list[int]:
    """`total` divided in proportion to `weights`, in whole units that add up exactly."""
    whole = fsum(weights)
    edges = [0, *(round(total * edge / whole) for edge in accumulate(weights))]
    return [right - left for left, right in pairwise(edges)]


def column_widths(table: Table, width: float) -> list[int]:
    """The widths of the columns of a table that is `width` points wide, in twentieths of a point."""
    return shares([column.width for column in table.columns], twips(width))
