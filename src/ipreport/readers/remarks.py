"""What metrics.yaml says of values that stand in tables: that one was revised, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ipreport.metrics import Metric
from ipreport.problems import Problem, block, did_you_mean
from ipreport.readers.schema import RemarkShape
from ipreport.readers.yaml_file import Tree


def remarked(
    observations: Sequence[Metric], remarks: Sequence[RemarkShape], tree: Tree
) -> tuple[list[Metric], list[Problem]]:
    """The observations with what `remarks` say of them, and what is wrong with the remarks.

    A remark fills in status, caliber and note of the value it names; it cannot touch the
    value itself, which stands in one place only.
    """
    said: dict[str, RemarkShape] = {}
    problems: list[Problem] = []
    keys = {metric.key for metric in observations}
    for index, remark in enumerate(remarks):
        origin = tree.origin(("remarks", index, "value"))
        if remark.value not in keys:
            problems.append(
                block(f"unknown metric '{remark.value}' in a remark", origin, did_you_mean(remark.value, keys))
            )
        elif remark.value in said:
            problems.append(block(f"two remarks are about '{remark.value}'", origin, "put them into one"))
        said.setdefault(remark.value, remark)
    return [_with(metric, said[metric.key]) if metric.key in said else metric for metric in observations], problems


def _with(metric: Metric, remark: RemarkShape) -> Metric:
    return replace(
        metric,
        status=remark.status or metric.status,
        caliber=remark.caliber or metric.caliber,
        note=remark.note.localized() if remark.note else metric.note,
    )
