"""Every value that can be printed, recorded or worked out: its wordings and how it came about.

Whatever asks about a printed value asks here: the checks of the finished document
(R24, R26) and the way back from a page to its record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from ipreport.compose.comparisons import COMPARISONS, QUARTERS, comparison, extent, quarter_comparison
from ipreport.compose.content import Content
from ipreport.compose.observed import observed, parts_of, remainder_of
from ipreport.compose.regions import money_columns
from ipreport.compose.standings import completion, standing
from ipreport.language import LANGUAGES, Language, Localized
from ipreport.metrics import (
    Derivation,
    Derived,
    Metric,
    added,
    change_key,
    cumulative_share,
    quarter_of,
    recorded_keys,
    remainder,
    single_quarter,
    sum_observation,
)
from ipreport.wording import (
    NO_DIFFERENCE,
    place_digits,
    show,
    show_amount,
    show_difference,
    show_revision,
    show_share,
)
from ipreport.wording.numbers import grouped, round_to, trimmed


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it may be printed.

    `forms` are its wordings by language code. `exact` is the value before rounding, in
    base units, per cent or percentage points; None where the words say that there is
    none. `formula` says how it was worked out; it is empty for a recorded value.
    """

    key: str
    forms: Mapping[str, frozenset[str]]
    exact: Decimal | None
    formula: str
    rests_on: tuple[str, ...]

    def says(self, words: str, language: Language) -> bool:
        """Whether `words` are one of the wordings in `language`."""
        return words in self.forms[language.code]


def value_of(key: str, content: Content) -> Value | None:
    """The value with this key; None for one whose wording belongs to the chart that works it out."""
    if key in content.shown:
        shown = content.shown[key]
        metric = content.metrics[key]
        columns = (column.cell(metric.value) for column in money_columns(key, content))
        forms = _forms(shown.text, shown.value, shown.number, *columns)
        return Value(key, forms, metric.value, "", (key,))
    recorded = [content.metrics[name] for name in recorded_keys(key) if name in content.metrics]
    return next((found for make in _MAKERS if recorded and (found := make(key, recorded, content))), None)


def _compared(key: str, recorded: list[Metric], content: Content) -> Value | None:
    for basis in COMPARISONS.values():
        derived, phrase = comparison(recorded[0], content, basis)
        if phrase.key == key:
            return _derived(derived, phrase.text, phrase.cell, extent(recorded[0], content, basis).text)
    return None


def _quarter(key: str, recorded: list[Metric], content: Content) -> Value | None:
    """The single quarter behind a year to date, or how it compares."""
    single = quarter_of(content.metrics, recorded[0])
    if single is not None and single.key == key:
        shown = show(single, content.rounding)
        derived = single_quarter(recorded[0], recorded[1] if len(recorded) > 1 else None)
        return Value(
            key, _forms(shown.text, shown.value, shown.number), single.value, derived.formula, derived.rests_on
        )
    for basis in QUARTERS.values():
        found = quarter_comparison(recorded[0], content, basis)
        if found is not None and found[1].key == key:
            return _derived(found[0], found[1].text, found[1].cell)
    return None


def _standing(key: str, recorded: list[Metric], content: Content) -> Value | None:
    found, phrase = standing(recorded[0], content)
    if phrase.key != key:
        return None
    bare = () if phrase.rounded is None else (place_digits(int(phrase.rounded)),)
    return _derived(found.derived, phrase.text, phrase.cell, *bare)


def _completion(key: str, recorded: list[Metric], content: Content) -> Value | None:
    found = completion(recorded[0], content)
    if found is None or found[1].key != key:
        return None
    return _derived(found[0], found[1].text, found[1].cell)


def _share(key: str, recorded: list[Metric], content: Content) -> Value | None:  # noqa: ARG001 - as its siblings
    """The share of a part, of several together, or of what they leave, in their whole."""
    first, found, second = key.partition(f"/{Derivation.SHARE}/")
    whole = observed(second, content.metrics) if found else None
    parts = parts_of(first, content.metrics) if found else ()
    if whole is None or not parts or not whole.value:
        return None
    together, derived = sum_observation(parts), cumulative_share(parts, whole)
    if together is None or together.value is None:
        return None
    words = show_share(together.value, whole.value, exact=derived.exact, rounding=content.rounding, unit=whole.unit)
    written = Localized(f"占比{words.zh}", f"占比{words.en}")
    return Value(key, _forms(words, written), derived.percent, derived.formula, derived.rests_on)


