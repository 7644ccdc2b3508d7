"""Numbers as people write them: read exactly, or refused with what to write instead."""

from __future__ import annotations

import re
from decimal import Decimal

_PLAIN = re.compile(r"-?\d+(\.\d+)?", re.ASCII)

MOST_DIGITS = 20
"""So many digits are calculated with exactly; no true figure has more."""

MISSING = "missing"
"""What a file says when there is no value."""


class UnreadableNumberError(Exception):
    """A value that is not a plain number; `hint` says what to write."""

    def __init__(self, hint: str) -> None:
        self.hint = hint
        super().__init__(hint)


def read_number(written: str) -> Decimal:
    """The number written as plain digits with an optional point.

    Raises UnreadableNumberError for anything else: units and 万/亿 belong into `unit`, and a
    comma, a percent sign or full-width digits are too easily misread to be guessed.
    """
    if _PLAIN.fullmatch(written):
        if sum(character.isdigit() for character in written) > MOST_DIGITS:
            raise UnreadableNumberError(f"at most {MOST_DIGITS} digits are read; check the value and its unit")
        return Decimal(written) + 0  # there is no minus zero
    raise UnreadableNumberError(_advice(written.strip()))


def _advice(written: str) -> str:
    digits = re.sub(r"[^\d.]", "", written.translate(_HALF_WIDTH))
    if "亿" in written:
        return f'write value: "{digits}" and unit: 亿元'
    if "万" in written:
        return f'write value: "{digits}" and unit: 万元'
    if "%" in written or "％" in written:
        return f'write value: "{digits}" and unit: percent'
    if re.fullmatch(r"[\d,，０-９.]+", written):
        return f'write plain digits: "{digits}"'
    return f'write plain digits such as "356" or "7.52", or {MISSING} when there is no value'


_HALF_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")


def places_of(written: str) -> int:
    """How many decimals a plain number was written with."""
    return len(written.partition(".")[2])
