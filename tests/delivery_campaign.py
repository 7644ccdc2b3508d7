"""Kills programs that send letters, and the server that takes them, at random, and counts what became of the letters.

`python tests/delivery_campaign.py --clients 1000 --servers 200` (`make campaign`) runs it at length. Truth is what
Postfix delivered, by its own log, its own mailboxes and its own numbers for what it took, compared with the letters
that were to be sent; the ledger is asked only what it says of each.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path

from delivery_client import BUSY, batch, started
from ipreport.delivery import How, Ledger, State, reconcile, send
from letters import MOMENT
from mail_servers.servers import MailServers, wait_until, why_not

COUNT, SIZE = 120, 60_000
"""Letters of an issue, and bytes of each."""


@dataclass(frozen=True)
class Figures:
    """What a campaign found; all of it counted after the last kill."""

    kills: int
    letters: int
    delivered: int
    copies_in_mailboxes: int
    sent_before_reconciling: int
    unknown: int
    found: int
    absent: int
    duplicates: int
    silently_lost: int
    unknown_in_the_end: int
    never_delivered: int
    without_one_copy_in_the_archive: int
    seconds: float

    def __str__(self) -> str:
        return ", ".join(f"{each.name.replace('_', ' ')} {getattr(self, each.name)}" for each in fields(self))


class Lane:
    """One ledger and the issues that are sent from it, one after another."""

    def __init__(self, servers: MailServers, folder: Path, name: str, seed: int, broken: str = "") -> None:
        self.broken = broken
        self.servers = servers
        self.ledger = folder / f"{name}.sqlite"
        self.name = name
        self.issues = [f"{name}-1"]
        self.random = random.Random(seed)  # noqa: S311 - it chooses moments

    def client(self) -> subprocess.Popen[str]:
        """A program that sends the present issue."""
        return started(self.ledger, self.servers.server(), self.issues[-1], COUNT, SIZE, broken=self.broken)

    def ended(self, client: subprocess.Popen[str]) -> None:
        """Wait for a program that was killed or has ended; after an issue that is finished comes the next."""
        said = client.communicate()[0]
        assert client.returncode != BUSY, said
        if client.returncode == 0:
            self.issues.append(f"{self.name}-{len(self.issues) + 1}")

    def kill_clients(self, kills: int) -> int:
        """Kill so many programs, each at some moment of its work."""
        done = 0
        while done < kills:
            client = self.client()
            if self.random.random() < 0.8 and client.stdout is not None:
                client.stdout.readline()  # the others die while they open the ledger, connect and log in
            time.sleep(self.random.uniform(0, 0.1))
            if client.poll() is None:
                client.kill()
            self.ended(client)
            done += client.returncode < 0
        return done

    def kill_servers(self, kills: int) -> int:
        """Kill the server so often while one program after another sends."""
        client = self.client()
        for _ in range(kills):
            end = time.monotonic() + self.random.uniform(0.1, 0.4)
            while time.monotonic() < end:
                if client.poll() is not None:
                    self.ended(client)
                    client = self.client()
                time.sleep(0.002)
            self.servers.kill_postfix()
            time.sleep(self.random.uniform(0, 0.1))
            self.servers.start_postfix()
        self.ended(client)
        return kills

    def finish(self) -> tuple[int, ...]:
        """Send what is left; sent, unknown, found and absent on the way, and whether the unknown were all listed."""
        with Ledger(self.ledger) as ledger:
            self._send_all(ledger)
            listed = ledger.entries(states=(State.UNKNOWN,))
            sent = len(ledger.entries(states=(State.SENT,)))
            assert sent + len(listed) == len(ledger.entries())
            self.servers.wait_for_queue()
            result = reconcile(ledger, self.servers.archive(), requeue=True, wait=timedelta(0))
            assert {entry.key for entry in listed} == {entry.key for entry in (*result.found, *result.absent)}
            self._send_all(ledger)
        return sent, len(listed), len(result.found), len(result.absent)

    def _send_all(self, ledger: Ledger) -> None:
        for issue in self.issues:
            report = send(ledger, batch(issue, COUNT, SIZE), self.servers.server(), MOMENT, How(pause=0.1))
            assert report.stopped is None, report.stopped


def campaign(
    servers: MailServers, folder: Path, name: str, clients: int, servers_killed: int, broken: str = ""
) -> Figures:
    """So many kills of programs that send, two at a time, or of the server; then everything is finished and counted."""
    begun = time.monotonic()
    lanes = [
        Lane(servers, folder, f"{name}{number}", 1000 * clients + number, broken)
        for number in range(2 if clients else 1)
    ]
    if clients:
        shares = [clients // 2, clients - clients // 2]
        with ThreadPoolExecutor(len(lanes)) as pool:
            kills = sum(pool.map(Lane.kill_clients, lanes, shares))
    else:
        kills = lanes[0].kill_servers(servers_killed)
    told = [lane.finish() for lane in lanes]
    servers.wait_for_queue()
    copies = servers.copies()
    if clients:
        assert wait_until(lambda: servers.logged() == copies)  # a log that is killed may lack its last lines
        # Postfix was never killed, so that it has put nothing into a mailbox twice by itself.
        assert len(servers.mails("readers")) == sum(map(len, copies.values()))
    seconds = round(time.monotonic() - begun, 1)
    return Figures(kills, **counted(servers, lanes, copies), **tallied(told), seconds=seconds)


def tallied(told: list[tuple[int, ...]]) -> dict[str, int]:
    """What the ledgers of all lanes said on the way."""
    names = ("sent_before_reconciling", "unknown", "found", "absent")
    return {name: sum(each) for name, each in zip(names, zip(*told, strict=True), strict=True)}


def counted(servers: MailServers, lanes: list[Lane], copies: dict[tuple[str, str], set[str]]) -> dict[str, int]:
    """What is in the mailboxes, against the letters that were to get there and what the ledgers say of them."""
    wanted = {
        (letter.address, f"<{letter.key[:32]}@example.test>"): letter.key
        for lane in lanes
        for issue in lane.issues
        for letter in batch(issue, COUNT, SIZE)
    }
    assert set(copies) <= set(wanted), "something was delivered that nobody sent"
    states: dict[str, State] = {}
    for lane in lanes:
        with Ledger(lane.ledger) as ledger:
            states |= {entry.key: entry.state for entry in ledger.entries()}
    assert set(states) == set(wanted.values()), "the ledgers have other letters than those that were to be sent"
    archived: Counter[str] = Counter()
    for (_, identity), taken in servers.copies("archive").items():
        archived[identity] += len(taken)
    return {
        "letters": len(wanted),
        "delivered": sum(place in copies for place in wanted),
        "copies_in_mailboxes": sum(map(len, copies.values())),
        "duplicates": sum(len(taken) - 1 for taken in copies.values()),
        "silently_lost": sum(states[key] is State.SENT and place not in copies for place, key in wanted.items()),
        "unknown_in_the_end": sum(state is State.UNKNOWN for state in states.values()),
        "never_delivered": sum(place not in copies for place in wanted),
        "without_one_copy_in_the_archive": sum(archived[identity] != 1 for _, identity in wanted),
    }


def main() -> int:
    """Run both campaigns and print what they found; 1 where a promise was not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=1000, help="programs to kill (default 1000)")
    parser.add_argument("--servers", type=int, default=200, help="times to kill the server (default 200)")
    given = parser.parse_args()
    reason = why_not()
    if reason is not None:
        sys.stderr.write(f"no campaign: {reason}\n")
        return 1
    kept = True
    wanted = (("clients", given.clients, 0), ("server", 0, given.servers))
    for name, clients, servers in (each for each in wanted if any(each[1:])):
        with MailServers() as running, tempfile.TemporaryDirectory() as folder:
            figures = campaign(running, Path(folder), name, clients, servers)
        sys.stdout.write(f"{name} killed: {figures}\n")
        kept &= not (
            figures.duplicates
            or figures.silently_lost
            or figures.unknown_in_the_end
            or figures.never_delivered
            or figures.without_one_copy_in_the_archive
        )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
