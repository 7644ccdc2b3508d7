"""Values against their targets: a row each, with its own scale, on which the target stands at one place for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ipreport.document import Inline, Span
from ipreport.figures.charts.base import Chart, fill_and_outline
from ipreport.figures.charts.ranking import LOWER_IS_BETTER
from ipreport.figures.data import ChartData, Datum, Goal, Numbers, common_period
from ipreport.figures.legend import SWATCH, Swatch, filled, legend
from ipreport.figures.lettering import Letters, TextBox
from ipreport.figures.refusals import below_zero, few_cases, logarithmic, missing_values, truncated
from ipreport.figures.refuse import refuse
from ipreport.figures.selected import Selected
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.telling import joined, marked, opening, say
from ipreport.figures.theme import WHITE, judged
from ipreport.language import ZH, Language, Localized
from ipreport.metrics import Aggregation, Course, Metric, MetricSet, UnitKind
from ipreport.outline import FigureSpec
from ipreport.problems import Problem
from ipreport.wording import COURSES, show_as_of, show_time_progress

BAR = 9.0
"""Thickness of a bar in points."""
BAND = 17.0
"""Height of the mark of a target and of what is due by now."""
_MARK = 2.0
_HALO = 1.0
_ROW_GAP = 11.0
_GAP = 10.0
_NAMES, _VALUES, _STATES = 0.28, 0.27, 0.2
"""How much of the width names, values and states may take beside the bars."""
_LEAST = 92.0
"""Where bars would be shorter, in points, names stand above them and values below."""
_LINE_GAP = 3.0
_EDGE = 2.0

_WORDS = Localized("子弹图", "Bullet chart")
_TARGET, _DONE = Localized("目标", "Target"), Localized("完成", "of target")


# --- what is refused -------------------------------------------------------------


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses values without a target, or with one that they are not measured against."""
    yield from logarithmic(selected.spec)
    yield from truncated(selected.spec)
    yield from missing_values(selected)
    yield from below_zero(selected)
    yield from few_cases(selected)
    for metric in selected.metrics:
        yield from _untargeted(selected.spec, metric, selected.record)


def _untargeted(spec: FigureSpec, metric: Metric, record: MetricSet) -> Iterator[Problem]:
    target = record.target_of(metric)
    if metric.unit.kind in {UnitKind.RANK, UnitKind.POINTS}:
        reason = f"'{metric.key}' is a place or a change, of which no part is completed"
        yield refuse(spec, reason, "name it with its target in the text")
    elif not metric.period.known:
        reason = f"'{metric.key}' is undated, so that nothing says which target is in force"
        yield refuse(spec, reason, "give its period in the data")
    elif target is None or target.value is None:
        of = f" for {metric.period.end.year}" if metric.period.end is not None else ""
        hint = "record it in 'targets:' with its plan, year and source, or use kind: bar"
        yield refuse(spec, f"no target of '{metric.key}' is recorded{of}", hint)
    elif target.value <= 0:
        reason = f"the target of '{metric.key}' is {target.value}, of which no value is a part"
        yield refuse(spec, reason, "name value and target in the text")
    elif metric.definition.aggregation is Aggregation.SUM and not metric.period.from_new_year:
        reason = f"'{metric.key}' does not run from the beginning of the year, and its target is of the whole year"
        yield refuse(spec, reason, "name the value of the year to date")


# --- rows ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """A value with its target, and all its words: name, value, target, state and completion."""

    datum: Datum
    goal: Goal
    name: TextBox
    value: TextBox
    target: TextBox
    state: TextBox

    @property
    def share(self) -> float:
        """The length of the bar, in lengths of the target."""
        return float(self.datum.value / self.goal.target.value)


def goals(data: ChartData) -> tuple[tuple[Datum, Goal], ...]:
    """Every value with its target."""
    return tuple((datum, datum.goal) for datum in data.data if datum.goal is not None)


@dataclass(frozen=True, slots=True)
class _Limits:
    """How wide names, values, targets and states may be; whether a completion may stand behind its state."""

    name: float
    value: float
    target: float
    state: float
    on_one_line: bool = False


def _rows(data: ChartData, sketch: Sketch, limits: _Limits) -> list[_Row]:
    """The rows with their words broken."""
    lettering, languages = sketch.lettering, data.languages
    dated = common_date(data) is None
    found = []
    for datum, goal in goals(data):
        name = lettering.label(datum.name, languages, limits.name)
        remarks = [LOWER_IS_BETTER] if goal.lower_is_better else []
        remarks += [datum.date] if dated else []
        for words in remarks:
            name = lettering.remark(words, languages, limits.name).below(name)
        value = lettering.value(datum.label, languages, limits.value)
        target, state = _target(data, sketch, goal, limits.target), _state(data, sketch, goal, limits)
        found.append(_Row(datum, goal, name, value, target, state))
    return found


