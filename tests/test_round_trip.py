"""Every printed number leads back to its record (R26), and every place rounds by the rule the briefing sets."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from helpers import BRIEFING, METRICS, SMALL, Copy, everything_below, metric, metric_set
from ipreport.compose import Content, content_of
from ipreport.compose.annex import reading, rounding_note
from ipreport.compose.round_trip import unread
from ipreport.compose.values import value_of
from ipreport.figures.data import Numbers
from ipreport.figures.gather import gather
from ipreport.figures.select import select
from ipreport.language import EN, LANGUAGES, ZH, Language
from ipreport.metrics import PeriodKind, Qualifier, Rounding, parse_period
from ipreport.readers import read
from ipreport.rules import Candidate

STOCK, CASES = "patent_invention_in_force", "penalty_cases"


@pytest.fixture(scope="module")
def content() -> Content:
    source = read(SMALL)
    now, before = (parse_period(written, PeriodKind.AS_OF) for written in ("2025-09-30", "2024-09-30"))
    metrics = metric_set(
        metric(STOCK, "356", key="stock", period=now),
        metric(STOCK, "376", key="stock_before", period=before),
        metric("penalty_amount", "234567890", key="over", qualifier=Qualifier.OVER),
        metric("growth_rate", "15.2", key="rate"),
        metric("patent_invention_per10k", "16", key="ratio"),
        metric("rank_in_province", "1", key="rank"),
        metric(CASES, None, key="missing"),
    )
    return content_of(source.outline, replace(metrics, sources=source.metrics.sources), ())


GROWN, SHARE, MOVED = (
    "stock/yoy_growth_from/stock_before",
    "stock/share_of/stock_before",
    "stock/change_from/stock_before",
)


@pytest.mark.parametrize(
    ("key", "language", "words"),
    [
        ("stock", ZH, "356件"),
        ("stock", EN, "356"),
        ("over", ZH, "超过2.34亿元"),
        ("over", ZH, "2.34亿元"),  # under the qualifier of its sentence
        ("over", EN, "234 million yuan"),
        ("rate", EN, "15.2%"),
        ("ratio", ZH, "16件"),
        ("rank", ZH, "首位"),
        ("missing", EN, "n/a"),
        (GROWN, ZH, "同比下降5.3%"),
        (GROWN, EN, "−5.3%"),
        (SHARE, ZH, "占比94.7%"),
        (MOVED, ZH, "−20"),
        (MOVED, EN, "20"),  # behind “down” of its sentence
        ("stock_before/change_from/stock", ZH, "+20"),
        ("stock_before/change_from/stock", EN, "20"),
    ],
)
def test_what_is_printed_leads_back_to_its_value(content: Content, key: str, language: Language, words: str) -> None:
    value = value_of(key, content)

    assert value is not None
    assert unread(words, language, value, content) == ""


@pytest.mark.parametrize(
    ("key", "language", "words", "reason"),
    [
        ("stock", ZH, "365件", "reads as 364.5 to 365.5, which does not hold 356"),
        ("stock", ZH, "356.0万件", "reads as"),
        ("stock", EN, "356 %", "cannot be read back"),
        ("stock", EN, "356%", "reads as percent, expected count or number"),
        ("stock", ZH, "—", "says that there is no value, and there is 356"),
        ("missing", ZH, "0件", "states a value where there is none"),
        ("over", ZH, "近2.35亿元", "says 'nearly', expected 'over'"),
        ("over", EN, "2.34 million yuan", "reads as"),
        ("over", EN, "over 2.34 million yuan", "reads as"),
        ("rate", ZH, "15.2个百分点", "reads as points, expected percent"),
        ("rank", EN, "2nd", "reads as 2 to 2, which does not hold 1"),
        (GROWN, ZH, "同比增长5.3%", "reads as 5.25 to 5.35, which does not hold -5.3"),
        (GROWN, EN, "down 5.3 percentage points year on year", "reads as points, expected growth or percent"),
        (SHARE, EN, "97.4%", "reads as 97.35 to 97.45"),
        (MOVED, ZH, "+20", "reads as 19.5 to 20.5, which does not hold -20"),
        (MOVED, ZH, "20家企业", "cannot be read back"),
    ],
)
def test_what_does_not_lead_back_says_why(
    content: Content, key: str, language: Language, words: str, reason: str
) -> None:
    value = value_of(key, content)

    assert value is not None
    assert unread(words, language, value, content).startswith(reason)


# --- rounding ----------------------------------------------------------------------


MONEY = (
    '  - {{metric: penalty_amount, id: {key}, value: "{value}", unit: yuan, period: "{period}", source: bulletin}}\n'
)
CHART_AND_CARD = """\
      - figure: {id: money, kind: bar, title: {zh: 罚没款, en: Penalties}, values: [now]}
      - cards: {items: [{metric: now}]}
