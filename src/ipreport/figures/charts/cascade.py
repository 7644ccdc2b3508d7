"""Amounts from intention to loan, each class of money on a row of its own, never added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ipreport.document import Inline
from ipreport.figures.charts.bar import BAR, EDGE, GAP, NAME_SHARE
from ipreport.figures.charts.base import Chart, fill_and_outline
from ipreport.figures.data import ChartData, Datum, Numbers, common_period
from ipreport.figures.lettering import Lettering, TextBox
from ipreport.figures.refusals import below_zero, logarithmic, missing_values, truncated
from ipreport.figures.refuse import refuse
from ipreport.figures.selected import Selected
from ipreport.figures.sketch import Sketch
from ipreport.figures.telling import marked, opening, say
from ipreport.language import Language, Localized
from ipreport.metrics import Kind, Metric, MoneyClass, UnitKind
from ipreport.outline import FigureSpec
from ipreport.problems import Problem
from ipreport.wording import CLASSES_NOT_ADDED, show_period

ORDER = (
    MoneyClass.INTENTION,
    MoneyClass.CONTRACT,
    MoneyClass.REGISTRATION,
    MoneyClass.CREDIT_LINE,
    MoneyClass.DISBURSEMENT,
    MoneyClass.BALANCE,
)
"""The way from an intention to a loan (DOMAIN §5, pledge chain)."""

_ROW_GAP = 19.0
_GROUP_GAP = 10.0
_LEAST_SHARE = 0.22
"""How much of the width the longest bar keeps, however long its words are."""
_CHEVRON = (5.0, 4.5)
"""Half the width and the height of the sign between rows."""
_DASH = (3.0, 2.0)
_DOT = "use kind: dot with scale: logarithmic, which only compares orders of magnitude"


# --- what is refused -------------------------------------------------------------


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses what is no step of the way, another order of steps, and steps of other times or regions."""
    yield from logarithmic(selected.spec)
    yield from missing_values(selected)
    yield from below_zero(selected)
    yield from truncated(selected.spec)
    steps = selected.role("values")
    strange = [*_strange(selected.spec, steps)]
    yield from strange
    if not strange:
        yield from _out_of_order(selected.spec, steps)
        yield from _apart(selected.spec, steps)


def _strange(spec: FigureSpec, steps: Sequence[Metric]) -> Iterator[Problem]:
    for step in steps:
        kind = step.definition.money_class
        if step.unit.kind is not UnitKind.MONEY or kind is None:
            yield refuse(spec, f"'{step.key}' is no money of a class", "use kind: bar, or a table")
        elif kind not in ORDER:
            yield refuse(spec, f"'{step.key}' ({kind}) is no step from an intention to a loan", _DOT)


def _out_of_order(spec: FigureSpec, steps: Sequence[Metric]) -> Iterator[Problem]:
    for before, after in pairwise(steps):
        kinds = before.definition.money_class, after.definition.money_class
        if kinds[0] is kinds[1]:
            reason = f"'{before.key}' and '{after.key}' are of one class ({kinds[0]}), and each has one row"
            yield refuse(spec, reason, "leave one of the two out, or use kind: bar to compare money of one class")
        elif kinds[0] is not None and kinds[1] is not None and ORDER.index(kinds[0]) > ORDER.index(kinds[1]):
            reason = f"'{before.key}' ({kinds[0]}) stands before '{after.key}' ({kinds[1]}), which comes first"
            yield refuse(spec, reason, f"name them in the order {', '.join(ORDER)}")


def _apart(spec: FigureSpec, steps: Sequence[Metric]) -> Iterator[Problem]:
    """One region, and one time: flows of the same months, stocks of the day they end on."""
    for step in steps[1:]:
        if step.region != steps[0].region:
            yield refuse(spec, f"'{step.key}' is of another region than '{steps[0].key}'", _DOT)
    for step in steps:
        if not step.period.known:
            yield refuse(spec, f"'{step.key}' is undated, so nothing says that it belongs with the others", _DOT)
            return
    flows = [step for step in steps if step.definition.kind is not Kind.STOCK]
    for one, other in [*pairwise(flows), *((steps[0], step) for step in steps if step not in flows)]:
        starts_apart = one in flows and other in flows and one.period.start != other.period.start
        if starts_apart or one.period.end != other.period.end:
            reason = (
                f"'{other.key}' ({show_period(other.period).en}) and '{one.key}' ({show_period(one.period).en}) "
                "are not of the same time"
            )
            yield refuse(spec, reason, _DOT)


# --- how it is drawn -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """A step with its words and the length of its bar, in points."""

    datum: Datum
    name: TextBox
    value: TextBox
    length: float

    @property
    def height(self) -> float:
        return max(self.name.height, self.value.height, BAR)


