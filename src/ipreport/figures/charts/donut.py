"""A ring of the parts of a whole, largest first, with the whole in its middle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ipreport.document import Inline, Span
from ipreport.figures.charts.base import Chart
from ipreport.figures.data import ChartData
from ipreport.figures.lettering import NO_MARK, ValueWords
from ipreport.figures.refusals import amounts, inexact, overlapping, rates, rounding, short_of_whole
from ipreport.figures.refusals_of_wholes import no_part
from ipreport.figures.refuse import refuse
from ipreport.figures.ring import Slice, draw_ring
from ipreport.figures.selected import Selected
from ipreport.figures.sketch import Sketch
from ipreport.figures.telling import named_value, opening, say
from ipreport.language import Language, Localized
from ipreport.metrics import Aggregation, Metric, remainder_key, share_key
from ipreport.outline import FigureSpec
from ipreport.problems import Problem
from ipreport.wording import MAY_NOT_ADD_UP, show_amount, show_period, show_share
from ipreport.wording.numbers import fixed, trimmed

_TENTH = 1
"""Decimals of a share."""


# --- what is refused -------------------------------------------------------------


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses parts that overlap, are of another time, are more than the whole, or leave something unnamed."""
    spec, wholes, parts = selected.spec, selected.role("whole"), selected.role("parts")
    problems = [*amounts(selected), *rates(selected), *inexact(selected)]
    if len(wholes) == 1 and parts:
        problems += _single(spec, parts)
        problems += _other_times(spec, wholes[0], parts)
        problems += _overlaps(selected, wholes[0], parts)
        if not problems:
            problems += _sum(spec, wholes[0], parts)
    yield from problems


def _single(spec: FigureSpec, parts: Sequence[Metric]) -> Iterator[Problem]:
    if len(parts) == 1:
        reason = f"'{parts[0].key}' is the only part, and a ring is for comparing several"
        yield refuse(spec, reason, "use kind: part-of-whole, which says the share of one part")


def _other_times(spec: FigureSpec, whole: Metric, parts: Sequence[Metric]) -> Iterator[Problem]:
    for part in parts:
        if (part.period.start, part.period.end) != (whole.period.start, whole.period.end):
            reason = (
                f"'{part.key}' ({show_period(part.period).en}) and '{whole.key}' ({show_period(whole.period).en}) "
                "are not of the same time"
            )
            yield refuse(spec, reason, "use values of the same time, or kind: bar, which claims no share")


def _overlaps(selected: Selected, whole: Metric, parts: Sequence[Metric]) -> Iterator[Problem]:
    """Parts are regions of the whole's metric, or metrics that the record knows as parts counted once."""
    if all(part.definition.id == whole.definition.id for part in parts):
        yield from _overlapping_regions(selected, whole, parts)
        return
    yield from overlapping(selected, parts, whole)
    for part in parts:
        yield from no_part(selected, part, whole)


def _overlapping_regions(selected: Selected, whole: Metric, parts: Sequence[Metric]) -> Iterator[Problem]:
    spec, record = selected.spec, selected.record
    inner = {region.id for region in record.regions if region.within == whole.region}
    for part in parts:
        if part.region not in inner:
            reason = f"'{part.key}' is not of a region within that of '{whole.key}'"
            yield refuse(spec, reason, "name the whole of the region that all parts lie within, or use kind: bar")
    regions = [part.region for part in parts]
    twice = next((part for n, part in enumerate(parts) if part.region in regions[:n]), None)
    if twice is not None:
        yield refuse(spec, f"'{twice.key}' is of a region that is shown already", "leave one of the two out")
    if whole.definition.aggregation is Aggregation.NONE:
        reason = f"of '{whole.key}' the same may be counted in several regions, which do not add up to it"
        yield refuse(spec, reason, "use kind: bar or ranking, which claim no share")


def _sum(spec: FigureSpec, whole: Metric, parts: Sequence[Metric]) -> Iterator[Problem]:
    """The parts make up the whole, within the rounding of all, or what they leave has a name."""
    if not whole.value:
        yield refuse(spec, f"the whole, '{whole.key}', is zero and has no parts", "say it in the text or in a table")
        return
    left = short_of_whole(whole, parts)
    closed, of = abs(left) <= rounding((whole, *parts)), f"'{whole.key}' ({trimmed(whole.value)})"
    if left < 0 and not closed:
        reason = f"the parts are more than the whole, {of}, by {trimmed(-left)}"
        yield refuse(spec, reason, "check the values, or use kind: bar, which claims no share")
    elif spec.remainder is None and not closed:
        reason = f"the parts leave {trimmed(left)} of the whole, {of}, without a name"
        yield refuse(spec, reason, "add the missing parts, or name the rest with 'remainder: {zh: 其他, en: Other}'")
    elif spec.remainder is not None and closed:
        reason = f"the parts make up the whole, {of}, and nothing is left to call '{spec.remainder.en}'"
        yield refuse(spec, reason, "leave out 'remainder:'")


# --- slices ----------------------------------------------------------------------


def slices(data: ChartData) -> tuple[Slice, ...]:
    """The parts from the largest to the smallest, and what they leave last."""
    whole, parts = data.role("whole")[0], data.role("parts")
    found = [
        Slice(part.name, part.value, part.label, _share(data, part.value), share_key(part.key, whole.key), part)
        for part in sorted(parts, key=lambda part: -part.value)
    ]
    if data.remainder is not None:
        left = whole.value - sum((part.value for part in parts), Decimal(0))
        key = remainder_key([whole.key], [part.key for part in parts])
        label = ValueWords(data.unit.digits(left), key, NO_MARK, data.unit.unit.key)
        found.append(Slice(data.remainder, left, label, _share(data, left), share_key(key, whole.key)))
    return tuple(found)


def _share(data: ChartData, value: Decimal) -> Localized:
    whole = data.role("whole")[0]
    return show_share(value, whole.value, rounding=data.rounding, unit=whole.unit)


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """The ring with its labels."""
    return draw_ring(data, sketch, data.role("whole")[0], slices(data))


def remark(data: ChartData) -> Localized | None:
    """That values and shares which are rounded one by one need not add up, where those shown do not."""
    whole, found = data.role("whole")[0].value, slices(data)
    in_percent = all("%" in each.share.en for each in found)
    shares = sum(Decimal(fixed(each.value / whole * 100, _TENTH, data.rounding)) for each in found)
    values = sum(data.unit.rounded(each.value) for each in found)
    return MAY_NOT_ADD_UP if (in_percent and shares != 100) or values != data.unit.rounded(whole) else None


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """The whole, then every part with its share."""
    whole, found = data.role("whole")[0], slices(data)
    told: list[Inline] = [
        opening(Localized("环形图", "Donut chart"), data, language),
        *named_value(data, whole, language),
        say(Localized("，其中：", ", of which "), language),
    ]
    for number, each in enumerate(found):
        if number:
            told.append(say(Localized("；", "; "), language))
        told += _told(data, each, language)
        told.append(say(Localized("，占", ", "), language))
        told.append(Span(each.share[language], language, (), each.share_key))
    return (*told, say(Localized("。", "."), language))


def _told(data: ChartData, each: Slice, language: Language) -> tuple[Inline, ...]:
    if each.datum is not None:
        return named_value(data, each.datum, language)
    unit = data.role("whole")[0].unit
    words = show_amount(each.value, unit, rounding=data.rounding)
    name = say(Localized(each.name.zh, f"{each.name.en}: "), language)
    return name, Span(words[language], language, (), each.label.key)


CHART = Chart(check, lay_out, tell, remark=remark)