"""
WORDS = (
    "{{ now }}，{{ now.yoy }}，{{ patent_invention_hv.value }}，"
    "{{ patent_invention_hv.share_of(patent_invention_in_force) }}，"
)
EVEN = ("修约按GB/T 8170—2008（四舍六入五成双），只修约一次", "rounded once, halves to the even digit (GB/T 8170-2008)")
UP = ("修约按四舍五入，只修约一次", "rounded once, halves away from zero")


@pytest.fixture
def halves(small: Copy) -> Copy:
    """A briefing whose values all end in an exact half: 2.145万元, 7.25%, 12.25%."""
    for key, value, period in (("now", "21450", "2025Q2"), ("then", "20000", "2024Q2")):
        small.change(METRICS, "metrics:\n", "metrics:\n" + MONEY.format(key=key, value=value, period=period))
    small.change(METRICS, 'value: "100"', 'value: "49"')
    small.change(BRIEFING, "专利{{", f"专利{WORDS}{{{{")
    small.change(BRIEFING, "are {{", f"are {WORDS}{{{{")
    small.change(BRIEFING, "      - table:", CHART_AND_CARD + "      - table:")
    small.change(BRIEFING, "rows: [", "rows: [now, ")
    return small


@pytest.mark.usefixtures("plain_only")
@pytest.mark.parametrize(
    ("setting", "printed", "never", "rule"),
    [
        ("half-even", ("2.14万元", "21,400 yuan", "7.2%", "12.2%"), ("2.15", "21,500", "7.3%", "12.3%"), EVEN),
        ("half-up", ("2.15万元", "21,500 yuan", "7.3%", "12.3%"), ("2.14", "21,400", "7.2%", "12.2%"), UP),
    ],
)
def test_every_place_rounds_by_the_rule_the_briefing_sets_and_the_notes_say_which(
    halves: Copy, setting: str, printed: tuple[str, ...], never: tuple[str, ...], rule: tuple[str, str]
) -> None:
    halves.change(BRIEFING, "number: 1\n", f"number: 1\nrounding: {setting}\n")
    halves.build()
    text = b"".join(data for name, data in everything_below(halves.root / "output").items() if name.endswith("txt"))

    written = text.decode()
    assert [number for number in printed if number not in written] == []
    assert [number for number in never if number in written] == []
    # In the text, on the card, in the table, in the chart's description: in each of two editions.
    assert written.count(printed[0]) >= 8
    assert written.count(f"数字{rule[0]}。") == 2
    assert written.count(f"Numbers are {rule[1]}.") == 2


@pytest.mark.parametrize(("rounding", "digits"), [(Rounding.HALF_EVEN, "2.14万元"), (Rounding.HALF_UP, "2.15万元")])
def test_charts_and_readings_of_the_annex_round_by_the_same_rule(halves: Copy, rounding: Rounding, digits: str) -> None:
    source = read(halves.folder)
    content = content_of(replace(source.outline, rounding=rounding), source.metrics, ())
    spec = next(spec for spec in content.outline.figures() if spec.id == "money")
    data = gather(select(spec, content.metrics), Numbers.WORDS, LANGUAGES, {}, 400, content.rounding)

    assert data.data[0].text.zh == digits
    assert reading(Candidate((("then", Decimal(21450)),), None), content, ZH).endswith(f"为{digits}")


def test_a_text_may_print_the_rule_of_rounding_itself(halves: Copy) -> None:
    for opening in ("专利{{ now", "are {{ now"):
        halves.change(BRIEFING, opening, opening.replace("{{ now", "{{ rounding }}，{{ now"))
    source = read(halves.folder)

    assert halves.check() == []
    assert rounding_note(content_of(source.outline, source.metrics, ()), LANGUAGES) == ()


def test_the_rule_of_rounding_stands_in_both_languages_or_in_none(halves: Copy) -> None:
    halves.change(BRIEFING, "专利{{ now", "专利{{ rounding }}，{{ now")

    (message,) = halves.check()
    assert "[R15]: the two languages show different values: rounding" in message
