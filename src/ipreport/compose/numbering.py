"""The numbers of headings, where a theme has them (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ipreport.compose.texts import Placed
from ipreport.language import ZH, Language, Localized
from ipreport.outline import Section
from ipreport.problems import Problem, warn
from ipreport.wording import han_numeral


def markers(sections: Iterable[Section], leading: Language) -> Iterator[str]:
    """The number of each section's heading with its mark and spacing; empty for one that has none.

    In an edition that Chinese leads 一、, （一） and 1. by level, otherwise 1., 1.1 and 1.1.1.
    Each level begins anew below the next higher one. What stands below a section without
    a number has none either, since its number would be that of the section before.
    """
    counts = [0, 0, 0]
    plain: int | None = None
    for section in sections:
        if plain is not None and section.level > plain:
            yield ""
            continue
        plain = None if section.numbered else section.level
        if not section.numbered:
            yield ""
            continue
        # A level that is left out counts as one, so that no number stands twice.
        above = [max(1, count) for count in counts[: section.level - 1]]
        counts = [*above, counts[section.level - 1] + 1, *(0 for _ in counts[section.level :])]
        yield _chinese(counts, section.level) if leading is ZH else _decimal(counts, section.level)


def _chinese(counts: list[int], level: int) -> str:
    number = counts[level - 1]
    match level:
        case 1:
            return f"{han_numeral(number)}、"
        case 2:
            return f"（{han_numeral(number)}）"
        case _:
            return f"{number}."


def _decimal(counts: list[int], level: int) -> str:
    number = ".".join(map(str, counts[:level]))
    return f"{number}. " if level == 1 else f"{number} "


_TITLE = re.compile(r"sections\[(\d+)\]\.title\.\w+")
_BY_HAND = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}(?:\.\d{1,2})+(?!\d)|\d{1,2}[.、．](?!\d)"
)


def numbered_twice(texts: Iterable[Placed], sections: Iterable[Section]) -> Iterator[Problem]:
    """A warning for each title whose number is typed by hand although its heading has one of the theme."""
    has_number = [marker != "" for marker in markers(sections, ZH)]
    for words, origin in texts:
        title = _TITLE.fullmatch(origin.pointer)
        typed = _BY_HAND.match(words) if title is not None and has_number[int(title[1])] else None
        if typed is not None:
            hint = "take it out, or write 'numbered: false' beside the title"
            message = f"the theme numbers headings, and '{typed[0].strip()}' is typed by hand"
            yield warn(message, origin, hint, title=_NUMBERED)


_NUMBERED = Localized("标题序号是手工键入的", "Number of a heading typed by hand")
