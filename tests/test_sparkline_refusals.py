"""Which values a trend line shows, and of what none can be drawn."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from figure_samples import figure
from helpers import at, metric_set
from ipreport.figures.select import select
from ipreport.language import EN
from ipreport.metrics import Metric, Relations
from ipreport.outline import ByRegion, Every
from province import province
from trend_lines import (
    ENDS,
    STOCK,
    WITHOUT,
    cards,
    drawn,
    history,
    refusals,
    table,
)

# --- rates and quarters ----------------------------------------------------------


def test_a_rate_of_a_year_to_date_has_no_single_quarters() -> None:
    selected = select(figure("line", series=("dispute_close_rate",), last=8), province())

    assert [(point.key, point.value) for point in selected.metrics] == [
        ("dispute_close_rate_2023_01_2023_09", Decimal("82.3")),
        ("dispute_close_rate_2024_01_2024_09", Decimal("82.2")),
        ("dispute_close_rate", Decimal("81.8")),
    ]


def test_a_rate_that_is_asked_for_by_the_quarter_is_refused() -> None:
    assert refusals(cards("dispute_close_rate", every=Every.QUARTER), province()) == [
        (
            "no trend line can be drawn of 'dispute_close_rate': it does not part into single quarters",
            ("write 'every: year', which compares like periods", WITHOUT),
        )
    ]


def test_a_trend_by_the_year_compares_like_periods() -> None:
    assert drawn(cards("pledge_reg_amount", every=Every.YEAR), province())["pledge_reg_amount"].keys == (
        "pledge_reg_amount_2023_01_2023_09",
        "pledge_reg_amount_2024_01_2024_09",
        "pledge_reg_amount",
    )


# --- what is refused -------------------------------------------------------------


def test_an_undated_value_is_refused() -> None:
    undated = replace(
        at("2025-09-30", "5", STOCK, key="now"), period=replace(at("2025-09-30", "5", STOCK).period, end=None)
    )

    assert refusals(cards("now"), metric_set(undated)) == [
        (
            "no trend line can be drawn of 'now': it is undated, so nothing says which values came before it",
            ("give its period in the data", WITHOUT),
        )
    ]


def test_a_rank_is_refused() -> None:
    ranks = [at(end, "2", "rank_in_province", key=f"r{end}") for end in ENDS]

    assert refusals(table(f"r{ENDS[-1]}"), metric_set(*ranks)) == [
        (
            (
                "no trend line can be drawn of 'r2025-09-30': "
                "it is a rank, and its line would fall as the place gets better"
            ),
            (WITHOUT,),
        )
    ]


@pytest.mark.parametrize(
    ("values", "listed"),
    [(("30",), "no earlier values"), (("20", "30"), "1 earlier value"), (("1", None, "2"), "1 earlier value")],
)
def test_fewer_than_two_earlier_values_are_no_trend(values: tuple[str | None, ...], listed: str) -> None:
    assert refusals(cards("now"), history(*values)) == [
        (
            f"no trend line can be drawn of 'now': it has {listed} like it in the last 8 periods, and a trend needs 2",
            ("record them, raise 'trend:', or check 'every:'", WITHOUT),
        )
    ]


def test_two_earlier_values_are_enough() -> None:
    assert refusals(cards("now"), history("10", "20", "30")) == []
    assert refusals(cards("now", last=3), history("5", "10", "20", "30")) == []


def test_a_value_that_is_missing_is_refused() -> None:
    assert refusals(cards("now"), history("10", "20", "30", None)) == [
        ("no trend line can be drawn of 'now': it has no value for its own period", (WITHOUT,))
    ]


def test_a_rate_of_few_cases_is_refused() -> None:
    years = ("2023-01/2023-09", "2024-01/2024-09", "2025-01/2025-09")

    def rate(year: str, cases: str) -> list[Metric]:
        of = Relations(numerator="dispute_closed", denominator="dispute_caseload")
        return [
            at(year, "80.0", "dispute_close_rate", key=f"rate{year[:4]}", relations=of),
            at(year, cases, "dispute_caseload", key=f"load{year[:4]}"),
        ]

    few = metric_set(
        *(each for year, cases in zip(years, ("29", "30", "60"), strict=True) for each in rate(year, cases))
    )
    enough = metric_set(*(each for year in years for each in rate(year, "30")))
    assert refusals(cards("rate2025"), few) == [
        (
            (
                "no trend line can be drawn of 'rate2025': "
                "it rests on a rate of 29 cases ('load2023'), which moves by chance"
            ),
            (WITHOUT,),
        )
    ]
    assert refusals(cards("rate2025"), enough) == []


def test_metrics_that_do_not_exist_are_left_to_the_reader() -> None:
    assert refusals(cards("nothing"), province()) == []
    assert refusals(table("nothing"), province()) == []


# --- by region -------------------------------------------------------------------


def test_by_region_the_metric_that_sorts_has_a_line_in_every_region_with_values() -> None:
    wanted = table("gi_users", "patent_hv_share", by_region=ByRegion("gi_users"))
    found = drawn(wanted, province())

    assert refusals(wanted, province()) == []
    assert list(found) == [
        "gi_users",
        *(f"gi_users_{name}" for name in ("jia", "yi", "bing", "ding", "wu", "ji", "geng")),
    ]
    assert found["gi_users_ding"].alt[1].language is EN
    assert "（丁州）走势：" in found["gi_users_ding"].alt[0].plain()


def test_by_region_the_home_region_needs_a_trend() -> None:
    record = province()
    alone = replace(record, observations=tuple(m for m in record if m.region != record.home or m.key == "gi_users"))

    assert [message for message, _ in refusals(table("gi_users", by_region=ByRegion("gi_users")), alone)] == [
        (
            "no trend line can be drawn of 'gi_users': it has no earlier values like it in the last 8 periods, "
            "and a trend needs 2"
        )
    ]
