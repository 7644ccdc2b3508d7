"""Telling the approver: that an issue is built and what is to be known of it, or that a run failed."""

from __future__ import annotations

import hashlib
import platform
import sysconfig
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ipreport.delivery import Approval, Approvals
from ipreport.delivery.mail import Mail, Mailbox
from ipreport.delivery.message import write as write_message
from ipreport.delivery.telling import tell
from ipreport.language import LANGUAGES, Localized
from ipreport.outline import ApproverSpec, DeliverySpec
from ipreport.pipeline.approving import APPROVALS, records_folder
from ipreport.pipeline.checked import Checked, checked
from ipreport.pipeline.issued import Issued, issued
from ipreport.pipeline.mailing import server_of
from ipreport.problems import ReportError, block
from ipreport.readers import briefing_folder, read_delivery
from ipreport.style import THEMES
from ipreport.wording import show_date
from ipreport.writers import mail

_PROGRAM = "ipreport"
_COLOURS = THEMES["modern"].colours
"""Of every notice: it comes from the program, and not from the briefing."""


@dataclass(frozen=True, slots=True)
class Notified:
    """That the server has taken a notice: to whom it goes, its subject and Message-ID, and what the server said.

    `approved` are the editions whose files somebody had approved already.
    """

    address: str
    subject: str
    message_id: str
    reply: str
    approved: tuple[str, ...] = ()


def notify(
    briefing: str | Path,
    *,
    failed: str | None = None,
    output: Path | None = None,
    records: Path | None = None,
    previous: Path | None = None,
    cache: Path | None = None,
) -> Notified:
    """Tell the `approver` of delivery.yaml that the issue is built: files, state of approval, findings, what to do.

    With `failed`, what a program said, tell that a run failed instead; that asks nothing of the briefing but its
    delivery.yaml. Nothing is approved, no issue is sent, and the ledger knows nothing of it. Raises ReportError where
    no approver is named, the issue is not built from what is there now, or the server does not take the notice.
    """
    folder = briefing_folder(briefing)
    if failed is not None:
        spec = read_delivery(folder)
        return _told(spec, mail.failed(mail.Failure(folder.resolve().name, _here(), failed)), ())
    ready = checked(briefing, cache, accept_warnings=False, previous=previous)
    ready.stop_if_blocked()
    found, spec = issued(ready, output), read_delivery(folder)
    issue = _built(ready, found, Approvals(records_folder(ready.source, records) / APPROVALS))
    return _told(spec, mail.built(issue), tuple(each.name for each in issue.editions if each.approved))


def _told(spec: DeliverySpec, notice: mail.Notice, approved: tuple[str, ...]) -> Notified:
    """Write the mail, look it over as any other, and give it to the server."""
    approver, moment = _approver(spec), datetime.now(UTC).replace(microsecond=0)
    # A copy in the archive would be one of an issue; this is none.
    server = replace(server_of(spec), archive=None)
    written = write_message(_mail(spec, approver, mail.write_notice(notice, _COLOURS), moment), moment, approver.origin)
    reply = tell(server, approver.address, written.data, approver.origin)
    return Notified(approver.address, notice.subject, written.message_id, str(reply), approved)


def _approver(spec: DeliverySpec) -> ApproverSpec:
    if spec.approver is None:
        hint = "add 'approver: {name: {zh: …, en: …}, address: …}'"
        raise ReportError([block("nobody is named who approves", spec.origin, hint)])
    return spec.approver


def _mail(spec: DeliverySpec, approver: ApproverSpec, bodies: mail.Bodies, moment: datetime) -> Mail:
    """Each notice is one of its own, so that no mail system drops a second one."""
    identity = ("notice", approver.address.lower(), bodies.subject, bodies.text, moment.isoformat())
    return Mail(
        key=hashlib.sha256("\n".join(identity).encode("utf-8")).hexdigest(),
        sender=Mailbox(spec.address, spec.sender[LANGUAGES[0]]),
        recipient=Mailbox(approver.address, approver.name[LANGUAGES[0]]),
        subject=bodies.subject,
        text=bodies.text,
        html=bodies.html,
        languages=LANGUAGES,
        reply_to=None if spec.reply_to is None else Mailbox(spec.reply_to),
    )


# --- what is told of an issue --------------------------------------------------------------


def _built(ready: Checked, found: Issued, approvals: Approvals) -> mail.BuiltIssue:
    outline = ready.content.outline
    latest = {edition: approvals.of(outline.issue_slug, edition) for edition in found.files}
    name, issue = outline.masthead.name, outline.masthead.issue
    return mail.BuiltIssue(
        title=Localized(f"{name.zh}{issue.zh}", f"{name.en}, {issue.en}"),
        briefing=outline.name,
        folder=str(found.folder.resolve()),
        place=_here(),
        editions=tuple(_edition(found, edition, latest[edition]) for edition in found.files),
        findings=tuple(_findings(ready)),
        remarks=found.remarks,
    )


def _edition(found: Issued, edition: str, approval: Approval | None) -> mail.BuiltEdition:
    files: Mapping[str, str] = found.files[edition]
    approved = ""
    if approval is not None and approval.files[edition] == files:
        approved = f"{approval.by} ({approval.moment:%Y-%m-%d %H:%M} UTC)"
    told = (mail.Attached(name, len(found.contents[name]), digest) for name, digest in files.items())
    return mail.BuiltEdition(edition, tuple(told), approved)


def _findings(ready: Checked) -> Iterator[mail.AcceptedFinding]:
    for entry in ready.content.findings:
        accepted = entry.finding.acknowledgement(ready.content.metrics)
        if accepted is not None:
            rule, title, day = entry.finding.rule, entry.finding.title, show_date(accepted.date)
            yield mail.AcceptedFinding(rule, title, accepted.reason, accepted.by, day)


def _here() -> mail.Place:
    """The working folder; a program that is installed below it is called by its path from there."""
    here, scripts = Path.cwd(), Path(sysconfig.get_path("scripts"))
    inside = scripts.is_relative_to(here)
    return mail.Place(platform.node(), str(here), str(scripts.relative_to(here) / _PROGRAM) if inside else _PROGRAM)
