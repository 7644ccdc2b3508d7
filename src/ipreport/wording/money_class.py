"""The class of an amount as a table or chart names it."""

from __future__ import annotations

from ipreport.language import Localized
from ipreport.metrics import MONEY_CLASSES, Definition, Kind

CLASSES_NOT_ADDED = Localized("各类金额口径不同，不相加", "amounts of different classes are not added")
"""What is said wherever several classes of money stand together (rule R23)."""


def money_class_words(definition: Definition) -> Localized | None:
    """The class of money, and that it is counted since the start: 登记（累计） / Registration, cumulative.

    None for what is no money of a class.
    """
    if definition.money_class is None:
        return None
    words = MONEY_CLASSES[definition.money_class]
    words = Localized(words.zh, words.en[:1].upper() + words.en[1:])
    if definition.kind is Kind.CUMULATIVE:
        return Localized(f"{words.zh}（累计）", f"{words.en}, cumulative")
    return words
