"""What a run has done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ipreport.delivery.entry import Entry, State
from ipreport.problems import Problem, block, warn

_HINTS = {
    State.UNKNOWN: "look for it in the archive (reconcile) before it is sent again",
    State.FAILED: "mend what the server says, then send again what failed",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What a run has done.

    `entries` are the letters that it was asked for, as the ledger has them at its end. `mailed` is how many of
    them the server took in this run, in `sessions` connections. `interrupted` are letters that an earlier run was
    sending when it died. `stopped` says why the run ended early, with the rest still queued.
    """

    entries: tuple[Entry, ...]
    mailed: int
    sessions: int
    interrupted: tuple[Entry, ...]
    stopped: Problem | None

    def of(self, state: State) -> tuple[Entry, ...]:
        """The letters in a state."""
        return tuple(entry for entry in self.entries if entry.state is state)

    @property
    def next_due(self) -> datetime | None:
        """When the first of the letters that are still queued may be tried."""
        return min((entry.due for entry in self.of(State.QUEUED)), default=None)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why the run stopped, and each letter that failed or is unknown."""
        letters = [entry for state in _HINTS for entry in self.of(state)]
        told = [warn(f"{_name(entry)} is {entry.state}: {entry.reply}", None, _HINTS[entry.state]) for entry in letters]
        return (*(() if self.stopped is None else (self.stopped,)), *told)


def _name(entry: Entry) -> str:
    return f"the letter to {entry.address} ({entry.edition} edition of {entry.issue})"


class InterruptedRun(KeyboardInterrupt):
    """A run that was ended by Ctrl-C; `report` is what it had done, and its text says what is so."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__("\n".join(map(str, report.problems)))


def broken_off(entries: Iterable[Entry]) -> Problem:
    """That a run was interrupted, and what that means for its letters."""
    counts = Counter(entry.state.value for entry in entries)
    told = ", ".join(f"{counts[state]} {state}" for state in State if counts[state])
    hint = "what is queued is sent by the next run; nothing is sent twice"
    return block(f"the run was interrupted; of its letters are now {told}", None, hint)
