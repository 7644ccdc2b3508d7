"""Tables by region: the metrics are the columns, the regions within the briefing's own the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ipreport.compose.alignment import aligned
from ipreport.compose.common import (
    Languages,
    all_rendered,
    keyed_texts,
    notes_on_values,
    said,
    source_line,
)
from ipreport.compose.content import Content, block_label
from ipreport.compose.heads import Head, head_rows, told
from ipreport.compose.sense import refusal
from ipreport.compose.standings import standing
from ipreport.compose.trends import TREND_HEAD, Trends, chosen, keys_of, trend_cell, trend_note
from ipreport.document import Align, Caption, CaptionKind, Cell, Column, Mark, Rendered, Row, Span, Table, Text, Texts
from ipreport.language import Localized
from ipreport.metrics import Direction, Metric, Region, UnitKind, same_caliber
from ipreport.outline import ByRegion, TableSpec
from ipreport.problems import Problem, block
from ipreport.wording import MISSING_IN_TABLE, MoneyColumn
from ipreport.wording.numbers import WAN

_REGION = Localized("地区", "Region")
_RANK = Localized("位次", "Rank")
_REGION_WIDTH, _VALUE_WIDTH, _RANK_WIDTH, _TREND_WIDTH = 2.6, 2.2, 1.4, 1.9
_STRONG = (Mark.STRONG,)


@dataclass(frozen=True, slots=True)
class _ByRegion:
    """A column: its metric in the home region, and in every region that has it of the same time and definition."""

    home: Metric
    values: Mapping[str, Metric]
    money: MoneyColumn | None

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Every observation of the column, the home region's last."""
        return (*self.values.values(), self.home)

    def words(self, metric: Metric, content: Content) -> Localized:
        """A value as its cell shows it; with its own unit where a qualifier has to stay with it."""
        shown = content.shown[metric.key]
        if not metric.is_exact:
            return shown.value
        return shown.number if self.money is None else self.money.cell(metric.value)


def table(spec: TableSpec, content: Content, languages: Languages, trends: Trends) -> Table:
    """A table by region, the home region as its last row (DOMAIN §5: same date and definition for all).

    Trend lines stand behind the column of the metric that the regions are sorted by.
    """
    columns = tuple(_column(key, content) for key in spec.metrics)
    keys = tuple(metric.key for column in columns for metric in column.metrics)
    drawn = chosen(((spec.trend, key) for key in keys), trends)
    notes = [*all_rendered(spec.notes, content, languages)]
    notes += trend_note(drawn, content, languages, in_table=True)
    rows = tuple(_rows(spec, columns, content, languages, drawn))
    notes += notes_on_values(content, rows, keys, keys_of(drawn.values()), languages)
    notes.append(tuple(source_line(content, keys, language) for language in languages))
    label, heads = block_label(spec.id, CaptionKind.TABLE), tuple(_heads(spec, columns))
    units = {index: head.unit for index, head in enumerate(heads) if head.unit is not None}
    return Table(
        label=label,
        caption=Caption(CaptionKind.TABLE, content.numbers[label], said(spec.title, languages)),
        columns=aligned([head.shape for head in heads], rows, units),
        head=head_rows(heads, languages),
        body=rows,
        notes=tuple(notes),
        description=said(_description(spec, heads, len(rows)), languages),
    )


def _heads(spec: TableSpec, columns: tuple[_ByRegion, ...]) -> Iterator[Head]:
    """Head and shape of every column, from the left."""
    yield Head(_REGION, Column(_REGION_WIDTH))
    titles = (group.title for group in spec.groups for _ in group.metrics)
    for column, title in zip(columns, titles, strict=True):
        yield Head(_head(column, spec), Column(_VALUE_WIDTH, Align.RIGHT), title, column.home.unit)
        if _has_trend(spec, column):
            yield Head(TREND_HEAD, Column(_TREND_WIDTH, Align.RIGHT), title)
    if spec.by_region is not None and spec.by_region.rank:
        yield Head(_RANK, Column(_RANK_WIDTH, Align.CENTRE))


def _has_trend(spec: TableSpec, column: _ByRegion) -> bool:
    return spec.trend is not None and spec.by_region is not None and column.home.key == spec.by_region.sort


def regions_within(content: Content) -> tuple[Region, ...]:
    """The regions within the briefing's own, in the order of the file."""
    return tuple(region for region in content.metrics.regions if region.within == content.metrics.home)


def check(content: Content) -> Iterator[Problem]:
    """Tables by region that have no regions, or whose metrics are not the home region's."""
    for spec in content.outline.tables():
        if spec.by_region is None:
            continue
        if not regions_within(content):
            hint = "list them in 'regions:' of metrics.yaml, each with 'within:' and the briefing's own region"
            yield block(f"no regions are within {content.metrics.region.en}", spec.origin, hint)
        for key in spec.metrics:
            if content.metrics[key].region != content.metrics.home:
                hint = "name the metric of the briefing's own region; each region's value is found by it"
                yield block(f"'{key}' is of another region", spec.origin, hint)
        yield from _unranked(spec, spec.by_region, content)


