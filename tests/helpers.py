"""Briefings to change in one place, and metrics made without a file."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import ipreport
from ipreport.language import Localized
from ipreport.metrics import Metric, MetricSet, Period, Qualifier, Status, unit_named
from ipreport.problems import Origin, ReportError
from ipreport.readers.catalogue import catalogue

HERE = Path(__file__).parent
HAIXI = HERE.parent / "report" / "haixi"
SMALL = HERE / "data" / "small"
ISSUES = HERE / "data" / "issues"
METRICS, BRIEFING = "metrics.yaml", "briefing.yaml"
PREVIOUS = "previous/manifest.json"


def metric(name: str, value: str | None, *, key: str = "", unit: str = "", **changes: Any) -> Metric:
    """An observation of a catalogue metric, exact and undated unless `changes` say otherwise."""
    definition = catalogue()[name]
    stated_in = unit_named(unit) if unit else definition.unit
    made = Metric(
        key=key or name,
        definition=definition,
        name=definition.name,
        value=None if value is None else Decimal(value) * stated_in.scale,
        places=len((value or "").partition(".")[2]),
        stated_in=stated_in,
        qualifier=Qualifier.EXACT,
        period=Period(definition.period),
        region="示例州",
        status=Status.OK,
        source="bulletin",
        note=None,
        relations=definition.relations,
        origin=Origin("metrics.yaml", key or name, 1),
    )
    return replace(made, **changes)


def metric_set(*metrics: Metric) -> MetricSet:
    return MetricSet(metrics, (), (), Localized("示例州", "Sample Prefecture"))


@dataclass(frozen=True)
class Copy:
    """A copy of a briefing that a test may spoil."""

    folder: Path

    def change(self, file: str, old: str, new: str) -> str:
        """Put `new` for the first `old` in a file; the place `file:line` where it then stands."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} holds no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return f"{path.as_posix()}:{text[: text.index(old)].count(chr(10)) + 1}"

    def line_of(self, file: str, text: str) -> str:
        """The place `file:line` where `text` first stands."""
        written = (self.folder / file).read_text(encoding="utf-8")
        return f"{file}:{written[: written.index(text)].count(chr(10)) + 1}"

    def overwrite(self, file: str, content: bytes) -> str:
        path = self.folder / file
        path.write_bytes(content)
        return path.as_posix()

    def check(self) -> list[str]:
        """The problems of the briefing in words, the way to its folder left out."""
        return [self.shorten(str(problem)) for problem in ipreport.check(self.folder)]

    def build(self, **options: Any) -> ipreport.Built:
        """Build it into `output/` and `figures/` beside `report/`."""
        return ipreport.build(self.folder, output=self.root / "output", figures=self.root / "figures", **options)

    @property
    def root(self) -> Path:
        return self.folder.parent.parent

    def shorten(self, message: str) -> str:
        return message.replace(f"{self.folder.as_posix()}/", "")


def copy_of(source: Path, tmp_path: Path) -> Copy:
    folder = tmp_path / "report" / source.name
    shutil.copytree(source, folder)
    return Copy(folder)


def second_issue(root: Path, published: Path) -> Copy:
    """The second of two issues, with the manifest of the first in its folder."""
    folder = root / "report" / "sample"
    shutil.copytree(ISSUES / "second", folder)
    (folder / PREVIOUS).parent.mkdir()
    shutil.copy(published, folder / PREVIOUS)
    return Copy(folder)


def refusal(error: ReportError) -> str:
    """The message of a refusal that holds exactly one problem."""
    (problem,) = error.problems
    return str(problem)


def everything_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def build_refusal(small: Copy) -> str:
    """The message with which building a copy is refused."""
    with pytest.raises(ReportError) as refused:
        small.build()
    return small.shorten(refusal(refused.value))
