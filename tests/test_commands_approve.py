"""Approving by command: findings that nobody has acknowledged, editions by themselves, and builds that came after."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest

from desk import Desk, set_out
from helpers import HAIXI, METRICS, Copy
from ipreport.readers import RECIPIENTS_FILE
from mail_faults import PASSWORD, Faulty

BY = ("--by", "director/Zhang San")
READER = "report_to:\n  - name: {en: Reader}\n    print: false\n    edition: zh\n    address: r1.haixi@example.test\n"


def approvals(desk: Desk) -> int:
    file = desk.records / "approvals.jsonl"
    return len(file.read_text(encoding="utf-8").splitlines()) if file.exists() else 0


# --- findings -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built_haixi(tmp_path_factory: pytest.TempPathFactory, warm_cache: Path) -> Path:
    """The root of the shipped briefing with a reader, its Chinese edition built."""
    root = tmp_path_factory.mktemp("haixi")
    shutil.copytree(HAIXI, root / "report" / "haixi")
    desk = Desk(Copy(root / "report" / "haixi"), "haixi")
    desk.copy.overwrite(RECIPIENTS_FILE, READER.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPREPORT_CACHE", str(warm_cache))
        assert desk.run("build", "--edition", "zh").code == 0
    return root


@pytest.fixture
def haixi_desk(built_haixi: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("IPREPORT_SMTP_PASSWORD", PASSWORD)
    shutil.copytree(built_haixi, tmp_path / "desk")
    return Desk(Copy(tmp_path / "desk" / "report" / "haixi"), "haixi")


def acknowledge_no_more(desk: Desk, rule: str) -> None:
    path = desk.copy.folder / METRICS
    entry = re.compile(rf"(?ms)^  - rule: {rule}$.*?(?=^  - rule: |\Z)")
    text, count = entry.subn("", path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(text, encoding="utf-8")


def test_what_is_acknowledged_with_its_findings_is_approved_and_sent(haixi_desk: Desk, faulty: Faulty) -> None:
    ran = haixi_desk.run("approve", *BY)
    assert (ran.code, ran.err) == (0, "")
    assert re.match(r"haixi, issue-1: approved by director/Zhang San at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\n", ran.out)
    listed = {name: digest for digest, name in map(str.split, ran.out.splitlines()[1:])}
    files = [haixi_desk.file(ending) for ending in ("zh.docx", "zh.pdf")]
    assert listed == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    haixi_desk.through(faulty)
    assert haixi_desk.run("send").code == 0
    (sent,) = haixi_desk.run("deliveries", "--json").told["deliveries"]
    assert (sent["state"], sent["document"]) == ("sent", listed[files[1].name])
    assert faulty.taken == {"r1.haixi@example.test": 1}


@pytest.mark.parametrize("rule", ["R01", "R03", "R10", "R17"])
def test_an_issue_with_a_finding_that_nobody_acknowledged_is_not_approved(haixi_desk: Desk, rule: str) -> None:
    acknowledge_no_more(haixi_desk, rule)
    ran = haixi_desk.run("approve", *BY)

    assert (ran.code, ran.out, approvals(haixi_desk)) == (2, "", 0)
    assert re.search(rf"^metrics\.yaml:\d+:\d+: block \[{rule}\]: ", ran.err, re.MULTILINE)
    assert f"accept it under 'acknowledged:' with rule: {rule}, values: {{" in ran.err


def test_a_warning_that_a_build_let_pass_still_keeps_the_issue_from_being_approved(
    haixi_desk: Desk, faulty: Faulty
) -> None:
    acknowledge_no_more(haixi_desk, "R03")
    assert haixi_desk.run("build", "--edition", "zh").code == 2
    assert haixi_desk.run("build", "--edition", "zh", "--accept-warnings").code == 0
    ran = haixi_desk.run("approve", *BY)

    assert (ran.code, approvals(haixi_desk)) == (2, 0)
    assert "block [R03]: " in ran.err
    haixi_desk.through(faulty)
    assert haixi_desk.run("send").code == 2
    assert not faulty.taken


def test_an_acknowledgement_of_another_value_has_lapsed(haixi_desk: Desk) -> None:
    assert haixi_desk.run("approve", *BY).code == 0
    place = haixi_desk.copy.line_of(METRICS, "  - rule: R10")
    haixi_desk.copy.change(METRICS, 'value: "15"', 'value: "16"')
    ran = haixi_desk.run("approve", *BY)

    assert (ran.code, approvals(haixi_desk)) == (2, 1)
    assert f"the acknowledgement at {place}:5 has lapsed: it was for growth_rate: 15" in ran.err


# --- editions -----------------------------------------------------------------------------------


def test_one_edition_goes_out_while_the_others_wait_for_their_approval(mail_desk: Desk, faulty: Faulty) -> None:
    (mail_desk.records / "approvals.jsonl").unlink()
    approved = mail_desk.run("approve", *BY, "--edition", "zh")
    assert approved.code == 0
    assert [line.split()[1].partition(".")[2] for line in approved.out.splitlines()[1:]] == ["zh.docx", "zh.pdf"]

    refused = mail_desk.run("send")
    assert (refused.code, refused.err.count("nobody has approved the edition ")) == (2, 2)
    assert "recipients.yaml:2:5: block: nobody has approved the edition 'bilingual'" in refused.err
    assert "nobody has approved the edition 'en'" in refused.err
    assert not faulty.taken
    assert mail_desk.run("send", "--only", "copy_to").code == 0
    assert faulty.taken == {mail_desk.address("r2"): 1}

    assert mail_desk.run("approve", "--by", "deputy/Li Si", "--edition", "en", "--edition", "bilingual").code == 0
    assert mail_desk.run("send").code == 0
    assert faulty.taken == dict.fromkeys(mail_desk.addresses, 1)


def test_editions_that_are_not_there_are_refused_by_name(desk: Desk) -> None:
    unknown = desk.run("approve", *BY, "--edition", "chinese")
    assert (unknown.code, unknown.out) == (2, "")
    assert "'chinese'" in unknown.err
    assert desk.run("build", "--edition", "zh").code == 0
    absent = desk.run("approve", *BY, "--edition", "en")
    assert absent.code == 2
    assert "the edition 'en' was not built" in absent.err
    assert approvals(desk) == 1


# --- builds that came after ---------------------------------------------------------------------


def test_a_draft_is_nothing_to_approve(tmp_path: Path) -> None:
    desk = set_out(tmp_path / "new", "draft")
    assert desk.run("build", "--draft").code == 0
    ran = desk.run("approve", *BY)

    assert (ran.code, approvals(desk)) == (2, 0)
    assert "manifest.json: block: the issue has not been built" in ran.err


def test_any_build_of_other_bytes_voids_an_approval_and_the_latest_one_counts(mail_desk: Desk, faulty: Faulty) -> None:
    first = mail_desk.file("zh.pdf").read_bytes()
    words = "{zh: 知识产权创造, en: Creation}", "{zh: 知识产权保护, en: Protection}"
    mail_desk.copy.change("briefing.yaml", *words)
    assert mail_desk.run("build").code == 0
    refused = mail_desk.run("send")
    assert (refused.code, refused.err.count("are not those that director/Zhang San approved at ")) == (2, 3)

    mail_desk.copy.change("briefing.yaml", *reversed(words))
    assert mail_desk.run("build").code == 0  # what was approved is there again
    assert mail_desk.file("zh.pdf").read_bytes() == first
    assert mail_desk.run("send", "--only", "copy_to").code == 0

    mail_desk.copy.change("briefing.yaml", *words)
    assert mail_desk.run("build").code == 0
    assert mail_desk.run("approve", "--by", "deputy/Li Si").code == 0
    mail_desk.copy.change("briefing.yaml", *reversed(words))
    assert mail_desk.run("build").code == 0
    refused = mail_desk.run("send")
    assert (refused.code, refused.err.count("are not those that deputy/Li Si approved at ")) == (2, 3)
    assert faulty.taken == {mail_desk.address("r2"): 1}
