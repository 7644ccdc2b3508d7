"""How approvals, mails and what became of them are shown."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ipreport.cli.listing import aligned
from ipreport.cli.output import print_json, problem_record

if TYPE_CHECKING:
    from ipreport.delivery import Approval, Entry, Reconciled, Report

_COLUMNS = (
    *("address", "name", "edition", "state", "changed_at"),
    *("document", "correction", "attempts", "reply", "message_id"),
)
"""What an exported list says of each mail, in this order."""
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet takes for a formula."""


def approved(approval: Approval, *, as_json: bool) -> None:
    """Who has approved what, file by file."""
    if as_json:
        print_json(
            {
                "moment": approval.moment.isoformat(),
                "by": approval.by,
                "briefing": approval.briefing,
                "issue": approval.issue,
                "manifest": approval.manifest,
                "files": {edition: dict(files) for edition, files in approval.files.items()},
            }
        )
        return
    moment = f"{approval.moment:%Y-%m-%d %H:%M:%S %Z}"
    typer.echo(f"{approval.briefing}, {approval.issue}: approved by {approval.by} at {moment}")
    for files in approval.files.values():
        for name, digest in files.items():
            typer.echo(f"  {digest}  {name}")


def written(files: Sequence[Path], *, as_json: bool) -> None:
    """The mails that were written instead of sent."""
    if as_json:
        print_json({"files": [path.as_posix() for path in files]})
        return
    *mails, preview = files
    typer.echo(f"{len(mails)} mail(s) in {preview.parent.as_posix()}/, none of them sent; look at {preview.name}")


def progress(*, as_json: bool) -> Callable[[Entry], None]:
    """Tells of each mail when its turn is over."""
    return (lambda _: None) if as_json else lambda entry: typer.echo(_line(entry))


def sent(report: Report, *, as_json: bool) -> None:
    """What a run has done, and what is left."""
    if as_json:
        record = {"mailed": report.mailed, "deliveries": [_record(entry) for entry in report.entries]}
        print_json({**record, "problems": [problem_record(problem) for problem in report.problems]})
        return
    for problem in report.problems:
        typer.secho(str(problem), err=True, fg=typer.colors.YELLOW)
    typer.echo(f"{report.mailed} mailed now; {_counted(report.entries)}")
    if report.next_due is not None:
        typer.echo(f"what is queued is tried by the next 'ipreport send', from {report.next_due:%Y-%m-%d %H:%M} UTC on")


def reconciled(result: Reconciled, *, as_json: bool) -> None:
    """What the archive told."""
    if as_json:
        return  # the report behind it says where each mail is
    told = (("arrived", result.found), ("not there", result.absent), ("too early to tell", result.waiting))
    for words, entries in told:
        for entry in entries:
            typer.echo(f"{entry.address}: {words}")


def listed(entries: Sequence[Entry], *, as_json: bool) -> None:
    """Every mail: to whom, what became of it, when, which file, what the server said."""
    if as_json:
        print_json({"deliveries": [_record(entry) for entry in entries]})
        return
    if not entries:
        typer.echo("nothing of this issue was mailed")
        return
    for line in aligned([_cells(entry) for entry in entries]):
        typer.echo(line)
    typer.echo(_counted(entries))


def _cells(entry: Entry) -> tuple[str, ...]:
    moment = f"{entry.changed_at:%Y-%m-%d %H:%M:%S}"
    return entry.address, entry.edition, entry.state.value, moment, entry.document[:12], entry.reply


def exported(entries: Iterable[Entry], file: Path) -> None:
    """The list as CSV in UTF-8 that Excel opens; what it would take for a formula has an apostrophe before it."""
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(_COLUMNS)
        for entry in entries:
            record = _record(entry)
            table.writerow([_inert(str(record[column] if record[column] is not None else "")) for column in _COLUMNS])


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


def _line(entry: Entry) -> str:
    return f"{entry.address} ({entry.edition}): {entry.state.value}{f', {entry.reply}' if entry.reply else ''}"


def _counted(entries: Iterable[Entry]) -> str:
    counts = Counter(entry.state.value for entry in entries)
    return ", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "nothing"


def _record(entry: Entry) -> dict[str, Any]:
    return {
        "address": entry.address,
        "name": entry.name,
        "edition": entry.edition,
        "state": entry.state.value,
        "changed_at": entry.changed_at.isoformat(),
        "document": entry.document,
        "correction": entry.correction,
        "attempts": entry.attempts,
        "reply": entry.reply,
        "message_id": entry.message_id,
    }
