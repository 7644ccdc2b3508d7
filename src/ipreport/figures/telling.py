"""A chart in words, for readers who cannot see it."""

from __future__ import annotations

from ipreport.document import Inline, Span
from ipreport.figures.data import ChartData, Datum
from ipreport.language import Language, Localized

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
    """The kind of chart and its title."""
    unit = data.unit_title if data.unit_apart else Localized.same("")
    zh = f"{kind.zh}：{data.title.zh}{unit.zh and f'（{unit.zh}）'}。"
    en = f"{kind.en}: {data.title.en}{unit.en and f' ({unit.en[0].lower()}{unit.en[1:]})'}. "
    return say(Localized(zh, en), language)


def named_value(data: ChartData, datum: Datum, language: Language) -> tuple[Inline, ...]:
    """A name with its value: 罚没款36.97万元 / Fines: 369,700 yuan."""
    name = say(Localized(datum.name.zh, f"{datum.name.en}: "), language)
    return name, *marked(datum, data.words(datum), language)


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
