"""What offices write into cells: numbers, words for no value, and periods in Chinese.

A table is read more freely than metrics.yaml: 1,234, １２３ and 8.2% each have one meaning.
12万 stays refused, because the unit belongs into its own column.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from decimal import Decimal

from ipreport.readers.values import MISSING, UnreadableNumberError, read_number

_HALF_WIDTH = {ord("\uff01") + step: ord("!") + step for step in range(94)}
_HALF_WIDTH |= {ord("\u3000"): ord(" "), ord("\u00a0"): ord(" "), ord("\u2212"): ord("-")}
_NO_VALUE = {"", "-", "--", "—", "——", "–", "…", "……", "空", MISSING}
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
MOST_PLACES = 6


def half_width(written: str) -> str:
    """The text with full-width letters, digits and signs as plain ones, without spaces around it."""
    return written.translate(_HALF_WIDTH).strip()


def read_value(written: str) -> tuple[str, bool]:
    """A cell's value as plain digits (or `missing`), and whether it bore a percent sign.

    Raises UnreadableNumberError for whatever could be read in more than one way.
    """
    text = half_width(written)
    if text in _NO_VALUE:
        return MISSING, False
    percent = text.endswith("%")
    digits = text.removesuffix("%").rstrip() if percent else text
    if _GROUPED.fullmatch(digits):
        digits = digits.replace(",", "")
    elif re.fullmatch(r"[\d,]*,[\d,.]*", digits, re.ASCII):
        raise UnreadableNumberError("a comma parts thousands, as in 1,234,567; check the digits")
    read_number(digits)
    if len(digits.partition(".")[2]) > MOST_PLACES:
        raise UnreadableNumberError(
            f"at most {MOST_PLACES} decimals are read; round it, in a workbook with ROUND(…, 2)"
        )
    return digits, percent


def number_text(value: float, places: int = 0) -> str:
    """A number that a workbook stores, in the fifteen digits that it vouches for, with at least `places` decimals."""
    text = format(value, ".15g")
    return _with_places(format(Decimal(text), "f") if "e" in text else text, places)


def percent_text(value: float, places: int = 0) -> str:
    """A number that a workbook shows as a percentage with at least `places` decimals: 0.082 is 8.2%."""
    text = format(Decimal(format(value, ".15g")) * 100, "f")
    return _with_places(text.rstrip("0").rstrip(".") if "." in text else text, places) + "%"


def _with_places(digits: str, places: int) -> str:
    """The zeros that a workbook shows and does not store: 7.50 is known to two decimals, 7.5 to one."""
    whole, _, decimals = digits.partition(".")
    return f"{whole}.{decimals.ljust(places, '0')}" if places else digits


# --- periods --------------------------------------------------------------------------

_DIGITS = str.maketrans("一二三四", "1234")
_DASHES = re.compile(r"\s*[-—–~〜至到]+\s*")


def period_text(written: str, year: int | None = None) -> str:
    """A period in the form of metrics.yaml; what is none of the known forms stays as it is.

    `year` is the year of headings that name none, such as 1—9月累计.
    """
    text = re.sub(r"\s", "", half_width(written)).removeprefix("截至").removeprefix("截止")
    text = _DASHES.sub("-", text)
    if year is not None and not re.match(r"\d{4}", text, re.ASCII):
        text = f"{year}年{text}"
    for pattern, form in _FORMS:
        if match := re.fullmatch(pattern, text, re.ASCII):
            return form(*match.groups())
    return written.strip()


def _quarter(year: str, quarter: str) -> str:
    return f"{year}Q{quarter.translate(_DIGITS)}"


def _span(year: str, first: str, last: str) -> str:
    return f"{year}-{int(first):02}/{year}-{int(last):02}"


def _day(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"


def _month_end(year: str, month: str) -> str:
    known = 1 <= int(month) <= 12 and int(year) > 0
    return f"{year}-{int(month):02}-{calendar.monthrange(int(year), int(month))[1] if known else 0:02}"


_FORMS: tuple[tuple[str, Callable[..., str]], ...] = (
    (r"(\d{4})年?-?(?:第?([一二三四1-4])季度?|[Qq]([1-4]))", lambda y, han, q: _quarter(y, han or q)),
    (r"(\d{4})年?(?:上半年|[Hh]1)", lambda y: _span(y, "1", "6")),
    (r"(\d{4})年?前三季度(?:累计)?", lambda y: _span(y, "1", "9")),
    (r"(\d{4})年(\d{1,2})月?-(\d{1,2})月(?:累计)?", _span),
    (r"(\d{4})年(\d{1,2})月", lambda y, m: _span(y, m, m)),
    (r"(\d{4})年(\d{1,2})月(?:末|底)", _month_end),
    (r"(\d{4})年(\d{1,2})月(\d{1,2})日", _day),
    (r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})", _day),
    (r"(\d{4})年(?:年?末|年?底)", lambda y: f"{y}-12-31"),
    (r"(\d{4})年(?:度|全年)?", lambda y: y),
)
