"""One bar for the whole with the part in front: what share the part has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ipreport.document import Inline, Span
from ipreport.figures.charts.base import Chart
from ipreport.figures.data import ChartData, Datum, Numbers
from ipreport.figures.lettering import Lettering, Letters, TextBox, mark_behind
from ipreport.figures.refusals import amounts, rates
from ipreport.figures.refusals_of_wholes import no_part
from ipreport.figures.refuse import refuse
from ipreport.figures.selected import Selected
from ipreport.figures.sketch import Sketch
from ipreport.figures.telling import opening, say, value
from ipreport.language import Language, Localized
from ipreport.metrics import share_key
from ipreport.outline import FigureSpec
from ipreport.problems import Problem
from ipreport.wording import show_share

BAR = 20.0
_EDGE = 2.0
_TICK = 6.0
_PIECE_GAP = 7.0


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses what has no share: other units, rates, other dates, a part of anything else or above its whole."""
    problems = (*amounts(selected), *_unlike(selected))
    yield from problems
    if not problems and len(selected.metrics) == 2:
        whole, part = selected.metrics
        yield from no_part(selected, part, whole)


def _unlike(selected: Selected) -> Iterator[Problem]:
    spec, metrics = selected.spec, selected.metrics
    if len(metrics) != 2:
        return
    whole, part = metrics
    yield from rates(selected)
    if whole.period.known and part.period.known and whole.period.end != part.period.end:
        reason = f"'{part.key}' ({part.period.end}) and '{whole.key}' ({whole.period.end}) are of different dates"
        yield refuse(spec, reason, "use values of the same date, or kind: bar, which claims no share")
    if whole.value is None or part.value is None:
        return
    if whole.value == 0:
        yield refuse(spec, f"the whole, '{whole.key}', is zero and has no parts", "say it in the text or in a table")
    elif part.value > whole.value > 0:
        reason = f"the part, '{part.key}' ({part.value}), is greater than the whole, '{whole.key}' ({whole.value})"
        yield refuse(spec, reason, "check the two values, swap whole and part, or use kind: bar")


def share(data: ChartData) -> Localized:
    """The share in words."""
    whole, part = data.data
    exact = whole.exact and part.exact
    return show_share(part.value, whole.value, exact=exact, rounding=data.rounding, unit=whole.unit)


def _lines(pieces: list[Letters], width: float, lettering: Lettering) -> TextBox:
    """A name and its values on one line where they fit, otherwise the values below the name."""
    line = lettering.line(*pieces)
    if line.width <= width:
        return TextBox((line,))
    name, first, *others = pieces
    values = lettering.line(replace(first, gap=0.0), *others)
    return lettering.stack((lettering.box(name, width), TextBox((values,))))


def _described(
    datum: Datum, name: Localized, shared: tuple[Localized, str] | None, data: ChartData, lettering: Lettering
) -> TextBox:
    """Name, value and share in every language."""
    boxes = []
    for order, language in enumerate(data.languages):
        strong = lettering.strong(order, language)
        pieces = [
            Letters(name[language], *lettering.plain(order, language), language),
            Letters(datum.text[language], *strong, language, datum.key, gap=_PIECE_GAP),
        ]
        if mark := mark_behind(datum.marks, order, data.languages, data.languages):
            pieces.append(lettering.note_mark(mark, language))
        if shared is not None:
            pieces.append(Letters(shared[0][language], *strong, language, shared[1], gap=_PIECE_GAP))
        boxes.append(_lines(pieces, data.width, lettering))
    return lettering.stack(boxes)


def _part_name(part: Datum, joints: Localized) -> Localized:
    """The name as a part, unless the author said so: 其中：高价值发明专利."""
    zh = part.name.zh if part.name.zh.startswith("其中") else f"其中{joints.zh}{part.name.zh}"
    en = part.name.en if part.name.en.lower().startswith("of which") else f"of which{joints.en}{part.name.en}"
    return Localized(zh, en)


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """The whole named above a bracket over the bar, the part below its own stretch."""
    whole, part = data.data
    lettering, colours = sketch.lettering, sketch.colours
    share_words = share(data)
    told = Localized(f"占比{share_words.zh}", share_words.en)
    above = _described(whole, whole.name, None, data, lettering)
    below = _described(
        part, _part_name(part, Localized("：", ": ")), (told, share_key(part.key, whole.key)), data, lettering
    )
    sketch.text(above, 0, _EDGE)
    bracket = _EDGE + above.height + 4
    bar = bracket + _TICK
    sketch.line(
        ((0.25, bar - 1), (0.25, bracket), (data.width - 0.25, bracket), (data.width - 0.25, bar - 1)),
        colours.muted,
        0.5,
    )
    length = float(part.value / whole.value) * data.width
    sketch.bar((0, data.width), (bar, bar + BAR), colours.quiet, colours.muted)
    sketch.bar((0, length), (bar, bar + BAR), colours.accent)
    foot = bar + BAR + 1
    sketch.line(
        (
            (0.25, foot),
            (0.25, foot + _TICK - 1),
            (max(length - 0.25, 0.25), foot + _TICK - 1),
            (max(length - 0.25, 0.25), foot),
        ),
        colours.accent,
        0.75,
    )
    top = foot + _TICK + 3
    sketch.text(below, 0, top)
    return top + below.height + _EDGE


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """Whole, part and share."""
    whole, part = data.data
    name = _part_name(part, Localized("", " "))
    shown = Span(share(data)[language], language, (), share_key(part.key, whole.key))
    return (
        opening(Localized("占比条形图", "Part-of-whole bar"), data, language),
        say(Localized(whole.name.zh, f"{whole.name.en}: "), language),
        *value(whole, language),
        say(Localized(f"，{name.zh}", f"; {name.en}: "), language),
        *value(part, language),
        say(Localized("，占比", ", or "), language),
        shown,
        say(Localized("。", "."), language),
    )


def numbers(_: FigureSpec) -> Numbers:
    """Whole and part are named in a line of words each."""
    return Numbers.WORDS


CHART = Chart(check, lay_out, tell, numbers)
