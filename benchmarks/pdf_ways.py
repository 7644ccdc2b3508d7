"""What `pdf.py` measures, each in a process of its own: `python benchmarks/pdf_ways.py NAME SECTIONS`.

`ours`, `weasyprint` and `typst` compose the same texts, tables and figures as a tagged PDF, in the same faces, and
print the processor seconds of their imports and of composing, the size of the file, its pages, and the most memory
that the process had, as JSON. `libraries` tells which of the others are there; `profile` prints where the time of
`ours` goes.
"""

from __future__ import annotations

import cProfile
import html
import importlib.util
import json
import pstats
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipreport.document import Block, Document

ROWS, COLUMNS = 12, 6
WIDTH, HEIGHT = 360.0, 160.0
"""The size of a figure in points."""
BARS = 60
HEADS = ("地区 Region", "申请 Filed", "授权 Grants", "有效 In force", "罚没 Fines", "占比 Share")
ZH = (
    "截至报告期末，全州有效发明专利{}件，其中高价值发明专利{}件；罚没款{}万元，占比90.9%，居全省第2位。"
    "“严保护、大保护、快保护、同保护”工作格局基本形成，《知识产权强国建设纲要（2021—2035年）》有关任务按期完成，"
    "PCT国际专利申请和马德里商标国际注册（Madrid System）稳步增长。"
)
EN = (
    "At the end of the reporting period the prefecture held {} invention patents in force, {} of them high-value; "
    "fines and confiscations came to {} yuan. Administrative authorities, courts and customs cooperated on "
    "geographical indications, and international registrations under the Madrid System continued to increase."
)


@dataclass(frozen=True, slots=True)
class Section:
    """A section as plain texts and heights of bars: what every way starts from."""

    number: int
    heading: str
    zh: str
    en: str
    rows: tuple[tuple[str, ...], ...]
    bars: tuple[int, ...]


Compose = Callable[[tuple[Section, ...]], bytes]
"""Sections become the bytes of a PDF file."""


def main() -> None:
    """Run one of them."""
    way, count = sys.argv[1], int(sys.argv[2])
    if way == "libraries":
        print(json.dumps([name for name in ("weasyprint", "typst") if importlib.util.find_spec(name)]))
    elif way == "profile":
        compose = imported_ours()
        sections = content(count)
        profiler = cProfile.Profile()
        profiler.runcall(compose, sections)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(40)
    else:
        print(json.dumps(measured(way, count)))


