"""A new briefing to start from: complete, buildable, and marked as illustrative on every page."""

from __future__ import annotations

from pathlib import Path

from ipreport.pipeline.files import write_all
from ipreport.problems import Origin, ReportError, block
from ipreport.readers import BRIEFING_FILE, METRICS_FILE, check_name

STARTER = Path(__file__).parent.parent / "starter"


def new(name: str, *, reports: Path = Path("report")) -> Path:
    """Make `reports/<name>/` with a briefing that builds; returns the folder.

    Its figures are made up and its pages say so. Raises ReportError when the name is
    no plain folder name or the folder already exists.
    """
    check_name(name)
    folder = reports / name
    if folder.exists():
        message = "the folder already exists; nothing was changed"
        raise ReportError([block(message, Origin(folder.as_posix()), "choose another name")])
    write_all({folder / file: (STARTER / file).read_bytes() for file in (METRICS_FILE, BRIEFING_FILE)})
    return folder
