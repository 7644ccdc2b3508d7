"""Which heads apply to each cell of a table (ISO 32000-1, table 349: Headers; ISO 14289-1, 7.5).

Where every cell covers one column and one row, a head says by its scope alone what it is
for. Where one covers several, or a row heads those below it, the cells name their heads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from ipreport.document import RowRole
from ipreport.writers.pdf.rows import CellBox, RowBox
from ipreport.writers.pdf.structure import Element


def name_heads(head: Sequence[RowBox], body: Sequence[RowBox]) -> None:
    """Tell the cells of a table with spans or group rows the heads that apply: of columns, of the group, of the row."""
    rows = (*head, *body)
    spans = any(cell.span > 1 or cell.rows > 1 for row in rows for cell in row.cells)
    if not spans and all(row.row.role is not RowRole.GROUP for row in rows):
        return
    for index, row in enumerate(head):
        for cell in row.cells:
            _name(cell, _over(cell, head[:index]))
    _name_in_body(head, body)


def _name_in_body(head: Sequence[RowBox], body: Sequence[RowBox]) -> None:
    heads = _row_heads(body)
    group: list[CellBox] = []
    for index, row in enumerate(body):
        heading = row.row.role is RowRole.GROUP
        if heading:
            group = heads[index]
        for cell in row.cells:
            own = chain.from_iterable(heads[index : cell.ends(index)])
            if heading and cell in group:
                continue  # it heads rows, whatever the heads of the columns are that it lies in
            _name(cell, chain(_over(cell, head), group, (each for each in own if each is not cell)))


def _row_heads(body: Sequence[RowBox]) -> list[list[CellBox]]:
    """For every row the cell that heads it: the one in the first column, which may have begun above."""
    heads: list[list[CellBox]] = [[] for _ in body]
    for index, row in enumerate(body):
        for cell in row.cells:
            if cell.start == 0:
                heads[index : cell.ends(index)] = [[cell]] * cell.rows
    return heads


def _over(cell: CellBox, rows: Iterable[RowBox]) -> list[CellBox]:
    """The cells of head rows that share a column with `cell`, from top to bottom."""
    end = cell.start + cell.span
    return [each for row in rows for each in row.cells if each.start < end and cell.start < each.start + each.span]


def _name(cell: CellBox, heads: Iterable[CellBox]) -> None:
    """Let `cell` name those of `heads` that say something, each once."""
    elements = (each.box.element for each in heads if each.box.boxes)
    if cell.box.element is not None:
        cell.box.element.heads = tuple(dict.fromkeys(each for each in elements if isinstance(each, Element)))
