"""What `word.py` measures, each in a process of its own: `python benchmarks/word_ways.py NAME ROWS`.

`ours`, `traced`, `cells`, `rows` and `docxtpl` compose the same texts and figures as a Word file and print the
processor seconds of their imports and of composing, and the size of the file, as JSON. `libraries` tells which of the
optional ones are there; `profile` prints where the time of `ours` goes.
"""

from __future__ import annotations

import cProfile
import importlib.util
import io
import json
import pstats
import random
import struct
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ipreport.document import Block, Document, Record, Row

SECTIONS, FIGURES, COLUMNS = 30, 20, 6
WIDTH, HEIGHT = 360.0, 180.0
"""The size of a figure in points."""
HEADS = (
    ("地区", "Region"), ("申请", "Applications"), ("授权", "Grants"),
    ("有效", "In force"), ("罚没", "Fines"), ("占比", "Share"),
)  # fmt: skip
ZH = "截至报告期末，有效发明专利{}件，其中高价值发明专利{}件；罚没款{}万元，占比{}，居全省第{}位。" * 2
EN = "At the end of {} there were {} invention patents in force; fines came to {}, a share of {}, rank {}. "


@dataclass(frozen=True, slots=True)
class Section:
    """A section as plain texts: what every way starts from. `figure` counts from one; 0 is none."""

    number: int
    heading: tuple[str, str]
    zh: str
    en: str
    caption: tuple[str, str]
    rows: tuple[tuple[str, ...], ...]
    figure: int
    title: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ready:
    """A figure as it is stored: PNG and SVG."""

    png: bytes
    svg: bytes


def main() -> None:
    """Run one of them."""
    way, rows = sys.argv[1], int(sys.argv[2])
    if way == "libraries":
        print(json.dumps({name: 1 for name in ("docxtpl",) if importlib.util.find_spec(name)}))
    elif way == "profile":
        sections, figures = content(rows)
        profiler = cProfile.Profile()
        profiler.runcall(imported_ours(), sections, figures)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(30)
    else:
        print(json.dumps(measured(way, rows)))


def measured(way: str, rows: int) -> dict[str, float]:
    """Processor seconds of the imports and of composing, and the size of the file."""
    sections, figures = content(rows)
    start = time.process_time()
    compose = WAYS[way]()
    ready = time.process_time()
    file = compose(sections, figures)
    return {"imports": ready - start, "composing": time.process_time() - ready, "bytes": len(file)}


# --- what is composed --------------------------------------------------------------------


def content(rows: int) -> tuple[tuple[Section, ...], tuple[Ready, ...]]:
    """The texts of every section and the figures, the same each time."""
    source = random.Random(20)  # noqa: S311 - numbers that look like data
    sections = tuple(section(number, rows, source) for number in range(1, SECTIONS + 1))
    return sections, tuple(figure(source) for _ in range(FIGURES))


def section(number: int, rows: int, source: random.Random) -> Section:
    """A section with a table of so many rows."""
    numbers = [f"{source.randrange(10, 100_000):,}" for _ in range(4)] + ["3"]
    table = tuple(
        (f"第{row}县（市） / County {row}", *(f"{source.randrange(1_000_000):,}" for _ in range(COLUMNS - 1)))
        for row in range(1, rows + 1)
    )
    return Section(
        number,
        (f"第{number}节 知识产权创造", f"Creation of intellectual property, part {number}"),
        ZH.format(*numbers, *numbers),
        EN.format(*numbers) * 2,
        (f"各地区情况之{number}", f"Regions, part {number}"),
        table,
        number if number <= FIGURES else 0,
        (f"走势图之{number}", f"Course, part {number}"),
    )


def figure(source: random.Random) -> Ready:
    """Columns of noise, some 40 kB as PNG and 6 kB as SVG, which is what a chart has."""
    width, height = 1500, 750
    band = bytes(source.getrandbits(2) * 80 for _ in range(width * 100))
    pixels = b"".join(b"\0" + band[line * width : (line + 1) * width] for line in range(100))
    pixels += (b"\0" + b"\xff" * width) * (height - 100)
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
            (b"IDAT", zlib.compress(pixels)),
            (b"IEND", b""),
        )
    )
    bars = "".join(f'<rect x="{x}" y="{source.randrange(150)}" width="1" height="20"/>' for x in range(120))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}pt" height="{HEIGHT}pt">{bars}</svg>'
    return Ready(png, svg.encode("ascii"))


Compose = Callable[[tuple[Section, ...], tuple[Ready, ...]], bytes]
"""Sections and figures become the bytes of a Word file."""


# --- ours --------------------------------------------------------------------------------


