"""Shares and the completion of targets in words."""

from __future__ import annotations

from decimal import Decimal

from ipreport.language import Localized
from ipreport.metrics import Derived, Rounding, Unit
from ipreport.wording.numbers import fixed
from ipreport.wording.patterns import MISSING, MISSING_IN_TABLE
from ipreport.wording.phrase import Phrase
from ipreport.wording.small_counts import CASES_BELOW, NO_RATE_BELOW, counts_cases

ANNUAL_TARGET = Localized("年度目标", "the annual target")
PLAN_TARGET = Localized("规划目标", "the plan target")


def show_share(
    part: Decimal,
    whole: Decimal,
    *,
    exact: bool = True,
    rounding: Rounding = Rounding.HALF_EVEN,
    unit: Unit | None = None,
) -> Localized:
    """The share of a part in its whole, with one decimal (DOMAIN §3, pair 30; §5, small counts).

    28.4%; 不足0.1% / less than 0.1% rather than 0.0%; 约28.4% / about 28.4% where
    one of the two is not `exact`. Where `unit` counts cases, of fewer than 30 the cases
    stand beside it, 27.6%（8/29） / 27.6% (8/29), and of fewer than 10 alone: 3/8.
    Raises ZeroDivisionError when the whole is zero.
    """
    if unit is None or not counts_cases(unit) or not 0 < whole < CASES_BELOW:
        return _percentage(part, whole, exact=exact, rounding=rounding)
    cases = f"{fixed(part, 0)}/{fixed(whole, 0)}"
    if whole < NO_RATE_BELOW:
        return Localized.same(cases) if exact else Localized(f"约{cases}", f"about {cases}")
    percentage = _percentage(part, whole, exact=exact, rounding=rounding)
    return Localized(f"{percentage.zh}（{cases}）", f"{percentage.en} ({cases})")


def _percentage(part: Decimal, whole: Decimal, *, exact: bool, rounding: Rounding) -> Localized:
    percent = part / whole * 100
    digits = fixed(percent, 1, rounding)
    if percent > 0 and Decimal(digits) == 0:
        return Localized("不足0.1%", "less than 0.1%")
    if percent < 100 and Decimal(digits) == 100:
        return Localized("超过99.9%", "over 99.9%")
    if not exact:
        return Localized(f"约{digits}%", f"about {digits}%")
    return Localized.same(f"{digits}%")


def show_completion(
    completion: Derived, target: Localized = ANNUAL_TARGET, rounding: Rounding = Rounding.HALF_EVEN
) -> Phrase:
    """How far a target is met (DOMAIN §3, pair 29): 完成年度目标的127.4% / 127.4% of the annual target.

    A target that is not met is never said to be met: 99.97% is 99.9%以上.
    """
    percent = completion.percent
    if percent is None:
        return Phrase(completion.key, MISSING, MISSING_IN_TABLE, None)
    digits = fixed(percent, 1, rounding)
    if percent < 100 and Decimal(digits) == 100:
        text = Localized(f"完成{target.zh}的99.9%以上", f"at least 99.9% of {target.en}")
        return Phrase(completion.key, text, Localized("99.9%以上", "at least 99.9%"), Decimal("99.9"))
    if percent > 0 and Decimal(digits) == 0:
        text = Localized(f"完成不足{target.zh}的0.1%", f"less than 0.1% of {target.en}")
        return Phrase(completion.key, text, Localized("不足0.1%", "less than 0.1%"), Decimal("0.1"))
    about = Localized("", "") if completion.exact else Localized("约", "about ")
    text = Localized(f"完成{target.zh}的{about.zh}{digits}%", f"{about.en}{digits}% of {target.en}")
    return Phrase(completion.key, text, Localized(f"{about.zh}{digits}%", f"{about.en}{digits}%"), Decimal(digits))
