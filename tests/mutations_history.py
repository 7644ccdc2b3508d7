"""The error set, second part: mistakes that only history, rankings, targets and an earlier issue can show."""

from __future__ import annotations

from typing import Any

from helpers import at, growth, in_points
from ipreport.document import Cards, Paragraph, Table
from ipreport.metrics import Metric, PeriodKind, Qualifier, Relations, parse_period
from mutating import Error, Mutation, added, at_once, recorded, related, spans, times, titled, value, written

S = "illustrative"

SEPTEMBER, TO_SEPTEMBER = "2025-09-30", "2025-01/2025-09"
SHARE, STOCK, PLEDGES = "patent_hv_share", "patent_invention_in_force", "pledge_reg_amount"


def rank(place: str, **changes: Any) -> Metric:
    """A rank of Prefecture A by patents per 10,000 population, as a source would state it."""
    relations = Relations(ranks="patent_invention_per10k")
    return at(SEPTEMBER, place, "rank_in_province", key="rank_a", region="jia", relations=relations, **changes)


def completion(percent: str) -> Metric:
    """The completion of the year's target for pledges, as a source would state it."""
    relations = Relations(completion_of=PLEDGES)
    return at(TO_SEPTEMBER, percent, "target_completion", key="completion", relations=relations)


def stated(percent: str, of: str, **changes: Any) -> Metric:
    """A growth as a source would state it."""
    return growth(percent, of, region="示例省", **({"period": SEPTEMBER} | changes))


