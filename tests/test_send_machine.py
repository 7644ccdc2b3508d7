"""Builds, approvals, looks, runs with faults and corrections in any order: nobody gets a file twice, or never.

The PDFs are digests here and the mail server is a list; the ledger, the corrections and what decides are the real ones.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from helpers import SMALL
from ipreport import delivery
from ipreport.delivery import Correction, Entry, How, Ledger, Report, Security, Server, State
from ipreport.delivery.smtp import LostError, Phase, Reply
from ipreport.language import Localized
from ipreport.outline import DeliverySpec, Edition, Outline, Recipient, RecipientGroup, Terms
from ipreport.outline import Security as Encryption
from ipreport.outline.delivery import ServerSpec
from ipreport.pipeline.issued import Issued
from ipreport.pipeline.letters import Post
from ipreport.pipeline.prepared import Prepared
from ipreport.problems import Origin, ReportError
from ipreport.readers import read

ADDRESSES = ("a@office.example", "b@office.example", "c@office.example", "d@office.example")
EDITIONS = (Edition.ZH, Edition.BILINGUAL)
VARIANTS = ("", "golmud")
REASONS = (Localized("数字更正。", "A number."), Localized("标题更正。", "A title."))
NOWHERE = Origin("recipients.yaml")
SERVER = Server("localhost", 1, "office@office.example", Security.STARTTLS)
ONLY = st.just(set[str]()) | st.sets(st.sampled_from(ADDRESSES), max_size=2)
WORDS = st.none() | st.sampled_from(REASONS)
Who = tuple[str, str]
"""An edition, and the address that it goes to."""


class Killed(BaseException):
    """The program dies."""


@dataclass(frozen=True)
class Got:
    """A mail that arrived."""

    document: str
    correction: int
    labelled: bool


@dataclass
class World:
    """What arrived, in its order, and what goes wrong next, by address."""

    arrived: dict[Who, list[Got]] = field(default_factory=lambda: defaultdict(list))
    faults: dict[str, str] = field(default_factory=dict)
    writing: tuple[Who, Got] = (("", ""), Got("", 0, labelled=False))

    def deliver(self, address: str, _message: bytes, before_dot: Callable[[], None]) -> Reply:
        """What a session does."""
        fault = self.faults.pop(address.lower(), "")
        if fault in ("450", "550"):
            return Reply(Phase.RCPT, int(fault), "no")
        if fault == "lost before":
            raise LostError(Phase.DATA, "gone")
        if fault == "killed before":
            raise Killed
        before_dot()
        if fault in ("lost", "killed"):
            raise Killed if fault == "killed" else LostError(Phase.DOT, "gone")
        who, got = self.writing
        self.arrived[who].append(got)
        if fault == "killed after":
            raise Killed
        if fault == "lost after":
            raise LostError(Phase.DOT, "gone")
        return Reply(Phase.DOT, 250, "taken")


FAULTS = ("450", "550", "lost before", "killed before", "lost", "lost after", "killed", "killed after")


class FakePost(Post):
    """Letters whose bytes say nothing; who writes one is about to send it."""

    world: World

    def _writer(self, key: str, recipient: Recipient, correction: Correction) -> Callable[[datetime], bytes]:
        who, document = who_is(recipient), self.digest(recipient)

        def write(_: datetime) -> bytes:
            self.world.writing = who, Got(document, correction.number, labelled=correction.reason is not None)
            return f"Message-ID: <{key[:32]}@office.example>\r\n\r\n".encode()

        return write


def who_is(recipient: Recipient) -> Who:
    return recipient.edition.value, (recipient.address or "").lower()


def place_of(recipient: Recipient) -> tuple[str, Edition]:
    return recipient.variant, recipient.edition


class Issue(RuleBasedStateMachine):
    """One issue of a briefing, from its first build on."""

    outline: Outline

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.world, self.day = World(), datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
        self.documents = {(variant, edition): "a" * 64 for variant in VARIANTS for edition in EDITIONS}
        self.listed = [Recipient(Localized("厅", "Office"), NOWHERE, address=ADDRESSES[0], edition=Edition.ZH)]
        self.asked: set[tuple[tuple[str, Edition], str]] = set()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    # --- what people do ------------------------------------------------------------------------

    @rule(data=st.data(), digest=st.sampled_from("aabbc"))
    def build(self, data: st.DataObject, digest: str) -> None:
        """A document that somebody gets is another one, or the one of before."""
        self.documents[place_of(data.draw(st.sampled_from(self.listed)))] = digest * 64

    @rule(
        address=st.sampled_from(ADDRESSES), edition=st.sampled_from(EDITIONS), variant=st.sampled_from(VARIANTS),
        capital=st.booleans(), first=st.booleans(),
    )  # fmt: skip
    def enter(self, address: str, edition: Edition, variant: str, *, capital: bool, first: bool) -> None:
        """A recipient joins, or gets another edition, another variant, another place or other letters."""
        written = address.upper() if capital else address
        made = Recipient(Localized("厅", "Office"), NOWHERE, address=written, edition=edition, variant=variant)
        others = [each for each in self.listed if (each.address or "").lower() != address]
        self.listed = [made, *others] if first else [*others, made]

    @rule(address=st.sampled_from(ADDRESSES))
    def leave(self, address: str) -> None:
        others = [each for each in self.listed if (each.address or "").lower() != address]
        self.listed = others or self.listed

    @rule(only=ONLY, reason=WORDS)
    def look(self, only: set[str], reason: Localized | None) -> None:
        """A dry run."""
        with self.ledger() as ledger:
            before = ledger.entries()
            if found := self.prepared(only):
                try:
                    found.queued(ledger, reason, self.later(), noted=False)
                except ReportError:
                    assert ledger.entries() == before

    @rule(
        only=ONLY, reason=WORDS,
        faults=st.just({}) | st.dictionaries(st.sampled_from(ADDRESSES), st.sampled_from(FAULTS), max_size=2),
        again=st.booleans(),
    )  # fmt: skip
    def send(self, only: set[str], reason: Localized | None, faults: dict[str, str], *, again: bool) -> None:
        found = self.prepared(only)
        if found is None:
            return
        self.world.faults = dict(faults)
        before = {who: len(got) for who, got in self.world.arrived.items()}
        refused = ""
        try:
            self.run(found, reason, again=again)
        except Killed:
            return
        except ReportError as error:
            refused = str(error)
        if refused:
            assert {who: len(got) for who, got in self.world.arrived.items()} == before
            assert reason is None or "begun for another reason" in refused

    @rule(data=st.data(), digest=st.sampled_from("ab"), reason=st.sampled_from(REASONS), sent=st.booleans())
    def correct(self, data: st.DataObject, digest: str, reason: Localized, *, sent: bool) -> None:
        """What everybody got is replaced, or only would be."""
        self.finish()
        self.build(data, digest)
        self.send(set(), reason, {}, again=True) if sent else self.look(set(), reason)

    @rule()
    def reconcile(self) -> None:
        """The archive tells of every mail whether it arrived."""
        with self.ledger() as ledger:
            delivery.settle(ledger)
            for entry in ledger.entries(states={State.UNKNOWN}):
                arrived = any(got.correction == entry.correction for got in self.world.arrived[who_got(entry)])
                ledger.change(entry.key, State.SENT if arrived else State.QUEUED, "looked up")

    @rule()
    def finish(self) -> None:
        """Whatever was before: with the archive's help and no more faults, everybody can be served."""
        self.reconcile()
        for each in self.listed:
            self.serve(each)
        before = {who: len(got) for who, got in self.world.arrived.items()}
        if found := self.prepared(set()):
            assert {entry.state for entry in self.run(found, None, again=True).entries} == {State.SENT}
        assert {who: len(got) for who, got in self.world.arrived.items()} == before

    def serve(self, recipient: Recipient) -> None:
        found = self.prepared({(recipient.address or "").lower()})
        assert found is not None
        self.world.faults, refusals = {}, []
        got = self.world.arrived[who_is(recipient)]
        another = bool(got) and got[-1].document != self.documents[place_of(recipient)]
        for reason in (None, *REASONS) if another else (None,):  # only who has another one is to be told why
            try:
                (entry,) = self.run(found, reason, again=True).entries
            except ReportError as error:
                refusals.append(str(error))
            else:
                assert entry.state is State.SENT
                assert self.world.arrived[who_is(recipient)][-1].document == self.documents[place_of(recipient)]
                return
        raise AssertionError(refusals)

    # --- how -----------------------------------------------------------------------------------

    def ledger(self) -> Ledger:
        return Ledger(self.folder / "ledger.sqlite3", clock=lambda: self.day)

    def later(self) -> datetime:
        self.day += timedelta(days=1)
        return self.day

    def prepared(self, only: set[str]) -> Prepared | None:
        chosen = tuple(each for each in self.listed if not only or (each.address or "").lower() in only)
        if not chosen:
            return None
        outline = replace(self.outline, recipients=(RecipientGroup(Terms.REPORT_TO, tuple(self.listed)),))
        posts = {variant: self.post(outline, variant) for variant in VARIANTS}
        return Prepared(outline, SPEC, chosen, posts, self.folder)

    def post(self, outline: Outline, variant: str) -> FakePost:
        files: dict[str, dict[str, str]] = {
            edition.value: {f"x.{edition}.pdf": self.documents[variant, edition]} for edition in EDITIONS
        }
        unread: Any = None  # what letters are written from, and these are not
        made = FakePost(outline, unread, Issued(self.folder, "", files, MappingProxyType({})), SPEC)
        made.world = self.world
        return made

    def run(self, found: Prepared, reason: Localized | None, *, again: bool) -> Report:
        how = How(retries=0, pause=0.0, resend=frozenset({State.FAILED} if again else ()))
        with self.ledger() as ledger, patch("ipreport.delivery.sending.Session", lambda _: FakeSession(self.world)):
            if reason is not None:
                self.asked |= {(place_of(each), self.documents[place_of(each)]) for each in found.recipients}
            letters = found.queued(ledger, reason, self.later(), noted=True)
            keys, chosen = {each.key for each in letters}, {who_is(each) for each in found.recipients}
            listed = {who_is(each) for each in self.listed}
            for entry in ledger.entries(states={State.QUEUED}):
                who = who_got(entry)
                assert entry.key in keys or (who in listed and who not in chosen), "it would never be sent"
            report = delivery.send(ledger, letters, SERVER, self.day, how)
        for each, entry in zip(found.recipients, report.entries, strict=True):
            if entry.state is State.SENT:
                assert self.world.arrived[who_is(each)][-1].document == self.documents[place_of(each)]
        return report

    # --- what always holds -----------------------------------------------------------------------

    @invariant()
    def nobody_gets_the_same_again(self) -> None:
        for who, got in self.world.arrived.items():
            for before, after in pairwise(got):
                assert before.document != after.document, who
                assert before.correction < after.correction, who

    @invariant()
    def another_document_says_that_it_is_one(self) -> None:
        for who, got in self.world.arrived.items():
            for index, each in enumerate(got):
                assert each.labelled or not index, who
                assert each.labelled == (each.correction > 0), who
                places = [(variant, Edition(who[0])) for variant in VARIANTS]
                assert not each.labelled or any((place, each.document) in self.asked for place in places), who

    @invariant()
    def everything_that_arrived_is_known(self) -> None:
        if not (self.folder / "ledger.sqlite3").exists():
            return
        with self.ledger() as ledger:
            rows = ledger.entries(states={State.SENDING, State.SENT, State.UNKNOWN})
        known: Mapping[Who, list[tuple[int, str]]] = defaultdict(list)
        for entry in rows:
            known[who_got(entry)].append((entry.correction, entry.document))
        for who, got in self.world.arrived.items():
            assert {(each.correction, each.document) for each in got} <= set(known[who])
            assert len({number for number, _ in known[who]}) == len(known[who])


