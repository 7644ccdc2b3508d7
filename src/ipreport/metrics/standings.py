"""Where a value stands among its peers: in the regions that are within the same one (rule R11)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ipreport.metrics.comparable import same_caliber
from ipreport.metrics.derived import Reason, Standing, is_surely_ranked, rank
from ipreport.metrics.model import Metric, MetricSet, Region


@dataclass(frozen=True, slots=True)
class Ranked:
    """The field of a ranking: the region it is in, the peers of a value, and the regions that have none to rank."""

    within: str
    peers: tuple[Metric, ...]
    lacking: tuple[Region, ...]


def ranked_among(record: MetricSet, metric: Metric) -> Ranked | None:
    """Who a value is ranked among; None where nothing is beside its region (rule R11)."""
    regions = record.regions
    within = next((region.within for region in regions if region.id == metric.region), None)
    beside = [region for region in regions if region.within == within and region.id != metric.region]
    if within is None or not beside:
        return None
    # A region is ranked once, whatever else is recorded of it.
    peers = {peer.region: peer for peer in reversed(record.peers_of(metric)) if peer.value is not None}
    ranked = tuple(peers[region.id] for region in beside if region.id in peers)
    return Ranked(within, ranked, tuple(region for region in beside if region.id not in peers))


def standing_of(record: MetricSet, metric: Metric) -> Standing:
    """The rank of a value among its peers.

    Undecided while one of the regions has no value, one of another definition (DOMAIN §5:
    same caliber and date for all), or one stated so loosely that its place is not certain.
    """
    among = ranked_among(record, metric)
    peers = among.peers if among is not None else ()
    found = rank(metric, peers)
    reason = None
    if among is None or among.lacking:
        reason = Reason.NO_BASE
    elif not all(same_caliber(metric, peer) for peer in peers):
        reason = Reason.CALIBER_BREAK
    elif not all(is_surely_ranked(metric, peer) for peer in peers):
        reason = Reason.UNSURE
    if reason is None:
        return found
    return replace(found, derived=replace(found.derived, value=None, formula="", reason=reason), tied=False)