def _remainder(key: str, recorded: list[Metric], content: Content) -> Value | None:
    """The rest of a whole as an amount, the other changes of a stock as a movement."""
    sides = remainder_of(key, content.metrics)
    derived = None if sides is None else remainder(*sides)
    if derived is None or derived.value is None:
        return None
    unit, places, rounding = recorded[0].unit, max(metric.places for metric in recorded), content.rounding
    words = [show_difference(derived.value, unit, places, rounding)]
    if derived.value >= 0:
        words.append(show_amount(derived.value, unit, places, rounding))
    return _derived(derived, *words)


def _sum(key: str, recorded: list[Metric], content: Content) -> Value | None:  # noqa: ARG001 - as its siblings
    """What parts add up to."""
    made = observed(key, content.metrics) if f"/{Derivation.SUM}/" in key else None
    if made is None or made.value is None:
        return None
    shown, derived = show(made, content.rounding), added(parts_of(key, content.metrics))
    return Value(key, _forms(shown.text, shown.value, shown.number), made.value, derived.formula, derived.rests_on)


def share_value(part: Metric, whole: Metric, content: Content) -> Decimal | None:
    """The share as it is printed, in per cent with one decimal; None where there is none."""
    if part.unit != whole.unit or part.value is None or not whole.value:
        return None
    return round_to(part.value / whole.value * 100, Decimal("0.1"), content.rounding)


def _difference(key: str, recorded: list[Metric], content: Content) -> Value | None:
    """The difference of two observations: signed, as a slope shows it (`+7`), and in words."""
    if len(recorded) != 2 or key != change_key(recorded[0].key, recorded[1].key):
        return None
    later, before = recorded
    if later.value is None or before.value is None:
        return None
    difference = later.value - before.value
    digits = Localized(plain := trimmed(abs(difference)), grouped(plain))
    sign = "+" if difference > 0 else "−"
    signed = Localized(sign + digits.zh, sign + digits.en)
    formula = f"{trimmed(later.value)} − {trimmed(before.value)}"
    words = show_difference(difference, later.unit, max(later.places, before.places), content.rounding)
    return Value(key, _forms(signed, digits, words), difference, formula, (later.key, before.key))


def _restated(key: str, recorded: list[Metric], content: Content) -> Value | None:
    """A revised figure as the issue before gave it, or how far it moved since."""
    changes = content.restatement.changes if content.restatement is not None else {}
    change = changes.get(recorded[0].key)
    if change is None or key not in {change.before.key, change.difference_key}:
        return None
    now, before = content.metrics[change.key], change.before
    if key == before.key:
        shown = show(before, content.rounding)
        return Value(key, _forms(shown.text, shown.value, shown.number), before.value, "", (change.key,))
    words = show_revision(now, before, content.rounding)
    if now.value is None or before.value is None or words == NO_DIFFERENCE:
        return Value(key, _forms(words), None, "", (change.key,))
    formula = f"{trimmed(now.value)} − {trimmed(before.value)}"
    return Value(key, _forms(words), now.value - before.value, formula, (change.key,))


def _derived(derived: Derived, *words: Localized) -> Value:
    return Value(derived.key, _forms(*words), _printed(derived), derived.formula, derived.rests_on)


def _printed(derived: Derived) -> Decimal | None:
    """The value as its words give it: a quotient in per cent, all else as it is."""
    quotient = any(f"{made}/" in derived.key for made in (Derivation.GROWTH, Derivation.COMPLETION))
    return derived.percent if quotient else derived.value


def _forms(*words: Localized) -> Mapping[str, frozenset[str]]:
    return MappingProxyType({language.code: frozenset(each[language] for each in words) for language in LANGUAGES})


_MAKERS = (_compared, _quarter, _share, _sum, _remainder, _standing, _completion, _difference, _restated)
