"""Corrections of an issue: numbered, each for one reason, in a file that only grows."""

from __future__ import annotations

import json
import multiprocessing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from helpers import refusal
from ipreport.delivery import Correction, Corrections
from ipreport.language import Localized
from ipreport.problems import ReportError

REASON, OTHER = Localized("数字更正。", "A number."), Localized("标题更正。", "A title.")
ISSUE = "2025Q3"


@pytest.fixture
def corrections(tmp_path: Path) -> Corrections:
    return Corrections(tmp_path / "new" / "corrections.jsonl")


def entries(corrections: Corrections) -> list[dict[str, object]]:
    return [json.loads(line) for line in corrections.file.read_text(encoding="utf-8").splitlines()]


def test_an_issue_without_corrections(corrections: Corrections) -> None:
    assert corrections.of(ISSUE, "zh", "a") == Correction(0, None)
    assert corrections.numbered(ISSUE, 0) == Correction(0, None)


def test_a_correction_is_written_down_with_its_documents(corrections: Corrections) -> None:
    before = datetime.now(UTC)
    found = corrections.begin(ISSUE, {"zh": "b", "en": "c"}, REASON)

    assert found == {"zh": Correction(1, REASON), "en": Correction(1, REASON)}
    (entry,) = entries(corrections)
    assert abs((datetime.fromisoformat(str(entry.pop("moment"))) - before).total_seconds()) < 60
    assert entry == {
        "issue": ISSUE, "number": 1, "zh": REASON.zh, "en": REASON.en, "documents": {"en": "c", "zh": "b"}
    }  # fmt: skip
    assert corrections.of(ISSUE, "zh", "b") == Correction(1, REASON)
    assert corrections.of(ISSUE, "en", "b") == Correction()
    assert corrections.of("2025Q2", "zh", "b") == Correction()
    assert corrections.numbered(ISSUE, 1) == Correction(1, REASON)
    assert corrections.numbered(ISSUE, 2) == Correction(2, None)


def test_what_the_last_correction_brought_is_no_further_one(corrections: Corrections) -> None:
    corrections.begin(ISSUE, {"zh": "b"}, REASON)

    assert corrections.begin(ISSUE, {"zh": "b"}, REASON) == {"zh": Correction(1, REASON)}
    assert len(entries(corrections)) == 1
    assert corrections.begin(ISSUE, {"zh": "b", "en": "c"}, REASON) == {
        "zh": Correction(1, REASON), "en": Correction(2, REASON)
    }  # fmt: skip
    assert [entry["documents"] for entry in entries(corrections)] == [{"zh": "b"}, {"en": "c"}]


def test_what_an_earlier_correction_brought_may_come_back(corrections: Corrections) -> None:
    for document in ("b", "c", "b"):
        corrections.begin(ISSUE, {"zh": document}, REASON)

    assert corrections.of(ISSUE, "zh", "b").number == 3
    assert corrections.of(ISSUE, "zh", "c").number == 2


def test_each_issue_counts_for_itself(corrections: Corrections) -> None:
    corrections.begin(ISSUE, {"zh": "b"}, REASON)

    assert corrections.begin("2025Q4", {"zh": "b"}, OTHER) == {"zh": Correction(1, OTHER)}


def test_another_reason_for_the_same_is_refused(corrections: Corrections) -> None:
    corrections.begin(ISSUE, {"zh": "b"}, REASON)

    with pytest.raises(ReportError) as error:
        corrections.begin(ISSUE, {"zh": "b", "en": "c"}, OTHER)
    assert "correction 1 was begun for another reason: 数字更正。 / A number." in refusal(error.value)
    assert len(entries(corrections)) == 1


def test_what_is_not_to_be_noted_is_not(corrections: Corrections) -> None:
    assert corrections.begin(ISSUE, {"zh": "b"}, REASON, noted=False) == {"zh": Correction(1, REASON)}
    assert not corrections.file.exists()
    assert corrections.begin(ISSUE, {"zh": "b"}, OTHER) == {"zh": Correction(1, OTHER)}


def test_a_line_that_a_crash_has_torn_is_none(corrections: Corrections) -> None:
    corrections.begin(ISSUE, {"zh": "b"}, REASON)
    whole = corrections.file.read_bytes()
    corrections.file.write_bytes(whole + b'{"issue": "2025Q3", "numb')

    assert corrections.begin(ISSUE, {"zh": "c"}, OTHER)["zh"].number == 2
    assert corrections.file.read_bytes().startswith(whole + b'{"issue": "2025Q3", "number": 2')
    assert len(entries(corrections)) == 2


@pytest.mark.parametrize("line", ["{}", "[]", "null", "no JSON", '{"issue": "2025Q3", "number": "x"}'])
def test_a_line_that_is_none_has_a_place(corrections: Corrections, line: str) -> None:
    corrections.begin(ISSUE, {"zh": "b"}, REASON)
    with corrections.file.open("a", encoding="utf-8") as stream:
        stream.write(f"{line}\n")

    with pytest.raises(ReportError) as error:
        corrections.of(ISSUE, "zh", "b")
    assert "corrections.jsonl:2: block: this is no correction" in refusal(error.value)


def begin(file: Path, document: str) -> int:
    return Corrections(file).begin(ISSUE, {"zh": document}, REASON)["zh"].number


def test_corrections_begun_at_the_same_time_have_numbers_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "corrections.jsonl"
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        numbers = pool.starmap(begin, [(file, str(number)) for number in range(12)])

    assert sorted(numbers) == [*range(1, 13)]
    assert len(entries(Corrections(file))) == 12
