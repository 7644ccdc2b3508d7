"""Drafts: words on every page, remarks for the editor at their places, and files beside those that are final."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import ipreport
from drafts import BROAD, drafted, haixi, told
from helpers import BRIEFING, HAIXI, METRICS, PREVIOUS, Copy, build_refusal, everything_below
from ipreport.compose import verify
from ipreport.compose.content import NumberedFinding
from ipreport.document import Cards, Document, Heading, Paragraph, Standing, Texts, text
from ipreport.language import EN, Localized
from ipreport.outline import Edition
from ipreport.pipeline import story
from ipreport.pipeline.checked import checked
from ipreport.problems import Level
from ipreport.rules import Finding

RATE = """\
metrics:
  - metric: mediation_success_rate
    value: "90.9"
    unit: percent
    period: 2025Q3
    source: bulletin
    base: dispute_closed
  - {metric: dispute_closed, value: "24", unit: case, period: 2025Q3, source: bulletin}
"""
EARLIER = """\
metrics:
  - {metric: mediation_success_rate, id: before, value: "80.0", unit: percent, period: 2024Q3, source: bulletin}
"""


def doubtful(small: Copy) -> Copy:
    """A copy with a rate that its number of cases cannot give, of which a rule warns."""
    small.change(METRICS, "metrics:\n", RATE)
    small.change(BRIEFING, "      - sources: {}\n", "      - sources: {}\n      - checks: {}\n")
    small.change(BRIEFING, "rows: [", "rows: [mediation_success_rate, dispute_closed, ")
    return small


# --- remarks -------------------------------------------------------------------------


def test_a_finding_is_told_at_the_first_place_that_prints_one_of_its_values() -> None:
    document = haixi()

    assert told(document) == [
        ("section-summary", "R17 ⑥ 数据没有时期或时点", None),
        ("Cards", "R02 ② 两个比值隐含的分母不一致", "patent_invention_per10k"),
        ("zh 全州拥有有效", "R10 ⑤ 增幅未说明与何时相比", "growth_rate"),
        ("zh 按人口计算，", "R01 ① 比值与分子、分母不符", "patent_hv_per10k"),
        ("zh 保护方面，全", "R03 ③ 比率无法由案件数得出", "mediation_success_rate"),
        ("zh 运用方面，知", "R05 ④ 单笔大于总额", "pledge_contract_amount"),
    ]
    for comment in document.comments:
        assert [text.language for text in comment.texts] == list(document.meta.languages)


def test_a_remark_says_finding_arithmetic_readings_and_who_accepted_it() -> None:
    (remark,) = (comment for comment in haixi(Edition.EN).comments if "R03" in comment.texts[0].plain())

    (text,) = remark.texts
    assert text.plain().split("\n") == [
        "R03 ③ Rate is not possible with this number of cases",
        (
            "No whole number out of 24 cases (IP disputes resolved) gives a dispute success rate of 90.9%; the rate "
            "must have another base."
        ),
        "Arithmetic: 21/24 = 87.5%; 22/24 = 91.7%; ≠ 90.9%",
        "Candidate readings: (1) 10 out of 11",
        "(2) 20 out of 22",
        "(for checking only; none was applied)",
        (
            "Treatment: The source does not state the base of the rate; printed as stated and not tied to the number "
            "of cases. (the compiler, 22 November 2026)"
        ),
    ]


def test_a_value_that_is_printed_nowhere_else_is_told_in_the_list_of_checks(small: Copy) -> None:
    doubtful(small)
    small.change(BRIEFING, "rows: [mediation_success_rate, dispute_closed, ", "rows: [")

    document = drafted(small.folder)

    assert told(document) == [("table-data-checks", "R03 ① 比率无法由案件数得出", "mediation_success_rate")]


def test_a_finding_that_nobody_accepted_lets_a_draft_pass_and_nothing_else(small: Copy) -> None:
    doubtful(small)

    assert build_refusal(small).startswith("metrics.yaml:7:5: block [R03]")
    (remark,) = drafted(small.folder, Edition.ZH).comments
    assert remark.texts[0].plain().endswith("处理：尚未确认。")
    assert (remark.block, remark.value_key) == (3, "mediation_success_rate")


def with_findings(folder: Path, *, findings: tuple[str, ...] = (), notes: tuple[str, ...] = ()) -> Document:
    """The Chinese draft of a briefing in which rules have found something about these values."""
    ready = checked(folder, None, accept_warnings=True)
    words = Localized("疑", "Doubt")

    def found(keys: tuple[str, ...], level: Level, first: int) -> tuple[NumberedFinding, ...]:
        each = (Finding("R16", level, words, (key,), words, words) for key in keys)
        return tuple(NumberedFinding(first and number, finding) for number, finding in enumerate(each, start=1))

    content = replace(ready.content, findings=found(findings, Level.WARN, 1), notes=found(notes, Level.NOTE, 0))
    drawn = story._draw(ready.content, Edition.ZH, ready.formats)
    return story._composed(replace(ready, content=content), Edition.ZH, drawn, draft=True)


def test_what_a_rule_only_notes_is_told_without_number_and_treatment(small: Copy) -> None:
    document = with_findings(small.folder, findings=("patent_invention_in_force",), notes=("penalty_amount",))

    assert [comment.texts[0].plain() for comment in document.comments] == [
        "R16 ① 疑\n疑\n算式：疑\n处理：尚未确认。",
        "R16 疑\n疑\n算式：疑",
    ]


def test_a_value_that_is_only_drawn_is_told_at_the_picture(small: Copy) -> None:
    small.change(BRIEFING, "rows: [patent_invention_in_force, patent_invention_hv, ", "rows: [")

    document = with_findings(small.folder, findings=("patent_invention_hv",))

    assert told(document) == [("figure-share", "R16 ① 疑", None)]


def test_a_value_that_only_others_rest_on_is_told_at_what_rests_on_it(small: Copy) -> None:
    doubtful(small)
    small.change(BRIEFING, "rows: [mediation_success_rate, dispute_closed, ", "rows: [")
    small.change(METRICS, "metrics:\n", EARLIER)
    rate = "mediation_success_rate"
    text = f"      - text: {{zh: '{{{{ {rate}.yoy }}}}。', en: 'It is {{{{ {rate}.yoy }}}}.'}}\n"
    small.change(BRIEFING, "      - figure:\n", f"{text}      - figure:\n")

    ((where, _, key),) = told(drafted(small.folder))
    assert where == "zh 同比提高10"
    assert key not in {None, rate}


# --- what a draft is, and what it is not ------------------------------------------------


def test_a_draft_says_so_in_the_languages_of_its_edition_and_a_final_document_has_neither() -> None:
    words = {edition: [text.plain() for text in haixi(edition).meta.draft] for edition in Edition}
    final = haixi(draft=False)

    assert words == {Edition.BILINGUAL: ["草稿", "DRAFT"], Edition.ZH: ["草稿"], Edition.EN: ["DRAFT"]}
    assert (final.meta.draft, final.comments) == ((), ())


def test_remarks_are_no_part_of_what_is_printed(small: Copy) -> None:
    draft, final = haixi(), haixi(draft=False)

    words = [s for s in draft.record.printed if s.standing is Standing.MARGIN and s.text in {"草稿", "DRAFT"}]
    assert len(words) == 2
    assert [s for s in draft.record.printed if s not in words] == [*final.record.printed]
    assert draft.record.values == final.record.values
    assert all(
        not hasattr(i, "value_key") or i.value_key is None for c in draft.comments for t in c.texts for i in t.inlines
    )
    assert verify(draft, checked(HAIXI, None, accept_warnings=True).content) == ()
    assert draft.blocks == final.blocks
    assert drafted(small.folder).comments == ()


def test_the_same_draft_has_the_same_remarks() -> None:
    assert drafted(HAIXI) == haixi()
    assert [comment.block for comment in haixi().comments] == sorted(c.block for c in haixi().comments)


def test_remarks_stand_at_blocks_that_can_have_them() -> None:
    document = haixi()

    for comment in document.comments:
        assert isinstance(document.blocks[comment.block], Cards | Heading | Paragraph)


# --- files -----------------------------------------------------------------------------


def build(small: Copy, **options: Any) -> dict[str, Any]:
    return dict(json.loads(small.build(**options).manifest.read_text(encoding="utf-8")))


@pytest.mark.usefixtures("plain_only")
def test_a_draft_stands_beside_the_final_files_with_a_manifest_of_its_own(small: Copy) -> None:
    final = small.build()
    before = everything_below(small.root)

    small.change(METRICS, '"369700"', '"369800"')
    small.change(METRICS, 'value: "100"', 'value: "102"')
    draft = small.build(draft=True, editions=["zh"])

    after = everything_below(small.root)
    assert {name: after[name] for name in before if not name.startswith("report/")} == {
        name: content for name, content in before.items() if not name.startswith("report/")
    }
    folder = "output/small/2025Q3/draft/"
    assert sorted(after.keys() - before.keys()) == [
        "figures/small/2025Q3/draft/share.zh.png", "figures/small/2025Q3/draft/share.zh.svg",
        f"{folder}manifest.json", f"{folder}small-2025Q3-draft.zh.md", f"{folder}small-2025Q3-draft.zh.txt",
    ]  # fmt: skip
    record = json.loads(draft.manifest.read_text(encoding="utf-8"))
    assert record["draft"] is True
    for kind, paths in (("documents", draft.documents), ("figures", draft.figures)):
        assert record[kind] == {
            path.name: {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}
            for path in sorted(paths)
        }
    assert json.loads(final.manifest.read_text(encoding="utf-8"))["draft"] is False


@pytest.mark.usefixtures("plain_only")
def test_drafts_replace_drafts_and_final_files_leave_them(small: Copy) -> None:
    small.build(draft=True)
    small.build(draft=True, editions=["en"])
    drafts = {name for name in everything_below(small.root / "output") if "/draft/" in name}
    small.build()

    names = everything_below(small.root / "output")
    assert drafts == {
        "small/2025Q3/draft/manifest.json",
        "small/2025Q3/draft/small-2025Q3-draft.en.md",
        "small/2025Q3/draft/small-2025Q3-draft.en.txt",
    }
    assert drafts <= set(names)
    assert len(names) == len(drafts) + 7


@pytest.mark.usefixtures("plain_only")
def test_warnings_need_no_acknowledgement_in_a_draft_and_are_told(small: Copy) -> None:
    built = doubtful(small).build(draft=True)

    assert [(problem.level, problem.rule) for problem in built.warnings] == [(Level.WARN, "R03")]
    (warning,) = json.loads(built.manifest.read_text(encoding="utf-8"))["warnings"]
    assert warning.startswith("metrics.yaml:7:5: warn [R03]")


def test_a_blocking_finding_stops_a_draft(small: Copy) -> None:
    small.change(METRICS, 'value: "100"', 'value: "500"')
    small.change(METRICS, '    value: "500"\n', '    value: "500"\n    part_of: patent_invention_in_force\n')

    with pytest.raises(ipreport.ReportError) as refused:
        small.build(draft=True)

    assert any(problem.rule == "R04" for problem in refused.value.problems)
    assert not (small.root / "output").exists()


@pytest.mark.usefixtures("plain_only")
def test_the_words_of_a_draft_need_glyphs_and_its_remarks_do_not(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    small.change(BRIEFING, "      - figure:\n", f"{BROAD.format('')}      - figure:\n")
    monkeypatch.setattr("ipreport.compose.comments._warning", _with_cuneiform)
    small.build(draft=True, editions=["zh"])

    monkeypatch.setattr(sys.modules["ipreport.compose.compose"], "DRAFT", Localized("草稿\U00012000", "DRAFT"))
    with pytest.raises(ipreport.ReportError, match="no glyph for the character"):
        small.build(draft=True, editions=["zh"])


def _with_cuneiform(*_: object, **__: object) -> Texts:
    return (text(EN, "\U00012000"),)


def test_the_next_issue_is_not_compared_with_a_draft(second: Copy) -> None:
    path = second.folder / PREVIOUS
    record = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(record | {"draft": True}), encoding="utf-8")

    (problem,) = second.check()
    assert problem == (
        f"{PREVIOUS}: block: expected the manifest of an issue as it was published, found that of a draft\n"
        "    hint: name the manifest.json that stands beside the final files of that issue, one folder above draft/"
    )
