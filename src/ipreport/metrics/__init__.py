"""Units, periods, the catalogue of metrics, and the observations of a briefing."""

from ipreport.metrics.derived import change_key, recorded_keys, share_key
from ipreport.metrics.model import (
    Acknowledgement,
    Definition,
    Direction,
    Kind,
    Metric,
    MetricSet,
    MoneyClass,
    Qualifier,
    Relations,
    Source,
    Status,
)
from ipreport.metrics.periods import Period, PeriodKind, parse_period
from ipreport.metrics.units import UNITS, Unit, UnitKind, unit_named

__all__ = [
    "UNITS",
    "Acknowledgement",
    "Definition",
    "Direction",
    "Kind",
    "Metric",
    "MetricSet",
    "MoneyClass",
    "Period",
    "PeriodKind",
    "Qualifier",
    "Relations",
    "Source",
    "Status",
    "Unit",
    "UnitKind",
    "change_key",
    "parse_period",
    "recorded_keys",
    "share_key",
    "unit_named",
]
