"""Regions in the order of one metric: horizontal bars, the best first, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from ipreport.document import Inline, Span
from ipreport.figures.charts.bar import BAR, EDGE, GAP, NAME_SHARE, ROW_GAP
from ipreport.figures.charts.base import Chart, fill_and_outline
from ipreport.figures.data import ChartData, Datum
from ipreport.figures.lettering import TextBox
from ipreport.figures.refusals import below_zero, few_cases, logarithmic, ranks, truncated
from ipreport.figures.refuse import refuse
from ipreport.figures.selected import Category, Selected
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.telling import MOST, joined, marked, opening, say, told_words
from ipreport.figures.theme import WHITE
from ipreport.language import Language, Localized
from ipreport.metrics import Direction, Metric, Reason, UnitKind, is_surely_ranked, standing_of
from ipreport.problems import Problem
from ipreport.wording import MISSING, MISSING_IN_TABLE

_LEAST_SHARE = 0.22
"""How much of the width the longest bar keeps, however long its words are."""
_PLACE_GAP = 7.0
_LINE_GAP = 3.0
"""Space between the words of the reference line and the line."""

_WORDS = Localized("排名条形图", "Ranking")
UNDECIDED = Localized("有地区暂无数据，未排位次", "no places, as a region has no value")
LOWER_IS_BETTER = Localized("以低为好", "lower is better")


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses what regions are not ranked by, lengths that mislead, and values whose order is not certain."""
    series = selected.series[0] if selected.series else None
    if series is None:
        return
    yield from logarithmic(selected.spec)
    yield from ranks(selected)
    yield from below_zero(selected)
    yield from truncated(selected.spec)
    yield from few_cases(selected, *([] if series.whole is None else [series.whole]))
    yield from _unranked(selected)


def _unranked(selected: Selected) -> Iterator[Problem]:
    """What leaves no order: a single value, loose values, regions that are not within one, undated values."""
    spec, known = selected.spec, [metric for metric in selected.metrics if metric.value is not None]
    if len(known) < 2:
        reason = f"fewer than two regions have a value of '{selected.series[0].key}', and nothing is ranked"
        yield refuse(spec, reason, "record the values of the regions for the same time, or say the value in the text")
        return
    if known[0].unit.kind is UnitKind.POINTS:
        reason = f"'{known[0].definition.id}' is a change, which regions are not ranked by"
        yield refuse(spec, reason, "rank the value behind it, or use kind: dot")
    unsure = next((pair for pair in combinations(known, 2) if not is_surely_ranked(*pair)), None)
    if unsure is not None:
        stated = " and ".join(_stated(metric) for metric in unsure)
        yield refuse(spec, f"nothing says which of {stated} is greater", "record exact values, or list them in a table")
    elif not _is_lacking(selected) and standing_of(selected.record, known[0]).derived.reason is Reason.NO_BASE:
        reason = "its regions are not within one region, so that they have no places"
        yield refuse(spec, reason, "say in 'regions:' what each is 'within:', or use kind: bar")


def _stated(metric: Metric) -> str:
    qualifier = "" if metric.is_exact else f"{metric.qualifier.replace('_', ' ')} "
    return f"'{metric.key}' ({qualifier}{metric.value})"


def _is_lacking(selected: Selected) -> bool:
    """Whether one of the regions has no value."""
    return any(point is None or point.value is None for point in selected.series[0].points)


# --- rows ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """A region with its value, None where it has none; `bold` where it stands out."""

    category: Category
    datum: Datum | None
    bold: bool

    @property
    def name(self) -> Localized:
        """The name of the region, and whether it shares its place."""
        name = self.category.name
        if self.datum is None or self.datum.place is None or not self.datum.place.tied:
            return name
        return Localized(f"{name.zh}（并列）", f"{name.en} (tied)")


