"""The words of ratios by unit: per 10,000 of the population, points of a score, entities to a trademark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ipreport.language import Localized
from ipreport.metrics import Unit
from ipreport.wording.patterns import WHOLE


@dataclass(frozen=True, slots=True)
class RatioWords:
    """How a unit words its values; `{}` stands for the digits.

    `amount` is the value with its unit, for changes; `cell` stands beside a name that
    says what the ratio is of; `inside` is the value as a qualifier takes it in running
    text, and `frame` what the sentence puts around the two. `one` is the English amount
    of exactly 1.
    """

    amount: Localized
    cell: Localized
    inside: Localized
    one: str
    frame: Localized = WHOLE

    def words(self, pattern: Localized, digits: str) -> Localized:
        """Digits in one of the patterns, in English with the singular where there is one of it."""
        en = self.one if digits == "1" and pattern.en == self.amount.en else pattern.en
        return Localized(pattern.zh.format(digits), en.format(digits))


PER_10K = RatioWords(
    amount=Localized("{}件", "{} per 10,000 population"),
    cell=Localized("{}件", "{}"),
    inside=Localized("每万人口{}件", "{} per 10,000 population"),
    one="{} per 10,000 population",
)
SCORE = RatioWords(
    amount=Localized("{}分", "{} points"),
    cell=Localized("{}分", "{} points"),
    inside=Localized("{}分", "{} points"),
    one="{} point",
)
ENTITIES_PER_MARK = RatioWords(
    amount=Localized("{}户/件", "{} business entities per registered trademark"),
    cell=Localized("{}户/件", "{}"),
    inside=Localized("{}户", "{} business entities per registered trademark"),
    one="{} business entity per registered trademark",
    frame=Localized("平均每{}经营主体拥有1件注册商标", "{}"),
)

_BY_UNIT: Mapping[str, RatioWords] = MappingProxyType(
    {"per_10k_population": PER_10K, "score": SCORE, "entities_per_trademark": ENTITIES_PER_MARK}
)


def ratio_words(unit: Unit) -> RatioWords:
    """The words of a unit of ratios; KeyError for a unit that is none."""
    return _BY_UNIT[unit.key]
