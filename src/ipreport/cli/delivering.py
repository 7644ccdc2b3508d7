"""How approvals, mails and what became of them are shown."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ipreport.cli.listing import aligned
from ipreport.cli.output import print_json, problem_record

if TYPE_CHECKING:
    from ipreport.delivery import Approval, Entry, Reconciled, Report
    from ipreport.pipeline.mailing import Deliveries

_COLUMNS = (
    *("address", "name", "edition", "state", "changed_at"),
    *("document", "correction", "attempts", "reply", "message_id"),
)
"""What an exported list says of each mail, in this order."""
_NOT_MAILED = "not mailed"
"""The state of a recipient for whom there is no letter yet."""
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a text begins that a spreadsheet takes for a formula; some take wide letters for the narrow ones."""


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


@contextmanager
def interruption_told() -> Iterator[None]:
    """Says what is so where somebody ends a run: the mail that was on its way may have arrived."""
    try:
        yield
    except KeyboardInterrupt as error:
        words = f"{error}\n'ipreport deliveries' says what became of each mail".strip()
        typer.secho(words, err=True, fg=typer.colors.YELLOW)
        raise


def progress(*, as_json: bool) -> Callable[[Entry], None]:
    """Tells of each mail when its turn is over; that nobody listens any more keeps no mail back."""

    def tell(entry: Entry) -> None:
        if not as_json:
            with suppress(OSError):
                typer.echo(_line(entry))

    return tell


def sent(report: Report, found: Reconciled | None, *, as_json: bool) -> None:
    """What a run has done, and what is left; `found` is what the archive told before."""
    if as_json:
        record: dict[str, Any] = {} if found is None else {"archive": {key: _keys(each) for key, each in _told(found)}}
        record |= {"mailed": report.mailed, "deliveries": [_record(entry) for entry in report.entries]}
        record["next_due"] = None if report.next_due is None else report.next_due.isoformat()
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
        return  # it is part of what is said of the run
    words = {
        "found": "arrived",
        "absent": "not in the archive",
        "waiting": "not in the archive yet, too early to tell",
        "without_copy": "the archive cannot tell, as it got no copy; ask the recipient",
    }
    for told, entries in _told(result):
        for entry in entries:
            typer.echo(f"{entry.address}, {entry.issue}: {words[told]}")


def _told(result: Reconciled) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    names = ("found", "absent", "waiting", "without_copy")
    return tuple((name, getattr(result, name)) for name in names)


def _keys(entries: Iterable[Entry]) -> list[str]:
    return [entry.message_id or entry.address for entry in entries]


def listed(found: Deliveries, *, as_json: bool) -> None:
    """Every mail: to whom, what became of it, when, which file, what the server said; then who has none yet."""
    if as_json:
        print_json({"issue": found.issue, "deliveries": [*_records(found)]})
        return
    rows = [_cells(entry) for entry in found.entries]
    rows += [(each.address or "", each.edition.value, _NOT_MAILED, "", "", "") for each in found.not_mailed]
    for line in aligned(rows):
        typer.echo(line.rstrip())
    counted = _counted(found.entries, len(found.not_mailed))
    typer.echo(f"{found.issue}: {counted}")


def _cells(entry: Entry) -> tuple[str, ...]:
    moment = f"{entry.changed_at:%Y-%m-%d %H:%M:%S} UTC"
    return entry.address, entry.edition, entry.state.value, moment, entry.document[:12], entry.reply


def exported(found: Deliveries, file: Path) -> None:
    """The list as CSV in UTF-8 that Excel opens; what it would take for a formula has an apostrophe before it.

    Raises ReportError where the file cannot be written.
    """
    from ipreport.pipeline.files import write_all  # noqa: PLC0415 - loaded for a file that is asked for

    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(_COLUMNS)
    for record in _records(found):
        table.writerow([_inert(str(record[column] if record[column] is not None else "")) for column in _COLUMNS])
    write_all({file: text.getvalue().encode("utf-8-sig")})


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


def _line(entry: Entry) -> str:
    return f"{entry.address} ({entry.edition}): {entry.state.value}{f', {entry.reply}' if entry.reply else ''}"


def _counted(entries: Iterable[Entry], not_mailed: int = 0) -> str:
    counts = Counter(entry.state.value for entry in entries)
    counts[_NOT_MAILED] = not_mailed
    return ", ".join(f"{count} {state}" for state, count in sorted(counts.items()) if count) or "nobody to mail to"


def _records(found: Deliveries) -> Iterator[dict[str, Any]]:
    """What is known of each letter, then of each recipient without one."""
    yield from map(_record, found.entries)
    for each in found.not_mailed:
        name = each.name[(each.languages or each.edition.languages)[0]]
        known = {"address": each.address, "name": name, "edition": each.edition.value, "state": _NOT_MAILED}
        yield dict.fromkeys(_COLUMNS) | known


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