def imported_ours(*, traced: bool = False) -> Compose:
    """Our writer, what it needs imported."""
    from ipreport.document import Record
    from ipreport.style import MODERN
    from ipreport.writers.docx import write

    def compose(sections: tuple[Section, ...], figures: tuple[Ready, ...]) -> bytes:
        record = record_of(sections) if traced else Record()
        return write(document(sections, figures, record), MODERN)

    return compose


def document(sections: tuple[Section, ...], figures: tuple[Ready, ...], record: Record) -> Document:
    """The document of all sections; with a `record`, every number in a table is traced."""
    from ipreport.document import Document, Masthead, Meta
    from ipreport.language import EN as EN_US
    from ipreport.language import ZH as ZH_CN

    head = (words("长篇简报", "A long briefing"), words("第1期", "Issue 1"), words("2025年", "2025"))
    meta = Meta("长篇简报", "", "ipreport", (), "bilingual", (ZH_CN, EN_US), head[0], (), date(2025, 1, 1))
    masthead = Masthead((), head[0], head[1], words("编制", "Compiled"), head[2])
    blocks = tuple(block for entry in sections for block in section_blocks(entry, figures, traced=bool(record)))
    return Document(meta, masthead, blocks, record)


def words(zh: str, en: str) -> Any:
    """A pair of texts."""
    from ipreport.document import text
    from ipreport.language import EN as EN_US
    from ipreport.language import ZH as ZH_CN

    return text(ZH_CN, zh), text(EN_US, en)


def section_blocks(entry: Section, figures: tuple[Ready, ...], *, traced: bool) -> list[Block]:
    """A section's heading, paragraphs, table and figure."""
    from ipreport.document import Caption, CaptionKind, Cell, Drawing, Figure, Heading, Paragraph, Picture, Row, Table

    zh, en = words(entry.zh, entry.en)
    heads = Row(tuple(Cell(words(*pair)) for pair in HEADS))
    caption = Caption(CaptionKind.TABLE, entry.number, words(*entry.caption))
    body = tuple(row(entry.number, number, cells, traced=traced) for number, cells in enumerate(entry.rows))
    table = Table(f"t{entry.number}", caption, columns(), (heads,), body, (), words(*entry.caption))
    blocks: list[Block] = [
        Heading(1, f"s{entry.number}", words(*entry.heading)), Paragraph(zh), Paragraph(en), table,
    ]  # fmt: skip
    if entry.figure:
        ready = figures[entry.figure - 1]
        picture = Picture(WIDTH, HEIGHT, Drawing(()), ready.svg, ready.png)
        titled = Caption(CaptionKind.FIGURE, entry.figure, words(*entry.title))
        blocks.append(Figure(f"f{entry.figure}", titled, picture, (), words(*entry.title)))
    return blocks


def columns() -> tuple[Any, ...]:
    """One column of names, the others of numbers."""
    from ipreport.document import Align, Column

    return Column(2), *(Column(1, Align.RIGHT) for _ in range(COLUMNS - 1))


def row(table: int, number: int, cells: tuple[str, ...], *, traced: bool) -> Row:
    """A row of a table: a name and numbers."""
    from ipreport.document import Cell, Row, text
    from ipreport.language import ZH as ZH_CN

    keys = [f"v{table}_{number}_{column}" if traced and column else None for column in range(COLUMNS)]
    return Row(tuple(Cell((text(ZH_CN, cell, key),)) for cell, key in zip(cells, keys, strict=True)))


def record_of(sections: tuple[Section, ...]) -> Record:
    """The record of every number in a table."""
    from ipreport.document import Part, Record, RecordedValue, Stretch
    from ipreport.language import Localized

    title, values, printed = Localized("公报", "Bulletin"), [], []
    for entry in sections:
        for number, cells in enumerate(entry.rows):
            for column, cell in enumerate(cells[1:], 1):
                key = f"v{entry.number}_{number}_{column}"
                bare, place = cell.replace(",", ""), f"metrics.csv:{number}"
                name = Localized(*HEADS[column])
                values.append(RecordedValue(key, name, bare, "piece", bare, "2025", place, key, "b", title))
                printed.append(Stretch(f"table {entry.number}", (Part(cell, key),)))
    return Record("ipreport", "long", "1", "bilingual", "2025-01-01", tuple(values), tuple(printed))


def imported_traced() -> Compose:
    """Our writer with every number traced."""
    return imported_ours(traced=True)


# --- python-docx -------------------------------------------------------------------------


def imported_cells() -> Compose:
    """python-docx, a cell at a time."""
    return python_docx(by_cell)


def imported_rows() -> Compose:
    """python-docx, a row at a time."""
    return python_docx(by_row)


