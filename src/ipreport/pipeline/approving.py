"""Approving an issue: who has said of exactly these files that they may go out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from ipreport.delivery import Approval, Approvals
from ipreport.pipeline.charts import unknown_editions
from ipreport.pipeline.checked import checked
from ipreport.pipeline.issued import Issued, issued
from ipreport.pipeline.saving import root_of
from ipreport.problems import Origin, ReportError, block
from ipreport.readers import Input

APPROVALS = "approvals.jsonl"
"""The file of approvals in the folder of a briefing's records."""


def approve(
    briefing: str | Path,
    *,
    by: str,
    editions: Iterable[str] = (),
    output: Path | None = None,
    records: Path | None = None,
    previous: Path | None = None,
    cache: Path | None = None,
) -> Approval:
    """Record that `by` approves the files of the built issue, of all its editions or those named.

    Files are those of the manifest below `output`; the record goes to `approvals.jsonl` in `records`, by
    default `delivery/<briefing>/` beside `report/`. Raises ReportError where the briefing has a problem that
    is not acknowledged, where the issue was not built from what is there now, or where a file is
    another one.
    """
    ready, wanted = checked(briefing, cache, accept_warnings=False, previous=previous), tuple(editions)
    ready = ready.with_problems(unknown_editions(ready.content, wanted))
    ready.stop_if_blocked()
    name = " ".join(by.split())
    if not name:
        raise ReportError([block("expected who approves, found nothing", Origin("--by"), "write --by 'role/name'")])
    found, outline = issued(ready, output), ready.content.outline
    _require_built(wanted, found)
    files = {edition: each for edition, each in found.files.items() if not wanted or edition in wanted}
    moment = datetime.now(UTC).replace(microsecond=0)
    approval = Approval(moment, name, outline.name, outline.issue_slug, found.manifest, files)
    Approvals(records_folder(ready.source, records) / APPROVALS).add(approval)
    return approval


def _require_built(editions: Iterable[str], found: Issued) -> None:
    origin = Origin(found.folder.as_posix())
    absent = [each for each in editions if each not in found.files]
    if absent:
        raise ReportError([block(f"the edition '{each}' was not built", origin, "build it first") for each in absent])


def records_folder(source: Input, records: Path | None) -> Path:
    """Where the approvals and the ledger of a briefing are kept: in `records`, or in `delivery/` beside `report/`."""
    return records_of(source.folder, source.outline.name, records)


def records_of(folder: Path, name: str, records: Path | None) -> Path:
    """The same for the briefing of this `name` in `folder`, which need not be readable."""
    return records if records is not None else root_of(folder) / "delivery" / name
