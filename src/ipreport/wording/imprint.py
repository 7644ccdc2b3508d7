"""The numbers of an imprint: when an issue is sent out, and how many copies of it are printed (GB/T 9704-2012, 7.4)."""

from __future__ import annotations

from datetime import date

from ipreport.language import Localized
from ipreport.wording.dates import show_date
from ipreport.wording.numbers import grouped


def show_issued(day: date) -> Localized:
    """The day on which an issue is sent out: 2025年10月15日印发 / Issued 15 October 2025."""
    words = show_date(day)
    return Localized(f"{words.zh}印发", f"Issued {words.en}")


def show_copies(copies: int) -> Localized:
    """How many copies are printed: （共印30份） / (30 copies)."""
    noun = "copy" if copies == 1 else "copies"
    return Localized(f"（共印{copies}份）", f"({grouped(str(copies))} {noun})")
