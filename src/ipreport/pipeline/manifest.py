"""The manifest: what went in, what came out, what was accepted, by hash; and every value of the issue.

A JSON object with these keys, in this order:

- `format`: 2, the version of this shape; a manifest without it is of the first, which had no values.
- `tool`: `name` and `version` of the program.
- `briefing`, `issue`, `draft`, `date`: names of the briefing and of the issue's folder, whether the documents are for
  the editor alone, date of the issue.
- `period`: what the issue reports on, as `kind`, `start`, `end`; days in ISO 8601, left out where not known.
- `region`: the id of the briefing's own region.
- `theme`: the look of the documents.
- `signature`, where PDF files are signed: `certificate`, the SHA-256 of the signer's certificate, in hexadecimal.
- `inputs`: by name, `sha256` and `bytes`; of `recipients.yaml` those of what is printed, if anything is,
  as lines `["report_to", "zh", "en"]`.
- `acknowledged`: accepted findings with `rule`, `values`, `finding`, `by`, `date`, `reason`.
- `fingerprint`: SHA-256, in hexadecimal, of what went in. Every document carries it among its properties, so that a
  file and its manifest can be told to belong together. It is taken of the manifest without `fingerprint` itself and
  what came out (`editions`, `documents`, `figures`, `warnings`): as JSON in UTF-8, keys sorted, no spaces, only those
  characters escaped that have to be.
- `editions`: those that were built.
- `documents`, `figures`: by name, `sha256` and `bytes`.
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
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ipreport import __version__
from ipreport.compose import Content
from ipreport.compose.annex import finding_message
from ipreport.language import EN
from ipreport.metrics import MetricSet, Period, Published, published
from ipreport.outline import Edition
from ipreport.readers import MANIFEST_FORMAT
from ipreport.wording.numbers import trimmed

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Account:
    """What went into a build: the manifest's entries about it by key, every value, and the fingerprint of both."""

    entries: Mapping[str, object]
    values: Sequence[Mapping[str, str | int | None]]
    fingerprint: str


def account(
    content: Content, inputs: Mapping[str, bytes], *, draft: bool = False, certificate: str | None = None
) -> Account:
    """What goes into a build of `content`; `inputs` are file contents by name, `certificate` is whose signature it has.

    That is the fingerprint of the certificate: with another one the files are others.
    """
    entries = {
        "format": MANIFEST_FORMAT,
        "tool": {"name": "ipreport", "version": __version__},
        "briefing": content.outline.name,
        "issue": content.outline.issue_slug,
        "draft": draft,
        "date": content.outline.date.isoformat(),
        "period": _period(content.outline.period),
        "region": content.metrics.home or content.metrics.region.zh,
        "theme": content.outline.theme,
        **({} if certificate is None else {"signature": {"certificate": certificate}}),
        "inputs": _digests(inputs),
        "acknowledged": _acknowledged(content),
    }
    values = _values(content.metrics)
    canonical = json.dumps({**entries, "values": values}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Account(entries, values, hashlib.sha256(canonical.encode()).hexdigest())


def manifest(
    went_in: Account,
    editions: tuple[Edition, ...],
    outputs: Mapping[str, Mapping[str, bytes]],
    warnings: Iterable[str],
) -> bytes:
    """The manifest as JSON, the same bytes for the same build.

    `outputs` are the file contents of each kind of output (`documents`, `figures`) by file
    name, `warnings` the problems that did not stop the build, in words.
    """
    record = {
        **went_in.entries,
        "fingerprint": went_in.fingerprint,
        "editions": [edition.value for edition in editions],
        **{kind: _digests(files) for kind, files in outputs.items()},
        "warnings": [*warnings],
    }
    head = json.dumps(record, ensure_ascii=False, indent=2).removesuffix("\n}")
    return f'{head},\n  "values": [{_lines(went_in.values)}]\n}}\n'.encode()


def previous_files(folder: Path, kind: str) -> frozenset[str]:
    """The names of the files of one kind that the manifest in `folder` lists; none if it is unreadable."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        record = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return frozenset(name for name in record[kind] if Path(name).name == name)
    return frozenset()


def _values(metrics: MetricSet) -> list[dict[str, str | int | None]]:
    return [_value(entry) for entry in sorted(map(published, (*metrics, *metrics.targets)), key=_order)]


def _lines(values: Iterable[object]) -> str:
    """Every value on a line of its own, so that people can read and compare manifests."""
    joined = ",\n".join(f"    {json.dumps(entry, ensure_ascii=False)}" for entry in values)
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