def _target(data: ChartData, sketch: Sketch, goal: Goal, limit: float) -> TextBox:
    """目标45亿元 / target 4.5 billion yuan."""
    lettering = sketch.lettering
    boxes = []
    for order, language in enumerate(data.languages):
        look = lettering.plain(order, language)
        front = Letters("目标" if language is ZH else "target", *look, language)
        ahead = 0.0 if language is ZH else 2.5
        mark = goal.target.marks[language]
        letters = Letters(goal.target.text[language], *look, language, goal.target.key)
        room = limit - lettering.line(front).width - ahead - lettering.mark_width(mark)
        box = lettering.box(letters, room)
        first = lettering.line(front, replace(box.lines[0].pieces[0], gap=ahead))
        last = [lettering.note_mark(mark, language)] if mark else []
        lines = (first, *box.lines[1:])
        boxes.append(TextBox((*lines[:-1], lettering.line(*lines[-1].pieces, *last))))
    return lettering.stack(boxes)


def _state(data: ChartData, sketch: Sketch, goal: Goal, limits: _Limits) -> TextBox:
    """The state, and how much of the target is met, behind it or below: 滞后，完成73.9%."""
    lettering = sketch.lettering
    states, completions = [], []
    for order, language in enumerate(data.languages):
        size, font, colour = lettering.strong(order, language)
        if goal.course.is_good is False:
            colour = sketch.colours.warning
        state = Letters(COURSES[goal.course][language], size, font, colour, language)
        first, *others = _completion(sketch, goal, order, language)
        line = lettering.line(state, replace(first, gap=5.0), *others)
        if limits.on_one_line and line.width <= limits.state:
            states.append(TextBox((line,)))
            continue
        states.append(lettering.box(state, limits.state))
        completions.append(TextBox((lettering.line(first, *others),)))
    return lettering.stack((*states, *completions))


def _completion(sketch: Sketch, goal: Goal, order: int, language: Language) -> tuple[Letters, ...]:
    look = sketch.lettering.plain(order, language)
    words = Letters(goal.words[language], *look, language, goal.key)
    if language is ZH:
        return Letters(_DONE.zh, *look, language), words
    return words, Letters(_DONE.en, *look, language, gap=2.5)


# --- layout ----------------------------------------------------------------------


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """The legend, then the rows: words beside the bars where there is room, else above and below them."""
    top = legend(sketch, _entries(data, sketch), data.languages, (0.0, 0.0, data.width)) + _ROW_GAP
    wide = data.width
    rows = _rows(data, sketch, _Limits(wide * _NAMES, wide * _VALUES, wide * _VALUES, wide * _STATES))
    columns = [
        max(row.name.width for row in rows),
        max(max(row.value.width, row.target.width) for row in rows),
        max(row.state.width for row in rows),
    ]
    left, right = columns[0] + _GAP, wide - columns[1] - columns[2] - 2 * _GAP
    if right - left < _LEAST:
        return _stacked(data, sketch, top)
    for row in rows:
        texts = sketch.lettering.stack((row.value, row.target))
        height = max(row.name.height, texts.height, row.state.height, BAND)
        middle = top + height / 2
        sketch.text(row.name, 0.0, middle - row.name.height / 2)
        _bar(sketch, row, (left, _scale(rows, right - left)), middle)
        sketch.text(texts, right + _GAP, middle - texts.height / 2)
        sketch.text(row.state, right + 2 * _GAP + columns[1], middle - row.state.height / 2)
        top += height + _ROW_GAP
    return top - _ROW_GAP + _EDGE


def _stacked(data: ChartData, sketch: Sketch, top: float) -> float:
    """Name and state above a bar of the whole width, value and target below it."""
    wide = data.width
    half = (wide - _GAP) / 2
    rows = _rows(data, sketch, _Limits(wide * 0.52, half, half, wide * 0.44, on_one_line=True))
    scale = _scale(rows, wide)
    for row in rows:
        sketch.text(row.name, 0.0, top)
        sketch.text(row.state, wide, top, Anchor.RIGHT)
        top += max(row.name.height, row.state.height) + _LINE_GAP
        _bar(sketch, row, (0.0, scale), top + BAND / 2)
        top += BAND + _LINE_GAP
        sketch.text(row.value, 0.0, top)
        sketch.text(row.target, wide, top, Anchor.RIGHT)
        top += max(row.value.height, row.target.height) + _ROW_GAP
    return top - _ROW_GAP + _EDGE


def _scale(rows: Sequence[_Row], room: float) -> float:
    """The length of every target, so that the longest bar still fits."""
    return (room - _MARK / 2 - _HALO) / max(1.0, *(row.share for row in rows))