def ordered(data: ChartData) -> tuple[_Row, ...]:
    """The best first, those without a value last; what is equal keeps the order of the file."""
    series = data.series[0]
    sign = 1 if series.direction is Direction.DOWN else -1
    rows = [
        _Row(category, datum, category.highlighted)
        for category, datum in zip(data.categories, series.points, strict=True)
    ]
    known = sorted((row for row in rows if row.datum is not None), key=lambda row: sign * _value(row))
    return (*known, *(row for row in rows if row.datum is None))


def _value(row: _Row) -> float:
    return 0.0 if row.datum is None else float(row.datum.value)


def remark(data: ChartData) -> Localized | None:
    """That lower is better, and why there are no places."""
    said = []
    if data.series[0].direction is Direction.DOWN:
        said.append(LOWER_IS_BETTER)
    if any(datum is None for datum in data.series[0].points):
        said.append(UNDECIDED)
    return Localized("，".join(each.zh for each in said), ", ".join(each.en for each in said)) if said else None


# --- layout ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Field:
    """Where bars begin and how long one base unit is, in points; where the reference line stands, if there is one."""

    zero: float
    scale: float
    line: float | None


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """Places and names, the bars, their values; the rate of the whole as a thin upright line across them."""
    rows = ordered(data)
    places = [_place(sketch, data, row) for row in rows]
    left = max((box.width for box in places if box is not None), default=-_PLACE_GAP) + _PLACE_GAP
    limit = data.width * NAME_SHARE - left
    names = [sketch.lettering.label(row.name, data.languages, limit, strong=row.bold) for row in rows]
    zero = left + max(box.width for box in names) + GAP + 2
    values = _values(data, sketch, rows, (data.width - zero) * (1 - _LEAST_SHARE) - GAP)
    field = _field(data, rows, values, zero)
    label = _reference(data, sketch)
    top = EDGE if label is None else EDGE + label.height + _LINE_GAP + ROW_GAP / 2
    tops, foot = _tops(top, names, values)
    if label is not None and field.line is not None:
        start = min(max(0.0, field.line - label.width / 2), data.width - label.width)
        sketch.text(label, start, EDGE)
        _line(sketch, data, field.line, (EDGE + label.height + _LINE_GAP, foot))
    sketch.line(((zero, top - EDGE), (zero, foot)), sketch.colours.muted, 0.75)
    for row, place, name, value, (upper, lower) in zip(rows, places, names, values, tops, strict=True):
        middle = (upper + lower) / 2
        if place is not None:
            sketch.text(place, left - _PLACE_GAP, middle - name.height / 2, Anchor.RIGHT)
        sketch.text(name, left, middle - name.height / 2)
        _bar(sketch, data, row, field, middle)
        end = zero + _value(row) * field.scale
        write = sketch.text if field.line is None else sketch.text_over_grid
        write(value, end + GAP, middle - value.height / 2)
    return foot


def _place(sketch: Sketch, data: ChartData, row: _Row) -> TextBox | None:
    """The place in front of a name."""
    if row.datum is None or row.datum.place is None:
        return None
    return sketch.lettering.value(row.datum.place.label, data.languages, strong=row.bold)


def _values(data: ChartData, sketch: Sketch, rows: Sequence[_Row], limit: float) -> list[TextBox]:
    """The words behind the bars: values, or that there is none."""
    marked_out = any(row.bold for row in rows)
    boxes = []
    for row in rows:
        if row.datum is None:
            boxes.append(sketch.lettering.remark(MISSING_IN_TABLE, data.languages))
        else:
            strong = row.bold or not marked_out
            boxes.append(sketch.lettering.value(row.datum.label, data.languages, limit, strong=strong))
    return boxes


def _field(data: ChartData, rows: Sequence[_Row], values: Sequence[TextBox], zero: float) -> _Field:
    """The longest bar is as long as its words allow."""
    room = data.width - zero
    whole = data.series[0].whole
    # A point more keeps the white behind the last value inside the picture.
    spaces = [(room - GAP - box.width - 1, _value(row)) for row, box in zip(rows, values, strict=True)]
    spaces += [] if whole is None else [(room - 1, float(whole.value))]
    scale = min((space / value for space, value in spaces if value > 0), default=0.0)
    return _Field(zero, scale, None if whole is None else zero + float(whole.value) * scale)


