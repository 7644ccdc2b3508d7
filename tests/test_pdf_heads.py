"""Which heads the cells of a PDF's tables name, against what the table itself says (ISO 32000-1, table 349)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import page
import pikepdf
import pytest

from any_document import any_document
from ipreport.cache import Cache
from ipreport.document import Cell, Column, Document, Footnote, Paragraph, Row, RowRole, Span, Table, Text
from ipreport.fonts import check_coverage
from ipreport.language import ZH, Language
from ipreport.style import MODERN
from ipreport.writers.pdf import write
from pdf_layout import faces
from showcase import one, showcase

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)


def opened(document: Document) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(write(document, MODERN, faces(), Cache(None))))


def of_table(*rows: Row, head: tuple[Row, ...] = (), columns: int = 3) -> Document:
    table = Table("t", None, (Column(1),) * columns, head, rows, (), one("T"))
    return replace(showcase(), blocks=(table,), imprint=None)


def row(*words: str | Cell, role: RowRole = RowRole.BODY) -> Row:
    return Row(tuple(Cell(one(each)) if isinstance(each, str) else each for each in words), role)


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """All structure elements in reading order."""

    def below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
        yield element
        for kid in element.get("/K", pikepdf.Array()):
            if not isinstance(kid, int) and "/S" in kid:
                yield from below(kid)

    return below(pdf.Root.StructTreeRoot.K)


def named(pdf: pikepdf.Pdf) -> list[list[list[int]]]:
    """For every table and every cell in reading order, which cells of it are named as its heads."""
    found: list[list[list[int]]] = []
    identified = dict(pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)) if "/IDTree" in pdf.Root.StructTreeRoot else {}
    for table in (each for each in elements(pdf) if each.S == "/Table"):
        parts = [part for part in table.K if part.S in {"/THead", "/TBody"}]
        cells = [cell for part in parts for line in part.get("/K", []) for cell in line.get("/K", [])]
        places = {cell.objgen: index for index, cell in enumerate(cells)}
        found.append([])
        for cell in cells:
            names = [str(name) for name in cell.get("/A", {}).get("/Headers", [])]
            heads = [identified[name] for name in names]
            assert all(head.S == "/TH" and str(head.ID) == name for head, name in zip(heads, names, strict=True))
            found[-1].append([places[head.objgen] for head in heads])
    return found


def expected(table: Table) -> list[list[int]]:
    """The same by looking up and to the left in the grid of the table, as readers of HTML do (HTML, 4.9.12.2)."""
    width, lines = len(table.columns), [*table.head, *table.body]
    above = len(table.head)
    grid: dict[tuple[int, int], int] = {}
    cells: list[tuple[int, int, Cell]] = []
    for y, line in enumerate(lines):
        bottom = above if y < above else len(lines)
        for cell in line.cells:
            x = next(x for x in range(width) if (y, x) not in grid)
            cells.append((y, x, cell))
            grid |= {
                (y + down, x + right): len(cells) - 1
                for down in range(min(cell.rows, bottom - y))
                for right in range(cell.span)
            }
    if all(cell.span == cell.rows == 1 for *_, cell in cells) and all(line.role is RowRole.BODY for line in table.body):
        return [[] for _ in cells]
    found = []
    for number, (y, _, _) in enumerate(cells):
        mine = sorted(place for place, each in grid.items() if each == number)
        columns, covered = {right for _, right in mine}, {down for down, _ in mine}
        over = {grid[up, right] for up in range(min(y, above)) for right in columns if (up, right) in grid}
        groups = [up for up in range(above, y + 1) if lines[up].role is RowRole.GROUP]
        of_group = {grid[groups[-1], 0]} if groups and (groups[-1], 0) in grid else set()
        of_rows = {grid[down, 0] for down in covered if y >= above and (down, 0) in grid}
        if y in groups and number in of_group:
            over, of_group = set(), set()
        heads = [*sorted(over), *sorted(of_group), *sorted(of_rows)]
        says = [head for head in dict.fromkeys(heads) if cells[head][2].texts or cells[head][2].picture]
        found.append([head for head in says if head != number])
    return found


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def test_cells_below_a_head_over_two_columns_name_it_and_their_own() -> None:
    head = (row(Cell(one("地区"), rows=2), Cell(one("专利"), span=2)), row("件数", "比率"))
    with opened(of_table(row("甲州", "1", "2"), head=head)) as pdf:
        region, patents, number, rate, first = range(5)
        assert named(pdf) == [
            [[], [], [patents], [patents], [region], [patents, number, first], [patents, rate, first]]
        ]


def test_cells_name_the_group_that_they_stand_in_and_their_row() -> None:
    group = Cell(one("创造"), span=2)
    other = Cell(one("运用"), span=2)
    lines = (row(group, role=RowRole.GROUP), row("甲", "1"), row(other, role=RowRole.GROUP), row("乙", "2"))
    with opened(of_table(*lines, head=(row("指标", "数值"),), columns=2)) as pdf:
        name, value, first, one_, _, second, two, _ = range(8)
        assert named(pdf) == [
            [[], [], [], [name, first], [value, first, one_], [], [name, second], [value, second, two]]
        ]


def test_a_plain_table_says_by_its_scopes_alone_which_heads_apply() -> None:
    with opened(of_table(row("甲", "1", "2"), head=(row("一", "二", "三"),))) as pdf:
        assert named(pdf) == [[[]] * 6]
        assert all("/ID" not in each and "/Headers" not in each.get("/A", {}) for each in elements(pdf))


def test_a_head_that_says_nothing_is_not_named() -> None:
    with opened(of_table(row("甲", Cell(one("1"), span=2)), head=(row(Cell(()), "二", "三"),))) as pdf:
        assert named(pdf) == [[[], [], [], [], [1, 2, 3]]]


@cache
def shown(words: str, _language: Language) -> bool:
    """Whether the faces have every character."""
    text = Text(ZH, (Span(words, ZH),))
    return not check_coverage(replace(showcase(), blocks=(Paragraph(text),)), faces())


@cache
def written(seed: int) -> tuple[Document, bytes]:
    document = showcase() if seed < 0 else any_document(seed, shown)
    return document, write(document, MODERN, faces(), Cache(None))


SEEDS = (-1, *range(24))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_heads_that_cells_name_are_those_that_the_grid_of_the_table_gives(seed: int) -> None:
    document, data = written(seed)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert named(pdf) == [expected(table) for table in tables(document)]


def test_these_documents_have_what_is_looked_for() -> None:
    all_heads = [heads for seed in SEEDS for table in tables(written(seed)[0]) for heads in expected(table)]
    assert sum(len(heads) > 2 for heads in all_heads) > 100
    assert any(
        cell.rows > 1 and number == 0
        for seed in SEEDS
        for table in tables(written(seed)[0])
        for line in table.body
        for number, cell in enumerate(line.cells)
    )


@pytest.mark.parametrize("seed", SEEDS[:8])
def test_files_whose_cells_name_heads_are_sound(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(written(seed)[1])
    reports = [page.validate_pdf(str(path), profile=profile) for profile in PROFILES]
    assert [failure.message for report in reports for failure in report.failures] == []


def test_every_identifier_is_unique_and_stands_in_the_tree_of_them() -> None:
    noted = Paragraph(Text(ZH, (Span("见", ZH), Footnote("h1", "[1]", ZH, one("公开报道。")))))
    groups = of_table(
        row(Cell(one("创造"), span=3), role=RowRole.GROUP), row("甲", "1", "2"), head=(row("一", "二", "三"),)
    )
    table = tables(groups)[0]
    document = replace(groups, blocks=(noted, table, replace(table, label="u")))
    with opened(document) as pdf:
        names = [str(each.ID) for each in elements(pdf) if "/ID" in each]
        assert len(names) == len(set(names)) == 1 + 2 * 5
        listed = [str(name) for name in pdf.Root.StructTreeRoot.IDTree.Names[::2]]
        assert listed == sorted(names, key=lambda name: name.encode())
        assert named(pdf) == [expected(table)] * 2
