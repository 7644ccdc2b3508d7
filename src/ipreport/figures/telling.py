"""A chart in words, for readers who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence

from ipreport.document import Inline, Span
from ipreport.figures.data import ChartData, DataSeries, Datum, Numbers, common_period
from ipreport.language import Language, Localized
from ipreport.metrics import UnitKind

MOST = 8
"""How many values are listed; beyond that only the greatest and the least are told."""


def say(text: Localized, language: Language) -> Span:
    """Words without a value."""
    return Span(text[language], language)


def value(datum: Datum, language: Language) -> tuple[Inline, ...]:
    """A value with the mark of its note."""
    return marked(datum, datum.text, language)


def marked(datum: Datum, words: Localized, language: Language) -> tuple[Inline, ...]:
    """`words` of a value with the mark of its note."""
    shown = Span(words[language], language, (), datum.key)
    remarks = datum.remarks[language]
    return (shown, Span(remarks, language)) if remarks else (shown,)


def opening(kind: Localized, data: ChartData, language: Language) -> Span:
    """The kind of chart, its title, and what the title does not say: where, the unit of bare digits, when."""
    unit = Localized(f"单位：{data.unit.label.zh}", f"unit: {data.unit.label.en}")
    said = [
        data.region if data.region is not None and data.region.zh not in data.title.zh else None,
        unit if unit_told_once(data) else None,
        _when(data),
    ]
    zh, en = ("，".join(each.zh for each in said if each), ", ".join(each.en for each in said if each))
    return say(
        Localized(
            f"{kind.zh}：{data.title.zh}{zh and f'（{zh}）'}。", f"{kind.en}: {data.title.en}{en and f' ({en})'}. "
        ),
        language,
    )


def _when(data: ChartData) -> Localized | None:
    """The time that all values share; None where they are undated or have several."""
    return common_period(data) if all(datum.period.known for datum in data.data) else None


def unit_told_once(data: ChartData) -> bool:
    """Whether values are told as bare digits after their unit: rates, whose names say “per 10,000” already."""
    return data.numbers is Numbers.COMMON and all(d.exact and d.unit.kind is UnitKind.RATIO for d in data.data)


def told_words(data: ChartData, datum: Datum) -> Localized:
    """A value as it is told: with its unit, unless that was told before."""
    return datum.words if unit_told_once(data) else datum.text


def named_value(data: ChartData, datum: Datum, language: Language) -> tuple[Inline, ...]:
    """A name with its value: 罚没款36.97万元 / Fines: 369,700 yuan."""
    name = say(Localized(datum.name.zh, f"{datum.name.en}: "), language)
    return name, *marked(datum, told_words(data, datum), language)


def joined(parts: list[tuple[Inline, ...]], language: Language) -> tuple[Inline, ...]:
    """Parts of a list, closed by a full stop."""
    told: list[Inline] = []
    for index, part in enumerate(parts):
        if index:
            told.append(say(Localized("；", "; "), language))
        told += part
    return (*told, say(Localized("。", "."), language))


def tell_list(data: ChartData, language: Language, kind: Localized) -> tuple[Inline, ...]:
    """Every value, or the greatest and the least of many."""
    head = opening(kind, data, language)
    if len(data.data) <= MOST:
        return head, *joined([named_value(data, datum, language) for datum in data.data], language)
    count = say(Localized(f"共{len(data.data)}项；", f"{len(data.data)} values; "), language)
    by_value = sorted(data.data, key=lambda datum: datum.value)
    least, greatest = (named_value(data, by_value[index], language) for index in (0, -1))
    parts = [
        (say(Localized("最高：", "highest, "), language), *greatest),
        (say(Localized("最低：", "lowest, "), language), *least),
    ]
    return head, count, *joined(parts, language)


def plain(inlines: tuple[Inline, ...]) -> str:
    """The characters alone."""
    return "".join(inline.text for inline in inlines if isinstance(inline, Span))


def tell_course(data: ChartData, language: Language, kind: Localized) -> tuple[Inline, ...]:
    """How each series moves: every value where there are few, else first, last and extremes with their dates."""
    told: list[Inline] = [opening(kind, data, language)]
    in_full = len(data.data) <= MOST
    for series in data.series:
        if not series.known:
            continue
        if len(data.series) > 1:
            told.append(say(Localized(f"{series.name.zh}：", f"{series.name.en}: "), language))
        told += _in_full(data, series, language) if in_full else _in_short(data, series, language)
    return tuple(told)


def _in_full(data: ChartData, series: DataSeries, language: Language) -> tuple[Inline, ...]:
    parts = []
    for datum in series.known:
        name = say(Localized(datum.date.zh, f"{datum.date.en}: "), language)
        parts.append((name, *marked(datum, told_words(data, datum), language)))
    return (*joined(parts, language), say(Localized("", " "), language))


def _in_short(data: ChartData, series: DataSeries, language: Language) -> tuple[Inline, ...]:
    return (*course(data, series.known, language), say(Localized("。", ". "), language))


def course(data: ChartData, values: Sequence[Datum], language: Language) -> tuple[Inline, ...]:
    """From the first to the last of several values, and the extremes where they are neither; no full stop."""
    first, last = values[0], values[-1]
    way = _way(first, last)
    told = [
        say(Localized("由", "from "), language),
        *dated(data, first, language),
        say(way, language),
        *dated(data, last, language),
    ]
    by_value = sorted(values, key=lambda datum: datum.value)
    extremes = ((by_value[-1], Localized("最高", "highest ")), (by_value[0], Localized("最低", "lowest ")))
    for datum, words in extremes:
        if datum.value not in {first.value, last.value}:
            told += [say(Localized(f"，{words.zh}", f", {words.en}"), language), *dated(data, datum, language)]
    return tuple(told)


def _way(first: Datum, last: Datum) -> Localized:
    if first.value == last.value:
        return Localized("到", " to ")
    return Localized("升至", " rising to ") if last.value > first.value else Localized("降至", " falling to ")


def dated(data: ChartData, datum: Datum, language: Language) -> tuple[Inline, ...]:
    """A value with its time in brackets behind it."""
    date = Localized(f"（{datum.date.zh}）", f" ({datum.date.en})")
    return (*marked(datum, told_words(data, datum), language), say(date, language))


def tell_groups(data: ChartData, language: Language, kind: Localized) -> tuple[Inline, ...]:
    """What each series has in every category, or its greatest and least of many."""
    told: list[Inline] = [opening(kind, data, language)]
    in_full = len(data.data) <= MOST
    for series in data.series:
        if not series.known:
            continue
        if len(data.series) > 1:
            told.append(say(Localized(f"{series.name.zh}：", f"{series.name.en}: "), language))
        shown = series.known if in_full else _extremes(series)
        told += joined([named_value(data, datum, language) for datum in shown], language)
        told.append(say(Localized("", " "), language))
    return tuple(told)


def _extremes(series: DataSeries) -> tuple[Datum, ...]:
    by_value = sorted(series.known, key=lambda datum: datum.value)
    return (by_value[-1], by_value[0]) if len(by_value) > 1 else (by_value[0],)
