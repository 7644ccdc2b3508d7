"""Mistakes of a person who writes a briefing: one clear message with place, expectation, finding and hint."""

from __future__ import annotations

import pytest

from helpers import Copy
from ipreport.readers import read_metrics

METRICS, BRIEFING = "metrics.yaml", "briefing.yaml"


def test_the_briefing_that_the_tests_spoil_is_itself_without_problems(small: Copy) -> None:
    assert small.check() == []


YAML_HINT = "check indentation (spaces, no tabs), a space after each colon, and matching quotes and brackets"
BRACES_HINT = "put quotes around a text that begins with {{, or write >- and the text on the lines below"
NUMBER_HINT = 'write plain digits such as "356" or "7.52", or missing when there is no value'
ANCHOR_HINT = "write the value out wherever it is needed; put quotes around a text that begins with &"
TAG_HINT = "put quotes around a text that begins with !"
BLOCK_HINT = "start a list entry of its own for each block; an empty block is written 'sources: {}'"

# What is done, in which file, the text, what then stands there instead, the message, the hint.
SPOILT = [
    # --- YAML ----------------------------------------------------------------------------
    ("a bracket is missing", METRICS, "en: Sample Prefecture}", "en: Sample Prefecture",
     "metrics.yaml:2:8: block: not valid YAML: expected ',' or '}', but got ':' while parsing a flow mapping",
     YAML_HINT),
    ("a tab indents", METRICS, "    unit: yuan", "\tunit: yuan",
     ("metrics.yaml:18:1: block: not valid YAML: found character '\\t' that cannot start any token while "
      "scanning for the next token"),
     YAML_HINT),
    ("two documents stand in a file", METRICS, "metrics:\n", "---\nmetrics:\n",
     ("metrics.yaml:5:1: block: not valid YAML: but found another document expected a single document in "
      "the stream"),
     YAML_HINT),
    ("a key stands twice", METRICS, "unit: yuan", "unit: yuan\n    unit: yuan",
     "metrics.yaml:19:5: block: the key 'unit' stands twice", ""),
    ("an alias", METRICS, "metric: penalty_amount", "metric: &a penalty_amount\n    id: *a",
     "metrics.yaml:16:13: block: expected plain text, found the YAML anchor &a", ANCHOR_HINT),
    ("an alias without its anchor", METRICS, 'value: "400"', "value: *a",
     "metrics.yaml:7:12: block: not valid YAML: found undefined alias 'a'",
     "put quotes around a text that begins with *; aliases (*name) are not read"),
    ("a text that YAML takes for an anchor", METRICS, "en: Sample Prefecture", "en: &Sample Prefecture",
     "metrics.yaml:1:23: block: expected plain text, found the YAML anchor &Sample", ANCHOR_HINT),
    ("a tag that would run a program", METRICS, 'value: "400"', "value: !!python/object/apply:os.system [ls]",
     ("metrics.yaml:7:12: block: expected plain text, found the YAML tag "
      "tag:yaml.org,2002:python/object/apply:os.system"),
     TAG_HINT),
    ("a tag that changes the value", METRICS, 'value: "400"', "value: !!binary NDAw",
     "metrics.yaml:7:12: block: expected plain text, found the YAML tag tag:yaml.org,2002:binary", TAG_HINT),
    ("nested too deep", METRICS, 'value: "400"', f"value: {'[' * 60}{']' * 60}",
     "metrics.yaml:7:60: block: nested more than 50 levels deep", ""),
    ("nested far too deep", METRICS, 'value: "400"', f"value: {'[' * 1000}{']' * 1000}",
     "metrics.yaml: block: nested more than 50 levels deep", ""),
    # --- characters ----------------------------------------------------------------------
    ("a control character", METRICS, "统计公报", "统计\x07公报",
     "metrics.yaml:4:19: block: expected text, found the control character U+0007", "delete it"),
    ("a character that turns text round", BRIEFING, "There are", "There \u202eare",
     "briefing.yaml:16:21: block: expected text, found the control character U+202E", "delete it"),
    ("a byte order mark within a text", METRICS, "统计公报", "统计\ufeff公报",
     "metrics.yaml:4:19: block: expected text, found the control character U+FEFF", "delete it"),
    ("a control character as an escape", METRICS, "en: Statistical bulletin", 'en: "Statistical\\x0b bulletin"',
     "metrics.yaml:4:27: block: expected text, found the control character U+000B", "delete it"),
    ("half of a surrogate pair as an escape", METRICS, "en: Statistical bulletin", 'en: "Stat\\uD800istical"',
     "metrics.yaml:4:27: block: expected text, found the control character U+D800", "delete it"),
    ("the program's own placeholder as an escape", METRICS, "en: Statistical bulletin", 'en: "\\uE0000\\uE001"',
     "metrics.yaml:4:27: block: expected text, found the control character U+E000", "delete it"),
    # --- keys and texts ------------------------------------------------------------------
    ("an unknown key", BRIEFING, "number: 1\n", "number: 1\nthemes: modern\n",
     "briefing.yaml:8:1: block: unknown key 'themes' (themes)", "did you mean 'theme'?"),
    ("an unknown key inside a list", METRICS, "    unit: yuan\n", "    unit: yuan\n    stauts: ok\n",
     "metrics.yaml:19:5: block: unknown key 'stauts' (metrics[2].stauts)", "did you mean 'status'?"),
    ("a comma without quotes", METRICS, "en: Statistical bulletin", "en: Bulletin, statistical",
     "metrics.yaml:4:37: block: unknown key 'statistical' (sources[0].title.statistical)",
     'put quotes around a text with a comma: {zh: …, en: "…, …"}'),
    ("a name without its English", METRICS, ", en: Statistical bulletin", "",
     "metrics.yaml:4:5: block: the English text is missing (sources[0].title.en)",
     "add 'en:' beside the other language"),
    ("a paragraph without its Chinese", BRIEFING,
     "          zh: 有效发明专利{{ patent_invention_in_force }}，见{{ figure('share') }}。\n", "",
     "briefing.yaml:14:9: block: the Chinese text is missing (sections[0].blocks[0].text.zh)",
     "add 'zh:' beside the other language"),
    ("an empty text", METRICS, "en: Statistical bulletin", 'en: ""',
     "metrics.yaml:4:23: block: expected text, found '' (sources[0].title.en)", ""),
    ("a text of nothing but spaces", BRIEFING, "en: Indicators", 'en: "  "',
     "briefing.yaml:25:29: block: expected text, found '  ' (sections[0].blocks[2].table.title.en)", ""),
    ("a placeholder where there are none", BRIEFING, "en: High-value patents",
     'en: "{{ penalty_amount }} of patents"',
     ("briefing.yaml:20:32: block: expected plain text, found a placeholder in '{{ penalty_amount }} of "
      "patents' (sections[0].blocks[1].figure.title.en)"),
     "titles, names and labels hold no {{ … }}; use it in the text of a block"),
    ("a text that begins with a placeholder", BRIEFING, "en: There are {{", "en: {{ penalty_amount }} and {{",
     ("briefing.yaml:16:36: block: not valid YAML: expected <block end>, but found '<scalar>' while "
      "parsing a block mapping"),
     BRACES_HINT),
    ("a text that is nothing but a placeholder", METRICS, "en: Statistical bulletin", "en: {{ x }}",
     "metrics.yaml:4:23: block: expected text, found a mapping of keys (sources[0].title.en)", BRACES_HINT),
    ("a list where a text belongs", METRICS, 'value: "400"', "value: [400]",
     "metrics.yaml:7:5: block: expected text, found a list (metrics[0].value)", ""),
    ("a text where a list belongs", BRIEFING, "number: 1\n", "number: 1\neditions: zh\n",
     "briefing.yaml:8:1: block: expected a list, found 'zh' (editions)", ""),
    ("nothing where a value belongs", METRICS, 'value: "400"', "value:",
     "metrics.yaml:7:5: block: expected text, found nothing (metrics[0].value)", ""),
    # --- values --------------------------------------------------------------------------
    ("a word for a number", METRICS, '"369700"', '"many"',
     "metrics.yaml:17:5: block: expected a number, found 'many' (metrics[2].value)", NUMBER_HINT),
    ("万 in a number", METRICS, '"369700"', '"36.97万"',
     "metrics.yaml:17:5: block: expected a number, found '36.97万' (metrics[2].value)",
     'write value: "36.97" and unit: 万元'),
    ("亿元 in a number", METRICS, '"369700"', '"1.7亿元"',
     "metrics.yaml:17:5: block: expected a number, found '1.7亿元' (metrics[2].value)",
     'write value: "1.7" and unit: 亿元'),
    ("a comma in a number", METRICS, '"369700"', '"369,700"',
     "metrics.yaml:17:5: block: expected a number, found '369,700' (metrics[2].value)",
     'write plain digits: "369700"'),
    ("full-width digits", METRICS, '"369700"', '"３６９７００"',
     "metrics.yaml:17:5: block: expected a number, found '３６９７００' (metrics[2].value)",
     'write plain digits: "369700"'),
    ("a percent sign in a number", METRICS, '"369700"', '"90.9%"',
     "metrics.yaml:17:5: block: expected a number, found '90.9%' (metrics[2].value)",
     'write value: "90.9" and unit: percent'),
    ("an exponent", METRICS, '"369700"', "3.697e5",
     "metrics.yaml:17:5: block: expected a number, found '3.697e5' (metrics[2].value)", NUMBER_HINT),
    ("not a number", METRICS, '"369700"', "NaN",
     "metrics.yaml:17:5: block: expected a number, found 'NaN' (metrics[2].value)", NUMBER_HINT),
    ("more digits than any figure has", METRICS, '"369700"', '"999999999999999999999"',
     "metrics.yaml:17:5: block: expected a number, found '999999999999999999999' (metrics[2].value)",
     "at most 20 digits are read; check the value and its unit"),
    ("an id that templates use", METRICS, "metric: penalty_amount", "metric: penalty_amount\n    id: table",
     "metrics.yaml:17:5: block: expected an id of its own, found 'table', which templates use (metrics[2].id)", ""),
    ("half a patent", METRICS, '"400"', '"400.5"',
     "metrics.yaml:7:5: block: expected a whole number of patents, found '400.5' (metrics[0].value)", ""),
    ("fewer than no patents", METRICS, '"400"', '"-1"',
     "metrics.yaml:7:5: block: expected a whole number of patents, found '-1' (metrics[0].value)", ""),
    ("fewer places than the value has", METRICS, '"369700"', '"369700.55"\n    places: 1',
     ("metrics.yaml:18:5: block: expected at least as many places as the value has, 2, found '1' "
      "(metrics[2].places)"),
     "leave 'places' out: it is read off the value"),
    ("an unknown unit", METRICS, "unit: yuan", "unit: yaun",
     "metrics.yaml:18:5: block: unknown unit 'yaun' (metrics[2].unit)", "did you mean 'yuan'?"),
    ("a unit of something else", METRICS, "unit: yuan", "unit: patent",
     "metrics.yaml:18:5: block: expected a unit like 'yuan' for penalty_amount, found 'patent' (metrics[2].unit)",
     ""),
    ("a period in words", METRICS, 'period: "2025-09-30"', "period: 2025年9月底",
     ("metrics.yaml:9:5: block: expected a period such as 2025Q3, 2025-01/2025-09, 2025, 2025-09-30 or "
      "unknown, found '2025年9月底' (metrics[0].period)"),
     "'unknown' is for values whose source gives no date"),
    ("a fifth quarter", BRIEFING, "period: 2025Q3", "period: 2025Q5",
     ("briefing.yaml:9:1: block: expected a period such as 2025Q3, 2025-01/2025-09, 2025, 2025-09-30 or "
      "unknown, found '2025Q5' (period)"),
     ""),
    ("a day that does not exist", BRIEFING, "date: 2025-10-15", "date: 2025-02-30",
     "briefing.yaml:8:1: block: expected a date such as 2025-10-15, found '2025-02-30' (date)", ""),
    ("a count of seconds for a day", BRIEFING, "date: 2025-10-15", 'date: "0"',
     "briefing.yaml:8:1: block: expected a date such as 2025-10-15, found '0' (date)", ""),
    ("an underscore in a number", BRIEFING, "number: 1\n", "number: 1_0\n",
     "briefing.yaml:7:1: block: expected a whole number, found '1_0' (number)", ""),
    ("an issue before the first", BRIEFING, "number: 1\n", "number: 0\n",
     "briefing.yaml:7:1: block: expected a number of at least 1, found '0' (number)", ""),
    ("a missing source", METRICS, "    source: bulletin\n", "",
     "metrics.yaml:6:5: block: the key 'source' is missing (metrics[0].source)",
     "every value names the id of its source in 'sources:'"),
    ("an unknown source", METRICS, "    source: bulletin\n", "    source: buletin\n",
     "metrics.yaml:10:5: block: unknown source 'buletin' (metrics[0].source)", "did you mean 'bulletin'?"),
    ("a source's id that stands twice", METRICS, "metrics:\n",
     "  - id: bulletin\n    title: {zh: 年报, en: Annual report}\nmetrics:\n",
     "metrics.yaml:5:5: block: the source 'bulletin' stands twice (sources[1].id)",
     "give each source an id of its own"),
    ("a relation to an unknown metric", METRICS, "unit: yuan", "unit: yuan\n    item_of: pledge_reg_amounts",
     "metrics.yaml:19:5: block: unknown metric 'pledge_reg_amounts' (metrics[2].item_of)",
     "did you mean 'pledge_reg_amount' or 'pledge_reg_amount_cum' or 'pledge_contract_amount'?"),
    ("an address that runs a program", METRICS, "    title: {zh: 统计公报",
     "    link: javascript:alert(1)\n    title: {zh: 统计公报",
     "metrics.yaml:4:5: block: expected an http or https address, found 'javascript:alert(1)' (sources[0].link)", ""),
    ("an unknown metric", METRICS, "metric: gi_product_converted", "metric: gi_product_convert",
     "metrics.yaml:21:5: block: unknown metric 'gi_product_convert' (metrics[3].metric)",
     "did you mean 'gi_product_converted' or 'gi_product'?"),
    ("a metric that stands twice", METRICS, "metric: patent_invention_hv",
     "metric: patent_invention_hv\n    id: patent_invention_in_force",
     ("metrics.yaml:13:5: block: 'patent_invention_in_force' stands twice; it was first given at line 7 "
      "(patent_invention_in_force)"),
     "give one of them an 'id:' of its own"),
    ("a blocked value that nobody has acknowledged", METRICS, "    unit: yuan\n",
     "    unit: yuan\n    status: blocked\n",
     "metrics.yaml:17:5: block: 'penalty_amount' is blocked and nobody has acknowledged it (penalty_amount)",
     "confirm the value and remove 'status: blocked', or acknowledge the finding about it"),
    # --- the outline ---------------------------------------------------------------------
    ("an unknown theme", BRIEFING, "number: 1\n", "number: 1\ntheme: modren\n",
     "briefing.yaml:8:1: block: unknown theme 'modren' (theme)", "did you mean 'modern'?"),
    ("an unknown edition", BRIEFING, "number: 1\n", "number: 1\neditions: [french]\n",
     "briefing.yaml:8:12: block: expected 'bilingual', 'zh' or 'en', found 'french' (editions[0])", ""),
    ("a section's id that stands twice", BRIEFING, "id: notes", "id: creation",
     "briefing.yaml:28:5: block: the id 'creation' stands twice (sections[1].id)",
     "give each section an id of its own"),
    ("a figure's id that stands twice", BRIEFING, "      - sources: {}",
     "      - figure: {id: share, kind: bar, title: {zh: 图, en: F}, values: patent_invention_hv}\n      - sources: {}",
     "briefing.yaml:31:18: block: the id 'share' stands twice (sections[1].blocks[0].figure.id)",
     "give each figure an id of its own"),
    ("an id that is no file name", BRIEFING, "id: share", "id: ../share",
     ("briefing.yaml:18:11: block: expected a name of letters, digits, '-' and '_', found '../share' "
      "(sections[0].blocks[1].figure.id)"),
     ""),
    ("a table without rows", BRIEFING,
     "          rows: [patent_invention_in_force, patent_invention_hv, penalty_amount, gi_product_converted]\n", "",
     "briefing.yaml:23:9: block: the table 'all' has no rows (sections[0].blocks[2].table)",
     "list metrics under 'rows:' or 'groups:'"),
    ("a table of an unknown metric", BRIEFING, "penalty_amount, gi_product", "penalty_amont, gi_product",
     "briefing.yaml:26:11: block: unknown metric 'penalty_amont' (sections[0].blocks[2].table.rows)",
     "did you mean 'penalty_amount'?"),
    ("an unknown column", BRIEFING, "columns: [name, value,", "columns: [name, valeu,",
     ("briefing.yaml:27:27: block: expected 'name', 'value', 'previous', 'yoy', 'qoq', 'since_year_end', 'rank', "
      "'target', 'completion', 'status', 'period', 'source', 'class', 'note' or 'trend', found 'valeu' "
      "(sections[0].blocks[2].table.columns[1])"),
     ""),
    ("an unknown chart kind", BRIEFING, "kind: part-of-whole", "kind: part-of-hole",
     "briefing.yaml:19:11: block: unknown chart kind 'part-of-hole' (sections[0].blocks[1].figure.kind)",
     "did you mean 'part-of-whole'?"),
    ("a chart kind that does not exist", BRIEFING, "kind: part-of-whole", "kind: pie",
     "briefing.yaml:19:11: block: unknown chart kind 'pie' (sections[0].blocks[1].figure.kind)",
     ("known: area, bar, bullet, cascade, column, combination, donut, dot, grouped-column, heat-table, line, lollipop, "
      "pareto, part-of-whole, percent-stacked-column, ranking, slope, small-multiples, stacked-column, waterfall")),
    ("a chart without a part it needs", BRIEFING, "          part: patent_invention_hv\n", "",
     ("briefing.yaml:17:9: block: a part-of-whole chart takes 1 metric(s) as 'part', found 0 "
      "(sections[0].blocks[1].figure)"),
     ""),
    ("a chart with a part it does not have", BRIEFING, "          part: patent_invention_hv\n",
     "          part: patent_invention_hv\n          values: penalty_amount\n",
     "briefing.yaml:23:11: block: a part-of-whole chart has no 'values' (sections[0].blocks[1].figure.values)",
     "it takes: whole, part"),
    ("a metric that stands twice in a chart", BRIEFING, "part: patent_invention_hv", "part: patent_invention_in_force",
     ("briefing.yaml:17:9: block: the metric 'patent_invention_in_force' stands twice in the chart "
      "(sections[0].blocks[1].figure)"), ""),
    ("a name for what the chart does not show", BRIEFING, "          part: patent_invention_hv\n",
     "          part: patent_invention_hv\n          labels: {penalty_amount: {zh: 罚没款, en: Fines}}\n",
     ("briefing.yaml:23:20: block: the chart does not show 'penalty_amount' "
      "(sections[0].blocks[1].figure.labels.penalty_amount)"),
     "known: patent_invention_hv, patent_invention_in_force"),
    ("two blocks in one", BRIEFING, "      - sources: {}", "      - sources: {}\n        checks: {}",
     "briefing.yaml:31:9: block: expected one block, found sources and checks (sections[1].blocks[0])", BLOCK_HINT),
    ("an empty block", BRIEFING, "      - sources: {}", "      - sources:",
     "briefing.yaml:31:9: block: expected one block, found nothing (sections[1].blocks[0])", BLOCK_HINT),
    ("sources that are listed twice", BRIEFING, "      - sources: {}", "      - sources: {}\n      - sources: {}",
     "briefing.yaml:32:9: block: the list of sources stands twice (sections[1].blocks[1].sources)",
     "delete one of the blocks 'sources: {}'"),
    ("sources that are not printed", BRIEFING, "      - sources: {}", "      - checks: {}",
     "briefing.yaml:1:1: block: the briefing does not print its sources", "add a block 'sources: {}' to a section"),
    ("a font file that is not there", BRIEFING, "number: 1\n", "number: 1\nfonts: {serif: office.otf}\n",
     "briefing.yaml:8:9: block: expected a font file, found none at 'office.otf' (fonts.serif)",
     "name a .otf, .ttf or .ttc file by its path from the briefing's folder"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "message", "hint"), [row[1:] for row in SPOILT], ids=[row[0] for row in SPOILT]
)
def test_a_mistake_gets_one_message_with_its_place(
    small: Copy, file: str, old: str, new: str, message: str, hint: str
) -> None:
    small.change(file, old, new)

    assert small.check() == [f"{message}\n    hint: {hint}" if hint else message]


