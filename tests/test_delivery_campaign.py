"""Programs and servers that are killed at random: nobody gets a letter twice, and none is lost in silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from delivery_campaign import campaign
from mail_servers.servers import MailServers, why_not

CLIENTS, SERVERS = 200, 40


@pytest.fixture
def servers() -> Iterator[MailServers]:
    """Servers whose mailboxes and log have nothing else in them."""
    reason = why_not()
    if reason is not None:  # they start as root only, on Linux; the gate installs them
        pytest.skip(reason)
    with MailServers() as servers:
        yield servers


@pytest.mark.slow
@pytest.mark.parametrize(("clients", "killed"), [(CLIENTS, 0), (0, SERVERS)])
def test_whatever_is_killed_every_letter_arrives_once(
    servers: MailServers, tmp_path: Path, capsys: pytest.CaptureFixture[str], clients: int, killed: int
) -> None:
    figures = campaign(servers, tmp_path, "kill", clients, killed)
    with capsys.disabled():
        print(f"\n{'programs' if clients else 'servers'} killed: {figures}")  # noqa: T201 - the figures are the point

    assert figures.kills == clients + killed
    assert figures.letters >= clients + killed
    assert figures.unknown > 0  # or the campaign has not hit what it is about
    assert figures.found + figures.absent == figures.unknown
    assert figures.delivered == figures.copies_in_mailboxes == figures.letters
    assert (figures.duplicates, figures.silently_lost, figures.unknown_in_the_end) == (0, 0, 0)
    assert (figures.never_delivered, figures.without_one_copy_in_the_archive) == (0, 0)


@pytest.mark.slow
@pytest.mark.parametrize(("broken", "noticed"), [("late", "duplicates"), ("blind", "duplicates"), ("early", "lost")])
def test_a_campaign_notices_a_sender_that_breaks_its_promises(
    servers: MailServers, tmp_path: Path, broken: str, noticed: str
) -> None:
    figures = campaign(servers, tmp_path, "broken", 40, 0, broken)

    duplicates, lost = figures.duplicates, figures.silently_lost
    assert (duplicates > 0, lost > 0) == (noticed == "duplicates", noticed == "lost"), figures
    assert figures.copies_in_mailboxes == figures.delivered + duplicates
    assert figures.never_delivered == lost
