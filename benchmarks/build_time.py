"""How long building a briefing takes, as a ratio to importing the libraries it stands on.

Runs, alternately and each in a process of its own:

* the imports alone: matplotlib.figure, reportlab, docx, jinja2;
* `ipreport build report/haixi --edition bilingual`, both formats, caches warm.

Prints the medians and their ratio. The aim is a ratio of at most 2.5; wall times of a
busy machine vary, the ratio much less.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

IMPORTS = "import matplotlib.figure, reportlab.pdfgen.canvas, docx, jinja2"
AIM = 2.5
ROOT = Path(__file__).parent.parent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9, help="runs of each (default 9)")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        environment = {**os.environ, "IPREPORT_CACHE": str(base / "cache")}
        build = build_command(base)
        cold = seconds(build, environment)
        pairs = [
            (seconds([sys.executable, "-c", IMPORTS], environment), seconds(build, environment)) for _ in range(runs)
        ]
    imports, warm = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"imports alone          {imports:6.2f} s")
    print(f"build, caches empty    {cold:6.2f} s   {cold / imports:5.2f} × imports")
    print(f"build, caches warm     {warm:6.2f} s   {warm / imports:5.2f} × imports (aim ≤ {AIM})")


def build_command(base: Path) -> list[str]:
    """The command that builds the bilingual edition into a folder of its own."""
    target = ["--output", str(base / "output"), "--figures", str(base / "figures")]
    return [
        sys.executable,
        "-m",
        "ipreport",
        "build",
        str(ROOT / "report" / "haixi"),
        "--edition",
        "bilingual",
        *target,
    ]


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Wall time of a command, which must succeed."""
    start = time.perf_counter()
    subprocess.run(command, check=True, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