@dataclass
class FakeSession:
    """A session with the world for a mail server."""

    world: World
    open: bool = True
    phase: Phase = Phase.DATA

    def deliver(self, address: str, message: bytes, before_dot: Callable[[], None]) -> Reply:
        def noted() -> None:
            before_dot()
            self.phase = Phase.DOT

        self.phase = Phase.DATA
        return self.world.deliver(address, message, noted)

    def close(self) -> None:
        self.open = False


def who_got(entry: Entry) -> Who:
    return entry.edition, entry.address.lower()


SPEC = DeliverySpec(
    ServerSpec("localhost", 1, Encryption.STARTTLS, None, None, NOWHERE), Localized("局", "Office"),
    "office@office.example", NOWHERE,
)  # fmt: skip


@pytest.fixture
def issue() -> Iterator[Issue]:
    """An issue that a test leads along one way."""
    Issue.outline = read(SMALL).outline
    made = Issue()
    made.begin()
    yield made
    made.teardown()


ALL: set[str] = set()


def test_back_to_the_first_version_and_no_further(issue: Issue) -> None:
    (recipient,) = issue.listed
    for digest, reason in (("a", None), ("b", REASONS[0]), ("a", REASONS[1])):
        issue.documents[place_of(recipient)] = digest * 64
        issue.send(ALL, reason, {}, again=False)

    issue.finish()
    got = issue.world.arrived[who_is(recipient)]
    assert [(each.document[0], each.correction, each.labelled) for each in got] == [
        ("a", 0, False), ("b", 1, True), ("a", 2, True)
    ]  # fmt: skip