def _unranked(spec: TableSpec, by_region: ByRegion, content: Content) -> Iterator[Problem]:
    metric = content.metrics[by_region.sort] if by_region.sort is not None else None
    if metric is not None and by_region.rank and metric.unit.kind in {UnitKind.RANK, UnitKind.POINTS}:
        yield block(f"regions have no rank by '{metric.key}'", spec.origin, "sort by the value behind it")


def money_columns(key: str, content: Content) -> Iterator[MoneyColumn]:
    """The columns of tables by region that show an amount, whose heads give its unit.

    What they print of it is `column.cell(value)`, which `read_back_cell` reads.
    """
    metric = content.metrics[key]
    if metric.unit.kind is not UnitKind.MONEY or not metric.is_exact:
        return
    for spec in content.outline.tables():
        for name in spec.metrics if spec.by_region is not None else ():
            if content.metrics[name].definition.id == metric.definition.id:
                column = _column(name, content)
                if column.money is not None and any(metric.key == shown.key for shown in column.metrics):
                    yield column.money


# --- columns ---------------------------------------------------------------------


def _column(key: str, content: Content) -> _ByRegion:
    home = content.metrics[key]
    values = {}
    for region in regions_within(content):
        found = next((m for m in content.metrics.series(home.definition.id, region.id) if _beside(m, home)), None)
        if found is not None:
            values[region.id] = found
    money = None
    if home.unit.kind is UnitKind.MONEY:
        amounts = [metric.value for metric in (*values.values(), home) if metric.value is not None]
        money = MoneyColumn.of(amounts, _places(amounts), content.rounding)
    return _ByRegion(home, values, money)


def _places(amounts: list[Decimal]) -> int:
    """Two decimals of 万元, or none where no amount has any."""
    return 2 if any(amount % WAN for amount in amounts) else 0


def _beside(metric: Metric, home: Metric) -> bool:
    return metric.value is not None and metric.period == home.period and same_caliber(metric, home)


def _head(column: _ByRegion, spec: TableSpec) -> Localized:
    """The name with the unit in brackets, unless the English name says it already."""
    name, unit = spec.labels.get(column.home.key, column.home.name), column.home.unit
    if unit.kind in {UnitKind.PERCENT, UnitKind.RANK}:
        return name
    label = MoneyColumn.HEAD if column.money is not None else unit.label
    said_already = label.en.lower() in name.en.lower()
    return Localized(f"{name.zh}（{label.zh}）", name.en if said_already else f"{name.en} ({label.en})")


# --- rows ------------------------------------------------------------------------


def _rows(
    spec: TableSpec,
    columns: tuple[_ByRegion, ...],
    content: Content,
    languages: Languages,
    drawn: Mapping[str, Rendered],
) -> Iterator[Row]:
    by_region = spec.by_region or ByRegion()
    sorting = next((column for column in columns if column.home.key == by_region.sort), None)

    def cells(metrics: Iterable[Metric | None], marks: tuple[Mark, ...] = ()) -> Iterator[Cell]:
        for column, metric in zip(columns, metrics, strict=True):
            yield _cell(column, metric, content, languages, marks)
            if _has_trend(spec, column):
                yield trend_cell(drawn, None if metric is None else metric.key, languages)

    for region in _ordered(regions_within(content), sorting):
        row = [Cell(said(region.name, languages)), *cells(column.values.get(region.id) for column in columns)]
        if by_region.rank and sorting is not None:
            row.append(Cell(_rank(sorting.values.get(region.id), content, languages)))
        yield Row(tuple(row))
    name = content.metrics.region_named(content.metrics.home)
    total = [Cell(tuple(Text(language, (Span(name[language], language, _STRONG),)) for language in languages))]
    total += cells((column.home for column in columns), _STRONG)
    if by_region.rank:
        total.append(Cell(said(Localized.same("—"), languages)))
    yield Row(tuple(total))


def _ordered(regions: tuple[Region, ...], sorting: _ByRegion | None) -> list[Region]:
    """The best first; regions that are equal or have no value keep the file's order, the latter last."""
    if sorting is None:
        return list(regions)
    sign = 1 if sorting.home.definition.direction is Direction.DOWN else -1

    def place(region: Region) -> tuple[bool, Decimal]:
        metric = sorting.values.get(region.id)
        value = metric.value if metric is not None else None
        return value is None, sign * (value or Decimal(0))

    return sorted(regions, key=place)


def _cell(
    column: _ByRegion, metric: Metric | None, content: Content, languages: Languages, marks: tuple[Mark, ...] = ()
) -> Cell:
    if metric is None or metric.value is None:
        return Cell(said(MISSING_IN_TABLE, languages))
    return Cell(keyed_texts(content, column.words(metric, content), metric.key, languages, marks))


def _rank(metric: Metric | None, content: Content, languages: Languages) -> Texts:
    if metric is None or refusal(metric, "rank", content) is not None:
        return said(MISSING_IN_TABLE, languages)
    phrase = standing(metric, content)[1]
    if phrase.rounded is None:
        return said(MISSING_IN_TABLE, languages)
    return keyed_texts(content, phrase.cell, phrase.key, languages)


def _description(spec: TableSpec, heads: tuple[Head, ...], rows: int) -> Localized:
    columns = told(heads)
    return Localized(
        f"{spec.title.zh}。共{rows}行，列为{columns.zh}。", f"{spec.title.en}. {rows} rows; columns: {columns.en}."
    )
