"""A program that sends letters and may be killed at any moment; settings come as JSON, as its only argument.

`broken` makes it one of the senders that ours must not be, to see that a campaign notices: `late` notes a letter
only when the server has it, `early` notes it as sent before that, `blind` sends what is unknown again by itself.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipreport
from ipreport.delivery import How, Ledger, Letter, Login, Security, Server, State, send
from ipreport.delivery.smtp import Reply, Session
from ipreport.problems import ReportError
from letters import MOMENT, letter

BUSY, STOPPED = 75, 69
"""Exit codes: another program is sending; the server takes no letters."""


def batch(issue: str, count: int, size: int) -> tuple[Letter, ...]:
    """Letters of an issue, each of so many bytes or a little more."""
    body = (b"x" * 76 + b"\r\n") * (size // 78)
    return tuple(letter(f"r{number:04}@example.test", issue=issue, body=body) for number in range(count))


def started(
    ledger: Path, server: Server, issue: str, count: int, size: int, pause: float = 0.05, broken: str = ""
) -> subprocess.Popen[str]:
    """The program, once it has loaded and is about to send."""
    settings = {
        "ledger": str(ledger), "issue": issue, "count": count, "size": size, "pause": pause,
        "broken": broken,
        "server": {
            "host": server.host, "port": server.port, "sender": server.sender, "archive": server.archive,
            "patience": server.patience, "patience_after_dot": server.patience_after_dot,
        },
        "security": server.security, "login": [server.login.user, server.login.password] if server.login else None,
        "authorities": str(server.authorities),
    }  # fmt: skip
    places = (Path(ipreport.__file__).parent.parent, Path(__file__).parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, places)), "PYTHONUTF8": "1"}
    client = subprocess.Popen(
        [sys.executable, __file__, json.dumps(settings)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert client.stdout is not None
    assert client.stdout.readline() == "ready\n"
    return client


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _break(how: str) -> None:
    deliver, change = Session.deliver, Ledger.change

    def late(session: Session, address: str, message: bytes, before_dot: Callable[[], None]) -> Reply:
        reply = deliver(session, address, message, lambda: None)
        before_dot()
        return reply

    def first(session: Session, address: str, message: bytes, before_dot: Callable[[], None]) -> Reply:
        before_dot()
        return deliver(session, address, message, lambda: None)

    def early(ledger: Ledger, key: str, state: State, reply: str, **values: Any) -> None:
        if state is not State.SENT:
            change(ledger, key, state, reply, **values)
        if state is State.SENDING:
            change(ledger, key, State.SENT, "")

    if how == "late":
        Session.deliver = late  # type: ignore[method-assign]
    elif how == "early":
        Session.deliver = first  # type: ignore[method-assign]
        Ledger.change = early  # type: ignore[method-assign]


def main() -> int:
    """Send, and say by the exit code how it went."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where whoever started the tests ignores it
    given = json.loads(sys.argv[1])
    server = Server(
        **given["server"],
        security=Security(given["security"]),
        login=Login(*given["login"]),
        authorities=Path(given["authorities"]),
    )
    letters = batch(given["issue"], given["count"], given["size"])
    _break(given["broken"])
    resend = frozenset({State.UNKNOWN}) if given["broken"] == "blind" else frozenset[State]()
    how = How(pause=given["pause"], resend=resend)
    _say("ready")
    try:
        with Ledger(given["ledger"]) as ledger:
            report = send(ledger, letters, server, MOMENT, how, progress=lambda _: _say("letter"))
    except ReportError as error:
        _say(str(error))
        return BUSY
    return STOPPED if report.stopped is not None else 0


if __name__ == "__main__":
    sys.exit(main())
