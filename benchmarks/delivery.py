"""What the ledger costs: 2,000 mails of 1 MB in one run, as a ratio to a bare loop over smtplib.

Both send the same messages to the same Postfix on loopback (started as tests/mail_servers does: as root, on Linux),
over one session each, encrypted and logged in, for a reader and the archive. They take turns of a hundred mails, so
that a machine that is busy for a while is so for both. The bare loop keeps no record and cannot be resumed; ours
commits twice for each mail. A second bare loop sets TCP_NODELAY, as ours does: smtplib by itself may wait for
acknowledgements.

Prints mails a second of all three and the ratios (aim at least 0.80), and the memory of the process after each turn
(aim: flat; from the second turn to the last it grows by less than one message).
"""

from __future__ import annotations

import argparse
import smtplib
import socket
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests")]

from ipreport.delivery import Entry, Ledger, Letter, Server, State, send  # noqa: E402 - tests are found only now
from ipreport.delivery.connecting import verified  # noqa: E402
from letters import MOMENT, letter  # noqa: E402
from mail_servers.servers import MailServers, why_not  # noqa: E402

TURN = 100
LEAST, MEGABYTE = 0.8, 1_000_000
BODY = (b"A" * 76 + b"\r\n") * (MEGABYTE // 78)


class Bare:
    """A loop over smtplib's own `sendmail`, on one session."""

    def __init__(self, server: Server, *, delay: bool) -> None:
        self.server = server
        self.smtp = smtplib.SMTP(server.host, server.port)
        if self.smtp.sock is not None and not delay:
            self.smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.smtp.starttls(context=verified(server.authorities))
        assert server.login is not None  # noqa: S101 - the servers have one
        self.smtp.login(server.login.user, server.login.password)
        self.seconds = 0.0

    def turn(self, letters: tuple[Letter, ...]) -> None:
        """Send letters that ours has just sent."""
        begun = time.perf_counter()
        for each in letters:
            self.smtp.sendmail(self.server.sender, [self.server.archive or "", each.address], each.write(MOMENT))
        self.seconds += time.perf_counter() - begun


class Turns:
    """Counts what ours has sent, lets the bare loops do the same now and then, and looks at the memory."""

    def __init__(self, bare: tuple[Bare, ...], letters: tuple[Letter, ...]) -> None:
        self.bare = bare
        self.letters = letters
        self.sent = 0
        self.memory: list[int] = []

    def __call__(self, entry: Entry) -> None:
        """After a letter of ours."""
        assert entry.state is State.SENT, entry  # noqa: S101 - else there is nothing to compare
        self.sent += 1
        if self.sent % TURN == 0:
            self.memory.append(resident())
            for each in self.bare:
                each.turn(self.letters[self.sent - TURN : self.sent])


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mails", type=int, default=2000, help="mails of each, in hundreds (default 2000)")
    given = parser.parse_args()
    reason = why_not()
    if reason is not None:
        print(f"not measured: {reason}")
        return 0
    letters = tuple(letter(f"r{number:05}@example.test", body=BODY) for number in range(given.mails))
    with MailServers(password="plain", transport="discard") as servers, tempfile.TemporaryDirectory() as folder:  # noqa: S106
        bare = tuple(Bare(servers.server(), delay=delay) for delay in (True, False))
        turns = Turns(bare, letters)
        with Ledger(Path(folder) / "ledger.sqlite") as ledger:
            begun = time.perf_counter()
            report = send(ledger, letters, servers.server(), MOMENT, progress=turns)
            seconds = time.perf_counter() - begun - sum(each.seconds for each in bare)
        for each in bare:
            each.smtp.quit()
    assert report.mailed == given.mails  # noqa: S101 - else there is nothing to compare
    size = len(letters[0].write(MOMENT)) / 1e6
    print(f"{given.mails:,} mails of {size:.2f} MB, {report.sessions} session of ours")
    return tell(given.mails, seconds, bare, turns.memory)


def tell(mails: int, seconds: float, bare: tuple[Bare, ...], memory: list[int]) -> int:
    """Print what was measured; 1 where an aim was missed."""
    times = {"ours": seconds, "bare": bare[0].seconds, "bare, TCP_NODELAY": bare[1].seconds}
    for name, taken in times.items():
        ratio = "" if name == "ours" else f"   ours is {taken / seconds:.2f} times as fast (aim ≥ {LEAST})"
        print(f"  {name:<18}{mails / taken:6.1f} a second, {1000 * taken / mails:5.1f} ms each{ratio}")
    first, second, last = (memory[place] / 1e6 for place in (0, min(1, len(memory) - 1), -1))
    print(f"  memory {first:.1f} MB after the first turn, {second:.1f} after the second, {last:.1f} after the last")
    print(f"  grown {last - second:.2f} MB from the second turn on (aim < 1)")
    return 0 if min(times.values()) >= LEAST * seconds and last - second < 1 else 1


def resident() -> int:
    """Bytes of memory that the process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


if __name__ == "__main__":
    sys.exit(main())