# --- the same mistake in both languages is told for each ------------------------------------

BOTH = "{{ patent_invention_in_force }}"


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("{{ penalty_amont }}", "unknown metric 'penalty_amont' in a template", "did you mean 'penalty_amount'?"),
        (
            "{{ penalty_amount.__class__ }}",
            "a template may not use '.__class__'",
            (
                "a metric has .text, .value, .number, .name, .period, .as_of, .to_date, .source, .yoy, .qoq, "
                ".since_year_end, .yoy_extent, .qoq_extent, .quarter, .quarter_yoy, .quarter_qoq, .previous, "
                ".rank, .target, .share_of(…)"
            ),
        ),
        (
            "{{ penalty_amount }",
            "template syntax: unexpected '}'",
            "a placeholder is written {{ metric_id }}, a condition {% if … %}…{% endif %}",
        ),
        ("{{ figure('shape') }}", "unknown figure 'shape' in a template", "did you mean 'share'?"),
    ],
)
def test_a_mistake_in_a_template_is_told_at_the_line_of_its_language(
    small: Copy, written: str, message: str, hint: str
) -> None:
    small.change(BRIEFING, f"专利{BOTH}", f"专利{written}")
    small.change(BRIEFING, f"There are {BOTH}", f"There are {written}")

    assert small.check() == [
        f"briefing.yaml:15:11: block: {message} (sections[0].blocks[0].text.zh)\n    hint: {hint}",
        f"briefing.yaml:16:11: block: {message} (sections[0].blocks[0].text.en)\n    hint: {hint}",
    ]


