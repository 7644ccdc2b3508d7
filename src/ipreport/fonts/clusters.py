"""Characters with the combining marks behind them, which are shown as one (The Unicode Standard, 3.6)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
"""Marks that stand on any letter: diacritics of all kinds, the voicing of kana, half marks."""
_MARK = re.compile(f"[{_MARKS}]")
_CLUSTER = re.compile(f".[{_MARKS}]*", re.DOTALL)


def clusters(text: str) -> Sequence[str]:
    """The characters of a text, each with its marks; a mark at the very beginning stands alone."""
    return _CLUSTER.findall(text) if _MARK.search(text) else text
