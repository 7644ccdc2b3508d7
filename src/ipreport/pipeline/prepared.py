"""What a run of mails needs, with all problems together: who gets which approved files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ipreport.delivery import (
    PARTING,
    WITHDRAWN,
    Approval,
    Approvals,
    Correction,
    Corrections,
    Entry,
    Ledger,
    Letter,
    Runs,
    State,
    agree,
    only_sender,
)
from ipreport.delivery.growing import made_folder
from ipreport.language import Localized
from ipreport.outline import Attachment, DeliverySpec, Outline, Recipient
from ipreport.pipeline.approving import APPROVALS, records_folder
from ipreport.pipeline.checked import Checked, checked
from ipreport.pipeline.given import line
from ipreport.pipeline.issued import Issued, issued
from ipreport.pipeline.letters import Post
from ipreport.problems import Origin, Problem, ReportError, block, collected, did_you_mean
from ipreport.readers import RECIPIENTS_FILE, Input, briefing_folder, read_delivery, without_detour

CORRECTIONS, RUNS = "corrections.jsonl", "runs.jsonl"
"""The files of corrections, and of how much the ledger knew when, in the folder of a briefing's records."""
_LONGEST_REASON = 500
"""Characters of why an issue is corrected, in each language."""
_PERHAPS_DELIVERED = frozenset({State.SENDING, State.SENT, State.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Prepared:
    """An issue whose files may go out: the recipients that are chosen, and by variant what makes their letters."""

    outline: Outline
    spec: DeliverySpec
    recipients: tuple[Recipient, ...]
    posts: Mapping[str, Post]
    records: Path

    def queued(
        self, ledger: Ledger, corrected: Localized | None, moment: datetime, *, noted: bool
    ) -> tuple[Letter, ...]:
        """A letter to each recipient, queued with `moment` as its Date; what would never be sent any more is withdrawn.

        `corrected` is why other files take the place of those that somebody has; the correction is written down
        if it is to be `noted`. What it all rests on is read while nobody else can send. Raises ReportError where the
        ledger has lost something, or somebody would get what cannot be.
        """
        with only_sender(ledger.path):
            Runs(self.records / RUNS).require(len(ledger.events()), ledger.path)
            letters = self._letters(ledger, corrected, noted=noted)
            ledger.queue(letters, moment)
            self._withdraw(ledger, letters)
        return letters

    def _letters(self, ledger: Ledger, corrected: Localized | None, *, noted: bool) -> tuple[Letter, ...]:
        """A letter to each recipient; those with files that take the place of others are the correction that says why.

        Who has just these files already keeps the letter that brought them; that somebody is to have a Word file
        as well from now on is no reason to send the PDF again.
        """
        reason = None if corrected is None else _worded(corrected, self.recipients)
        corrections, issue = Corrections(self.records / CORRECTIONS), self.outline.issue_slug
        rows = ledger.entries(self.outline.name, issue, _PERHAPS_DELIVERED)
        had = {_who_got(each): each for each in sorted(rows, key=lambda each: each.correction)}
        found: dict[Recipient, tuple[Correction, str]] = {}
        others: dict[str, str] = {}
        above: dict[str, int] = {}
        for each in self.recipients:
            last, digest = had.get(_who(each)), self.posts[each.variant].digest(each)
            if last is not None and agree(last.document, digest):
                found[each] = corrections.numbered(issue, last.correction), last.document
                continue
            others |= _places(each, digest)
            number = 0 if last is None else last.correction
            above |= {place: max(above.get(place, 0), number) for place in _places(each, digest)}
        if reason is None:
            of_place = {place: corrections.of(issue, place, digest) for place, digest in others.items()}
        else:
            mailed = {each.correction for each in rows}
            of_place = {**corrections.begin(issue, others, reason, mailed=mailed, above=above, noted=noted)}
        for each in self.recipients:
            if each not in found:
                digest = self.posts[each.variant].digest(each)
                corrected_by = (of_place[place] for place in _places(each, digest))
                found[each] = max(corrected_by, key=lambda correction: correction.number), digest
        return tuple(self.posts[each.variant].letter(each, *found[each]) for each in self.recipients)

    def _withdraw(self, ledger: Ledger, letters: Iterable[Letter]) -> None:
        """Take back what is queued and would never be sent: other letters to these, or to who is on no list now."""
        keys, chosen = {each.key for each in letters}, {_who(each) for each in self.recipients}
        everybody = {_who(each) for each in recipients_of(self.outline)}
        for entry in ledger.entries(self.outline.name, self.outline.issue_slug, {State.QUEUED}):
            if entry.key not in keys and (_who_got(entry) in chosen or _who_got(entry) not in everybody):
                ledger.change(entry.key, State.FAILED, WITHDRAWN)


def prepare(
    briefing: str | Path,
    only: Iterable[str],
    output: Path | None,
    records: Path | None,
    previous: Path | None,
    cache: Path | None,
) -> Prepared:
    """Everything that a run needs. Raises ReportError where anything is not as it has to be."""
    problems, posts = list[Problem](), dict[str, Post]()
    ready, spec, chosen = None, None, tuple[Recipient, ...]()
    with collected(problems):
        ready = _ready(briefing, cache, previous)
    with collected(problems):
        spec = read_delivery(briefing_folder(briefing)) if briefing_folder(briefing).is_dir() else None
    if ready is None:
        raise ReportError(problems)
    folder = records_folder(ready.source, records)
    with collected(problems):
        chosen = chosen_of(ready.source, tuple(only))
    problems += _own_copies(spec, chosen)
    for variant in dict.fromkeys(each.variant for each in chosen):
        theirs = tuple(each for each in chosen if each.variant == variant)
        with collected(problems):
            one = _variant(ready, theirs, cache) if variant else ready
            found = _approved(one, theirs, output, folder.parent / variant if variant else folder)
            if spec is not None:
                posts[variant] = Post(ready.content.outline, one, found, spec)
    if problems or spec is None:
        raise ReportError(problems)
    made_folder(folder)
    return Prepared(ready.content.outline, spec, chosen, posts, folder)


def _ready(briefing: str | Path, cache: Path | None, previous: Path | None = None) -> Checked:
    """A briefing in which nothing keeps it from going out. Raises ReportError."""
    ready = checked(briefing, cache, accept_warnings=False, previous=previous)
    ready.stop_if_blocked()
    return ready


def recipients_of(outline: Outline) -> tuple[Recipient, ...]:
    """Those whom the issue is mailed to, in the order of recipients.yaml."""
    return tuple(each for group in outline.recipients for each in group.recipients if each.address is not None)


def chosen_of(source: Input, only: tuple[str, ...]) -> tuple[Recipient, ...]:
    """The recipients with an address, or those of them that are named by address or group. Raises ReportError."""
    groups = {group.terms.value: group for group in source.outline.recipients}
    everybody = recipients_of(source.outline)
    origin = Origin((source.folder / RECIPIENTS_FILE).as_posix())
    if not everybody:
        raise ReportError([block("nobody has an address to mail to", origin, "add 'address:' to a recipient")])
    known = {(each.address or "").lower() for each in everybody}
    problems = []
    for each in only:
        if each not in groups and each.lower() not in known:
            problems.append(block(f"'{each}' is no recipient", origin, did_you_mean(each, [*groups, *known])))
        elif each in groups and not any(one.address for one in groups[each].recipients):
            hint = "add 'address:' to a recipient of this group"
            problems.append(block(f"nobody in '{each}' has an address to mail to", origin, hint))
    if problems:
        raise ReportError(problems)
    wanted = {each.lower() for each in only}
    wanted |= {(one.address or "").lower() for each in only if each in groups for one in groups[each].recipients}
    return tuple(each for each in everybody if not only or (each.address or "").lower() in wanted)


def _own_copies(spec: DeliverySpec | None, recipients: Iterable[Recipient]) -> Iterator[Problem]:
    """Recipients who would get each mail twice, because their address is that of the archive."""
    archive = None if spec is None or spec.archive is None else spec.archive.address.lower()
    for each in recipients:
        if archive is not None and (each.address or "").lower() == archive:
            message = f"the address '{each.address}' is that of the archive, which gets a copy of each mail"
            yield block(message, each.origin, "give the archive an address of its own in delivery.yaml")


def _variant(ready: Checked, recipients: tuple[Recipient, ...], cache: Path | None) -> Checked:
    """The briefing of a region that stands beside this one, of the same issue, for `recipients` whom it has not."""
    first = recipients[0]
    folder = without_detour(ready.source.folder / ".." / first.variant)
    one = _ready(folder, cache)
    own, other = ready.content.outline.issue_slug, one.content.outline.issue_slug
    if own != other:
        message = f"the variant '{first.variant}' is of the issue {other}, and this one is {own}"
        raise ReportError([block(message, first.origin, "bring its briefing.yaml to the same issue, and build it")])
    theirs = {_who(each) for each in recipients_of(one.content.outline)}
    twice = [each for each in recipients if _who(each) in theirs]
    if twice:
        hint = "name the recipient in one of the two files"
        message = f"would get it twice: recipients.yaml of '{first.variant}' has the address as well"
        raise ReportError([block(f"'{each.address}' {message}", each.origin, hint) for each in twice])
    return one


def _approved(one: Checked, recipients: tuple[Recipient, ...], output: Path | None, records: Path) -> Issued:
    """The built files of a briefing, approved for what its recipients get. Raises ReportError."""
    found, outline = issued(one, output), one.content.outline
    approvals = [
        each
        for each in Approvals(records / APPROVALS).all()
        if (each.briefing, each.issue) == (outline.name, outline.issue_slug)
    ]
    problems = [*_unapproved(recipients, found, approvals, outline.name)]
    if problems:
        raise ReportError(problems)
    return found


def _unapproved(
    recipients: tuple[Recipient, ...], found: Issued, approvals: Sequence[Approval], name: str
) -> Iterator[Problem]:
    """Why what a recipient should get may not go out; each edition once."""
    for edition in dict.fromkeys(each.edition for each in recipients):
        theirs = [each for each in recipients if each.edition == edition]
        origin, files = theirs[0].origin, found.files.get(edition, {})
        approval = next((each for each in reversed(approvals) if edition in each.files), None)
        absent = {f".{kind}" for each in theirs for kind in each.attachments} - {Path(file).suffix for file in files}
        if not files:
            yield block(f"the edition '{edition}' was not built", origin, "build it, then approve it")
        elif absent:
            message = f"the edition '{edition}' was built without {' and '.join(sorted(absent))}"
            yield block(message, origin, "build it again, then approve it")
        elif approval is None:
            hint = f"approve it: ipreport approve {name} --by 'role/name'"
            yield block(f"nobody has approved the edition '{edition}'", origin, hint)
        elif approval.files[edition] != files:
            moment = f"{approval.moment:%Y-%m-%d %H:%M} UTC"
            message = f"the files of the edition '{edition}' are not those that {approval.by} approved at {moment}"
            yield block(message, origin, "approve them again, or build what was approved")


def _places(recipient: Recipient, digest: str) -> Mapping[str, str]:
    """What a recipient gets: the PDF of an edition, of which variant, and its Word file, each with its SHA-256."""
    edition = f"{recipient.variant}/{recipient.edition}" if recipient.variant else recipient.edition.value
    kinds = (edition, f"{edition}.{Attachment.DOCX}")
    return dict(zip(kinds, digest.split(PARTING), strict=False))


def _worded(reason: Localized, recipients: Iterable[Recipient]) -> Localized:
    """A reason as lines of words. Raises ReportError where it lacks a language that somebody reads."""
    said = Localized(*(line(text, "--corrected", _LONGEST_REASON) for text in (reason.zh, reason.en)))
    read = dict.fromkeys(language for each in recipients for language in each.edition.languages)
    missing = [language.name for language in read if not said[language]]
    if missing:
        message = f"the reason of the correction is missing in {' and '.join(missing)}"
        raise ReportError([block(message, Origin("--corrected"), "write it in both: 'Chinese / English'")])
    return said


def _who(recipient: Recipient) -> tuple[str, str]:
    return recipient.edition.value, (recipient.address or "").lower()


def _who_got(entry: Entry) -> tuple[str, str]:
    return entry.edition, entry.address.lower()
