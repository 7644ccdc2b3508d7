"""The only place where a number, a date or a rank becomes Chinese or English text."""

from ipreport.wording.dates import NOT_STATED, show_date, show_period
from ipreport.wording.numbers import Rounding
from ipreport.wording.shares import show_share
from ipreport.wording.show import MISSING, MISSING_IN_TABLE, Shown, show

__all__ = [
    "MISSING",
    "MISSING_IN_TABLE",
    "NOT_STATED",
    "Rounding",
    "Shown",
    "show",
    "show_date",
    "show_period",
    "show_share",
]
