"""The commands from a built issue to its recipients: approve, send, deliveries."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Annotated

import typer

import ipreport
from ipreport.cli import delivering, output
from ipreport.cli.commands import Briefing, Editions, Json, Previous, app
from ipreport.language import Localized
from ipreport.problems import EXIT_DIFFERENT, EXIT_PROBLEMS

Output = Annotated[Path | None, typer.Option("--output", help="Folder of the documents instead of output/.")]
Records = Annotated[
    Path | None, typer.Option(help="Folder of the approvals and the ledger instead of delivery/<briefing>/.")
]


@app.command()
def approve(
    briefing: Briefing,
    by: Annotated[str, typer.Option(help="Who approves: role and name, such as 'director/Zhang San'.")],
    edition: Editions = None,
    to: Output = None,
    records: Records = None,
    previous: Previous = None,
    as_json: Json = False,
) -> None:
    """Approve the documents of the built issue: exactly these bytes, by SHA-256.

    Refused while a problem is not acknowledged, and where the issue was not built from what the briefing
    holds now. A build that makes other bytes has to be approved again.
    """
    with output.problems_to_exit(as_json=as_json):
        approval = ipreport.approve(
            briefing, by=by, editions=edition or (), output=to, records=records, previous=previous
        )
    delivering.approved(approval, as_json=as_json)


@app.command()
def send(  # noqa: PLR0913 - every option is named where it is used
    briefing: Briefing,
    dry_run: Annotated[
        Path | None,
        typer.Option("--dry-run", metavar="FOLDER", help="Write the mails to this folder instead, with a preview."),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="Only this address or group (report_to, …); may be repeated.")
    ] = None,
    rate: Annotated[float | None, typer.Option(min=0.01, help="At most so many mails a minute.")] = None,
    resend: Annotated[
        list[str] | None, typer.Option(help="Send again what is 'unknown' or 'failed'; may be repeated.")
    ] = None,
    reconcile: Annotated[
        bool, typer.Option("--reconcile", help="First look in the archive for mails that may have arrived.")
    ] = False,
    corrected: Annotated[
        str | None, typer.Option(help="Why the issue is sent again with other files: 'Chinese / English'.")
    ] = None,
    to: Output = None,
    records: Records = None,
    previous: Previous = None,
    as_json: Json = False,
) -> None:
    """Mail the approved files of the issue to everybody in recipients.yaml who has not got them yet.

    Nobody gets the same issue twice unless it is asked for. Exit code 3 while it is unknown of a mail whether it
    arrived, 2 where something failed or is still to be sent.
    """
    states = tuple(resend or ())
    _refuse_misuse(states, rate, sends=dry_run is None, reconciles=reconcile)
    reason, found = None if corrected is None else _in_languages(corrected), None
    with output.problems_to_exit(as_json=as_json, nothing="nothing was sent"), delivering.interruption_told():
        if dry_run is not None:
            files = ipreport.write_letters(
                briefing, dry_run, only=only or (), corrected=reason, output=to, records=records, previous=previous
            )
            delivering.written(files, as_json=as_json)
            return
        if reconcile:
            found = ipreport.reconcile(briefing, requeue="unknown" in states, only=only or (), records=records)
            delivering.reconciled(found, as_json=as_json)
            # What the archive does not have was queued; of the rest nobody knows that it may be sent again.
            states = tuple(state for state in states if state != "unknown")
        report = ipreport.send(
            briefing,
            only=only or (),
            rate=rate,
            resend=states,
            corrected=reason,
            output=to,
            records=records,
            previous=previous,
            progress=delivering.progress(as_json=as_json),
        )
    delivering.sent(report, found, as_json=as_json)
    states_now = {entry.state.value for entry in report.entries}
    _end(unknown="unknown" in states_now, open_=states_now != {"sent"})


@app.command()
def deliveries(
    briefing: Briefing,
    to_csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write the list to a CSV file.")] = None,
    issue: Annotated[str | None, typer.Option(help="An earlier issue, such as 2025Q2, not this one.")] = None,
    records: Records = None,
    as_json: Json = False,
) -> None:
    """Say of every recipient what became of the mail: state, when, which file, what the server said.

    Exit code 3 while it is unknown of a mail whether it arrived.
    """
    with output.problems_to_exit(as_json=as_json):
        found = ipreport.deliveries(briefing, issue=issue, records=records)
        if to_csv is not None:
            delivering.exported(found, to_csv)
    delivering.listed(found, as_json=as_json)
    _end(unknown=any(entry.state == "unknown" for entry in found.entries), open_=False)


def _refuse_misuse(states: tuple[str, ...], rate: float | None, *, sends: bool, reconciles: bool) -> None:
    """Raise BadParameter for what options cannot say, or not together."""
    wrong = [state for state in states if state not in {"unknown", "failed"}]
    if wrong:
        raise typer.BadParameter(f"'{wrong[0]}' is neither 'unknown' nor 'failed'", param_hint="--resend")
    if rate is not None and not math.isfinite(rate):
        raise typer.BadParameter(f"'{rate}' is no number of mails", param_hint="--rate")
    if not sends and (states or reconciles or rate is not None):
        raise typer.BadParameter("nothing is sent: leave out --resend, --reconcile and --rate", param_hint="--dry-run")


def _in_languages(reason: str) -> Localized:
    """A reason in both languages, parted by a slash between spaces or a wide one; one alone is in Chinese."""
    zh, *en = re.split(r"(?:^|\s+)/(?:\s+|$)|\s*／\s*", reason.strip(), maxsplit=1)
    return Localized(zh, *(en or [""]))


def _end(*, unknown: bool, open_: bool) -> None:
    if unknown:
        raise typer.Exit(EXIT_DIFFERENT)
    if open_:
        raise typer.Exit(EXIT_PROBLEMS)
