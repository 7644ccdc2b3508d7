"""Writes the sample data, `data.xlsx` and `previous/manifest.json`, beside the briefing or into another folder.

.venv/bin/python report/illustrative/generator [FOLDER]
"""

from __future__ import annotations

import sys
from pathlib import Path

from previous import FOLDER, previous_manifest
from sheets import sheets
from xlsx import workbook


def main() -> None:
    """Write both files into the folder that the command line names."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    (folder / "previous").mkdir(exist_ok=True)
    (folder / "data.xlsx").write_bytes(workbook(sheets()))
    (folder / "previous" / "manifest.json").write_bytes(previous_manifest())


if __name__ == "__main__":
    main()