def _tops(top: float, names: Sequence[TextBox], values: Sequence[TextBox]) -> tuple[list[tuple[float, float]], float]:
    """The upper and lower end of every row, and where the last one ends."""
    found = []
    for name, value in zip(names, values, strict=True):
        height = max(name.height, value.height, BAR)
        found.append((top, top + height))
        top += height + ROW_GAP
    return found, top - ROW_GAP + EDGE


def _bar(sketch: Sketch, data: ChartData, row: _Row, field: _Field, middle: float) -> None:
    """The bar of a region; the reference line goes on inside it in white."""
    if row.datum is None:
        return
    marked_out = any(category.highlighted for category in data.categories)
    colour = sketch.colours.accent if row.bold or not marked_out else sketch.colours.context
    end, down = field.zero + _value(row) * field.scale, (middle - BAR / 2, middle + BAR / 2)
    sketch.bar((field.zero, end), down, *fill_and_outline(sketch.colours, exact=row.datum.exact, colour=colour))
    if field.line is not None and field.line < end and row.datum.exact:
        sketch.line(((field.line, down[0]), (field.line, down[1])), WHITE, 1.0)


def _reference(data: ChartData, sketch: Sketch) -> TextBox | None:
    """The region that contains the others, with its rate."""
    whole = data.series[0].whole
    if whole is None:
        return None
    lettering, limit = sketch.lettering, data.width * NAME_SHARE
    name = lettering.label(whole.name, data.languages, limit)
    return lettering.named(name, lettering.value(whole.label, data.languages, limit, strong=False), limit * 1.5)


def _line(sketch: Sketch, data: ChartData, x: float, ends: tuple[float, float]) -> None:
    """The reference line, dashed where its value is not exact."""
    whole = data.series[0].whole
    dash = () if whole is None or whole.exact else (2.0, 2.0)
    sketch.line(((x, ends[0]), (x, ends[1])), sketch.colours.ink, 0.75, dash)


# --- in words --------------------------------------------------------------------


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """Every region with its place; of many the first, the one that stands out and the last. Then the whole."""
    rows = ordered(data)
    known = [row for row in rows if row.datum is not None]
    told: list[Inline] = [opening(_WORDS, data, language)]
    more = remark(data)
    if more is not None:
        told.append(say(Localized(f"{more.zh}。", f"{more.en[:1].upper()}{more.en[1:]}. "), language))
    if len(rows) > MOST:
        told.append(say(Localized(f"共{len(rows)}个地区；", f"{len(rows)} regions; "), language))
        known = [row for row in known if row.bold or row is known[0] or row is known[-1]]
    parts = [_told(data, row, language) for row in known]
    parts += [_lacking(row, language) for row in rows if row.datum is None]
    whole = data.series[0].whole
    if whole is not None:
        name = say(Localized(f"参考线：{whole.name.zh}", f"reference line, {whole.name.en}: "), language)
        parts.append((name, *marked(whole, told_words(data, whole), language)))
    return (*told, *joined(parts, language))


def _told(data: ChartData, row: _Row, language: Language) -> tuple[Inline, ...]:
    """第2位丁州29.69 / 2nd, Prefecture D: 29.69."""
    datum = row.datum
    if datum is None:
        return ()
    words = marked(datum, told_words(data, datum), language)
    name = row.category.name
    if datum.place is None:
        return say(Localized(name.zh, f"{name.en}: "), language), *words
    place = Span(datum.place.text[language], language, (), datum.place.key)
    return place, say(Localized(name.zh, f", {name.en}: "), language), *words


def _lacking(row: _Row, language: Language) -> tuple[Inline, ...]:
    name = row.category.name
    return (say(Localized(f"{name.zh}{MISSING.zh}", f"{name.en}: {MISSING.en}"), language),)


CHART = Chart(check, lay_out, tell, remark=remark)
