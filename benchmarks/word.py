"""How long a long Word file takes, as a ratio to python-docx and docxtpl composing the same.

The file has 30 sections on 58 pages, each with a heading, a paragraph in Chinese, one in English and a table of
six columns with its caption; 20 sections have a figure with its caption. The figures are ready-made. Alternately, each
in a process of its own:

* ours: a `Document` made of the same texts and written by `writers.docx.write`;
* cells: python-docx as its documentation shows it, `add_table` and `cell(row, column).text`;
* rows: the same with `add_row().cells`, which is its fastest way;
* docxtpl: one template with loops over sections and rows, and an `InlineImage` for each figure. It needs
  `pip install docxtpl`, which nothing else does; without it that line is left out.

Times are of the processor, from the texts to the bytes of the file; imports are told apart and not in the ratios.
Ours has more in it: real styles by language, captions that count, links, alternative texts, SVG beside PNG. Prints
medians and ratios: cells and rows are to take at least 5 times as long, docxtpl at least as long. Then what ours takes
with 10 to 80 rows a table: a further row is to take the same throughout. There also with every number traced to its
record, as in a briefing. `--profile` says where the time goes instead.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROWS = 40
LENGTHS = (10, 20, 40, 80)
AIMS = {"cells": 5.0, "rows": 5.0, "docxtpl": 1.0}
ROOT = Path(__file__).parent.parent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="runs of each (default 3)")
    parser.add_argument("--without-cells", action="store_true", help="leave out the slowest")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    given = parser.parse_args()
    if given.profile:
        print(subprocess.run(command("profile", ROWS), check=True, capture_output=True, text=True, cwd=ROOT).stdout)
        return
    others = ("rows", "docxtpl") if given.without_cells else ("cells", "rows", "docxtpl")
    compare([way for way in others if available(way)], given.runs)
    lengths(given.runs)


def available(way: str) -> bool:
    """Whether the library of a way is installed; says so where it is not."""
    if way != "docxtpl" or "docxtpl" in child("libraries", 0):
        return True
    print("docxtpl is not installed, so it is left out; pip install docxtpl measures it as well")
    return False


def compare(ways: list[str], runs: int) -> None:
    """Ours and the others, with 40 rows a table."""
    taken = [{way: child(way, ROWS) for way in ("ours", *ways)} for _ in range(runs)]
    ours = median(run["ours"]["composing"] for run in taken)
    print(f"30 tables of {ROWS} rows and 20 figures, processor seconds without imports")
    for way in ("ours", *ways):
        composing, imports = (median(run[way][part] for run in taken) for part in ("composing", "imports"))
        size = taken[0][way]["bytes"] / 1e6
        ratio = f"{composing / ours:6.2f} × ours (aim ≥ {AIMS[way]:g})" if way in AIMS else ""
        print(f"  {way:<8} {composing:6.2f}  imports {imports:4.2f}  {size:4.2f} MB  {ratio}")


def lengths(runs: int) -> None:
    """Ours with shorter and longer tables, and with every number traced."""
    print("ours, by rows a table")
    before, rows_before = 0.0, 0
    for rows in LENGTHS:
        taken = [(child("ours", rows)["composing"], child("traced", rows)["composing"]) for _ in range(runs)]
        ours, traced = (median(column) for column in zip(*taken, strict=True))
        row, further = (1000 * (ours - less) / (30 * (rows - fewer)) for less, fewer in ((0, 0), (before, rows_before)))
        apart = f", {further:5.3f} ms a further row" if before else ""
        print(f"  30 × {rows:<3} {ours:6.3f} s  every number traced {traced / ours:4.2f} ×  {row:5.3f} ms a row{apart}")
        before, rows_before = ours, rows


def median(values: Iterable[float]) -> float:
    """The median of what an iterable gives."""
    return statistics.median(values)


def command(way: str, rows: int) -> list[str]:
    """What runs one way in a process of its own."""
    return [sys.executable, str(Path(__file__).with_name("word_ways.py")), way, str(rows)]


def child(way: str, rows: int) -> Any:
    """What a process of its own measured."""
    done = subprocess.run(command(way, rows), check=True, capture_output=True, text=True, cwd=ROOT)
    return json.loads(done.stdout)


if __name__ == "__main__":
    main()
