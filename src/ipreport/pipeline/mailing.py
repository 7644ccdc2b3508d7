"""Mailing an approved issue: each recipient once, and every one accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ipreport import delivery
from ipreport.delivery import (
    Archive,
    Entry,
    How,
    Ledger,
    Login,
    Reconciled,
    Report,
    Runs,
    Security,
    Server,
    State,
)
from ipreport.delivery.growing import made_folder
from ipreport.language import Localized
from ipreport.outline import DeliverySpec, Recipient, ServerSpec
from ipreport.pipeline.approving import records_folder, records_of
from ipreport.pipeline.files import remove_all, write_all
from ipreport.pipeline.letters import file_name, leftovers
from ipreport.pipeline.prepared import RUNS, chosen_of, prepare, recipients_of
from ipreport.pipeline.preview import preview_page
from ipreport.problems import Origin, Problem, ReportError, block
from ipreport.readers import briefing_folder, read, read_delivery
from ipreport.secret import Secret

LEDGER = "ledger.sqlite3"
"""The file of the ledger in the folder of a briefing's records."""
SMTP_PASSWORD = Secret("password of the mail server", "IPREPORT_SMTP_PASSWORD")
IMAP_PASSWORD = Secret("password of the archive", "IPREPORT_IMAP_PASSWORD")


@dataclass(frozen=True, slots=True)
class Deliveries:
    """Who has got an issue: a row of the ledger for each letter, and the recipients that have none yet."""

    issue: str
    entries: tuple[Entry, ...]
    not_mailed: tuple[Recipient, ...] = ()


def send(
    briefing: str | Path,
    *,
    only: Iterable[str] = (),
    rate: float | None = None,
    resend: Iterable[str] = (),
    corrected: Localized | None = None,
    output: Path | None = None,
    records: Path | None = None,
    previous: Path | None = None,
    cache: Path | None = None,
    progress: Callable[[Entry], None] = lambda _: None,
) -> Report:
    """Mail the approved files of a briefing's issue to the recipients that have not got them yet.

    `only` are addresses or groups (`report_to`, …); `rate` is the most mails a minute, more than none, in place of that
    of delivery.yaml; `resend` are states, `unknown` or `failed`, that are tried anew; `corrected` is the reason why an
    issue that went out already is sent with other files. Files are read and hashed once, right before: what is
    mailed is what was hashed. `progress` is told of each letter. Raises ReportError, having sent nothing, where
    anything is not as it has to be, and ValueError for a rate or a state that is none; what became of each
    letter the report says.
    """
    states = frozenset(State(each) for each in resend)
    How(rate=rate, resend=states)
    found = prepare(briefing, only, output, records, previous, cache)
    server, runs = server_of(found.spec), Runs(found.records / RUNS)
    how = How(rate=found.spec.rate if rate is None else rate, resend=states)
    with Ledger(found.records / LEDGER) as ledger:
        letters = found.queued(ledger, corrected, _now(), noted=True)
        runs.note(len(ledger.events()))
        try:
            return delivery.send(ledger, letters, server, _now(), how, progress=progress)
        finally:
            with suppress(ReportError):  # it hides nothing of what became of the letters
                runs.note(len(ledger.events()))


def write_letters(
    briefing: str | Path,
    folder: Path,
    *,
    only: Iterable[str] = (),
    corrected: Localized | None = None,
    output: Path | None = None,
    records: Path | None = None,
    previous: Path | None = None,
    cache: Path | None = None,
) -> tuple[Path, ...]:
    """Write the mails that `send` would send to `folder`: an `.eml` for each recipient, and `preview.html` of them all.

    They are the very bytes: letters are queued in the ledger, which fixes their Date, and not sent. Mails that were
    sent already are written as well. Mails of an earlier look that are not among them are removed. Raises
    ReportError where the folder holds other mails, which somebody might take for these.
    """
    found = prepare(briefing, only, output, records, previous, cache)
    with Ledger(found.records / LEDGER) as ledger:
        letters = found.queued(ledger, corrected, _now(), noted=False)
        rows = {entry.key: entry for entry in ledger.entries(found.outline.name)}
    files = {folder / file_name(letter): letter.write(rows[letter.key].moment) for letter in letters}
    former = leftovers(folder, files.keys(), rows.keys())
    page = preview_page(letters, [*files.values()])
    write_all({**files, folder / "preview.html": page})
    problems = remove_all(former)
    if problems:
        raise ReportError(problems)
    return (*files, folder / "preview.html")


