"""Trend lines: how a value came about, as a small line beside it on a card or in a table.

A trend line shows the same values as a line chart over time, from the least to the
greatest of them over its whole height, and says no number: the value stands beside it.
Lines of one table, or on the cards of one block, have like periods at like places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ipreport.cache import Cache
from ipreport.document import Inline, Picture, Rendered, Text, Texts
from ipreport.figures import store
from ipreport.figures.cases import base_of
from ipreport.figures.data import ChartData, DataSeries, Numbers
from ipreport.figures.gather import gather
from ipreport.figures.lettering import Lettering
from ipreport.figures.select import beside, select, step_of
from ipreport.figures.selected import Selected
from ipreport.figures.sketch import Sketch
from ipreport.figures.stretches import stretches
from ipreport.figures.svg import svg
from ipreport.figures.telling import course, dated, of_one_definition, say
from ipreport.figures.theme import WHITE
from ipreport.fonts import Faces
from ipreport.language import Language, Localized
from ipreport.metrics import Direction, Metric, MetricSet, UnitKind
from ipreport.outline import CardsBlock, Every, FigureSpec, Outline, TableSpec, TrendKey, TrendSpec
from ipreport.problems import Problem, block
from ipreport.style import Colours, Style, StyleName, card_columns
from ipreport.wording import CASES_BELOW, Rounding

FORMAT = 1
"""Part of every cache key: raise it whenever the same data would be drawn differently."""

_IN_TABLE, _ON_CARD = 52.0, 126.0
"""The width in a table, and the greatest on a card, in points."""
_HEIGHT = 1.6
"""The height in em of the words beside it."""
_STROKE, _RADIUS, _SMALL = 1.2, 2.0, 0.9
_EDGE = _RADIUS + 0.2
"""What stays free around the line, so that nothing of it is cut off; at the left it has no dot."""
_EARLIER = 2
"""So many values before the last one a trend has at least."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A trend line to draw: of what, what that is called, over which time; an `optional` one may be left out."""

    metric: Metric
    name: Localized
    spec: TrendSpec
    optional: bool = False

    @property
    def figure(self) -> FigureSpec:
        """The line chart over time that has the same values."""
        return FigureSpec(
            id=self.metric.key,
            kind="line",
            title=self.name,
            roles={"series": (self.metric.key,)},
            origin=self.spec.origin,
            last=self.spec.last,
            every=self.spec.every,
        )

    @property
    def step(self) -> Every:
        """The time from one value to the next."""
        return step_of(self.figure, self.metric)

    def select(self, record: MetricSet) -> Selected:
        """Its values, as the line chart has them."""
        return select(self.figure, record)


@dataclass(frozen=True, slots=True)
class _Group:
    """The lines of one table, or of a block with so many `columns` of cards."""

    lines: tuple[_Line, ...]
    columns: int | None = None

    def size(self, style: Style, language: Language) -> tuple[float, float]:
        """Width and height of each line, in points."""
        if self.columns is None:
            width, words = _IN_TABLE, StyleName.TABLE_TEXT
        else:
            width, words = min(style.card_width(self.columns), _ON_CARD), StyleName.CARD_LABEL
        return round(width, 2), round(style.text(words, language).size * _HEIGHT, 2)


def check(outline: Outline, record: MetricSet) -> tuple[Problem, ...]:
    """Trend lines that cannot be drawn, each where it is asked for, with what to do instead.

    Metrics that do not exist are left to the reader, which names them; a region that lacks
    values has no line in a table by region, as it has no value there.
    """
    lines = (line for group in _groups(outline, record) for line in group.lines if not line.optional)
    return tuple(problem for line in lines if (problem := _problem(line, record)) is not None)


