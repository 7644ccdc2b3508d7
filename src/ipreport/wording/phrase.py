"""What the words of a derived value are, and the marks they share."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ipreport.language import Localized
from ipreport.wording.show import Shown


@dataclass(frozen=True, slots=True)
class Phrase:
    """A derived value in words: `text` for running text, `cell` for tables.

    `rounded` is the value both languages show, None where nothing could be worked out.
    """

    key: str
    text: Localized
    cell: Localized
    rounded: Decimal | None


def beside(shown: Shown, phrase: Phrase) -> Localized:
    """A value with a phrase in brackets behind it (DOMAIN §3, pair 23).

    24件（同比增长15.2%） / 24 cases (up 15.2% year on year).
    """
    return Localized(f"{shown.text.zh}（{phrase.text.zh}）", f"{shown.text.en} ({phrase.text.en})")