def test_the_two_languages_of_a_text_show_the_same_values(small: Copy) -> None:
    small.change(BRIEFING, f"There are {BOTH}", "There are {{ patent_invention_hv }}")

    (message,) = small.check()
    assert message == (
        "briefing.yaml:16:11: block [R15]: the two languages show different values: patent_invention_hv, "
        "patent_invention_in_force (sections[0].blocks[0].text.en)\n    hint: show the same metrics in both"
    )


def typed(small: Copy, zh: str, en: str) -> None:
    """Write words before the first text in both languages."""
    small.change(BRIEFING, "有效发明", f"{zh}，有效发明")
    small.change(BRIEFING, "There are", f"{en}, there are")


def by_hand(number: str, line: int, name: str, code: str, instead: str) -> str:
    return (
        f"briefing.yaml:{line}:11: warn: the number '{number}' is typed by hand in the {name} text "
        f"(sections[0].blocks[0].text.{code})\n    hint: show {instead} instead, so that the number has one source"
    )


@pytest.mark.parametrize(
    ("zh", "en", "numbers"),
    [
        ("共12项", "in 12 cases", [("12", "12")]),
        ("计1234.5元", "of 1,234.5 yuan", [("1234.5元", "1,234.5 yuan")]),
        ("共12项、13家", "12 of 13", [("12", "12"), ("13", "13")]),
        ("在2025年第1期、GB/T 8170和2025年9月30日", "in Issue 1 of 2025, GB/T 8170 and on 30 September 2025", []),
        ("2025年第三季度每万人口", "in Q3 2025, per 10,000", []),
        ("在四处", "in four places", []),
    ],
)
def test_every_number_typed_by_hand_is_reported_unless_it_belongs_to_a_name_or_a_date(
    small: Copy, zh: str, en: str, numbers: list[tuple[str, str]]
) -> None:
    typed(small, zh, en)

    chinese = [by_hand(number, 15, "Chinese", "zh", "a metric") for number, _ in numbers]
    english = [by_hand(number, 16, "English", "en", "a metric") for _, number in numbers]
    assert small.check() == [*chinese, *english]


