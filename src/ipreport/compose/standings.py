"""A value among others: its rank beside its peers, and how far it meets its target."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ipreport.compose.content import Content
from ipreport.language import Localized
from ipreport.metrics import (
    Derived,
    Metric,
    Reason,
    Region,
    Standing,
    is_surely_ranked,
    rank,
    same_caliber,
    target_completion,
)
from ipreport.wording import ANNUAL_TARGET, PLAN_TARGET, Phrase, field_of, show_completion, show_standing


@dataclass(frozen=True, slots=True)
class Field:
    """The regions that a value is ranked among, and those of them that have no value to rank."""

    within: str
    peers: tuple[Metric, ...]
    lacking: tuple[Region, ...]


def field(metric: Metric, content: Content) -> Field | None:
    """Who a value is ranked among; None where nothing is beside its region (rule R11)."""
    regions = content.metrics.regions
    within = next((region.within for region in regions if region.id == metric.region), None)
    beside = [region for region in regions if region.within == within and region.id != metric.region]
    if within is None or not beside:
        return None
    # A region is ranked once, whatever else is recorded of it.
    peers = {peer.region: peer for peer in reversed(content.metrics.peers_of(metric)) if peer.value is not None}
    ranked = tuple(peers[region.id] for region in beside if region.id in peers)
    return Field(within, ranked, tuple(region for region in beside if region.id not in peers))


def standing(metric: Metric, content: Content) -> tuple[Standing, Phrase]:
    """The rank of a value among its peers in words: 居全省第2位（共8个市州） (DOMAIN §3, pairs 31, 32).

    Undecided while one of the regions has no value, one of another definition (§5: same
    caliber and date for all), or one stated so loosely that its place is not certain.
    """
    among = field(metric, content)
    peers = among.peers if among is not None else ()
    found = rank(metric, peers)
    reason = None
    if among is None or among.lacking:
        reason = Reason.NO_BASE
    elif not all(same_caliber(metric, peer) for peer in peers):
        reason = Reason.CALIBER_BREAK
    elif not all(is_surely_ranked(metric, peer) for peer in peers):
        reason = Reason.UNSURE
    if reason is not None:
        found = replace(found, derived=replace(found.derived, value=None, formula="", reason=reason), tied=False)
    within = among.within if among is not None else metric.region
    return found, show_standing(found, field_of(content.metrics.region_named(within), _peers_in(within, content)))


def _peers_in(within: str, content: Content) -> Localized | None:
    """What the ranked regions are called: the record names those inside its own region, or else those beside it."""
    metrics = content.metrics
    inside = any(region.within == metrics.home for region in metrics.regions)
    return metrics.peers if within == metrics.home or not inside else None


def completion(metric: Metric, content: Content) -> tuple[Derived, Phrase] | None:
    """How far the target in force is met: 完成年度目标的127.4% (pair 29, rule R20); None without a target."""
    target = content.metrics.target_of(metric)
    if target is None:
        return None
    derived = target_completion(metric, target)
    annual = target.plan is not None and target.plan.annual
    return derived, show_completion(derived, ANNUAL_TARGET if annual else PLAN_TARGET, content.rounding)
