"""The records of the sample province, for tests of what needs history and regions."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ipreport.metrics import MetricSet
from ipreport.readers import briefing_folder, read

FOLDER = Path(__file__).parent.parent / "report" / "illustrative"


@cache
def province() -> MetricSet:
    """Eight prefectures over twelve quarters, read once for all tests."""
    return read(briefing_folder(FOLDER)).metrics
