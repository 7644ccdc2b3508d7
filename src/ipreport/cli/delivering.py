"""How approvals are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ipreport.cli.output import print_json

if TYPE_CHECKING:
    from ipreport.delivery import Approval


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
    typer.echo(
        f"{approval.briefing}, {approval.issue}: approved by {approval.by} at {approval.moment:%Y-%m-%d %H:%M:%S %Z}"
    )
    for files in approval.files.values():
        for name, digest in files.items():
            typer.echo(f"  {digest}  {name}")