def groups(data: ChartData) -> tuple[tuple[Datum, ...], ...]:
    """Steps of one source that follow each other: only these form a sequence (DOMAIN §5)."""
    return tuple(tuple(group) for _, group in groupby(data.data, key=lambda datum: datum.source))


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """Rows of bars on one scale, a sign of sequence between those of one source, a line between sources."""
    names = [_name(data, sketch.lettering, datum) for datum in data.data]
    zero = max(name.width for name in names) + 2 * GAP
    rows = iter(_rows(data, sketch.lettering, names, data.width - zero))
    found, top = groups(data), EDGE
    for number, group in enumerate(found):
        if number:
            sketch.line(((0.0, top), (data.width, top)), sketch.colours.muted, 0.75, _DASH)
            top += _GROUP_GAP
        if len(found) > 1:
            source = sketch.lettering.remark(_source(group[0]), data.languages, data.width)
            sketch.text(source, 0.0, top)
            top += source.height + _GROUP_GAP
        bottom = _group(sketch, [next(rows) for _ in group], zero, top)
        top = bottom + (_GROUP_GAP if number < len(found) - 1 else 0.0)
    return top + EDGE


def _name(data: ChartData, lettering: Lettering, datum: Datum) -> TextBox:
    """The class of the amount and its name."""
    limit = data.width * NAME_SHARE
    kind = lettering.label(_class(datum), data.languages, limit, strong=True)
    return lettering.label(datum.name, data.languages, limit).below(kind)


def _class(datum: Datum) -> Localized:
    return datum.name if datum.money is None else datum.money


def _source(datum: Datum) -> Localized:
    name = datum.source.name
    return Localized(f"来源：{name.zh}", f"Source: {name.en}")


def _rows(data: ChartData, lettering: Lettering, names: Sequence[TextBox], room: float) -> list[_Row]:
    """The steps with bars of one scale, the longest as long as its words allow."""
    limit = room * (1 - _LEAST_SHARE) - GAP
    values = [lettering.value(datum.label, data.languages, limit) for datum in data.data]
    spaces = [(room - GAP - box.width, float(d.value)) for d, box in zip(data.data, values, strict=True)]
    scale = min((space / value for space, value in spaces if value > 0), default=0.0)
    return [
        _Row(datum, name, value, float(datum.value) * scale)
        for datum, name, value in zip(data.data, names, values, strict=True)
    ]


def _group(sketch: Sketch, rows: Sequence[_Row], zero: float, top: float) -> float:
    """The steps of one source; returns the lower end."""
    start = top
    for number, row in enumerate(rows):
        if number:
            _chevron(sketch, top + _ROW_GAP / 2)
            top += _ROW_GAP
        middle = top + row.height / 2
        sketch.text(row.name, 0.0, middle - row.name.height / 2)
        look = fill_and_outline(sketch.colours, exact=row.datum.exact)
        sketch.bar((zero, zero + row.length), (middle - BAR / 2, middle + BAR / 2), *look)
        sketch.text(row.value, zero + row.length + GAP, middle - row.value.height / 2)
        top += row.height
    sketch.line(((zero, start), (zero, top)), sketch.colours.muted, 0.75)
    return top


def _chevron(sketch: Sketch, middle: float) -> None:
    """What comes above leads to what comes below."""
    wide, high = _CHEVRON
    left, right = 1.0, 1.0 + 2 * wide
    points = ((left, middle - high / 2), (left + wide, middle + high / 2), (right, middle - high / 2))
    sketch.line(points, sketch.colours.muted, 1.5)


def remark(data: ChartData) -> Localized:
    """When the amounts are of, where not all are of one time, and that classes are not added (rule R23)."""
    times = _times(data)
    if times is None:
        return CLASSES_NOT_ADDED
    return Localized(f"{times.zh}，{CLASSES_NOT_ADDED.zh}", f"{times.en}, {CLASSES_NOT_ADDED.en}")


def _times(data: ChartData) -> Localized | None:
    """The months of the flows and the day of what is outstanding; None where all are of one time."""
    if common_period(data) is not None:
        return None
    first, last = data.data[0], data.data[-1]
    kind = _class(last)
    return Localized(
        f"{first.date.zh}（{kind.zh}：{last.date.zh}）", f"{first.date.en} ({kind.en.lower()}: {last.date.en})"
    )


# --- in words --------------------------------------------------------------------


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """Every step with its class, by sources where there are several, and that nothing is added."""
    found = groups(data)
    told: list[Inline] = [opening(Localized("金额分类条形图", "Bar chart by class of money"), data, language)]
    if times := _times(data):
        told.append(say(Localized(f"时间：{times.zh}。", f"Time: {times.en}. "), language))
    for group in found:
        if len(found) > 1:
            told.append(say(_according_to(group[0]), language))
        for number, datum in enumerate(group):
            told.append(say(Localized("；" if number else "", "; " if number else ""), language))
            told += _told(datum, language)
        told.append(say(Localized("。", ". "), language))
    told.append(say(Localized(f"{CLASSES_NOT_ADDED.zh}。", f"{_capital(CLASSES_NOT_ADDED.en)}."), language))
    return tuple(told)


def _according_to(datum: Datum) -> Localized:
    name = datum.source.name
    return Localized(f"据{name.zh}：", f"According to {name.en}: ")


def _told(datum: Datum, language: Language) -> tuple[Inline, ...]:
    kind = _class(datum)
    name = Localized(f"{kind.zh}（{datum.name.zh}）", f"{kind.en} ({datum.name.en}): ")
    return say(name, language), *marked(datum, datum.text, language)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def numbers(_: FigureSpec) -> Numbers:
    """Amounts of different classes have no unit in common but money itself."""
    return Numbers.WORDS


CHART = Chart(check, lay_out, tell, numbers, remark)