def python_docx(fill: Callable[[Any, Section], None]) -> Compose:
    """A script as the documentation of python-docx has it; `fill` makes the table."""
    import docx
    from docx.shared import Pt

    def compose(sections: tuple[Section, ...], figures: tuple[Ready, ...]) -> bytes:
        made = docx.Document()
        made.add_heading("长篇简报\nA long briefing", 0)
        for entry in sections:
            made.add_heading("\n".join(entry.heading), 1)
            made.add_paragraph(entry.zh)
            made.add_paragraph(entry.en)
            made.add_paragraph(captioned(entry, "zh"), style="Caption")
            made.add_paragraph(captioned(entry, "en"), style="Caption")
            fill(made, entry)
            if entry.figure:
                made.add_picture(io.BytesIO(figures[entry.figure - 1].png), width=Pt(WIDTH))
                made.add_paragraph(f"图{entry.figure}　{entry.title[0]}", style="Caption")
                made.add_paragraph(f"Figure {entry.figure}  {entry.title[1]}", style="Caption")
        saved = io.BytesIO()
        made.save(saved)
        return saved.getvalue()

    return compose


def captioned(entry: Section, language: str) -> str:
    """The caption of a section's table."""
    return f"表{entry.number}　{entry.caption[0]}" if language == "zh" else f"Table {entry.number}  {entry.caption[1]}"


def by_cell(made: Any, entry: Section) -> None:
    """The way of python-docx's “Working with Tables” and its quick start."""
    table = made.add_table(rows=1 + len(entry.rows), cols=COLUMNS)
    for column, pair in enumerate(HEADS):
        table.cell(0, column).text = "\n".join(pair)
    for number, cells in enumerate(entry.rows, 1):
        for column, cell in enumerate(cells):
            table.cell(number, column).text = cell


def by_row(made: Any, entry: Section) -> None:
    """The way of python-docx's first page."""
    table = made.add_table(rows=1, cols=COLUMNS)
    for cell, pair in zip(table.rows[0].cells, HEADS, strict=True):
        cell.text = "\n".join(pair)
    for cells in entry.rows:
        for cell, words_of_it in zip(table.add_row().cells, cells, strict=True):
            cell.text = words_of_it


# --- docxtpl -----------------------------------------------------------------------------


def imported_docxtpl() -> Compose:
    """The library docxtpl with a template that is made beforehand."""
    from docx.shared import Pt
    from docxtpl import DocxTemplate, InlineImage

    template = template_file()

    def compose(sections: tuple[Section, ...], figures: tuple[Ready, ...]) -> bytes:
        made = DocxTemplate(io.BytesIO(template))
        images = [InlineImage(made, io.BytesIO(ready.png), width=Pt(WIDTH)) for ready in figures]
        entries = [
            {"of": entry, "image": images[entry.figure - 1] if entry.figure else None, "heads": HEADS}
            for entry in sections
        ]
        made.render({"sections": entries}, autoescape=True)
        saved = io.BytesIO()
        made.save(saved)
        return saved.getvalue()

    return compose


def template_file() -> bytes:
    """The template: a loop over sections, in it one over rows."""
    import docx

    made = docx.Document()
    made.add_heading("长篇简报\nA long briefing", 0)
    made.add_paragraph("{%p for section in sections %}")
    made.add_heading("{{ section.of.heading[0] }}\n{{ section.of.heading[1] }}", 1)
    made.add_paragraph("{{ section.of.zh }}")
    made.add_paragraph("{{ section.of.en }}")
    made.add_paragraph("表{{ section.of.number }}　{{ section.of.caption[0] }}", style="Caption")
    made.add_paragraph("Table {{ section.of.number }}  {{ section.of.caption[1] }}", style="Caption")
    table = made.add_table(rows=4, cols=COLUMNS)
    table.cell(1, 0).text, table.cell(3, 0).text = "{%tr for cells in section.of.rows %}", "{%tr endfor %}"
    for column in range(COLUMNS):
        table.cell(0, column).text = f"{{{{ section.heads[{column}][0] }}}}\n{{{{ section.heads[{column}][1] }}}}"
        table.cell(2, column).text = f"{{{{ cells[{column}] }}}}"
    made.add_paragraph("{%p if section.image %}")
    made.add_paragraph("{{ section.image }}")
    made.add_paragraph("图{{ section.of.figure }}　{{ section.of.title[0] }}", style="Caption")
    made.add_paragraph("Figure {{ section.of.figure }}  {{ section.of.title[1] }}", style="Caption")
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p endfor %}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.docx"
        made.save(str(path))
        return path.read_bytes()


WAYS: dict[str, Callable[[], Compose]] = {
    "ours": imported_ours, "traced": imported_traced, "cells": imported_cells, "rows": imported_rows,
    "docxtpl": imported_docxtpl,
}  # fmt: skip

if __name__ == "__main__":
    main()
