"""How long a long PDF takes, as a ratio to WeasyPrint and Typst composing the same.

The file has 68 sections on 80 pages, each with a heading, a paragraph in Chinese, one in English, a table of
thirteen rows and a chart of 60 bars, in the same two Chinese faces. Alternately, each in a process of its own:

* ours: a `Document` of the same texts, written by `writers.pdf.write` as PDF/UA-1 and PDF/A-3A, glyphs in the cache;
* weasyprint: HTML and a style sheet, as PDF/UA-1;
* typst: the same in its markup, compiled as PDF/UA-1.

The others need `pip install weasyprint typst`, which nothing else does; what is absent is left out. Times are of the
processor, from the texts to the bytes of the file; imports are told apart and not in the ratios. Prints medians and
ratios: WeasyPrint is to take at least 5 times as long as ours, and ours at most twice as long as Typst. Then what a
page takes in files of 17 to 68 sections, which is to be the same throughout, and the most memory that the process had
(aim at most 300 MiB). `--profile` says where the time goes instead.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

SECTIONS = 68
LENGTHS = (17, 34, 68)
MOST_MEMORY = 300
ROOT = Path(__file__).parent.parent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="runs of each (default 3)")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    given = parser.parse_args()
    if given.profile:
        print(run("profile", SECTIONS))
        return
    child("ours", SECTIONS)  # so that the cache has every glyph
    compare(given.runs)
    lengths(given.runs)


def compare(runs: int) -> None:
    """Ours and the others."""
    others = json.loads(run("libraries", 0))
    for name in {"weasyprint", "typst"} - set(others):
        print(f"{name} is not installed, so it is left out; pip install {name} measures it as well")
    taken = [{way: child(way, SECTIONS) for way in ("ours", *others)} for _ in range(runs)]
    ours = statistics.median(each["ours"]["composing"] for each in taken)
    print(f"{SECTIONS} sections, processor seconds without imports")
    for way in ("ours", *others):
        composing, imports = (statistics.median(each[way][part] for each in taken) for part in ("composing", "imports"))
        first = taken[0][way]
        ratio = "" if way == "ours" else f"{composing / ours:6.2f} × ours"
        aim = {"weasyprint": " (aim ≥ 5)", "typst": " (aim ≥ 0.5)"}.get(way, "")
        print(
            f"  {way:<11}{composing:6.2f}  imports {imports:4.2f}  {first['pages']:3.0f} pages  "
            f"{first['bytes'] / 1e6:5.2f} MB  {first['memory']:4.0f} MiB  {ratio}{aim}"
        )


def lengths(runs: int) -> None:
    """Ours with fewer and more sections."""
    print(f"ours, by sections (memory: aim ≤ {MOST_MEMORY} MiB)")
    for sections in LENGTHS:
        taken = [child("ours", sections) for _ in range(runs)]
        composing = statistics.median(each["composing"] for each in taken)
        pages, memory = taken[0]["pages"], taken[0]["memory"]
        page = 1000 * composing / pages
        print(f"  {sections:>3}  {pages:3.0f} pages  {composing:6.3f} s  {page:5.1f} ms a page  {memory:4.0f} MiB")


def run(way: str, sections: int) -> str:
    """What a process of its own printed."""
    command = [sys.executable, str(Path(__file__).with_name("pdf_ways.py")), way, str(sections)]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout


def child(way: str, sections: int) -> Any:
    """What a process of its own measured."""
    return json.loads(run(way, sections))


if __name__ == "__main__":
    main()
