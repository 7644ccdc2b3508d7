"""Numbers typed by hand into a text, and the placeholder that would show the same from its record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ipreport.compose.comparisons import COMPARISONS, comparison
from ipreport.compose.content import Content
from ipreport.compose.values import share_value
from ipreport.language import Language, Localized
from ipreport.metrics import Metric, UnitKind
from ipreport.problems import Origin, Problem, warn
from ipreport.wording.found import Class, Found
from ipreport.wording.numbers import round_to
from ipreport.wording.read_text import numbers_in

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_NAMES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "zh": re.compile(r"《[^》]*》|“[^”]*”|\[\d+\]|第\d+[期条号章节款项]"),
        "en": re.compile(r"“[^”]*”|\[\d+\]|\b(?:Issue|No\.|Article|Order|Decree) \d+"),
    }
)
"""Titles, quotations, numbers of issues and articles: what is printed as it stands."""

_CLASSES: Mapping[UnitKind, frozenset[Class]] = MappingProxyType(
    {
        UnitKind.MONEY: frozenset({Class.MONEY, Class.PLAIN}),
        UnitKind.COUNT: frozenset({Class.PLAIN}),
        UnitKind.RATIO: frozenset({Class.PLAIN}),
        UnitKind.RANK: frozenset({Class.PLAIN}),
        UnitKind.PERCENT: frozenset({Class.PERCENT}),
        UnitKind.POINTS: frozenset({Class.POINTS}),
    }
)
"""What a typed number that states a value of the unit may look like."""

_TELLING = 3
"""Digits from which a rounded number tells what it is of."""


def typed_numbers(written: str, language: Language) -> tuple[Found, ...]:
    """The numbers of a text that are neither placeholder, name, date nor number in words."""
    rest = _PLACEHOLDER.sub("\n", written)
    rest = _NAMES[language.code].sub("\n", rest)
    found = numbers_in(rest, language)
    return tuple(one for one in found if not one.in_words and one.kind not in {Class.TIME, Class.NAME})


def typed_in_template(written: str, language: Language, content: Content, origin: Origin) -> Iterator[Problem]:
    """A warning for each number of a template that was typed by hand."""
    for number in typed_numbers(written, language):
        instead = " or ".join(placeholders(number, written, content)) or "a metric"
        yield _warning(number, language, origin, f"show {instead} instead, so that the number has one source")


def typed_in_title(written: str, language: Language, origin: Origin) -> Iterator[Problem]:
    """The same of a title, caption or label, which cannot show a value."""
    for number in typed_numbers(written, language):
        yield _warning(number, language, origin, "leave it out: a title or label cannot follow its record")


def typed_in_record(written: str, language: Language, content: Content, origin: Origin) -> Iterator[Problem]:
    """The same of a name or note beside the records, where it repeats one of their values."""
    for number in typed_numbers(written, language):
        same = [metric.key for metric in content.metrics if _is_telling(number) and _equals(number, metric, content)]
        if same:
            hint = f"it would stay as it is when '{same[0]}' changes; say it without the number"
            yield _warning(number, language, origin, hint)


def _warning(number: Found, language: Language, origin: Origin, hint: str) -> Problem:
    return warn(
        f"the number '{number.words}' is typed by hand in the {language.name} text", origin, hint, title=_BY_HAND
    )


_BY_HAND = Localized("数字是手工键入的", "Number typed by hand")


# --- what it equals --------------------------------------------------------------


def placeholders(number: Found, written: str, content: Content) -> Iterator[str]:
    """The placeholders that show this number: values in any scale, comparisons, shares of values in the text."""
    named = [metric for metric in content.metrics if metric.key in written]
    yield from (f"{{{{ {m.key}.number }}}}" for m in content.metrics if _equals(number, m, content))
    if number.kind not in {Class.PERCENT, Class.POINTS}:
        return
    for metric in content.metrics:
        for name, basis in COMPARISONS.items():
            rounded = comparison(metric, content, basis)[1].rounded if metric.unit.kind is not UnitKind.RANK else None
            if rounded is not None and number.amount is not None and abs(number.amount) == abs(rounded):
                yield f"{{{{ {metric.key}.{name} }}}}"
    for part in named:
        for whole in named:
            if part is not whole and share_value(part, whole, content) == number.amount:
                yield f"{{{{ {part.key}.share_of({whole.key}) }}}}"


def _equals(number: Found, metric: Metric, content: Content) -> bool:
    """Whether a typed number states the value of a metric: exactly, as it is printed, or rounded to fewer digits."""
    if number.amount is None or metric.value is None or number.kind not in _CLASSES[metric.unit.kind]:
        return False
    if number.amount in {metric.value, content.shown[metric.key].rounded}:
        return True
    return _is_telling(number) and round_to(metric.value, number.step, content.rounding) == number.amount


def _is_telling(number: Found) -> bool:
    return number.amount is not None and abs(number.amount) >= number.step.scaleb(_TELLING - 1)
