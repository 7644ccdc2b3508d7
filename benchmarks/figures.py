"""How long charts take, as a ratio to drawing the same with pyplot, and what part of a build they are.

Six charts of the illustrative briefing (columns, grouped columns, a line, bars, a slope, a part of a whole), each as
PNG, as SVG and as vectors on a page of a PDF. Alternately, each in a process of its own:

* ours: `figures.draw` without a cache of pictures, and the drawings painted on our canvas;
* pyplot: six charts of the same values, names and face, each saved with `savefig` as PNG (tight), SVG and PDF.

Prints medians of processor time and their ratio, which is to be at most a third, with and without imports. Then the
part of a build that drawing takes, with nothing cached, with new data, and unchanged; and how long
`ipreport figures` takes for one chart of a record of 2,979 observations, whole process, changed and unchanged.

With `--workers`: wall times of the same pictures drawn here and in a pool of two, forked and spawned. On two cores in
use by others 15, 30 and 60 pictures took 0.2, 0.4 and 0.6 s here, 0.2, 0.4 and 0.7 s in forked and 1.2, 1.3 and 1.7 s
in spawned workers. A picture takes a hundredth of a second and the imports of a worker (all that Windows has) half of
one, so charts are drawn where they are needed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

AIM = 1 / 3
ROOT = Path(__file__).parent.parent
BRIEFING = ROOT / "report" / "illustrative"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="runs of each (default 5)")
    parser.add_argument("--workers", action="store_true", help="measure pools of workers instead")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        os.environ |= {"IPREPORT_CACHE": str(base / "cache"), "MPLCONFIGDIR": str(base), "OPENBLAS_NUM_THREADS": "1"}
        if given.workers:
            for label, seconds in child("workers", base).items():
                print(f"{label:<10} {seconds:5.2f} s")
            return
        against_pyplot(base, given.runs)
        part_of_build(base, given.runs)
        one_chart(base, given.runs)


# --- against pyplot ----------------------------------------------------------------------


def against_pyplot(base: Path, runs: int) -> None:
    """The six charts both ways."""
    child("prepare", base)
    child("ours", base), child("pyplot", base)  # both find their fonts cached, as after the first time
    taken = [(child("ours", base), child("pyplot", base)) for _ in range(runs)]
    ours, pyplot = ({key: statistics.median(run[n][key] for run in taken) for key in taken[0][n]} for n in (0, 1))
    print("six charts as PNG, SVG and PDF, processor seconds")
    for label, keys in (("drawing", ("drawing",)), ("drawing and imports", ("drawing", "imports"))):
        one, other = (sum(side[key] for key in keys) for side in (ours, pyplot))
        print(f"  {label:<22} ours {one:5.2f}  pyplot {other:5.2f}  ratio {one / other:5.3f} (aim ≤ {AIM:.2f})")
    shares = "  ".join(f"{key} {ours[key]:.3f}" for key in ("layout", "png", "pdf"))
    print(f"  ours by step           {shares} (layout with SVG)")


def child(name: str, base: Path) -> Any:
    """What a process of its own measured."""
    command = [sys.executable, str(Path(__file__).with_name("six_charts.py")), name, str(base)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)


# --- in a build --------------------------------------------------------------------------


def part_of_build(base: Path, runs: int) -> None:
    """A build with nothing cached, with the glyphs cached as after a change of all data, and unchanged."""
    print(f"building {BRIEFING.name}, processor seconds, and the part that is drawing")
    cache = base / "cache"
    shutil.rmtree(cache, ignore_errors=True)
    first = child("build", base)
    report("nothing cached", [first])
    drawn = []
    for _ in range(runs):
        forget_pictures(cache)
        drawn.append(child("build", base))
    report("all charts drawn", drawn)
    report("no chart drawn", [child("build", base) for _ in range(runs)])


def report(label: str, taken: list[dict[str, float]]) -> None:
    """Print medians."""
    total, drawing = (statistics.median(run[key] for run in taken) for key in ("total", "drawing"))
    print(f"  {label:<22} {total:5.2f}  drawing {drawing:5.2f}  ({drawing / total:4.0%})")


def forget_pictures(cache: Path) -> None:
    """Remove the pictures from a cache; glyphs and notes stay."""
    for entry in cache.rglob("*"):
        if entry.is_file() and entry.read_bytes()[32:].startswith(b'{"width"'):
            entry.unlink()


def one_chart(base: Path, runs: int) -> None:
    """The command for one chart, whole process: after a change of its title, and unchanged."""
    folder = base / "report" / BRIEFING.name
    shutil.copytree(BRIEFING, folder)
    text = (folder / "briefing.yaml").read_text(encoding="utf-8")
    figure = re.search(r"- figure:\s+id: (\S+)\s.*?zh: ", text, re.DOTALL)
    if figure is None:
        raise ValueError("the briefing has no chart")
    command = [sys.executable, "-m", "ipreport", "figures", str(folder), figure[1], "--edition", "bilingual"]
    imports = [sys.executable, "-c", "import matplotlib.figure"]
    subprocess.run(command, check=True, capture_output=True, cwd=base)
    taken = []
    for run in range(runs):
        titled = f"{text[: figure.end()]}第{run}次{text[figure.end() :]}"
        (folder / "briefing.yaml").write_text(titled, encoding="utf-8")
        taken.append([seconds(argv, base) for argv in (command, command, imports)])
    changed, unchanged, bare = (statistics.median(column) for column in zip(*taken, strict=True))
    print("one chart of a record of 2,979 observations, processor seconds of the whole process")
    for label, total in (("changed", changed), ("unchanged", unchanged)):
        print(f"  {label:<22} {total:5.2f}  {total / bare:5.2f} × importing matplotlib.figure")


def seconds(command: list[str], base: Path) -> float:
    """Processor time of a command, which must succeed; it has one thread, so an idle machine takes as long."""
    before = os.times()
    subprocess.run(command, check=True, capture_output=True, cwd=base)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    main()