SEEDED_IN_HISTORY: tuple[Mutation, ...] = (
    # --- wrong scale -------------------------------------------------------------------
    Mutation("patents in force ten times", Error.SCALE, S, "R13", times(STOCK, "10")),
    Mutation("pledges in 万 twice", Error.SCALE, S, "R13", times(PLEDGES, "10000")),
    Mutation("pledges of a prefecture in 亿 for 万", Error.SCALE, S, "R13", times("pledge_reg_amount_jia", "10000")),
    Mutation("penalties a hundredth", Error.SCALE, S, "R13", times("penalty_amount", "0.01")),
    Mutation("penalties four times, as an average", Error.SCALE, S, "R28", times("penalty_amount", "4")),
    Mutation("population a tenth", Error.SCALE, S, "R01", times("population_resident", "0.1")),
    Mutation("a cell of a money column ten times", Error.SCALE, S, "R26",
             None, spans(Table, "1,336.72", text="13,367.2")),
    # --- swapped digits ----------------------------------------------------------------
    Mutation("digits of patents in force", Error.DIGITS, S, "R01", value(STOCK, "20020")),
    Mutation("digits of high-value patents", Error.DIGITS, S, "R01", value("patent_invention_hv", "7979")),
    Mutation("digits of the clearance rate", Error.DIGITS, S, "R01", value("dispute_close_rate", "88.1")),
    Mutation("digits of a rank", Error.DIGITS, S, "R26", None,
             spans(Paragraph, "2nd of 8 in the province", text="3rd of 8 in the province")),
    # --- wrong direction ---------------------------------------------------------------
    Mutation("rose, beside a fall", Error.DIRECTION, S, "R15",
             written(zh=("专利授权{{ patent_grant_total }}，{{ patent_grant_total.yoy }}",
                         "专利授权{{ patent_grant_total }}，增长了{{ patent_grant_total.yoy }}"))),
    Mutation("up for down in the document", Error.DIRECTION, S, "R26", None, spans(
        Paragraph, "同比增长17.1%", text="同比下降17.1%")),
    # --- per cent and points -----------------------------------------------------------
    Mutation("the growth of a rate in per cent, as a source states it", Error.POINTS, S, "R09",
             added(stated("2.1", SHARE))),
    Mutation("the growth of a count in points, as a source states it", Error.POINTS, S, "R09",
             added(in_points(stated("2.1", STOCK)))),
    # --- periods -----------------------------------------------------------------------
    Mutation("a period later than the issue", Error.PERIOD, S, "R17",
             recorded(STOCK, period=parse_period("2025-12-31", PeriodKind.AS_OF))),
    Mutation("a stock of a window", Error.PERIOD, S, "R18",
             recorded(STOCK, period=parse_period(TO_SEPTEMBER, PeriodKind.WINDOW))),
    Mutation("a stock of the year before", Error.PERIOD, S, "R17",
             recorded("service_points", period=parse_period("2023-12-31", PeriodKind.AS_OF))),
    Mutation("an undated flow", Error.PERIOD, S, "R17",
             recorded("training", period=parse_period("unknown", PeriodKind.WINDOW))),
    Mutation("another quarter in English, by hand", Error.PERIOD, S, "R15",
             written(en=("In the fourth quarter banks", "In the third quarter banks"))),
    Mutation("another year in a title", Error.PERIOD, S, "R15",
             titled("figure.title.en", "Main targets for 2025", "Main targets for 2024")),
    # --- part and whole ----------------------------------------------------------------
    Mutation("more closed than handled", Error.WHOLE, S, "R04", value("dispute_closed", "359")),
    # --- growth and running totals -----------------------------------------------------
    Mutation("a year to date that falls", Error.SERIES, S, "R06", value("penalty_cases", "143")),
    Mutation("a quarter that is not what the years to date leave", Error.SERIES, S, "R07",
             value("patent_grant_invention_2025q3", "900")),
    Mutation("a stated growth that does not follow", Error.SERIES, S, "R08", added(stated("18.0", STOCK))),
    Mutation("a stated growth without a basis", Error.SERIES, S, "R10", added(stated("17.1", STOCK, basis=None))),
    Mutation("a stated growth over a change of definition", Error.SERIES, S, "R19",
             added(stated("60.0", "gi_product"))),
    Mutation("a stock that grows by more than flowed in", Error.SERIES, S, "R22", value(STOCK, "24000")),
    # --- ratios ------------------------------------------------------------------------
    Mutation("a share that does not follow", Error.RATIO, S, "R01", value(SHARE, "36.8")),
    Mutation("a ratio of a prefecture that does not follow", Error.RATIO, S, "R01",
             value("patent_invention_per10k_jia", "32.45")),
    # --- ranks and completion ----------------------------------------------------------
    Mutation("a rank above the number of peers", Error.RANK, S, "R11", added(rank("9", peers=8))),
    Mutation("a rank that is not as computed", Error.RANK, S, "R11", added(rank("2"))),
    Mutation("a completion that is not as computed", Error.RANK, S, "R20", added(completion("79.3"))),
    # --- sums and regions --------------------------------------------------------------
    Mutation("parts that do not add up", Error.SUM, S, "R21", value("patent_grant_um", "9999")),
    Mutation("a prefecture above its province", Error.SUM, S, "R27", value("gi_users_jia", "99999")),
    # --- kinds of money ----------------------------------------------------------------
    Mutation("registrations and disbursements added", Error.MONEY, S, "R23",
             related("tech_contract_patent", sum_of=(PLEDGES, "pledge_loan_paid"))),
    Mutation("a share between kinds of money", Error.MONEY, S, "R23",
             written(zh=("{{ pledge_loan_paid.yoy }}", "占{{ pledge_loan_paid.share_of(pledge_reg_amount) }}"),
                     en=("{{ pledge_loan_paid.yoy }}", "{{ pledge_loan_paid.share_of(pledge_reg_amount) }}"))),
    # --- qualifiers --------------------------------------------------------------------
    Mutation("a qualifier twice", Error.QUALIFIER, S, "R12",
             at_once(recorded("training", qualifier=Qualifier.OVER),
                     written(zh=("培训{{ training }}", "培训超过{{ training }}"),
                             en=("came to {{ training }}", "came to over {{ training }}")))),
    Mutation("a qualifier against the record", Error.QUALIFIER, S, "R12",
             at_once(recorded("training", qualifier=Qualifier.OVER),
                     written(zh=("培训{{ training }}", "培训近{{ training.number }}人次"),
                             en=("came to {{ training }}", "came to nearly {{ training.number }} attendances")))),
    Mutation("over what is recorded as less", Error.QUALIFIER, S, "R12",
             added(at(SEPTEMBER, "225", "service_points", key="points_over", qualifier=Qualifier.OVER))),
    # --- claims ------------------------------------------------------------------------
    Mutation("a claim to be first without a scope", Error.WORDING, S, "R29",
             written(zh=("按时间进度，年度指标", "首创时间进度法，年度指标"))),
    # --- sources -----------------------------------------------------------------------
    Mutation("a value without a source", Error.SOURCE, S, "R29", recorded("training", source="")),
    # --- published before --------------------------------------------------------------
    Mutation("an unmarked restatement", Error.ACCEPTED, S, "nothing says that it was revised",
             value("penalty_cases_2025_01_2025_06", "145")),
    # --- mangled -----------------------------------------------------------------------
    Mutation("a growth with the key of another", Error.MANGLED, S, "R24", None,
             spans(Cards, "同比增长14.8%", value_key="training/yoy_growth_from/training_2024_01_2024_09")),
)  # fmt: skip