def draw(
    outline: Outline,
    record: MetricSet,
    languages: tuple[Language, ...],
    style: Style,
    faces: Faces,
    cache: Cache,
    marks: Mapping[str, str],
    rounding: Rounding = Rounding.HALF_EVEN,
) -> dict[TrendKey, Rendered]:
    """Every trend line of a briefing that passed `check`, told in `languages`.

    `style` is that of the edition, `marks` gives the note mark of a metric by its key.
    """
    drawn: dict[TrendKey, Rendered] = {}
    for group in _groups(outline, record):
        size = group.size(style, languages[0])
        chosen = [(line, line.select(record)) for line in group.lines if _problem(line, record) is None]
        for line, selected in chosen:
            slots = max(len(other.categories) for each, other in chosen if each.step == line.step)
            data = gather(selected, Numbers.WORDS, languages, marks, size[0], rounding)
            alt = tuple(Text(language, tell(data, language)) for language in languages)
            picture = _kept(
                data, alt, slots, size, Lettering(faces, style, line.spec.origin), style.colours, faces, cache
            )
            drawn[line.spec, line.metric.key] = Rendered(picture, alt, tuple(datum.key for datum in data.data))
    return drawn


# --- what is asked for -----------------------------------------------------------


def _groups(outline: Outline, record: MetricSet) -> Iterator[_Group]:
    for cards in outline.cards():
        yield _on_cards(cards, record)
    for table in outline.tables():
        if table.trend is not None:
            lines = _of_metrics if table.by_region is None else _of_regions
            yield _Group(tuple(lines(table, table.trend, record)))


def _on_cards(cards: CardsBlock, record: MetricSet) -> _Group:
    lines = tuple(
        _Line(record[card.metric], card.label or record[card.metric].name, card.trend)
        for card in cards.cards
        if card.trend is not None and card.metric in record
    )
    return _Group(lines, card_columns(len(cards.cards), cards.per_row))


def _of_metrics(table: TableSpec, spec: TrendSpec, record: MetricSet) -> Iterator[_Line]:
    """A line of every metric of a table."""
    for key in dict.fromkeys(table.metrics):
        if key in record:
            yield _Line(record[key], table.labels.get(key, record[key].name), spec)


def _of_regions(table: TableSpec, spec: TrendSpec, record: MetricSet) -> Iterator[_Line]:
    """A line of the metric that a table sorts by, of the home region and of each that has enough values."""
    key = table.by_region.sort if table.by_region is not None else None
    if key is None or key not in record:
        return
    home = record[key]
    name = table.labels.get(key, home.name)
    yield _Line(home, name, spec)
    yield from (_Line(metric, name, spec, optional=True) for metric in beside(record, home) if metric is not None)


# --- what cannot be drawn --------------------------------------------------------


_WITHOUT = "leave the trend line out; of a table, the row or the column 'trend'"


def _problem(line: _Line, record: MetricSet) -> Problem | None:
    found = _unfit(line.metric) or _short(line, record) or _few_cases(line, record)
    if found is None:
        return None
    reason, *hints = found
    message = f"no trend line can be drawn of '{line.metric.key}': it {reason}"
    return block(message, line.spec.origin, *hints, _WITHOUT)


def _unfit(metric: Metric) -> tuple[str, ...] | None:
    if metric.unit.kind is UnitKind.RANK:
        return ("is a rank, and its line would fall as the place gets better",)
    if not metric.period.known:
        return "is undated, so nothing says which values came before it", "give its period in the data"
    return None


def _short(line: _Line, record: MetricSet) -> tuple[str, ...] | None:
    """Fewer values than make a trend, or none at its end."""
    selected = line.select(record)
    points = selected.series[0].points if selected.series else ()
    if points and points[-1] is None:
        if line.metric.value is not None and line.step is Every.QUARTER:
            return "does not part into single quarters", "write 'every: year', which compares like periods"
        return ("has no value for its own period",)
    earlier = sum(point is not None for point in points[:-1])
    if earlier < _EARLIER:
        listed = f"{earlier or 'no'} earlier value{'' if earlier == 1 else 's'}"
        reason = f"has {listed} like it in the last {line.spec.last} periods, and a trend needs {_EARLIER}"
        return reason, "record them, raise 'trend:', or check 'every:'"
    return None


def _few_cases(line: _Line, record: MetricSet) -> tuple[str, ...] | None:
    """A rate of few cases goes up and down by chance (DOMAIN §5)."""
    for metric in line.select(record).metrics:
        base = base_of(metric, record)
        if base is not None and base.value is not None and base.value < CASES_BELOW:
            return (f"rests on a rate of {base.value} cases ('{base.key}'), which moves by chance",)
    return None