@pytest.mark.parametrize(
    ("zh", "en", "instead"),
    [
        ("共400件", "in 400 cases", "{{ patent_invention_in_force.number }}"),
        ("计369700元", "of 369,700 yuan", "{{ penalty_amount.number }}"),
        ("计36.97万元", "of 0.3697 million yuan", "{{ penalty_amount.number }}"),
        ("计3.697十万", "of 369.7 thousand", "{{ penalty_amount.number }}"),
        ("约37万元", "about 370,000 yuan", "a metric"),
        ("约37.0万元", "about 0.370 million yuan", "{{ penalty_amount.number }}"),
    ],
)
def test_a_number_typed_by_hand_names_the_metric_it_equals_in_any_scale(
    small: Copy, zh: str, en: str, instead: str
) -> None:
    typed(small, zh, en)

    hints = [message.partition("hint: show ")[2] for message in small.check() if "typed by hand" in message]
    assert hints == [f"{instead} instead, so that the number has one source"] * 2


def test_a_share_typed_by_hand_names_the_share(small: Copy) -> None:
    whole = "{{ patent_invention_in_force }}"
    part = "{{ patent_invention_hv.value }}"
    small.change(BRIEFING, f"专利{whole}", f"专利{whole}，其中{part}，占25.0%")
    small.change(BRIEFING, f"are {whole}", f"are {whole}, of which {part}, or 25.0%, are")

    assert [message.partition("hint: show ")[2] for message in small.check()] == [
        "{{ patent_invention_hv.share_of(patent_invention_in_force) }} instead, so that the number has one source"
    ] * 2


