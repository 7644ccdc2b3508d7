"""What a run of mails needs, with all problems together: who gets which approved files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ipreport.delivery import Approval, Approvals, Correction, Corrections, Entry, Ledger, Letter, State
from ipreport.language import Localized
from ipreport.outline import DeliverySpec, Outline, Recipient
from ipreport.pipeline.approving import APPROVALS, records_folder
from ipreport.pipeline.checked import Checked, checked
from ipreport.pipeline.issued import Issued, issued
from ipreport.pipeline.letters import Post
from ipreport.problems import Origin, Problem, ReportError, block, collected, did_you_mean
from ipreport.readers import RECIPIENTS_FILE, Input, read_delivery, without_detour

CORRECTIONS = "corrections.jsonl"
"""The file of corrections in the folder of a briefing's records."""
_PERHAPS_DELIVERED = frozenset({State.SENDING, State.SENT, State.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Prepared:
    """An issue whose files may go out: the recipients that are chosen, and by variant what makes their letters."""

    outline: Outline
    spec: DeliverySpec
    recipients: tuple[Recipient, ...]
    posts: Mapping[str, Post]
    records: Path

    def letters(self, ledger: Ledger, corrected: Localized | None, *, noted: bool) -> tuple[Letter, ...]:
        """A letter to each recipient; those with files that take the place of others are the correction that says why.

        `corrected` begins one, which is written down if it is to be `noted`. Who has just these files already keeps
        the letter that brought them. Raises ReportError where a reader would not understand why.
        """
        _require_words(corrected, self.recipients)
        corrections, issue = Corrections(self.records / CORRECTIONS), self.outline.issue_slug
        had = _last_delivered(ledger, self.outline)
        found: dict[Recipient, Correction] = {}
        others: dict[str, str] = {}
        for each in self.recipients:
            last, digest = had.get(_who(each)), self.posts[each.variant].digest(each)
            if last is not None and last.document == digest:
                found[each] = corrections.numbered(issue, last.correction)
            else:
                others[_place(each)] = digest
        if corrected is None:
            of_place = {place: corrections.of(issue, place, digest) for place, digest in others.items()}
        else:
            of_place = {**corrections.begin(issue, others, corrected, noted=noted)}
        found |= {each: of_place[_place(each)] for each in self.recipients if each not in found}
        return tuple(self.posts[each.variant].letter(each, found[each]) for each in self.recipients)


def prepare(
    briefing: str | Path,
    only: Iterable[str],
    output: Path | None,
    records: Path | None,
    previous: Path | None,
    cache: Path | None,
) -> Prepared:
    """Everything that a run needs. Raises ReportError where anything is not as it has to be."""
    ready = checked(briefing, cache, accept_warnings=False, previous=previous)
    ready.stop_if_blocked()
    folder, problems = records_folder(ready.source, records), list[Problem]()
    spec, chosen, posts = None, tuple[Recipient, ...](), dict[str, Post]()
    with collected(problems):
        spec = read_delivery(ready.source.folder)
    with collected(problems):
        chosen = chosen_of(ready.source, tuple(only))
    for variant in dict.fromkeys(each.variant for each in chosen):
        theirs = tuple(each for each in chosen if each.variant == variant)
        with collected(problems):
            one = _variant(ready, theirs[0], cache) if variant else ready
            found = _approved(one, theirs, output, folder.parent / variant if variant else folder)
            if spec is not None:
                posts[variant] = Post(ready.content.outline, one, found, spec)
    if problems or spec is None:
        raise ReportError(problems)
    folder.mkdir(parents=True, exist_ok=True)
    return Prepared(ready.content.outline, spec, chosen, posts, folder)


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
    unknown = [each for each in only if each.lower() not in known and each not in groups]
    if unknown:
        hints = [did_you_mean(each, [*groups, *known]) for each in unknown]
        raise ReportError(
            [block(f"'{each}' is no recipient", origin, hint) for each, hint in zip(unknown, hints, strict=True)]
        )
    wanted = {each.lower() for each in only}
    wanted |= {(one.address or "").lower() for each in only if each in groups for one in groups[each].recipients}
    return tuple(each for each in everybody if not only or (each.address or "").lower() in wanted)


def _variant(ready: Checked, first: Recipient, cache: Path | None) -> Checked:
    """The briefing of a region that stands beside this one, of the same issue."""
    folder = without_detour(ready.source.folder / ".." / first.variant)
    one = checked(folder, cache, accept_warnings=False)
    one.stop_if_blocked()
    own, other = ready.content.outline.issue_slug, one.content.outline.issue_slug
    if own != other:
        message = f"the variant '{first.variant}' is of the issue {other}, and this one is {own}"
        raise ReportError([block(message, first.origin, "bring its briefing.yaml to the same issue, and build it")])
    return one


def _approved(one: Checked, recipients: tuple[Recipient, ...], output: Path | None, records: Path) -> Issued:
    """The built files of a briefing, approved for what its recipients get. Raises ReportError."""
    found = issued(one, output)
    approvals, issue = Approvals(records / APPROVALS), one.content.outline.issue_slug
    of_edition = {each.edition.value: approvals.of(issue, each.edition) for each in recipients}
    problems = [*_unapproved(recipients, found, of_edition, one.content.outline.name)]
    if problems:
        raise ReportError(problems)
    return found


def _unapproved(
    recipients: tuple[Recipient, ...], found: Issued, approvals: Mapping[str, Approval | None], name: str
) -> Iterator[Problem]:
    """Why what a recipient should get may not go out; each edition once."""
    for edition, approval in approvals.items():
        first = next(recipient for recipient in recipients if recipient.edition == edition)
        if edition not in found.files:
            yield block(f"the edition '{edition}' was not built", first.origin, "build it, then approve it")
        elif approval is None:
            hint = f"approve it: ipreport approve {name} --by 'role/name'"
            yield block(f"nobody has approved the edition '{edition}'", first.origin, hint)
        elif approval.files[edition] != found.files[edition]:
            moment = f"{approval.moment:%Y-%m-%d %H:%M} UTC"
            message = f"the files of the edition '{edition}' are not those that {approval.by} approved at {moment}"
            yield block(message, first.origin, "approve them again, or build what was approved")


def _place(recipient: Recipient) -> str:
    """The edition that a recipient gets, of which variant."""
    return f"{recipient.variant}/{recipient.edition}" if recipient.variant else recipient.edition.value


def _require_words(reason: Localized | None, recipients: Iterable[Recipient]) -> None:
    """A reason is in every language that somebody reads."""
    if reason is None:
        return
    read = dict.fromkeys(language for each in recipients for language in each.edition.languages)
    missing = [language.name for language in read if not reason[language]]
    if missing:
        message = f"the reason of the correction is missing in {' and '.join(missing)}"
        raise ReportError([block(message, Origin("--corrected"), "write it in both: 'Chinese / English'")])


def _who(recipient: Recipient) -> tuple[str, str]:
    return recipient.edition.value, (recipient.address or "").lower()


def _last_delivered(ledger: Ledger, outline: Outline) -> Mapping[tuple[str, str], Entry]:
    """What of an issue everybody has, or may have, got last, by edition and address."""
    rows = ledger.entries(outline.name, outline.issue_slug, _PERHAPS_DELIVERED)
    return {(each.edition, each.address.lower()): each for each in sorted(rows, key=lambda each: each.correction)}
