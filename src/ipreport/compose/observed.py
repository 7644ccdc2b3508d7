"""Observations that are worked out from others, by their keys: single quarters, sums of parts, remainders.

Shares and the like may be taken of these as well, so that a key may hold other keys.
"""

from __future__ import annotations

from ipreport.metrics import (
    Derivation,
    Metric,
    MetricSet,
    quarter_of,
    recorded_keys,
    remainder_observation,
    sum_observation,
)


def observed(key: str, metrics: MetricSet) -> Metric | None:
    """The observation with this key, recorded or worked out; None where there is none."""
    if key in metrics:
        return metrics[key]
    if f"/{Derivation.SUM}/" in key:
        parts = parts_of(key, metrics)
        return sum_observation(parts) if parts else None
    if f"/{Derivation.REMAINDER}/" in key:
        sides = remainder_of(key, metrics)
        # Of several amounts there is no one metric that the rest would be a value of.
        return None if sides is None or len(sides[0]) > 1 else remainder_observation(sides[0][0], sides[1])
    recorded = next((name for name in recorded_keys(key) if name in metrics), None)
    single = None if recorded is None else quarter_of(metrics, metrics[recorded])
    return single if single is not None and single.key == key else None


def parts_of(key: str, metrics: MetricSet) -> tuple[Metric, ...]:
    """The parts of a sum, one observation alone as its only part; empty where one of them is not known."""
    first, _, others = key.partition(f"/{Derivation.SUM}/")
    found = [observed(name, metrics) for name in (first, *filter(None, others.split(",")))]
    known = tuple(part for part in found if part is not None)
    return known if len(known) == len(found) else ()


def remainder_of(key: str, metrics: MetricSet) -> tuple[tuple[Metric, ...], tuple[Metric, ...]] | None:
    """The amounts of a remainder and those taken from them; None where one is not known, or for another key."""
    sides = [[observed(name, metrics) for name in side.split(",")] for side in key.split(f"/{Derivation.REMAINDER}/")]
    known = [tuple(each for each in side if each is not None) for side in sides]
    if len(sides) != 2 or [len(side) for side in known] != [len(side) for side in sides]:
        return None
    return known[0], known[1]