def test_a_look_that_is_given_up_leaves_nothing_queued(issue: Issue) -> None:
    (recipient,) = issue.listed
    issue.finish()
    issue.documents[place_of(recipient)] = "b" * 64
    issue.look(ALL, REASONS[0])
    issue.documents[place_of(recipient)] = "a" * 64

    issue.finish()
    assert len(issue.world.arrived[who_is(recipient)]) == 1


def test_who_moves_to_a_variant_that_was_corrected_before_gets_it_as_a_later_correction(issue: Issue) -> None:
    issue.enter(ADDRESSES[1], Edition.ZH, "golmud", capital=False, first=False)
    issue.finish()
    for variant, digest in (("", "b"), ("golmud", "c")):
        issue.documents[variant, Edition.ZH] = digest * 64
        issue.send(ALL, REASONS[0], {}, again=False)
    issue.enter(ADDRESSES[1], Edition.ZH, "", capital=True, first=False)

    issue.finish()
    got = issue.world.arrived[Edition.ZH, ADDRESSES[1]]
    assert [(each.document[0], each.correction) for each in got] == [("a", 0), ("c", 2), ("b", 3)]


@pytest.mark.parametrize("fault", ["killed", "lost"])
def test_a_correction_of_others_leaves_who_may_have_this_one_alone(issue: Issue, fault: str) -> None:
    issue.send(ALL, None, {ADDRESSES[0]: fault}, again=False)

    issue.send(ALL, REASONS[0], {}, again=False)  # is not refused, and begins nothing for this one
    assert not issue.world.arrived[who_is(issue.listed[0])]
    with issue.ledger() as ledger:
        assert [(entry.state, entry.correction) for entry in ledger.entries()] == [(State.UNKNOWN, 0)]


def test_in_any_order() -> None:
    Issue.outline = read(SMALL).outline
    run_state_machine_as_test(Issue, settings=settings(max_examples=60, stateful_step_count=25))
