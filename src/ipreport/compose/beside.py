"""What is typed directly beside a value and changes what it says: digits and scales (R26), periods (R17)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from ipreport.compose.content import Content
from ipreport.compose.statements import Clause, Stated, by_sentence, marks_in
from ipreport.document import Text
from ipreport.language import Language
from ipreport.metrics import Period
from ipreport.problems import Origin, Problem, block
from ipreport.wording import show_period
from ipreport.wording.found import Class
from ipreport.wording.read_text import numbers_in


def beside(text: Text, content: Content, origin: Origin) -> Iterator[Problem]:
    """A blocking Problem for every value that typed words make another number, or give another time."""
    for sentence in by_sentence(text):
        for clause in sentence.clauses:
            yield from _multiplied(clause, text.language, origin)
            yield from _misdated(clause, text.language, content, origin)


# --- digits and scales -----------------------------------------------------------------

_BEHIND: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "zh": re.compile(r"\d|[.,]\d|[万亿千百]|[%％]|个?百分点|倍"),
        "en": re.compile(
            r"\d|[.,]\d| ?%|[ -](?:hundred|thousand|million|billion|trillion|per ?cent|percentage points?|fold)\b"
        ),
    }
)
"""What changes a number that it follows; every value brings its own scale and unit."""


def _multiplied(clause: Clause, language: Language, origin: Origin) -> Iterator[Problem]:
    for place, value in zip(marks_in(clause.text), clause.values, strict=True):
        behind = _BEHIND[language.code].match(clause.text, place + 1)
        before = re.search(r"\d[.,]?\Z", clause.text[:place])
        for typed in filter(None, (before, behind)):
            message = f"'{typed[0].strip()}' stands directly beside '{value.words}' and changes it"
            yield block(message, origin, "take it out: the value brings its own scale and unit", rule="R26")


# --- periods ---------------------------------------------------------------------------

_BETWEEN: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]] = MappingProxyType(
    {
        "zh": (re.compile(r"(?:的|为|达|达到|共|共有|有|)"), re.compile(r"(?!)")),
        "en": (re.compile(r" "), re.compile(r" (?:in|at|on|for)(?: the)? ")),
    }
)
"""What joins a time to the value behind it, and to the one before it."""


def _misdated(clause: Clause, language: Language, content: Content, origin: Origin) -> Iterator[Problem]:
    """A time typed directly beside a recorded value must hold the time of its record (rule R17)."""
    times = [number for number in numbers_in(clause.text, language) if number.kind is Class.TIME]
    before, after = _BETWEEN[language.code]
    for place, value in zip(marks_in(clause.text), clause.values, strict=True):
        period = _period(value, content)
        for time in times if period is not None else ():
            joined = before.fullmatch(clause.text, time.end, place) if time.end <= place else None
            joined = joined or (after.fullmatch(clause.text, place + 1, time.start) if time.start > place else None)
            if joined is not None and period is not None and not _holds(time.says, period):
                recorded = show_period(period)[language]
                message = f"'{time.words}' stands with '{value.words}', which is recorded for {recorded}"
                hint = f"write {{{{ {value.key}.period }}}}, which follows the record, or correct the period"
                yield block(message, origin, hint, rule="R17")


def _period(value: Stated, content: Content) -> Period | None:
    """The time of a recorded value; values worked out from others are of two times."""
    period = content.metrics[value.key].period if value.key in content.shown else None
    return period if period is not None and period.known else None


def _holds(says: str, period: Period) -> bool:
    """Whether the typed stretch of time holds the period; a year that is left out is the period's own."""
    if period.end is None:
        return True
    first, _, last = says.replace("*", f"{period.end.year:04}").partition("/")
    return _start(first) <= (period.start or period.end) and period.end <= _end(last or first)


def _start(written: str) -> date:
    year, month, day = (int(part) for part in (*written.split("-"), "1", "1")[:3])
    return date(year, month, day)


def _end(written: str) -> date:
    """The last day of what is written: a day, a month, a year."""
    parts = [int(part) for part in written.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = (parts[0], 12) if len(parts) == 1 else parts
    return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
