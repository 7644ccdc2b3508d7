"""Waterfalls that would misstate a change are refused with what to use instead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from charts_changes import (
    BY_FLOWS,
    END,
    FIGURES,
    OTHER_CHANGES,
    START,
    STOCK,
    flow,
    here,
    only,
    refused,
)
from figure_samples import figure
from ipreport.figures import check
from ipreport.metrics import Metric, Qualifier, Relations
from ipreport.outline import FigureSpec
from ipreport.style import MODERN, FigureWidth

HALF = MODERN.figure_width(FigureWidth.HALF)


def by_flows(**given: object) -> FigureSpec:
    return figure("waterfall", **{**BY_FLOWS, **given})


ABOUT = flow("about", "30", "约数", "About", qualifier=Qualifier.ABOUT)
EARLY = flow("early", "30", "上年", "Last year", "2024-10/2024-12")
LATE = flow("late", "30", "十月", "October", "2025-01/2025-10")
EAST = flow("east_flow", "30", "东县", "East", region="east")
PART = flow("part", "10", "其中", "Of which")
PART = replace(PART, relations=Relations(part_of=("granted",)))
OTHER_STOCK = here(START, "300", "patent_invention_hv", "hv")
OLD_RULES = replace(STOCK[0], key="old_rules", caliber="2010")
NOT_BEFORE = "the start, 'stock' (end of September 2025), is not before the end, 'stock_before' (end of December 2024)"
MISSING = "start and changes come to 416, and the end, 'stock', is 401: 15 is not explained"

CASES: dict[str, tuple[FigureSpec, tuple[Metric, ...], str, str]] = {
    "changes that miss the end": (
        by_flows(increases=("granted",)),
        (),
        MISSING,
        "add the missing flows, or name them with 'remainder: {zh: 其他变动, en: Other changes}'",
    ),
    "a name for nothing": (
        by_flows(increases=("granted", "moved_in"), decreases=("expired", "unpaid"), remainder=OTHER_CHANGES),
        (),
        "start and changes come to 401, and the end, 'stock', is 401: nothing is left to call 'Other changes'",
        "leave out 'remainder:'",
    ),
    "no flows": (
        by_flows(),
        (),
        "it names no flow between start and end",
        "name 'increases:' or 'decreases:', or use kind: slope for two dates alone",
    ),
    "a flow that is not exact": (
        by_flows(increases=("about",), remainder=OTHER_CHANGES),
        (ABOUT,),
        "'about' is stated as 'about', and a chart of kind 'waterfall' adds it up",
        "use kind: bar, which shows it hollow and claims no sum",
    ),
    "a flow of before": (
        by_flows(increases=("early",), remainder=OTHER_CHANGES),
        (EARLY,),
        (
            "'early' (October–December 2024) does not lie between the dates of the stock "
            "(end of December 2024 and end of September 2025)"
        ),
        "name the flows of that time, or the stock at the dates of the flows",
    ),
    "a flow that runs on": (
        by_flows(increases=("late",), remainder=OTHER_CHANGES),
        (LATE,),
        (
            "'late' (January–October 2025) does not lie between the dates of the stock "
            "(end of December 2024 and end of September 2025)"
        ),
        "name the flows of that time, or the stock at the dates of the flows",
    ),
    "a flow of another region": (
        by_flows(increases=("east_flow",), remainder=OTHER_CHANGES),
        (EAST,),
        "'east_flow' is of another region than 'stock_before'",
        "name the flows of the same region",
    ),
    "a stock as a flow": (
        by_flows(increases=("stock_march",), remainder=OTHER_CHANGES),
        (),
        "'stock_march' is no flow, which would change the stock",
        "name what was added or taken away in the time between start and end",
    ),
    "a flow and its part": (
        by_flows(increases=("granted", "part"), remainder=OTHER_CHANGES),
        (PART,),
        "'granted' and 'part' count the same in part, and would change the stock twice",
        "leave one of the two out",
    ),
    "a flow as the start": (
        by_flows(start=("granted",), increases=("moved_in",)),
        (),
        "'granted' is no stock, which has a level at its start and at its end",
        "name a stock as start and end, and flows as increases and decreases",
    ),
    "two stocks": (
        by_flows(start=("hv",), increases=("granted",)),
        (OTHER_STOCK,),
        "'hv' and 'stock' are not the same metric of the same region at two dates",
        "name the stock at its start and at its end, or use kind: bar",
    ),
    "backwards": (
        by_flows(start=("stock",), end=("stock_before",), increases=("granted",)),
        (),
        NOT_BEFORE,
        "give both dates, and name the earlier value as start",
    ),
    "dates beside start and end": (
        by_flows(increases=(), last=3, start=("stock",), end=("stock_twin",)),
        (replace(STOCK[3], key="stock_twin"),),
        "a chart with start and end has no other dates",
        "leave out 'last:' and 'every:'",
    ),
    "one value": (
        figure("waterfall", values=("stock",)),
        (),
        "a single value, 'stock', has no changes",
        "write 'last: 5' for its changes between five dates, or name start, flows and end",
    ),
    "a rest of a stock's own changes": (
        figure("waterfall", values=("stock",), last=3, remainder=OTHER_CHANGES),
        (),
        "the changes of a stock between its own dates leave nothing over",
        "leave out 'remainder:'",
    ),
    "flows over time": (
        figure("waterfall", values=("lent",), last=2),
        tuple(
            here(period, "5", "pledge_loan_paid", key)
            for period, key in (("2025Q3", "lent"), ("2025Q2", "lent_before"))
        ),
        "'lent' is no stock, which has a level at every date",
        "use kind: column for flows, or kind: line for rates",
    ),
    "a rate over time": (
        figure("waterfall", values=("rate",), last=2),
        tuple(here(day, "38.6", "patent_hv_share", key) for day, key in ((END, "rate"), ("2025-06-30", "rate_before"))),
        "'rate' is no stock, which has a level at every date",
        "use kind: column for flows, or kind: line for rates",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_misleading_waterfall_is_refused(case: str) -> None:
    spec, more, message, hint = CASES[case]

    assert refused(spec, *more) == [(message, (hint,), None)]


def test_a_change_of_definition_is_no_change_of_the_stock() -> None:
    message = "the definition changed between '{}' and '{}', which is no change of the stock"
    hint = "show the time since then, or use kind: line, which marks the break"
    spec = by_flows(start=("old_rules",), increases=("granted",))
    before, after = (replace(each, caliber=caliber) for each, caliber in zip(STOCK[2:], ("2021", "2030"), strict=True))

    assert refused(spec, OLD_RULES) == [(message.format("old_rules", "stock"), (hint,), "R19")]
    (problem,) = check(figure("waterfall", values=("stock",), last=2), only(before, after))
    assert (problem.rule, problem.hints) == ("R19", (hint,))
    assert problem.message == f"figure 'the-waterfall': {message.format('stock_june', 'stock')}"


def test_money_of_different_kinds_does_not_change_one_stock() -> None:
    spec = figure("waterfall", start=("b",), increases=("paid",), end=("balance",))
    before = here(START, "40000000", "pledge_loan_balance", "b")

    assert [rule for _, _, rule in refused(spec, before)] == ["R23"]


def test_the_samples_are_sound() -> None:
    for name in ("waterfall", "waterfall-with-rest", "waterfall-over-time"):
        assert refused(FIGURES[name]) == []
