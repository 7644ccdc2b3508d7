"""What is left between a whole and its parts, or between a stock and the flows that changed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ipreport.metrics.derived import Derivation, Derived, Reason, derived_key, recorded_keys
from ipreport.metrics.model import Metric


def remainder_key(amounts: Sequence[str], taken: Sequence[str]) -> str:
    """The key of what some amounts leave without others.

    Of a whole `whole/rest_without/part,part`; of a stock `end,outflow/rest_without/start,inflow`.
    """
    return derived_key(Derivation.REMAINDER, ",".join(amounts), *taken)


def remainder(amounts: Sequence[Metric], taken: Sequence[Metric]) -> Derived:
    """What some amounts leave without others, in base units; below zero where the others are more.

    Of a whole it is the rest beside its parts. Of a stock it is the change that no recorded
    flow explains: the end and what flowed out, without the start and what flowed in.
    """
    everything = (*amounts, *taken)
    key = remainder_key([each.key for each in amounts], [each.key for each in taken])
    made = Derived(key, None, "", recorded_keys(key), None, all(each.is_exact for each in everything))
    values = [each.value for each in everything if each.value is not None]
    if len(values) < len(everything):
        return replace(made, reason=Reason.NO_VALUE)
    if len({each.unit for each in everything}) > 1:
        return replace(made, reason=Reason.UNLIKE_UNITS)
    signed = [value if index < len(amounts) else -value for index, value in enumerate(values)]
    return replace(made, value=sum(signed, Decimal(0)), formula=_sum(signed))


def _sum(signed: Sequence[Decimal]) -> str:
    """The terms with their signs: 10 + 2 − 7.5."""
    first, *others = signed
    terms = [f"{'+' if value >= 0 else '−'} {abs(value).normalize():f}" for value in others]
    return " ".join([f"{first.normalize():f}".replace("-", "−"), *terms])
