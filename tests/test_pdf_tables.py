"""Where a table may be cut between pages."""

from __future__ import annotations

import pytest

from ipreport.cache import Cache
from ipreport.document import Cell, Column, Row, RowRole, Table
from ipreport.fonts import find_faces
from ipreport.style import MODERN
from ipreport.writers.pdf.atoms import Shaper
from ipreport.writers.pdf.boxes import Box
from ipreport.writers.pdf.setter import Setter
from ipreport.writers.pdf.table import table_box
from showcase import one


@pytest.fixture(scope="module")
def setter() -> Setter:
    return Setter(MODERN, Shaper(find_faces(cache=Cache(None))))


def laid_out(setter: Setter, rows: int, role: RowRole = RowRole.BODY) -> Box:
    body = [
        Row((Cell(one(str(number))), Cell(one("x"))), role if number == 0 else RowRole.BODY) for number in range(rows)
    ]
    box = table_box(Table("t", None, (Column(1), Column(1)), (), tuple(body), (), one("T")), setter)
    box.layout(455)
    return box


def parts(box: Box, height: float) -> list[float]:
    return [round(part.height, 1) for part in box.split(height) or ()]


def test_a_short_table_begins_on_a_page_that_holds_all_of_it(setter: Setter) -> None:
    box = laid_out(setter, 10)

    assert box.height < 250
    assert box.start_height() == box.height


def test_of_a_long_table_three_rows_stand_together_at_either_end_of_a_page(setter: Setter) -> None:
    box, row = laid_out(setter, 30), laid_out(setter, 1).height

    assert box.start_height() == pytest.approx(3 * row)
    assert parts(box, 29.5 * row) == pytest.approx([27 * row, 3 * row], abs=0.1)
    assert parts(box, 2.5 * row) == []


def test_a_group_needs_three_rows_below_its_name(setter: Setter) -> None:
    box, row = laid_out(setter, 30, RowRole.GROUP), laid_out(setter, 1).height

    assert box.start_height() > 3.9 * row