def reconcile(
    briefing: str | Path,
    *,
    requeue: bool = False,
    only: Iterable[str] = (),
    records: Path | None = None,
) -> Reconciled:
    """Look in the archive for letters that may have arrived or not; with `requeue` what is not there is queued.

    Only letters of this issue, to the recipients that `only` chooses, are queued. Raises ReportError where
    delivery.yaml names no archive that can be read, or it cannot be.
    """
    source = read(briefing_folder(briefing))
    spec, outline = read_delivery(source.folder), source.outline
    archive, chosen = archive_of(spec), {(each.address or "").lower() for each in chosen_of(source, tuple(only))}
    folder = made_folder(records_folder(source, records))
    with Ledger(folder / LEDGER) as ledger:
        Runs(folder / RUNS).require(len(ledger.events()), ledger.path)
        waiting = timedelta(minutes=spec.archive.waiting if spec.archive is not None else 0)
        own = ledger.entries(outline.name, outline.issue_slug)
        keys = {entry.key for entry in own if entry.address.lower() in chosen} if requeue else set()
        return delivery.reconcile(ledger, archive, requeue=requeue, wait=waiting, keys=keys)


def deliveries(briefing: str | Path, *, issue: str | None = None, records: Path | None = None) -> Deliveries:
    """What became of every letter of a briefing's issue, and who has none yet; of an earlier `issue` the letters alone.

    Raises ReportError where no letter of that issue was ever queued; for an earlier one the briefing need not be
    in order.
    """
    folder = briefing_folder(briefing)
    if issue is None:
        source = read(folder)
        name, wanted, everybody = source.outline.name, source.outline.issue_slug, recipients_of(source.outline)
    else:
        name, wanted, everybody = folder.resolve().name, issue, ()
    file = records_of(folder, name, records) / LEDGER
    entries = _rows(file, name, wanted)
    if issue is not None and not entries:
        raise ReportError([_no_such_issue(file, name, issue)])
    known = {(entry.edition, entry.address.lower()) for entry in entries}
    not_mailed = (each for each in everybody if (each.edition, (each.address or "").lower()) not in known)
    return Deliveries(wanted, entries, tuple(not_mailed))


def _rows(file: Path, name: str, issue: str) -> tuple[Entry, ...]:
    """Letters of an issue, without those that others took the place of before anybody tried to send them."""
    runs = Runs(file.with_name(RUNS))
    if not file.exists():
        runs.require(0, file)
        return ()
    with Ledger(file) as ledger:
        runs.require(len(ledger.events()), file)
        delivery.settle(ledger)
        return tuple(entry for entry in ledger.entries(name, issue) if not delivery.was_never_tried(entry))


def _no_such_issue(file: Path, name: str, issue: str) -> Problem:
    known: list[str] = []
    if file.exists():
        with Ledger(file) as ledger:
            known = [*dict.fromkeys(entry.issue for entry in ledger.entries(name))]
    hint = f"mailed were: {', '.join(known)}" if known else "nothing was mailed of this briefing"
    return block(f"no mail of the issue '{issue}' is in the ledger", Origin(file.as_posix()), hint)


# --- servers ------------------------------------------------------------------------------------


def server_of(spec: DeliverySpec) -> Server:
    """The server that takes letters. Raises ReportError where its password is asked for and not given."""
    server, archive = spec.server, spec.archive
    return Server(
        host=server.host,
        port=server.port,
        sender=spec.address,
        security=Security(server.security.value),
        login=_login(server, SMTP_PASSWORD),
        archive=None if archive is None else archive.address,
        authorities=server.authorities,
    )


def archive_of(spec: DeliverySpec) -> Archive:
    """The mailbox where copies are looked up. Raises ReportError where none is named, or its password is not given."""
    archive = spec.archive
    if archive is None or archive.server is None:
        hint = "name it: archive: {address: …, imap: {host: …, user: …}}"
        raise ReportError([block("there is no archive to look in", spec.origin, hint)])
    login = _login(archive.server, IMAP_PASSWORD)
    if login is None:
        raise AssertionError(archive.server)  # its user is asked for when the file is read
    server = archive.server
    security = Security(server.security.value)
    return Archive(server.host, server.port, login, archive.mailbox, security, server.authorities)


def _login(server: ServerSpec, secret: Secret) -> Login | None:
    if server.user is None:
        return None
    return Login(server.user, secret.of_account(server.host, server.user, server.origin))


def _now() -> datetime:
    return datetime.now(UTC)