BY_HAND_IN_A_TITLE = (
    "briefing.yaml:25:19: warn: the number '5' is typed by hand in the Chinese text "
    "(sections[0].blocks[2].table.title.zh)"
)


def test_a_number_typed_into_a_title_or_a_note_of_a_record_is_reported(small: Copy) -> None:
    small.change(BRIEFING, "title: {zh: 主要指标, en: Indicators}", "title: {zh: 主要指标5项, en: Five indicators}")
    note = "note: {zh: 罚没36.97万元, en: '369,700 yuan in all'}"
    small.change(METRICS, "period: 2025Q3\n    source: bulletin", f"period: 2025Q3\n    source: bulletin\n    {note}")

    assert [message.partition("\n")[0] for message in small.check()] == [
        "metrics.yaml:21:12: warn: the number '36.97万元' is typed by hand in the Chinese text (metrics[2].note.zh)",
        "metrics.yaml:21:27: warn: the number '369,700 yuan' is typed by hand in the English text (metrics[2].note.en)",
        BY_HAND_IN_A_TITLE,
    ]


def test_there_is_no_minus_zero(small: Copy) -> None:
    small.change(METRICS, '"369700"', '"-0"')

    value = read_metrics(small.folder / METRICS)["penalty_amount"].value
    assert str(value) == "0"
