"""Mailing an approved issue: each recipient once, and every one accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ipreport import delivery
from ipreport.delivery import (
    Approvals,
    Archive,
    Corrections,
    Entry,
    How,
    Ledger,
    Letter,
    Login,
    Reconciled,
    Report,
    Security,
    Server,
    State,
)
from ipreport.language import Localized
from ipreport.outline import DeliverySpec, Recipient, ServerSpec
from ipreport.pipeline.approving import APPROVALS, records_folder
from ipreport.pipeline.checked import Checked, checked
from ipreport.pipeline.files import write_all
from ipreport.pipeline.issued import issued
from ipreport.pipeline.letters import Post, recipients_of, unapproved
from ipreport.pipeline.preview import preview_page
from ipreport.problems import Origin, ReportError, block, did_you_mean
from ipreport.readers import RECIPIENTS_FILE, read_delivery
from ipreport.secret import Secret

LEDGER, CORRECTIONS = "ledger.sqlite3", "corrections.jsonl"
"""Files in the folder of a briefing's records."""
SMTP_PASSWORD = Secret("password of the mail server", "IPREPORT_SMTP_PASSWORD")
IMAP_PASSWORD = Secret("password of the archive", "IPREPORT_IMAP_PASSWORD")


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A briefing whose approved files may go out, the letters that take them, and how they go."""

    ready: Checked
    spec: DeliverySpec
    letters: tuple[Letter, ...]
    records: Path


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

    `only` are addresses or groups (`report_to`, …); `rate` is the most mails a minute, in place of that of
    delivery.yaml; `resend` are states, `unknown` or `failed`, that are tried anew; `corrected` is the reason why an
    issue that went out already is sent with other files. Files are hashed again right before. `progress` is told
    of each letter. Raises ReportError, having sent nothing, where anything is not as it has to be; what
    became of each letter the report says.
    """
    found = _prepared(briefing, only, corrected, output, records, previous, cache)
    how = How(rate=rate or found.spec.rate, resend=frozenset(State(each) for each in resend))
    with Ledger(found.records / LEDGER) as ledger:
        return delivery.send(ledger, found.letters, server_of(found.spec), _now(), how, progress=progress)


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

    They are the very bytes: letters are queued in the ledger, which fixes their Date, and not sent.
    """
    found = _prepared(briefing, only, corrected, output, records, previous, cache)
    with Ledger(found.records / LEDGER) as ledger:
        ledger.queue(found.letters, _now())
        moments = {letter.key: ledger.entry(letter.key).moment for letter in found.letters}
    files = {folder / f"{letter.address}.eml": letter.write(moments[letter.key]) for letter in found.letters}
    page = preview_page(found.letters, [files[folder / f"{letter.address}.eml"] for letter in found.letters])
    write_all({**files, folder / "preview.html": page})
    return (*files, folder / "preview.html")


def reconcile(
    briefing: str | Path, *, requeue: bool = False, records: Path | None = None, cache: Path | None = None
) -> Reconciled:
    """Look in the archive for letters that may have arrived or not; with `requeue` what is not there is queued.

    Raises ReportError where delivery.yaml names no archive that can be read, or it cannot be.
    """
    ready = checked(briefing, cache, accept_warnings=True)
    spec = read_delivery(ready.source.folder)
    archive = archive_of(spec)
    with Ledger(records_folder(ready, records) / LEDGER) as ledger:
        waiting = timedelta(minutes=spec.archive.waiting if spec.archive is not None else 0)
        return delivery.reconcile(ledger, archive, requeue=requeue, wait=waiting)


def deliveries(briefing: str | Path, *, records: Path | None = None, cache: Path | None = None) -> tuple[Entry, ...]:
    """What became of every letter of a briefing's issue; none where nothing was ever queued."""
    ready = checked(briefing, cache, accept_warnings=True)
    file = records_folder(ready, records) / LEDGER
    if not file.exists():
        return ()
    outline = ready.content.outline
    with Ledger(file) as ledger:
        delivery.settle(ledger)
        return ledger.entries(outline.name, outline.issue_slug)


# --- what a run needs --------------------------------------------------------------------------


def _prepared(
    briefing: str | Path,
    only: Iterable[str],
    corrected: Localized | None,
    output: Path | None,
    records: Path | None,
    previous: Path | None,
    cache: Path | None,
) -> _Prepared:
    """Everything that is needed, with all problems together."""
    ready = checked(briefing, cache, accept_warnings=False, previous=previous)
    ready.stop_if_blocked()
    spec, found = read_delivery(ready.source.folder), issued(ready, output)
    chosen = _chosen(ready, tuple(only))
    folder, issue = records_folder(ready, records), ready.content.outline.issue_slug
    approvals = Approvals(folder / APPROVALS)
    problems = [*unapproved(chosen, found, {each.edition: approvals.of(issue, each.edition) for each in chosen})]
    if problems:
        raise ReportError(problems)
    post = Post(ready, found, spec)
    documents = {each.edition.value: post.digest(each) for each in chosen}
    corrections = Corrections(folder / CORRECTIONS)
    correction = (
        corrections.of(issue, documents) if corrected is None else corrections.begin(issue, documents, corrected)
    )
    folder.mkdir(parents=True, exist_ok=True)
    return _Prepared(ready, spec, tuple(post.letter(each, correction) for each in chosen), folder)


def _chosen(ready: Checked, only: tuple[str, ...]) -> tuple[Recipient, ...]:
    """The recipients with an address, or those of them that are named by address or group."""
    groups = {group.terms.value: group for group in ready.content.outline.recipients}
    everybody = recipients_of(ready)
    origin = Origin((ready.source.folder / RECIPIENTS_FILE).as_posix())
    if not everybody:
        raise ReportError([block("nobody has an address to mail to", origin, "add 'address:' to a recipient")])
    known = {(each.address or "").lower() for each in everybody}
    unknown = [each for each in only if each.lower() not in known and each not in groups]
    if unknown:
        hints = [did_you_mean(each, [*groups, *known]) for each in unknown]
        raise ReportError(
            [block(f"'{each}' is no recipient", origin, hint) for each, hint in zip(unknown, hints, strict=True)]
        )
    wanted = {each.lower() for each in only}
    wanted |= {(one.address or "").lower() for each in only if each in groups for one in groups[each].recipients}
    return tuple(each for each in everybody if not only or (each.address or "").lower() in wanted)


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
