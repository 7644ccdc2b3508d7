"""Writes the sample workbook: `python report/illustrative/generator [FOLDER]`, beside the briefing by default."""

from __future__ import annotations

import sys
from pathlib import Path

from sheets import sheets
from xlsx import workbook

FOLDER = Path(__file__).parent.parent


def main() -> None:
    """Write data.xlsx into the folder that the command line names."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    (folder / "data.xlsx").write_bytes(workbook(sheets()))


if __name__ == "__main__":
    main()
