"""A value among others, in words: its rank beside its peers, and how far it meets its target."""

from __future__ import annotations

from ipreport.compose.content import Content
from ipreport.language import Localized
from ipreport.metrics import Derived, Metric, Standing, ranked_among, standing_of, target_completion
from ipreport.wording import ANNUAL_TARGET, PLAN_TARGET, Phrase, field_of, show_completion, show_standing


def standing(metric: Metric, content: Content) -> tuple[Standing, Phrase]:
    """The rank of a value among its peers in words: 居全省第2位（共8个市州） (DOMAIN §3, pairs 31, 32).

    Undecided as in `standing_of`.
    """
    found, among = standing_of(content.metrics, metric), ranked_among(content.metrics, metric)
    within = among.within if among is not None else metric.region
    return found, show_standing(found, field_of(content.metrics.region_named(within), _peers_in(within, content)))


def _peers_in(within: str, content: Content) -> Localized | None:
    """What the ranked regions are called: the record names those inside its own region, or else those beside it."""
    record = content.metrics
    inside = any(region.within == record.home for region in record.regions)
    return record.peers if within == record.home or not inside else None


def completion(metric: Metric, content: Content) -> tuple[Derived, Phrase] | None:
    """How far the target in force is met: 完成年度目标的127.4% (pair 29, rule R20); None without a target."""
    target = content.metrics.target_of(metric)
    if target is None:
        return None
    derived = target_completion(metric, target)
    annual = target.plan is not None and target.plan.annual
    return derived, show_completion(derived, ANNUAL_TARGET if annual else PLAN_TARGET, content.rounding)
