"""What a draft tells its editor of warnings that are no findings: kind, rule, words, place."""

from __future__ import annotations

import pytest

from drafts import BROAD, drafted, told
from helpers import BRIEFING, METRICS, Copy
from ipreport.document import Comment, Note
from ipreport.outline import Edition
from ipreport.pipeline.checked import checked
from office_parts import A4, USUAL_MARGINS, package


def said(comment: Comment) -> dict[str, list[str]]:
    """The lines of a remark by language."""
    return {text.language.code: text.plain().split("\n") for text in comment.texts}


@pytest.mark.parametrize(
    ("edition", "expected"),
    [
        (Edition.BILINGUAL, ["zh 共48次，全", "zh 共48次，全", "en In all", "en In all"]),
        (Edition.ZH, ["zh 共48次，全", "zh 共48次，全"]),
        (Edition.EN, ["en In all", "en In all"]),
    ],
)
def test_a_warning_about_a_text_is_told_at_the_paragraph_in_its_language(
    small: Copy, edition: Edition, expected: list[str]
) -> None:
    small.change(BRIEFING, "      - figure:\n", f"{BROAD.format('')}      - figure:\n")

    assert [where for where, _, _ in told(drafted(small.folder, edition))] == expected


@pytest.mark.parametrize("edition", Edition)
def test_a_warning_begins_with_rule_and_kind_in_the_languages_of_the_edition(small: Copy, edition: Edition) -> None:
    small.change(BRIEFING, "      - figure:\n", f"{BROAD.format('')}      - figure:\n")

    typed, claim = drafted(small.folder, edition).comments[-2:]

    language, word = ("Chinese", "首家") if edition is Edition.ZH else ("English", "the first")
    kinds = {"zh": ["数字是手工键入的"], "en": ["Number typed by hand"]}
    expected = {
        "en": [
            f"the number '48' is typed by hand in the {language} text",
            "Hint: show a metric instead, so that the number has one source",
        ]
    }
    for each in edition.languages:
        expected[each.code] = kinds[each.code] + expected.get(each.code, [])
    assert said(typed) == expected
    first, *_ = said(claim).values()
    starts = {"zh": "R29 “首家”“第一”之类的说法缺少来源或范围", "en": "R29 Claim without source or scope"}
    assert first[0] == starts[edition.languages[0].code]
    assert f"the claim '{word}' has no source" in said(claim)["en"]


def test_warnings_about_titles_tables_and_other_blocks_find_them(small: Copy) -> None:
    small.change(BRIEFING, "{zh: 知识产权创造, en: Creation}", "{zh: 知识产权创造12处, en: Creation at 12 places}")
    small.change(BRIEFING, "{zh: 主要指标, en: Indicators}", "{zh: 主要指标7项, en: 7 indicators}")
    small.change(
        BRIEFING,
        "      - sources: {}",
        "      - list: {items: [{zh: 共48次。, en: In all 48 visits.}]}\n      - sources: {}",
    )
    small.change(BRIEFING, "remark: {zh: 内部资料, en: For internal use}", "remark: {zh: 首家, en: The first}")

    found = told(drafted(small.folder))

    assert [where for where, _, _ in found] == [
        *["section-creation"] * 2, *["table-all"] * 2, *["BulletList"] * 2,
    ]  # fmt: skip


def test_a_list_behind_a_legend_and_a_landscape_table_is_still_found(small: Copy) -> None:
    small.change(METRICS, "  - metric: penalty_amount\n", "  - metric: penalty_amount\n    status: provisional\n")
    small.change(BRIEFING, "          id: all\n", "          id: all\n          width: landscape\n")
    small.change(
        BRIEFING,
        "      - sources: {}\n",
        "      - sources: {}\n      - text: {zh: 共48次。, en: In all 48 visits.}\n",
    )
    document = drafted(small.folder)

    assert any(isinstance(block, Note) and block.label.startswith("state-") for block in document.blocks)
    assert [where for where, _, _ in told(document)] == ["zh 共48次。", "en In all"]


# --- what is beside the texts of the briefing --------------------------------------------


def test_a_warning_that_has_no_place_on_the_pages_says_where_it_stands(small: Copy) -> None:
    small.overwrite("glossary.yaml", "- {zh: 公报, en: gazette, banned: {en: [bulletin]}}\n".encode())

    (comment,) = drafted(small.folder).comments

    assert (comment.block, comment.value_key) == (0, None)
    assert said(comment) == {
        "zh": ["R25 不是规范用语"],
        "en": [
            "R25 Not the house term",
            "'bulletin' is not the house term",
            "Hint: write 'gazette'",
            "metrics.yaml:4:23",
        ],
    }
    assert drafted(small.folder, Edition.ZH).comments == ()


def test_a_warning_about_a_recorded_value_is_told_at_the_value(second: Copy) -> None:
    second.change(METRICS, 'value: "44"', 'value: "41"')

    found = told(drafted(second.folder))

    assert ("标为修订的数没有修订", "north_patents") in [(first, key) for _, first, key in found]


def test_a_value_that_is_gone_is_told_with_the_file_it_is_gone_from(second: Copy) -> None:
    second.change(METRICS, 'id: disputes_june, value: "24", unit: case, period: 2025-01/2025-06', 'id: disputes_march, value: "9", unit: case, period: 2025-01/2025-03')  # fmt: skip # noqa: E501 - one line of the file

    (lines,) = (lines for lines in map(said, drafted(second.folder).comments) if "缺失" in lines["zh"][0])
    assert lines["zh"] == ["上一期公布的数本期缺失"]
    assert lines["en"][-1] == METRICS


def test_what_of_a_template_is_left_behind_is_no_remark(small: Copy) -> None:
    small.overwrite("office.docx", package({}, section=f'{A4}{USUAL_MARGINS}<w:cols w:num="2"/>'))
    small.change(BRIEFING, "number: 1\n", "number: 1\nbrand: office.docx\n")
    ready = checked(small.folder, None, accept_warnings=True)

    assert any("columns of the template" in problem.message for problem in ready.problems)
    assert drafted(small.folder).comments == ()
