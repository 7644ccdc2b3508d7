"""Rows of a Word table that head others: aligned as their cells and columns are, like the PDF."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest

from ipreport.document import Align, Cell, Column, Row, RowRole, Table
from ipreport.style import MODERN
from ipreport.writers.docx import write
from showcase import one, showcase

STYLES = {
    Align.LEFT: "Table Group",
    Align.CENTRE: "Table Group Centred",
    Align.RIGHT: "Table Group Right",
    Align.DECIMAL: "Table Group Right",
}
ALIGNMENTS = {Align.LEFT: None, Align.CENTRE: "CENTER", Align.RIGHT: "RIGHT", Align.DECIMAL: "RIGHT"}


def grouped(column: Align, cell: Align | None) -> docx.text.paragraph.Paragraph:
    """The paragraph of a group row's second cell, in a column and with an alignment of its own."""
    row = Row((Cell(one("创造")), Cell(one("小计"), align=cell)), RowRole.GROUP)
    below = Row((Cell(one("甲")), Cell(one("1"))))
    table = Table("t", None, (Column(1), Column(1, column)), (), (row, below), (), ())
    data = write(replace(showcase(), blocks=(table,), imprint=None), MODERN)
    (found,) = [each for grid in docx.Document(io.BytesIO(data)).tables for each in grid._cells if each.text == "小计"]
    return found.paragraphs[0]


@pytest.mark.parametrize("align", Align)
def test_a_group_row_is_aligned_as_its_column(align: Align) -> None:
    paragraph = grouped(align, None)
    assert paragraph.style is not None
    assert paragraph.style.name == STYLES[align]
    own = paragraph.style.paragraph_format.alignment
    assert (None if own is None or own.name == "LEFT" else own.name) == ALIGNMENTS[align]


@pytest.mark.parametrize("align", Align)
def test_the_alignment_of_the_cell_comes_first(align: Align) -> None:
    paragraph = grouped(Align.RIGHT if align is Align.LEFT else Align.LEFT, align)
    assert paragraph.style is not None
    assert paragraph.style.name == STYLES[align]
