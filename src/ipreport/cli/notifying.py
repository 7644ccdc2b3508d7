"""The command that tells the approver: notify."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

import ipreport
from ipreport.cli import output
from ipreport.cli.commands import Briefing, Json, Previous, app
from ipreport.cli.post import Output, Records
from ipreport.problems import Origin, ReportError, block

_MOST = 200_000
"""Bytes of what a program said that are read, from the end."""


@app.command()
def notify(
    briefing: Briefing,
    failed: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Tell that a run failed, with what it said in FILE, or '-' for the input."),
    ] = None,
    to: Output = None,
    records: Records = None,
    previous: Previous = None,
    as_json: Json = False,
) -> None:
    """Mail the approver named in delivery.yaml that the issue is built, or that a run failed.

    The mail lists the files with their SHA-256, what is in doubt, whether they are approved, and the commands for it.
    Nothing is approved and no issue is sent by this.
    """
    with output.problems_to_exit(as_json=as_json, nothing="nothing was approved or sent"):
        said = None if failed is None else _said(failed)
        told = ipreport.notify(briefing, failed=said, output=to, records=records, previous=previous)
    if as_json:
        record = {"address": told.address, "subject": told.subject, "message_id": told.message_id}
        output.print_json({**record, "reply": told.reply, "approved": list(told.approved)})
        return
    typer.echo(f"told {told.address}: {told.subject}")


def _said(file: str) -> str:
    """What a program said, the end of it, whatever bytes it is."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return "\n".join(map(_decoded, data[-_MOST:].splitlines()))
    except OSError as error:
        message = f"what the program said cannot be read: {(error.strerror or str(error)).lower()}"
        raise ReportError([block(message, Origin(file), "name the file that its output went to, or '-'")]) from error


def _decoded(line: bytes) -> str:
    """A line in UTF-8, as this program writes it, or as the shell of a Chinese Windows adds its own."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("gb18030", "replace")
