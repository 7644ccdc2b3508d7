"""A chart in words, for readers who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ipreport.document import Inline, Span
from ipreport.figures.data import ChartData, DataSeries, Datum, Numbers, common_period
from ipreport.figures.lettering import Cases
from ipreport.figures.subtitle import sentence
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
    """`words` of a value with the mark of its note, and the cases behind a rate."""
    shown = Span(words[language], language, (), datum.key)
    remarks = datum.remarks[language]
    told = (shown, Span(remarks, language)) if remarks else (shown,)
    return told if datum.cases is None else (*told, *_in_cases(datum.cases, language))


def _in_cases(cases: Cases, language: Language) -> tuple[Inline, ...]:
    """（9/12）."""
    return (
        say(Localized("（", " ("), language),
        Span(cases.part[language], language, (), cases.part_key),
        say(Localized.same("/"), language),
        Span(cases.whole[language], language, (), cases.whole_key),
        say(Localized("）", ")"), language),
    )


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
    rates = all(datum.exact and datum.unit.kind is UnitKind.RATIO for datum in data.data)
    return data.numbers is Numbers.COMMON and not data.rank and rates


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
    return head, count, *joined(_extremes(data, data.data, language), language)


def _extremes(data: ChartData, known: Sequence[Datum], language: Language) -> list[tuple[Inline, ...]]:
    """The greatest and the least of several values, with their names."""
    by_value = sorted(known, key=lambda datum: datum.value)
    least, greatest = (named_value(data, by_value[index], language) for index in (0, -1))
    return [
        (say(Localized("最高：", "highest, "), language), *greatest),
        (say(Localized("最低：", "lowest, "), language), *least),
    ]


def ended(told: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The same without the blank behind the last sentence."""
    last = told[-1] if told else None
    if not isinstance(last, Span):
        return told
    text = last.text.rstrip()
    return (*told[:-1], replace(last, text=text)) if text else ended(told[:-1])


def plain(inlines: tuple[Inline, ...]) -> str:
    """The characters alone."""
    return "".join(inline.text for inline in inlines if isinstance(inline, Span))


def tell_course(data: ChartData, language: Language, kind: Localized) -> tuple[Inline, ...]:
    """How each series moves: every value where there are few, else first, last and extremes with their dates.

    What a picture shows by a gap or by a mark is said as well: values that are missing, and
    that a definition changed, across which nothing rises or falls.
    """
    told: list[Inline] = [opening(kind, data, language)]
    in_full = len(data.data) <= MOST
    for series in data.series:
        if not series.known:
            continue
        if len(data.series) > 1:
            told.append(say(Localized(f"{series.name.zh}：", f"{sentence(series.name.en)}: "), language))
        told += _in_full(data, series, language) if in_full else _in_short(data, series, language)
        told += _gaps(data, series, language)
    return tuple(told if len(data.series) > 1 else _as_sentence(told))


def _as_sentence(told: list[Inline]) -> list[Inline]:
    """The same with a capital letter behind the opening, where no name comes first."""
    opened, first, *others = told
    if isinstance(first, Span):
        first = replace(first, text=sentence(first.text))
    return [opened, first, *others]


def _in_full(data: ChartData, series: DataSeries, language: Language) -> tuple[Inline, ...]:
    parts = []
    for datum in series.known:
        name = say(Localized(datum.date.zh, f"{datum.date.en}: "), language)
        changed = (say(_IN_BRACKETS, language),) if datum.broken else ()
        parts.append((name, *marked(datum, told_words(data, datum), language), *changed))
    return (*joined(parts, language), say(Localized("", " "), language))


_IN_BRACKETS = Localized("（口径已调整）", " (definition changed)")
_FROM_THEN_ON = Localized("；口径调整后", "; after the definition changed, ")


def _in_short(data: ChartData, series: DataSeries, language: Language) -> tuple[Inline, ...]:
    """From the first to the last value of each definition, and the extremes where they are neither."""
    told: list[Inline] = []
    for stretch in of_one_definition(series):
        if told:
            told.append(say(_FROM_THEN_ON, language))
        told += course(data, stretch, language)
    return (*told, say(Localized("。", ". "), language))


def of_one_definition(series: DataSeries) -> list[list[Datum]]:
    """The values of a series, those of each definition together."""
    stretches: list[list[Datum]] = []
    for datum in series.known:
        if datum.broken or not stretches:
            stretches.append([])
        stretches[-1].append(datum)
    return stretches


def course(data: ChartData, known: Sequence[Datum], language: Language) -> list[Inline]:
    """From the first to the last of several values, and the extremes where they are neither; no full stop."""
    first, last = known[0], known[-1]
    if len(known) == 1:
        return [say(Localized("为", ""), language), *dated(data, first, language)]
    told = [
        say(Localized("由", "from "), language),
        *dated(data, first, language),
        say(_way(first, last), language),
        *dated(data, last, language),
    ]
    by_value = sorted(known, key=lambda datum: datum.value)
    extremes = ((by_value[-1], Localized("最高", "highest ")), (by_value[0], Localized("最低", "lowest ")))
    for datum, words in extremes:
        if datum.value not in {first.value, last.value}:
            told += [say(Localized(f"，{words.zh}", f", {words.en}"), language), *dated(data, datum, language)]
    return told


def _gaps(data: ChartData, series: DataSeries, language: Language) -> tuple[Inline, ...]:
    """The times without a value, by name where they are few."""
    names = [data.categories[index].name for index, datum in enumerate(series.points) if datum is None]
    if not names:
        return ()
    if len(names) > _NAMED:
        return (say(Localized(f"另有{len(names)}期无数据。", f"No value for {len(names)} periods. "), language),)
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
    return (say(Localized(f"{zh}无数据。", f"No value for {en}. "), language),)


_NAMED = 3
"""As many missing values as are told one by one."""


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
            told.append(say(Localized(f"{series.name.zh}：", f"{sentence(series.name.en)}: "), language))
        if in_full or len(series.known) <= 2:
            parts = [named_value(data, datum, language) for datum in series.known]
        else:
            parts = _extremes(data, series.known, language)
        told += (*joined(parts, language), say(Localized("", " "), language))
    return tuple(told)
