"""The only place where a number, a date or a rank becomes Chinese or English text."""

from ipreport.metrics import Rounding
from ipreport.wording.axis_dates import AxisDate, axis_date
from ipreport.wording.change import (
    EARLIER,
    NO_DIFFERENCE,
    missing_base,
    points_words,
    show_amount,
    show_change,
    show_difference,
    show_growth,
    show_points,
    show_revision,
)
from ipreport.wording.columns import MoneyColumn
from ipreport.wording.dates import (
    NOT_STATED,
    show_as_of,
    show_between,
    show_date,
    show_period,
    show_year_to_date,
)
from ipreport.wording.extents import show_growth_extent, show_points_extent
from ipreport.wording.imprint import show_copies, show_issued
from ipreport.wording.money_class import CLASSES_NOT_ADDED, money_class_words
from ipreport.wording.numerals import han_numeral
from ipreport.wording.on_scale import ChartUnit, chart_unit, read_on_scale
from ipreport.wording.patterns import MISSING, MISSING_IN_TABLE
from ipreport.wording.phrase import Phrase, beside
from ipreport.wording.progress import COURSES, show_time_progress
from ipreport.wording.ranges import show_range
from ipreport.wording.read_back import read_back, read_back_cell
from ipreport.wording.read_periods import read_back_period
from ipreport.wording.reading import Hedge, Measure, Reading, Trend
from ipreport.wording.rounding_rule import MAY_NOT_ADD_UP, ROUNDING_RULES
from ipreport.wording.shares import ANNUAL_TARGET, PLAN_TARGET, show_completion, show_share
from ipreport.wording.show import Form, Shown, show
from ipreport.wording.small_counts import CASES_BELOW, NO_RATE_BELOW, counts_cases, show_from_to, show_from_to_extent
from ipreport.wording.standing import PROVINCE, Field, field_of, place_digits, rank_words, show_standing
from ipreport.wording.states import STATES, StateWords

__all__ = [
    "ANNUAL_TARGET",
    "CASES_BELOW",
    "CLASSES_NOT_ADDED",
    "COURSES",
    "EARLIER",
    "MAY_NOT_ADD_UP",
    "MISSING",
    "MISSING_IN_TABLE",
    "NOT_STATED",
    "NO_DIFFERENCE",
    "NO_RATE_BELOW",
    "PLAN_TARGET",
    "PROVINCE",
    "ROUNDING_RULES",
    "STATES",
    "AxisDate",
    "ChartUnit",
    "Field",
    "Form",
    "Hedge",
    "Measure",
    "MoneyColumn",
    "Phrase",
    "Reading",
    "Rounding",
    "Shown",
    "StateWords",
    "Trend",
    "axis_date",
    "beside",
    "chart_unit",
    "counts_cases",
    "field_of",
    "han_numeral",
    "missing_base",
    "money_class_words",
    "place_digits",
    "points_words",
    "rank_words",
    "read_back",
    "read_back_cell",
    "read_back_period",
    "read_on_scale",
    "show",
    "show_amount",
    "show_as_of",
    "show_between",
    "show_change",
    "show_completion",
    "show_copies",
    "show_date",
    "show_difference",
    "show_from_to",
    "show_from_to_extent",
    "show_growth",
    "show_growth_extent",
    "show_issued",
    "show_period",
    "show_points",
    "show_points_extent",
    "show_range",
    "show_revision",
    "show_share",
    "show_standing",
    "show_time_progress",
    "show_year_to_date",
]
