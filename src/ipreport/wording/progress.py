"""How a target goes, in words (DOMAIN §5)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from ipreport.language import Localized
from ipreport.metrics import Course
from ipreport.wording.numbers import fixed, trimmed

COURSES: Mapping[Course, Localized] = MappingProxyType(
    {
        Course.MET_EARLY: Localized("提前完成", "met early"),
        Course.MET: Localized("已完成", "met"),
        Course.ON_SCHEDULE: Localized("达到进度", "on schedule"),
        Course.BEHIND: Localized("滞后", "behind schedule"),
        Course.OPEN: Localized("尚未达到", "not yet met"),
        Course.MISSED: Localized("未完成", "not met"),
    }
)
"""The states of a target."""


def show_time_progress(part: Decimal) -> Localized:
    """The part of the year that is gone: 时间进度75% / time progress 75%.

    A whole number of per cent has no decimal, any other one.
    """
    digits = trimmed(Decimal(fixed(part * 100, 1)))
    return Localized(f"时间进度{digits}%", f"time progress {digits}%")
