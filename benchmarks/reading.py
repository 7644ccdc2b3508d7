"""How long reading a table of observations takes, as a ratio to the bare reader of its format.

For CSV and XLSX, with a tenth of the rows and with all of them, alternately:

* the bare reader: `csv.reader` over the file, calamine over the sheet;
* `ipreport.readers.read_metrics`, every row checked against the catalogue, its place kept.

Prints the best times, their ratio, and how much longer ten times the rows take, which is
to be at most 12. `--rows 1000000 --csv-only --once` reads a province's table once and
prints the greatest memory use.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import python_calamine

from ipreport.readers import read_metrics

AIM = 12
_RECORD = """region: {zh: 示例省, en: Sample Province}
sources:
  - id: bulletin
    title: {zh: 统计公报, en: Statistical bulletin}
tables:
  - file: "%s"
    source: bulletin
    current: 2025Q3
"""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml"
ContentType="application/xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"
Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": f"""<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="s" sheetId="1"
r:id="r1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"
Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""",
}
"""A workbook but for its sheet."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the larger table (default 100,000)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each (default 3)")
    parser.add_argument("--csv-only", action="store_true", help="leave XLSX out")
    parser.add_argument("--once", action="store_true", help="read the larger table once, and print the memory used")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        makers = {"csv": (make_csv, bare_csv)} if given.csv_only else MAKERS
        for ending, (make, bare) in makers.items():
            if given.once:
                read_once(base, ending, make, given.rows)
            else:
                compare(base, ending, make, bare, given.rows, given.runs)


def read_once(base: Path, ending: str, make: Callable[[Path, int], None], rows: int) -> None:
    """Read one table and say how long it took and how much memory the process used at most."""
    record = recorded(base, ending, make, rows)
    taken = seconds(lambda: read_metrics(record))
    print(f"{ending}: {rows:,} rows in {taken:.1f} s, at most {peak_mib()} MiB")


def peak_mib() -> str:
    """The greatest memory use of this process, where the system tells it."""
    try:
        import resource
    except ImportError:
        return "an unknown number of"
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f}"


def compare(
    base: Path, ending: str, make: Callable[[Path, int], None], bare: Callable[[Path], None], rows: int, runs: int
) -> None:
    """Time both readers on the smaller and the larger table, alternately."""
    taken: dict[int, float] = {}
    for count in (rows // 10, rows):
        record = recorded(base, ending, make, count)
        table = record.with_name(f"data.{ending}")
        pairs = [(seconds(lambda t=table: bare(t)), seconds(lambda r=record: read_metrics(r))) for _ in range(runs)]
        plain, taken[count] = (min(column) for column in zip(*pairs, strict=True))
        times = f"bare {plain:6.3f} s  read {taken[count]:6.2f} s  {taken[count] / plain:5.1f} ×"
        print(f"{ending:<4} {count:>9,} rows  {times}")
    print(f"{ending:<4} ten times the rows take {taken[rows] / taken[rows // 10]:.1f} × as long (aim ≤ {AIM})")


def recorded(base: Path, ending: str, make: Callable[[Path, int], None], rows: int) -> Path:
    """A metrics.yaml that names a table of so many rows beside it."""
    folder = base / f"{ending}-{rows}"
    folder.mkdir(exist_ok=True)
    make(folder / f"data.{ending}", rows)
    record = folder / "metrics.yaml"
    record.write_text(_RECORD % f"data.{ending}", encoding="utf-8")
    return record


def observations(rows: int) -> Iterator[tuple[str, str, str, str, str]]:
    """So many observations of four metrics in towns of a province over twelve quarters."""
    metrics = (
        ("patent_invention_in_force", "patent"), ("penalty_cases", "case"),
        ("patent_invention_hv", "patent"), ("penalty_amount", "万元"),
    )  # fmt: skip
    for number in range(rows):
        metric, unit = metrics[number % 4]
        quarter = number // 4 % 12
        yield (
            metric,
            f"第{number // 48}镇",
            f"{2023 + quarter // 4}Q{quarter % 4 + 1}",
            f"{number * 7919 % 99_991:,}",
            unit,
        )


def make_csv(path: Path, rows: int) -> None:
    """Write the observations as CSV."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("指标", "地区", "时期", "数值", "单位"))
        writer.writerows(observations(rows))


def bare_csv(path: Path) -> None:
    """Read every row and do nothing with it."""
    with path.open(encoding="utf-8", newline="") as stream:
        for _ in csv.reader(stream):
            pass


def make_xlsx(path: Path, rows: int) -> None:
    """Write the observations as a workbook of one sheet."""
    head = ("指标", "地区", "时期", "数值", "单位")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for number, row in enumerate((head, *observations(rows)), start=1):
                cells = "".join(
                    f'<c r="{letter}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
                    for letter, text in zip("ABCDE", row, strict=True)
                )
                part.write(f'<row r="{number}">{cells}</row>'.encode())
            part.write(b"</sheetData></worksheet>")


def bare_xlsx(path: Path) -> None:
    """Read every row with calamine and do nothing with it."""
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        for _ in book.get_sheet_by_index(0).iter_rows():
            pass


MAKERS = {"csv": (make_csv, bare_csv), "xlsx": (make_xlsx, bare_xlsx)}


def seconds(action: Callable[[], object]) -> float:
    """Wall time of a call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
