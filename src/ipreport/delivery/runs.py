"""How much a ledger knew when it was last sent from: one that knows less was lost, or is an old copy.

A file that only grows, a line for each beginning and end of a run. A line is a JSON object: `moment` in UTC, and
`events`, how many changes of letters the ledger had noted then.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from ipreport.delivery.growing import alone, append, lines
from ipreport.problems import Origin, ReportError, block


class Runs:
    """The runs of one briefing, in `file`, which need not be there yet."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def note(self, events: int) -> None:
        """Note that the ledger has so many events."""
        entry = {"moment": datetime.now(UTC).isoformat(timespec="seconds"), "events": events}
        with alone(self.file):
            append(self.file, json.dumps(entry))

    def require(self, events: int, ledger: Path) -> None:
        """Raise ReportError where `ledger`, with so many events, has lost some."""
        known = self._known()
        if events < known:
            found = "is not there" if not events else f"is an old copy, with {events} of {known} entries"
            hints = (
                "bring back the latest copy; without it nobody can know who has got which issue",
                f"if there is none, find out whom to send to, delete {self.file.name}, and send to them with --only",
            )
            raise ReportError([block(f"the ledger of what was sent {found}", Origin(ledger.as_posix()), *hints)])

    def _known(self) -> int:
        most = 0
        for number, line in enumerate(lines(self.file), 1):
            try:
                most = max(most, int(json.loads(line)["events"]))
            except (ValueError, KeyError, TypeError) as error:
                origin = Origin(self.file.as_posix(), line=number)
                raise ReportError([block("this is no run", origin, "restore the file from a copy")]) from error
        return most