def measured(way: str, count: int) -> dict[str, float]:
    """Processor seconds of the imports and of composing, and what came out."""
    sections = content(count)
    start = time.process_time()
    compose = WAYS[way]()
    ready = time.process_time()
    file = compose(sections)
    done = time.process_time()
    import pypdfium2  # type: ignore[import-untyped]

    return {
        "imports": ready - start,
        "composing": done - ready,
        "bytes": len(file),
        "pages": len(pypdfium2.PdfDocument(file)),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def content(count: int) -> tuple[Section, ...]:
    """The texts and figures of so many sections, the same each time."""
    source = random.Random(20)  # noqa: S311 - numbers that look like data
    return tuple(section(number, source) for number in range(1, count + 1))


def section(number: int, source: random.Random) -> Section:
    """Two paragraphs in each language, a table and a chart."""
    numbers = [f"{source.randrange(10, 100_000):,}" for _ in range(3)]
    rows = tuple(
        (f"第{row}县 County {row}", *(f"{source.randrange(1_000_000):,}" for _ in range(COLUMNS - 1)))
        for row in range(1, ROWS + 1)
    )
    bars = tuple(source.randrange(10, int(HEIGHT)) for _ in range(BARS))
    return Section(number, f"第{number}节 Part {number}", ZH.format(*numbers) * 2, EN.format(*numbers) * 2, rows, bars)


def font_files() -> tuple[Path, Path]:
    """The Chinese faces that all ways use: for text, and for tables and headings."""
    from ipreport.fonts import find_faces
    from ipreport.style import FontRole

    faces = find_faces()
    return faces.face(FontRole.SERIF).path, faces.face(FontRole.SANS).path


# --- ours --------------------------------------------------------------------------------


def imported_ours() -> Compose:
    """Our writer with the glyphs that earlier runs kept."""
    from ipreport.cache import Cache
    from ipreport.fonts import find_faces
    from ipreport.style import MODERN
    from ipreport.writers.pdf import write

    cache = Cache(Path(tempfile.gettempdir()) / "ipreport-benchmark")

    def compose(sections: tuple[Section, ...]) -> bytes:
        return write(document(sections), MODERN, find_faces(cache=cache), cache)

    return compose


def document(sections: tuple[Section, ...]) -> Document:
    """The document of all sections."""
    from ipreport.document import Document, Masthead, Meta, text
    from ipreport.language import EN as EN_US
    from ipreport.language import ZH as ZH_CN

    head = text(ZH_CN, "长篇简报"), text(EN_US, "A long briefing")
    meta = Meta("长篇简报", "", "ipreport", (), "bilingual", (ZH_CN, EN_US), head, (), date(2025, 1, 1))
    masthead = Masthead((), head, (), (), (text(ZH_CN, "2025年"),))
    return Document(meta, masthead, tuple(block for entry in sections for block in section_blocks(entry)))


def section_blocks(entry: Section) -> list[Block]:
    """A section's heading, paragraphs, table and figure."""
    from ipreport.document import (
        Align,
        Caption,
        CaptionKind,
        Cell,
        Column,
        Drawing,
        DrawnPath,
        Figure,
        Heading,
        Paragraph,
        Picture,
        Row,
        Table,
        text,
    )  # fmt: skip
    from ipreport.language import EN as EN_US
    from ipreport.language import ZH as ZH_CN

    said = (text(ZH_CN, f"第{entry.number}部分"),)
    columns = (Column(2), *(Column(1, Align.RIGHT) for _ in range(COLUMNS - 1)))
    head, *body = (Row(tuple(Cell((text(ZH_CN, cell),)) for cell in cells)) for cells in (HEADS, *entry.rows))
    caption = Caption(CaptionKind.TABLE, entry.number, said)
    shapes = tuple(
        DrawnPath((("M", x, 0.0), ("L", x, y), ("L", x + 4, y), ("L", x + 4, 0.0), ("Z",)), fill="#1f4e79")
        for x, y in bar_places(entry)
    )
    picture = Picture(WIDTH, HEIGHT, Drawing(shapes), b"", b"")
    return [
        Heading(1, f"s{entry.number}", (text(ZH_CN, entry.heading),)),
        Paragraph(text(ZH_CN, entry.zh)),
        Paragraph(text(EN_US, entry.en)),
        Table(f"t{entry.number}", caption, columns, (head,), tuple(body), (), said),
        Figure(f"f{entry.number}", Caption(CaptionKind.FIGURE, entry.number, said), picture, (), said),
    ]


def bar_places(entry: Section) -> list[tuple[float, float]]:
    """The left edge and the height of every bar of a figure."""
    return [(index * WIDTH / BARS, float(height)) for index, height in enumerate(entry.bars)]


# --- WeasyPrint --------------------------------------------------------------------------


STYLES = """
@page {
    size: A4; margin: 3.3cm 2.6cm 3cm 2.8cm;
    @bottom-center { content: counter(page) " / " counter(pages) }
}
body { font: 10.5pt/1.7 Song; text-align: justify }
h1 { font: 15pt/1.4 Hei }
p { margin: 0 0 8pt }
p:lang(zh) { text-indent: 2em }
[lang=en] { hyphens: auto }
table { width: 100%; border-collapse: collapse; font: 9pt/1.5 Hei }
th, td { padding: 3pt 5pt; border-bottom: .4pt solid #ccc }
td + td { text-align: right }
tr { break-inside: avoid }
figure { margin: 12pt 0; break-inside: avoid; text-align: center }
caption, figcaption { font: 9pt/1.5 Hei }
"""


def imported_weasyprint() -> Compose:
    """HTML with a style sheet, as PDF/UA-1."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    serif, sans = font_files()
    faces = "".join(
        f"@font-face {{ font-family: {name}; src: url({path.as_uri()}) }}"
        for name, path in (("Song", serif), ("Hei", sans))
    )
    sheet = faces + STYLES

    def compose(sections: tuple[Section, ...]) -> bytes:
        fonts = FontConfiguration()
        page = HTML(string=as_html(sections))
        styles = [CSS(string=sheet, font_config=fonts)]
        return bytes(page.write_pdf(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1"))

    return compose


def as_html(sections: tuple[Section, ...]) -> str:
    """All sections as HTML."""
    return f'<html lang="zh-CN"><title>长篇简报</title><body>{"".join(map(section_html, sections))}</body></html>'


def section_html(entry: Section) -> str:
    """A section as HTML, its figure as SVG inside."""
    bars = "".join(
        f'<rect x="{x:.1f}" y="{HEIGHT - y:.1f}" width="4" height="{y}" fill="#1f4e79"/>' for x, y in bar_places(entry)
    )
    rows = "".join(
        f"<tr><th>{html.escape(cells[0])}</th>{''.join(f'<td>{cell}</td>' for cell in cells[1:])}</tr>"
        for cells in entry.rows
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    return (
        f"<h1>{entry.heading}</h1><p>{entry.zh}</p><p lang='en'>{html.escape(entry.en)}</p>"
        f"<table><caption>表{entry.number} 第{entry.number}部分</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table><figure>"
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}pt" height="{HEIGHT}pt" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">{bars}</svg>'
        f"<figcaption>图{entry.number} 第{entry.number}部分</figcaption></figure>"
    )


# --- Typst -------------------------------------------------------------------------------


def imported_typst() -> Compose:
    """Markup of Typst, as PDF/UA-1."""
    import typst

    folders = sorted({str(path.parent) for path in font_files()})

    def compose(sections: tuple[Section, ...]) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "main.typ"
            source.write_text(PREAMBLE + "".join(map(section_typst, sections)), encoding="utf-8")
            made = typst.compile(str(source), font_paths=folders, pdf_standards=["ua-1"])
        return bytes(made)

    return compose


PREAMBLE = """
#set document(title: "长篇简报", date: datetime(year: 2025, month: 1, day: 1))
#set page("a4", margin: (top: 3.3cm, bottom: 3cm, left: 2.8cm, right: 2.6cm), numbering: "1 / 1")
#set text(font: "Noto Serif SC", size: 10.5pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 0.9em)
#show heading: set text(font: "Noto Sans SC")
#show table: set text(font: "Noto Sans SC", size: 9pt)
"""


def section_typst(entry: Section) -> str:
    """A section in the markup of Typst."""
    cells = ", ".join(f"[{cell}]" for cells in entry.rows for cell in cells)
    heads = ", ".join(f"[{head}]" for head in HEADS)
    bars = "\n".join(
        f'place(bottom + left, dx: {x:.1f}pt, rect(width: 4pt, height: {y}pt, fill: rgb("1f4e79")))'
        for x, y in bar_places(entry)
    )
    said = f"第{entry.number}部分"
    return (
        f'\n= {entry.heading}\n\n{entry.zh}\n\n#[#set text(lang: "en")\n{entry.en}]\n\n'
        f"#figure(caption: [{said}], table(columns: (2fr, 1fr, 1fr, 1fr, 1fr, 1fr), "
        f"table.header({heads}), {cells}))\n"
        f'#figure(alt: "{said}", caption: [{said}], block(width: {WIDTH}pt, height: {HEIGHT}pt, {{\n{bars}\n}}))\n'
    )


WAYS: dict[str, Callable[[], Compose]] = {
    "ours": imported_ours,
    "weasyprint": imported_weasyprint,
    "typst": imported_typst,
}


if __name__ == "__main__":
    main()
