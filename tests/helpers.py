"""Briefings to change in one place, and metrics made without a file."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import ipreport
from ipreport.compose import compose
from ipreport.document import Document
from ipreport.language import Localized
from ipreport.metrics import (
    Metric,
    MetricSet,
    Period,
    PeriodKind,
    Qualifier,
    Relations,
    StatedBasis,
    Status,
    parse_period,
    unit_named,
)
from ipreport.outline import Edition
from ipreport.pipeline.charts import draw_edition
from ipreport.pipeline.checked import checked
from ipreport.problems import Origin, ReportError
from ipreport.readers.catalogue import catalogue
from ipreport.rules import RULES, Finding

HERE = Path(__file__).parent
HAIXI = HERE.parent / "report" / "haixi"
SAMPLE = HERE.parent / "report" / "illustrative"
SMALL = HERE / "data" / "small"
ISSUES = HERE / "data" / "issues"
METRICS, BRIEFING = "metrics.yaml", "briefing.yaml"
PREVIOUS = "previous/manifest.json"


def metric(metric_id: str, value: str | None, /, *, key: str = "", unit: str = "", **changes: Any) -> Metric:
    """An observation of a catalogue metric, exact and undated unless `changes` say otherwise."""
    definition = catalogue()[metric_id]
    stated_in = unit_named(unit) if unit else definition.unit
    made = Metric(
        key=key or metric_id,
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
        origin=Origin("metrics.yaml", key or metric_id, 1),
    )
    return replace(made, **changes)


def at(period: str, value: str | None, metric_id: str, /, **changes: Any) -> Metric:
    """An observation of a period as files write it; its key tells the period, unless one is given."""
    key = changes.pop("key", f"{metric_id}_{re.sub(r'[^0-9a-z]', '_', period.lower())}")
    dated = parse_period(period, catalogue()[metric_id].period)
    return metric(metric_id, value, key=key, period=dated, **changes)


def growth(
    value: str,
    of: str = "patent_invention_in_force",
    basis: str | None = "yoy",
    period: str = "2025-09-30",
    against: str | None = None,
    **changes: Any,
) -> Metric:
    """A growth as a source states it, year on year unless `changes` say otherwise."""
    measured = None if against is None else parse_period(against, PeriodKind.WINDOW)
    stated = StatedBasis(basis) if basis is not None else None
    relations = Relations(growth_of=of)
    return at(
        period, value, "growth_rate", key="growth", basis=stated, relations=relations, against=measured, **changes
    )


def in_points(metric: Metric) -> Metric:
    """The same change in percentage points, as an office's own catalogue has it."""
    unit = unit_named("percentage_point")
    return replace(metric, definition=replace(metric.definition, unit=unit), stated_in=unit)


def ruled(rule: str, *metrics: Metric) -> list[Finding]:
    """What one rule finds in these observations."""
    return list(RULES[rule](metric_set(*metrics)))


def arithmetic(findings: list[Finding]) -> list[str]:
    """The calculations of findings, in English."""
    return [finding.arithmetic.en for finding in findings]


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


def composed(copy: Copy, edition: str = "bilingual") -> Document:
    """An edition of a copy that has no problem, its charts drawn, its pages not yet laid out."""
    ready = checked(copy.folder, None, accept_warnings=False)
    ready.stop_if_blocked()
    chosen = Edition(edition)
    content, date = ready.content, ready.content.outline.date
    return compose(content, chosen, draw_edition(content, chosen, ready.formats, content.outline.figures()), date)
