"""The rule of rounding in words, as a briefing prints it in its notes (DOMAIN §3)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ipreport.language import Localized
from ipreport.metrics import Rounding

ROUNDING_RULES: Mapping[Rounding, Localized] = MappingProxyType(
    {
        Rounding.HALF_EVEN: Localized(
            "修约按GB/T 8170—2008（四舍六入五成双），只修约一次",
            "rounded once, halves to the even digit (GB/T 8170-2008)",
        ),
        Rounding.HALF_UP: Localized("修约按四舍五入，只修约一次", "rounded once, halves away from zero"),
    }
)
"""What becomes of an exact half, to follow “numbers are” in a sentence (GB/T 8170-2008, clause 3.2)."""

MAY_NOT_ADD_UP = Localized("因四舍五入，分项之和与合计可能略有差异", "figures may not add up because of rounding")
"""What a reader is told who would add up rounded parts (rule R21)."""
