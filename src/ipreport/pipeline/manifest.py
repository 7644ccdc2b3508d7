"""The manifest: what went in, what came out, what was accepted, by hash; and every value of the issue.

A JSON object with these keys, in this order:

- `format`: 2, the version of this shape; a manifest without it is of the first, which had no values.
- `tool`: `name` and `version` of the program.
- `briefing`, `issue`, `date`: names of the briefing and of the issue's folder, date of the issue.
- `period`: what the issue reports on, as `kind`, `start`, `end`; days in ISO 8601, left out where not known.
- `region`: the id of the briefing's own region.
- `editions`: those that were built.
- `inputs`, `documents`, `figures`: by name, `sha256` and `bytes`.
- `acknowledged`: accepted findings with `rule`, `values`, `finding`, `by`, `date`, `reason`.
- `warnings`: problems that did not stop the build, in words.
- `values`: every observation and target, one a line and sorted, which the next issue is compared with:
  `metric`, `region`, the period's `kind`, `start`, `end`, the `key` it is recorded under, `value` (an exact decimal
  in base units, as text, or null), `unit`, `places`, `qualifier`, `status`; where there is one `caliber`, `plan` (of a
  target) and `of` (the metric that a rank, a growth or a completion is of).

`readers/previous_file.py` reads it back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from ipreport import __version__
from ipreport.compose import Content
from ipreport.compose.annex import finding_message
from ipreport.language import EN
from ipreport.metrics import MetricSet, Period, Published, published
from ipreport.outline import Edition
from ipreport.problems import Problem
from ipreport.readers import MANIFEST_FORMAT
from ipreport.wording.numbers import trimmed

MANIFEST = "manifest.json"


def manifest(
    content: Content,
    editions: tuple[Edition, ...],
    inputs: Mapping[str, bytes],
    outputs: Mapping[str, Mapping[str, bytes]],
    warnings: Iterable[Problem],
) -> bytes:
    """The manifest as JSON, the same bytes for the same build.

    `inputs` are file contents by name; `outputs` are those of each kind of output
    (`documents`, `figures`) by file name.
    """
    record = {
        "format": MANIFEST_FORMAT,
        "tool": {"name": "ipreport", "version": __version__},
        "briefing": content.outline.name,
        "issue": content.outline.issue_slug,
        "date": content.outline.date.isoformat(),
        "period": _period(content.outline.period),
        "region": content.metrics.home or content.metrics.region.zh,
        "editions": [edition.value for edition in editions],
        "inputs": _digests(inputs),
        **{kind: _digests(files) for kind, files in outputs.items()},
        "acknowledged": _acknowledged(content),
        "warnings": [str(problem) for problem in warnings],
    }
    head = json.dumps(record, ensure_ascii=False, indent=2).removesuffix("\n}")
    return f'{head},\n  "values": [{_lines(content.metrics)}]\n}}\n'.encode()


def previous_files(folder: Path, kind: str) -> frozenset[str]:
    """The names of the files of one kind that the manifest in `folder` lists; none if it is unreadable."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        record = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return frozenset(name for name in record[kind] if Path(name).name == name)
    return frozenset()


def _lines(metrics: MetricSet) -> str:
    """Every value on a line of its own, so that people can read and compare manifests."""
    values = sorted(map(published, (*metrics, *metrics.targets)), key=_order)
    lines = (json.dumps(_value(entry), ensure_ascii=False) for entry in values)
    joined = ",\n".join(f"    {line}" for line in lines)
    return f"\n{joined}\n  " if joined else ""


def _order(entry: Published) -> tuple[str, ...]:
    period = _period(entry.period)
    ends = (period.get("start", ""), period.get("end", ""))
    return entry.metric, entry.region, *ends, entry.period.kind, entry.of, entry.plan, entry.key


def _value(entry: Published) -> dict[str, str | int | None]:
    further = {"caliber": entry.caliber, "of": entry.of, "plan": entry.plan}
    return {
        "metric": entry.metric,
        "region": entry.region,
        **_period(entry.period),
        "key": entry.key,
        "value": None if entry.value is None else trimmed(entry.value),
        "unit": entry.unit.key,
        "places": entry.places,
        "qualifier": entry.qualifier.value,
        "status": entry.status.value,
        **{key: text for key, text in further.items() if text},
    }


def _period(period: Period) -> dict[str, str]:
    days = {"start": period.start, "end": period.end}
    return {"kind": period.kind.value, **{key: day.isoformat() for key, day in days.items() if day is not None}}


def _digests(files: Mapping[str, bytes]) -> dict[str, dict[str, str | int]]:
    return {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for name, content in sorted(files.items())
    }


def _acknowledged(content: Content) -> list[dict[str, object]]:
    accepted: list[dict[str, object]] = []
    for entry in content.findings:
        acknowledgement = entry.finding.acknowledgement(content.metrics)
        if acknowledgement is not None:
            accepted.append(
                {
                    "rule": entry.finding.rule,
                    "values": {key: str(value) for key, value in acknowledgement.values},
                    "finding": finding_message(entry, content, EN),
                    "by": acknowledgement.by.en,
                    "date": acknowledgement.date.isoformat(),
                    "reason": acknowledgement.reason.en,
                }
            )
    return accepted
