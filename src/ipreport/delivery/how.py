"""How a run sends, and when it tries again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from ipreport.delivery.entry import Entry, State


@dataclass(frozen=True, slots=True)
class How:
    """What a run is asked for.

    `rate` is the most mails a minute. `only` are the addresses that it keeps to, all of them when empty. `resend` are
    the states that are tried anew on request: unknown, failed or both. A letter that is refused for now is tried
    `attempts` times in all, in runs at least `backoff` apart, which doubles up to `longest`. A connection that
    breaks is made again `retries` times, at once and then after `pause` seconds, two pauses, three …
    """

    rate: float | None = None
    only: frozenset[str] = frozenset()
    resend: frozenset[State] = frozenset()
    attempts: int = 6
    backoff: timedelta = timedelta(minutes=5)
    longest: timedelta = timedelta(hours=6)
    retries: int = 3
    pause: float = 1.0

    def __post_init__(self) -> None:
        if not self.resend <= {State.UNKNOWN, State.FAILED}:
            raise ValueError("only letters that failed or are unknown can be sent again")
        if self.rate is not None and not self.rate > 0:
            raise ValueError("a rate is more than no mails a minute")

    def delay(self, key: str, attempts: int) -> timedelta:
        """How long to leave a letter alone after so many attempts: at least half of the backoff, at most all of it.

        Which, follows from the letter and the attempt, so that letters do not all come back at once.
        """
        doublings: int = 2 ** min(attempts - 1, 30)
        whole = min(self.longest, self.backoff * doublings)
        digest = hashlib.sha256(f"{key}:{attempts}".encode()).digest()
        share: float = 0.5 + 0.5 * int.from_bytes(digest[:4], "big") / 2**32
        return whole * share

    def ready(self, entry: Entry, moment: datetime) -> bool:
        """Whether a letter is to be tried at `moment`.

        No wait is longer than `longest`: what seems to be due later than that was put off by a clock that was ahead.
        """
        waits = entry.attempts > 0 and moment < entry.due <= moment + self.longest
        return entry.state is State.QUEUED and not waits