def _bar(sketch: Sketch, row: _Row, place: tuple[float, float], middle: float) -> None:
    """What is due, the bar before it, and the mark of the target with a white edge that sets it off."""
    zero, scale = place
    colours, down = sketch.colours, (middle - BAND / 2, middle + BAND / 2)
    if row.goal.due is not None:
        due = zero + float(row.goal.due) * scale
        _due(sketch, (zero, due), down)
    length = row.share * scale
    thick = (middle - BAR / 2, middle + BAR / 2)
    colour = judged(colours, row.goal.course.is_good)
    if row.goal.due is not None:
        sketch.bar((zero, zero + length), (thick[0] - _HALO, thick[1] + _HALO), WHITE)
    sketch.bar((zero, zero + length), thick, *fill_and_outline(colours, exact=row.datum.exact, colour=colour))
    at = zero + scale
    sketch.bar((at - _MARK / 2 - _HALO, at + _MARK / 2 + _HALO), down, WHITE)
    sketch.bar((at - _MARK / 2, at + _MARK / 2), down, colours.ink)
    sketch.line(((zero, down[0]), (zero, down[1])), colours.muted, 0.75)


def _due(sketch: Sketch, across: tuple[float, float], down: tuple[float, float]) -> None:
    """The part of a target that is due by now: a quiet band that ends in a line."""
    sketch.bar(across, down, sketch.colours.quiet)
    sketch.line(((across[1], down[0]), (across[1], down[1])), sketch.colours.muted, 1.0)


def _entries(data: ChartData, sketch: Sketch) -> list[tuple[Swatch, Localized]]:
    """What the colours of the bars and the other marks mean."""
    entries = []
    for good in (True, False, None):
        courses = [goal.course for _, goal in goals(data) if goal.course.is_good is good]
        words = [COURSES[course] for course in Course if course in courses]
        if words:
            en = ", ".join(each.en for each in words)
            name = Localized("、".join(each.zh for each in words), _sentence(en))
            entries.append((filled(judged(sketch.colours, good)), name))
    entries.append((_mark_swatch, _TARGET))
    due = progress(data)
    return entries if due is None else [*entries, (_due_swatch, Localized(due.zh, _sentence(due.en)))]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _mark_swatch(sketch: Sketch, x: float, y: float) -> None:
    sketch.bar((x + SWATCH / 2 - _MARK / 2, x + SWATCH / 2 + _MARK / 2), (y - 1, y + SWATCH + 1), sketch.colours.ink)


def _due_swatch(sketch: Sketch, x: float, y: float) -> None:
    _due(sketch, (x, x + SWATCH), (y, y + SWATCH))


def progress(data: ChartData) -> Localized | None:
    """How much of the year is gone, where a target goes by that: 时间进度75%; several where values differ in time."""
    parts = dict.fromkeys(goal.due for _, goal in goals(data) if goal.due is not None)
    words = [show_time_progress(part) for part in sorted(parts)]
    return Localized("、".join(each.zh for each in words), ", ".join(each.en for each in words)) if words else None


# --- in words --------------------------------------------------------------------


def common_date(data: ChartData) -> Localized | None:
    """The time of all values, or the day on which all of them end: 截至2025年9月底."""
    common, first = common_period(data), data.data[0]
    if common is not None:
        return common
    return show_as_of(first.period) if len({datum.period.end for datum in data.data}) == 1 else None


def remark(data: ChartData) -> Localized | None:
    """The day that all values are of, where their periods differ."""
    return common_date(data) if common_period(data) is None else None


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """Time progress, then every value with target, completion and state."""
    told: list[Inline] = [opening(_WORDS, data, language)]
    more = [each for each in (remark(data), progress(data)) if each is not None]
    if more:
        zh, en = "，".join(each.zh for each in more), ", ".join(each.en for each in more)
        told.append(say(Localized(f"{zh}。", f"{_sentence(en)}. "), language))
    parts = [tuple(_told(datum, goal, language)) for datum, goal in goals(data)]
    return (*told, *joined(parts, language))


def _told(datum: Datum, goal: Goal, language: Language) -> Iterator[Inline]:
    """质押融资登记金额33.26亿元，目标45亿元，完成年度目标的73.9%，滞后."""
    name = datum.name
    if goal.lower_is_better:
        name = Localized(f"{name.zh}（{LOWER_IS_BETTER.zh}）", f"{name.en} ({LOWER_IS_BETTER.en})")
    yield say(Localized(name.zh, f"{name.en}: "), language)
    yield from marked(datum, datum.text, language)
    yield say(Localized("，目标", ", target "), language)
    yield from marked(goal.target, goal.target.text, language)
    yield say(Localized("，", ", "), language)
    yield Span(goal.text[language], language, (), goal.key)
    words = COURSES[goal.course]
    yield say(Localized(f"，{words.zh}", f", {words.en}"), language)


def numbers(_: FigureSpec) -> Numbers:
    """Every row has a unit of its own."""
    return Numbers.WORDS


CHART = Chart(check, lay_out, tell, numbers, remark)
