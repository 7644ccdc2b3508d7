"""Recipients who get the briefing of their own region, which stands beside the one that is mailed."""

from __future__ import annotations

import hashlib
import json

import pytest

import ipreport
from helpers import Copy, copy_of
from ipreport.language import Localized
from ipreport.problems import ReportError
from ipreport.readers import RECIPIENTS_FILE
from mail_faults import Faulty
from mailed import RECIPIENTS, TO, read

VARIANT = "golmud"


@pytest.fixture
def regions(approved: Copy) -> Copy:
    """A briefing, one of whose recipients gets the variant that stands beside it; both are built and approved."""
    region = variant(approved)
    region.change("metrics.yaml", '"369700"', '"123400"')
    region.change("briefing.yaml", "某市场监督管理局", "某市市场监督管理局")
    mailed_to_variant(approved)
    for each in (region, approved):
        each.build(accept_warnings=True)
        approve(each)
    return approved


def variant(copy: Copy) -> Copy:
    """The variant beside a briefing, made where there is none."""
    folder = copy.folder.parent / VARIANT
    if not folder.exists():
        made = copy_of(copy.folder, copy.root / "made")
        made.folder.rename(folder)
        (folder / RECIPIENTS_FILE).unlink()
    return Copy(folder)


def mailed_to_variant(copy: Copy, name: str = VARIANT) -> None:
    one = f"    address: {TO[1]}\n    edition: zh\n"
    assert one in RECIPIENTS
    copy.overwrite(RECIPIENTS_FILE, RECIPIENTS.replace(one, f"{one}    variant: {name}\n").encode())


def approve(copy: Copy) -> None:
    ipreport.approve(copy.folder, by="director/Zhang San", output=copy.root / "output")


def send(copy: Copy, **options: object) -> ipreport.Report:
    return ipreport.send(copy.folder, output=copy.root / "output", **options)  # type: ignore[arg-type]  # as given


def refused(copy: Copy) -> str:
    with pytest.raises(ReportError) as error:
        send(copy)
    return "\n".join(copy.shorten(str(problem)) for problem in error.value.problems)


def file_of(copy: Copy, name: str, ending: str) -> bytes:
    (path,) = (copy.root / "output" / name).rglob(f"*.{ending}")
    return path.read_bytes()


def test_a_recipient_gets_the_approved_file_of_the_own_region(regions: Copy, faulty: Faulty) -> None:
    report = send(regions)

    assert (report.mailed, report.problems) == (3, ())
    own, other = file_of(regions, VARIANT, "zh.pdf"), file_of(regions, "small", "zh.pdf")
    assert own != other
    (attached,) = read(faulty, TO[1]).iter_attachments()
    assert attached.get_payload(decode=True) == own
    (attached,) = read(faulty, TO[0]).iter_attachments()
    assert attached.get_payload(decode=True) == file_of(regions, "small", "bilingual.pdf")
    assert report.entries[1].document == hashlib.sha256(own).hexdigest()
    body = read(faulty, TO[1]).get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one
    assert "某市市场监督管理局" in body
    assert "某市市场监督管理局" not in read(faulty, TO[0]).get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_all_are_in_one_ledger_and_nobody_is_mailed_twice(regions: Copy, faulty: Faulty) -> None:
    send(regions)

    assert send(regions).mailed == 0
    assert set(faulty.taken.values()) == {1}
    assert [entry.address for entry in ipreport.deliveries(regions.folder).entries] == TO
    assert not (regions.root / "delivery" / VARIANT / "ledger.sqlite3").exists()


def test_a_variant_is_approved_by_itself(regions: Copy, faulty: Faulty) -> None:
    (regions.root / "delivery" / VARIANT / "approvals.jsonl").unlink()

    message = refused(regions)
    assert "recipients.yaml:5:5: block: nobody has approved the edition 'zh'" in message
    assert f"approve it: ipreport approve {VARIANT} --by" in message
    assert not faulty.taken


def test_a_variant_that_was_edited_or_not_built_stays(regions: Copy, faulty: Faulty) -> None:
    (path,) = (regions.root / "output" / VARIANT).rglob("*.zh.pdf")
    path.write_bytes(path.read_bytes() + b" ")
    assert f"output/{VARIANT}/2025Q3" in refused(regions)

    (path.parent / "manifest.json").unlink()
    assert "the issue has not been built" in refused(regions)
    assert not faulty.taken


def test_problems_of_a_variant_and_of_the_briefing_come_together(regions: Copy, faulty: Faulty) -> None:
    variant(regions).change("briefing.yaml", "{{ patent_invention_in_force }}", "{{ patent_invention_in_farce }}")
    regions.overwrite("delivery.yaml", b"server: {}\n")

    message = refused(regions)
    assert "patent_invention_in_farce" in message
    assert "delivery.yaml" in message
    assert not faulty.taken


def test_a_variant_of_another_issue_stays(regions: Copy, faulty: Faulty) -> None:
    other = variant(regions)
    other.change("briefing.yaml", "period: 2025Q3", "period: 2025-01/2025-09")

    assert f"the variant '{VARIANT}' is of the issue 2025-01-09, and this one is 2025Q3" in refused(regions)
    assert not faulty.taken


def test_a_correction_of_a_variant_goes_to_its_recipients_alone(regions: Copy, faulty: Faulty) -> None:
    send(regions)
    region = variant(regions)
    region.change("metrics.yaml", '"123400"', '"123500"')
    region.build(accept_warnings=True)
    approve(region)

    assert f"{TO[1]} has the zh edition of 2025Q3 already, with another document" in refused(regions)
    report = send(regions, corrected=Localized("金额更正。", "The amount."))
    assert report.mailed == 1
    assert dict(faulty.taken) == {TO[0]: 1, TO[1]: 2, TO[2]: 1}
    (noted,) = (regions.root / "delivery" / "small" / "corrections.jsonl").read_text(encoding="utf-8").splitlines()
    assert [*json.loads(noted)["documents"]] == [f"{VARIANT}/zh"]


@pytest.mark.parametrize("name", ["nowhere", "small", "../report/golmud"])
def test_a_variant_is_another_briefing_beside_this_one(approved: Copy, name: str) -> None:
    variant(approved)
    mailed_to_variant(approved, name)

    (problem,) = approved.check()
    assert f"recipients.yaml:8:5: block: expected another briefing's folder beside this one, found '{name}'" in problem
    assert f"briefings there: {VARIANT}" in problem
