"""Letters go out one by one; the ledger knows at every moment which of them may have arrived."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime

from ipreport.delivery.entry import Entry, State
from ipreport.delivery.how import How
from ipreport.delivery.identity import fits_smtp
from ipreport.delivery.ledger import Ledger
from ipreport.delivery.letter import Letter
from ipreport.delivery.lock import HeldError, only_sender
from ipreport.delivery.report import InterruptedRun, Report, broken_off
from ipreport.delivery.server import Server
from ipreport.delivery.smtp import LostError, Phase, Reply, Session, UnfitError, UnusableError
from ipreport.problems import Problem, ReportError, block, did_you_mean

INTERRUPTED = "the program ended between the final dot and the server's reply"
_BEFORE_THE_DOT = "the program ended before the final dot"
_LOST_IN_A_ROW = 3
"""Letters on which the connection was lost, one after another: then it is the server, and not one of them."""


def send(
    ledger: Ledger,
    letters: Iterable[Letter],
    server: Server,
    moment: datetime,
    how: How | None = None,
    *,
    progress: Callable[[Entry], None] = lambda _entry: None,
) -> Report:
    """Queue `letters` that the ledger does not know, with `moment` as their Date, and send those that are due.

    The whole story of a run: alone with the ledger, note what a run before left behind, queue, send. Nobody is sent a
    letter twice unless `how.resend` says so, and what becomes of one changes nothing for another. `progress` is told
    of each letter when its transaction is over.

    Raises ReportError, having sent nothing, where another program is sending, letters may not be queued (see
    `Ledger.queue`) or settings cannot be used, and in the middle where the ledger cannot be written any more. A server
    that takes letters of nobody ends the run, as the report says. Ctrl-C ends it by InterruptedRun, which is a
    KeyboardInterrupt with the report.
    """
    how = how or How()
    chosen = _chosen(tuple(letters), how.only)
    _require_addresses(server)
    with only_sender(ledger.path):
        left = interrupted(ledger)
        ledger.queue(chosen, moment)
        _again(ledger, chosen, how)
        run = _Run(ledger, server, how, progress)
        try:
            stopped = run.all(chosen)
        except KeyboardInterrupt as error:
            entries = _entries(ledger, chosen)
            report = Report(entries, run.mailed, run.sessions, left, broken_off(entries))
            raise InterruptedRun(report) from error
    return Report(_entries(ledger, chosen), run.mailed, run.sessions, left, stopped)


def _entries(ledger: Ledger, letters: Iterable[Letter]) -> tuple[Entry, ...]:
    return tuple(ledger.entry(letter.key) for letter in letters)


def settle(ledger: Ledger) -> tuple[Entry, ...]:
    """Letters that a run was sending when it died, which are unknown from now on; none while a run goes on."""
    if not ledger.entries(states=(State.SENDING,)):
        return ()  # a look at the ledger keeps nobody from sending
    with ExitStack() as held:
        try:
            held.enter_context(only_sender(ledger.path))
        except HeldError:
            return ()
        return interrupted(ledger)


def interrupted(ledger: Ledger) -> tuple[Entry, ...]:
    """Letters of a run that died are unknown from now on; for who holds the lock, so that none is being sent."""
    found = ledger.entries(states=(State.SENDING,))
    for entry in found:
        ledger.change(entry.key, State.UNKNOWN, INTERRUPTED)
    return tuple(ledger.entry(entry.key) for entry in found)


def _chosen(letters: tuple[Letter, ...], only: frozenset[str]) -> tuple[Letter, ...]:
    """The letters to some addresses, each of which has one."""
    wanted = {address.lower(): address for address in only}
    known = {letter.address.lower() for letter in letters}
    problems = [
        block(f"nobody in the list has the address {address}", None, did_you_mean(lower, known))
        for lower, address in sorted(wanted.items())
        if lower not in known
    ]
    if problems:
        raise ReportError(problems)
    return tuple(letter for letter in letters if not wanted or letter.address.lower() in wanted)


def _require_addresses(server: Server) -> None:
    wrong = [each for each in (server.sender, server.archive) if each is not None and not fits_smtp(each)]
    if wrong:
        raise ReportError([block(f"{each!r} is not an address that mail can be sent with") for each in wrong])


def _again(ledger: Ledger, letters: Sequence[Letter], how: How) -> None:
    """Letters that are to be tried anew on request."""
    for letter in letters:
        entry = ledger.entry(letter.key)
        if entry.state in how.resend:
            reply = f"sent again on request; it was {entry.state}"
            ledger.change(letter.key, State.QUEUED, reply, attempts=0, due=ledger.clock())


class _Run:
    """One run over the letters that are due."""

    def __init__(self, ledger: Ledger, server: Server, how: How, progress: Callable[[Entry], None]) -> None:
        self.mailed = 0
        self.sessions = 0
        self._ledger = ledger
        self._server = server
        self._how = how
        self._progress = progress
        self._session: Session | None = None
        self._lost_in_a_row = 0
        self._next = 0.0

    def all(self, letters: Sequence[Letter]) -> Problem | None:
        """Send those that are due; what ended the run early, if something did."""
        try:
            for letter in letters:
                entry = self._ledger.entry(letter.key)
                if self._how.ready(entry, self._ledger.clock()):
                    self._whole(letter, entry)
                    self._progress(self._ledger.entry(letter.key))
        except UnusableError as error:
            place = f"{self._server.host}:{self._server.port}"
            return block(f"{place} takes no letters ({error.phase}): {error}", None, *error.hints)
        finally:
            self._leave()
        return None

    def _whole(self, letter: Letter, entry: Entry) -> None:
        """One letter, of which is noted what is so, however the program is ended in its middle."""
        try:
            self._one(letter, entry)
        except BaseException:
            with suppress(ReportError):  # a ledger that cannot be written now tells the next run
                self._leave_off(entry)
            raise

    def _leave_off(self, entry: Entry) -> None:
        if self._ledger.entry(entry.key).state is State.SENDING:
            if self._session is not None and self._session.phase is Phase.DOT:
                self._ledger.change(entry.key, State.UNKNOWN, INTERRUPTED)
            else:
                self._ledger.change(entry.key, State.QUEUED, _BEFORE_THE_DOT, attempts=entry.attempts)

    def _one(self, letter: Letter, entry: Entry) -> None:
        """One letter, until it is settled or put off."""
        try:
            message = letter.write(entry.moment)
        except ReportError as error:  # what cannot be written to one reader keeps nothing from another
            self._fail(entry, "; ".join(problem.message for problem in error.problems))
            return
        try:
            reply = self._told(letter.address, entry, message)
        except UnfitError as error:
            self._fail(entry, str(error))
        except LostError as error:
            self._lost(entry, error)
        else:
            self._settle(entry, reply)

    def _told(self, address: str, entry: Entry, message: bytes) -> Reply:
        """What the server says to a letter; when the connection breaks before the dot, another is tried at once."""
        for attempt in range(self._how.retries + 1):
            self._pause(attempt)
            session = self._connected()
            self._keep_rate()
            try:
                reply = session.deliver(address, message, lambda: self._about_to(entry, message))
                if session.open or reply.phase is not Phase.MAIL:
                    return reply
                lost = LostError(reply.phase, str(reply))  # the session ended before a word about this letter
            except LostError as error:
                lost = error
            if lost.phase is Phase.DOT:
                break
        raise lost

    def _about_to(self, entry: Entry, message: bytes) -> None:
        """All but the final dot is under way: from here on, this letter may arrive."""
        self._ledger.change(
            entry.key,
            State.SENDING,
            "",
            attempts=entry.attempts + 1,
            message_id=_message_id(message),
            wire=hashlib.sha256(message).hexdigest(),
            archive=self._server.archive,
            attempted_at=self._ledger.clock(),
        )

    def _settle(self, entry: Entry, reply: Reply) -> None:
        """What the server said decides."""
        self._lost_in_a_row = 0
        if reply.accepted:
            self._ledger.change(entry.key, State.SENT, str(reply))
            self.mailed += 1
        elif reply.temporary:
            self._put_off(entry, str(reply))
        else:
            self._fail(entry, str(reply))

    def _lost(self, entry: Entry, lost: LostError) -> None:
        """The connection broke after the dot, or each one before it; letter after letter, it is the server's fault."""
        self._lost_in_a_row += 1
        too_often = self._lost_in_a_row >= _LOST_IN_A_ROW
        if lost.phase is Phase.DOT:
            self._ledger.change(entry.key, State.UNKNOWN, str(lost))
        elif lost.phase is not Phase.MAIL and not too_often:
            self._put_off(entry, str(lost))
        if too_often or lost.phase is Phase.MAIL:
            raise UnusableError(lost.phase, str(lost), temporary=True)

    def _fail(self, entry: Entry, reply: str) -> None:
        self._ledger.change(entry.key, State.FAILED, reply, attempts=entry.attempts + 1)

    def _put_off(self, entry: Entry, reply: str) -> None:
        attempts = entry.attempts + 1
        if attempts >= self._how.attempts:
            self._fail(entry, f"given up after {attempts} attempts: {reply}")
        else:
            due = self._ledger.clock() + self._how.delay(entry.key, attempts)
            self._ledger.change(entry.key, State.QUEUED, reply, attempts=attempts, due=due)

    def _connected(self) -> Session:
        """The session, or a new one; a server that is away for a moment is waited for."""
        for attempt in range(self._how.retries + 1):
            if self._session is not None and self._session.open:
                break
            self._pause(attempt)
            try:
                self._session = Session(self._server)
                self.sessions += 1
            except UnusableError as error:
                if not error.temporary or attempt == self._how.retries:
                    raise
        assert self._session is not None  # noqa: S101 - the last failure is raised
        return self._session

    def _pause(self, attempt: int) -> None:
        """Nothing before the first attempt and the second, then more and more."""
        if attempt > 1:
            time.sleep(self._how.pause * (attempt - 1))

    def _keep_rate(self) -> None:
        if self._how.rate is not None:
            time.sleep(max(0.0, self._next - time.monotonic()))
            self._next = time.monotonic() + 60 / self._how.rate

    def _leave(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None


def _message_id(message: bytes) -> str:
    """The Message-ID of a message, which the archive is searched for; ValueError where it has none."""
    head = re.sub(rb"\r\n(?=[ \t])", b"", message.partition(b"\r\n\r\n")[0])
    found = re.search(rb"(?im)^message-id:[ \t]*(<[\x21-\x3b\x3d\x3f-\x7e]+>)[ \t]*$", head.replace(b"\r\n", b"\n"))
    if found is None:
        raise ValueError("a message that is sent has a Message-ID")
    return found[1].decode("ascii")
