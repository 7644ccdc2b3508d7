"""A chart refuses what it would misrepresent, and says what to use instead."""

from __future__ import annotations

import pytest

from figure_samples import FIGURES, MONEY, ORIGIN, day, figure, metric, metric_set
from ipreport.figures import check
from ipreport.outline import FigureSpec, Scale
from ipreport.problems import Level

MORE = (
    metric("missing", "缺", "Missing", None, "case"),
    metric("rank", "位次", "Rank", "2", "place"),
    metric("negative", "净增", "Net change", "-3", "case"),
    metric("nothing", "无", "None", "0", "yuan"),
    metric("zero", "零", "Zero", "0", "case"),
    metric("late", "用标企业数", "Entities", "25", "entity", period=day(2025, 9, 30), metric_id="users"),
    metric("same_day", "用标企业数", "Entities", "25", "entity", period=day(2022, 8, 8), metric_id="users"),
    metric("old_part", "旧", "Old", "10", "entity", period=day(2022, 8, 8)),
)

BAR_HINT = "use kind: dot, which only compares orders of magnitude, or make one figure per kind of money"

CASES: dict[str, tuple[FigureSpec, str, str]] = {
    "missing value": (
        figure("bar", values=("disputes", "missing")),
        "figure 'the-bar': 'missing' has no value, and a chart would show it as zero",
        "leave it out of the figure, or show it in a table, which prints — / n/a",
    ),
    "different units": (
        figure("column", values=("disputes", "users")),
        "figure 'the-column': one axis cannot carry different units: 'disputes' in cases, 'users' in entities",
        "make one figure per unit, or use a table",
    ),
    "different units on a dot plot": (
        figure("dot", values=("fines", "users")),
        "figure 'the-dot': one axis cannot carry different units: 'fines' in yuan, 'users' in entities",
        "make one figure per unit, or use a table",
    ),
    "rank": (
        figure("bar", values=("rank",)),
        "figure 'the-bar': 'rank' is a rank, and a chart of kind 'bar' would draw the best place smallest",
        "name the rank in the text, on a card or in a table",
    ),
    "money of different kinds": (
        figure("bar", values=("fines", "contracts")),
        (
            "figure 'the-bar': a chart of kind 'bar' invites adding up money of different kinds: "
            "'fines' (penalty), 'contracts' (contract)"
        ),
        BAR_HINT,
    ),
    "money of different kinds as a share": (
        figure("part-of-whole", whole=("contracts",), part=("funds",)),
        (
            "figure 'the-part-of-whole': a chart of kind 'part-of-whole' invites adding up money of different kinds: "
            "'contracts' (contract), 'funds' (disbursement)"
        ),
        BAR_HINT,
    ),
    "logarithmic bars": (
        figure("bar", Scale.LOGARITHMIC, values=("disputes",)),
        "figure 'the-bar': a chart of kind 'bar' needs a zero, which a logarithmic scale does not have",
        "use kind: dot for values of very different size, or scale: linear",
    ),
    "negative bars": (
        figure("column", values=("negative", "disputes")),
        "figure 'the-column': 'negative' is below zero (-3), and a chart of kind 'column' starts at zero",
        "use kind: dot with scale: linear, or a table",
    ),
    "zero on a logarithmic scale": (
        figure("dot", Scale.LOGARITHMIC, values=("fines", "nothing")),
        "figure 'the-dot': 'nothing' is 0, which has no place on a logarithmic scale",
        "use scale: linear, or leave it out and name it in the note",
    ),
    "negative on a logarithmic scale": (
        figure("dot", Scale.LOGARITHMIC, values=("disputes", "negative")),
        "figure 'the-dot': 'negative' is -3, which has no place on a logarithmic scale",
        "use scale: linear, or leave it out and name it in the note",
    ),
    "part greater than whole": (
        figure("part-of-whole", whole=("hv",), part=("in_force",)),
        "figure 'the-part-of-whole': the part, 'in_force' (356), is greater than the whole, 'hv' (101)",
        "check the two values, swap whole and part, or use kind: bar",
    ),
    "whole of zero": (
        figure("part-of-whole", whole=("zero",), part=("disputes",)),
        "figure 'the-part-of-whole': the whole, 'zero', is zero and has no parts",
        "say it in the text or in a table",
    ),
    "part of a rate": (
        figure("part-of-whole", whole=("per10k",), part=("hv_per10k",)),
        "figure 'the-part-of-whole': 'per10k' is a rate (per 10,000 population), of which nothing is a part",
        "use kind: bar to compare rates",
    ),
    "part and whole of different dates": (
        figure("part-of-whole", whole=("late",), part=("old_part",)),
        "figure 'the-part-of-whole': 'old_part' (2022-08-08) and 'late' (2025-09-30) are of different dates",
        "use values of the same date, or kind: bar, which claims no share",
    ),
    "a part of something else": (
        figure("part-of-whole", whole=("users_2022",), part=("old_part",)),
        "figure 'the-part-of-whole': nothing says that 'old_part' is a part of 'users_2022'",
        "record it with 'sum_of:' or 'part_of:' where it is one, or use kind: bar",
    ),
    "slope between different metrics": (
        figure("slope", points=("old_part", "late")),
        "figure 'the-slope': 'old_part' and 'late' are not the same metric of the same region at two dates",
        "use kind: bar to compare different things",
    ),
    "slope within a day": (
        figure("slope", points=("users_2022", "same_day")),
        (
            "figure 'the-slope': 'users_2022' and 'same_day' have the same date (2022-08-08), "
            "but a slope is a change over time"
        ),
        "check the periods, or use kind: bar",
    ),
    "slope backwards": (
        figure("slope", points=("late", "users_2022")),
        (
            "figure 'the-slope': 'late' (2025-09-30) is later than 'users_2022' (2022-08-08), "
            "and time runs from left to right"
        ),
        "name the earlier point first",
    ),
    "slope without dates": (
        figure("slope", points=("users", "users")),
        "figure 'the-slope': neither 'users' nor 'users' is dated, so nothing says which came first",
        "give the period of at least one, or use kind: bar",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_misleading_figure_is_refused(case: str) -> None:
    spec, message, hint = CASES[case]
    (problem,) = check(spec, metric_set(*MORE))
    assert (problem.level, problem.origin) == (Level.BLOCK, ORIGIN)
    assert problem.message == message
    assert problem.hints == (hint,)
    assert problem.rule == ("R23" if "money of different kinds" in case else None)


@pytest.mark.parametrize("name", FIGURES)
def test_sound_figures_pass(name: str) -> None:
    assert check(FIGURES[name], metric_set()) == ()


def test_all_refusals_come_together() -> None:
    spec = figure("bar", Scale.LOGARITHMIC, values=("missing", "users", "negative"))
    assert len(check(spec, metric_set(*MORE))) == 4


@pytest.mark.parametrize("kind", ["part-of-whole", "bar", "column", "slope", "dot"])
def test_metrics_that_do_not_exist_are_left_to_the_reader(kind: str) -> None:
    roles = {"part-of-whole": ("whole", "part"), "slope": ("points",)}.get(kind, ("values",))
    assert check(figure(kind, **dict.fromkeys(roles, ("unknown",))), metric_set()) == ()
    assert check(figure(kind), metric_set()) == ()


def test_money_of_different_kinds_may_be_compared_by_dots() -> None:
    assert check(figure("dot", values=MONEY), metric_set()) == ()
