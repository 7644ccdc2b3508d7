"""Where a line of a label may end."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

_NEVER_FIRST = frozenset("，。、；：？！）》〉」』】”’％%…—·～〕,.;:?!)]")
_NEVER_LAST = frozenset("（《〈「『【“‘〔([第￥$")
_MAY_END = frozenset("-–/")
_WITH_NUMBER = frozenset("第近约")
_SCALES = frozenset("万亿")


def break_points(text: str) -> list[str]:
    """`text` cut wherever a line may end: between Han characters, after spaces and hyphens.

    A number stays with the character before and behind it, and with “per”; a mark with what it belongs to.
    """
    atoms = [text[:1]]
    for before, after in pairwise(text):
        if _may_break(before, after) and not (after.isdecimal() and atoms[-1].lower() == "per "):
            atoms.append(after)
        else:
            atoms[-1] += after
    return atoms


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if before == " ":
        return True
    if before in _MAY_END:
        return after.isalpha()
    if before.isdecimal() or (before in _SCALES and after == "元") or (after.isdecimal() and before in _WITH_NUMBER):
        return False
    return _fills_em(before) or _fills_em(after)


def _fills_em(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"}
