"""Chinese numerals, as headings count: 一, 十, 十一, 二十, 一百零一."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")


def han_numeral(number: int) -> str:
    """A whole number from 1 to 9999; ValueError for any other.

    One zero stands for a run of them inside a number; 10 to 19 begin with 十, not 一十.
    """
    if not 0 < number < 10_000:
        raise ValueError(f"no numeral for {number}")
    written = ""
    for place, digit in zip(range(3, -1, -1), f"{number:04}", strict=True):
        if digit != "0":
            written += _DIGITS[int(digit)] + _PLACES[place]
        elif written and not written.endswith(_DIGITS[0]):
            written += _DIGITS[0]
    written = written.rstrip(_DIGITS[0])
    return written.removeprefix("一") if 10 <= number < 20 else written
