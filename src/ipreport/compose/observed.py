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
        split = whole_and_parts_of(key, metrics)
        return None if split is None else remainder_observation(*split)
    recorded = next((name for name in recorded_keys(key) if name in metrics), None)
    single = None if recorded is None else quarter_of(metrics, metrics[recorded])
    return single if single is not None and single.key == key else None


def parts_of(key: str, metrics: MetricSet) -> tuple[Metric, ...]:
    """The parts of a sum, one observation alone as its only part; empty where one of them is not known."""
    first, _, others = key.partition(f"/{Derivation.SUM}/")
    found = [observed(name, metrics) for name in (first, *filter(None, others.split(",")))]
    known = tuple(part for part in found if part is not None)
    return known if len(known) == len(found) else ()


def whole_and_parts_of(key: str, metrics: MetricSet) -> tuple[Metric, tuple[Metric, ...]] | None:
    """The whole of a remainder and the parts that are taken from it; None where one of them is not known."""
    first, _, others = key.partition(f"/{Derivation.REMAINDER}/")
    whole, parts = observed(first, metrics), [observed(name, metrics) for name in others.split(",")]
    known = tuple(part for part in parts if part is not None)
    return None if whole is None or len(known) < len(parts) else (whole, known)
