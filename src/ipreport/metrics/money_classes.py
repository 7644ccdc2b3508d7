"""What the kinds of money are called, wherever they are told apart (rule R23)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ipreport.language import Localized
from ipreport.metrics.definition import MoneyClass

MONEY_CLASSES: Mapping[MoneyClass, Localized] = MappingProxyType(
    {
        MoneyClass.INTENTION: Localized("意向", "intention"),
        MoneyClass.CONTRACT: Localized("签约", "contract"),
        MoneyClass.CREDIT_LINE: Localized("授信", "credit line"),
        MoneyClass.DISBURSEMENT: Localized("到位、放款", "disbursement"),
        MoneyClass.BALANCE: Localized("余额", "outstanding"),
        MoneyClass.REGISTRATION: Localized("登记", "registration"),
        MoneyClass.VALUATION: Localized("评估价值", "valuation"),
        MoneyClass.OUTPUT: Localized("产值", "output"),
        MoneyClass.TRADE: Localized("进出口", "trade"),
        MoneyClass.COVER: Localized("保额", "sum insured"),
        MoneyClass.PENALTY: Localized("罚没", "penalty"),
    }
)
"""The name of each class."""