# --- the drawing -----------------------------------------------------------------


def _kept(
    data: ChartData,
    alt: Texts,
    slots: int,
    size: tuple[float, float],
    lettering: Lettering,
    colours: Colours,
    faces: Faces,
    cache: Cache,
) -> Picture:
    """The picture, from the cache where it is there."""
    key = f"trend {FORMAT} {data!r} {slots} {size} {colours!r}"
    stored = cache.get(key)
    picture = None if stored is None else store.unpack(stored)
    if picture is None:
        from ipreport.figures.png import png  # noqa: PLC0415 - matplotlib takes most of a second to import

        sketch = Sketch(lettering, colours)
        lay_out(data.series[0], slots, size, sketch)
        drawing = sketch.drawing(size[1])
        title = " / ".join(data.title[language] for language in data.languages)
        vectors = svg(drawing, size, title, " ".join(text.plain() for text in alt), lettering)
        picture = Picture(*size, drawing, vectors, png(drawing, size, faces, on_white=False))
        cache.put(key, store.pack(picture))
    return picture


def lay_out(series: DataSeries, slots: int, size: tuple[float, float], sketch: Sketch) -> None:
    """The line in `slots` places for periods, its last value at the right with a dot.

    What is better neither high nor low is grey. Values across a gap or a change of
    definition are not joined; the latter has a dashed upright.
    """
    colour = sketch.colours.muted if series.direction is Direction.NEUTRAL else sketch.colours.accent
    places = _places(series, slots, size)
    for index, datum in enumerate(series.points):
        if datum is not None and datum.broken:
            x = (places[index][0] + places[index - 1][0]) / 2
            sketch.line(((x, 0.0), (x, size[1])), sketch.colours.muted, 0.6, (1.5, 1.5))
    for stretch in stretches(series):
        points = [places[index] for index, _ in stretch]
        if len(points) > 1:
            sketch.line(points, colour, _STROKE, rounded=True)
        elif stretch[0][0] < len(series.points) - 1:
            sketch.dot(*points[0], _SMALL, colour, None)
    # A value that its source gives as “over” or “nearly” is hollow, as in charts.
    fill, outline = (colour, None) if series.known[-1].exact else (WHITE, colour)
    sketch.dot(*places[len(series.points) - 1], _RADIUS, fill, outline)


def _places(series: DataSeries, slots: int, size: tuple[float, float]) -> dict[int, tuple[float, float]]:
    """Where each period stands, and its value where it has one; values that are all the same in the middle."""
    width, height = size
    values = [datum.value for datum in series.known]
    least, reach = min(values), max(values) - min(values)
    step = (width - _EDGE - _SMALL) / (slots - 1)
    last = len(series.points) - 1
    places = {}
    for index, datum in enumerate(series.points):
        share = float((datum.value - least) / reach) if datum is not None and reach else 0.5
        places[index] = (width - _EDGE - (last - index) * step, height - _EDGE - share * (height - 2 * _EDGE))
    return places


# --- in words --------------------------------------------------------------------


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """Whose trend it is, from which value to which it went, its extremes, and what interrupts it."""
    name, region, series = data.title, data.region, data.series[0]
    where = region if region is not None and region.zh not in name.zh else None
    opening = Localized(
        f"{name.zh}{f'（{where.zh}）' if where else ''}走势：", f"{name.en}{f' ({where.en})' if where else ''}, trend: "
    )
    told: list[Inline] = [say(opening, language)]
    for number, values in enumerate(of_one_definition(series)):
        alone = len(values) == 1
        if number:
            told.append(say(_CHANGED_TO if alone else _CHANGED, language))
        told += dated(data, values[0], language) if alone else course(data, values, language)
    if None in series.points:
        told.append(say(_GAPS, language))
    return (*told, say(Localized("。", "."), language))


_CHANGED = Localized("；口径调整后", "; after a change of definition, ")
_CHANGED_TO = Localized("；口径调整后为", "; after a change of definition, ")
_GAPS = Localized("，其间有缺数", ", with values missing in between")
