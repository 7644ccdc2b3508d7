"""Tables of metrics: a row each, and what a column says of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from ipreport.compose.alignment import Units, aligned, one_unit
from ipreport.compose.common import (
    AS_STATED,
    Languages,
    all_rendered,
    keyed_texts,
    notes_on_values,
    said,
    same_once,
    source_citations,
    value_texts,
)
from ipreport.compose.comparisons import COMPARISONS, compare, previous
from ipreport.compose.content import Content, block_label
from ipreport.compose.sense import refusal
from ipreport.compose.standings import completion, standing
from ipreport.compose.trends import TREND_HEAD, Trends, chosen, keys_of, trend_cell, trend_note
from ipreport.document import (
    Align,
    Caption,
    CaptionKind,
    Cell,
    Column,
    Rendered,
    Row,
    RowRole,
    Span,
    Table,
    Text,
    Texts,
)
from ipreport.language import Localized
from ipreport.metrics import Metric, Status
from ipreport.outline import TableColumn, TableSpec
from ipreport.rules.sums import needs_rounding_note
from ipreport.wording import MAY_NOT_ADD_UP, MISSING_IN_TABLE, STATES, Phrase, money_class_words, show_period

_HEADS: Mapping[TableColumn, Localized] = MappingProxyType(
    {
        TableColumn.NAME: Localized("指标", "Indicator"),
        TableColumn.VALUE: Localized("数值", "Value"),
        TableColumn.PREVIOUS: Localized("上年同期", "Year earlier"),
        TableColumn.YOY: Localized("同比", "Year on year"),
        TableColumn.QOQ: Localized("环比", "Quarter on quarter"),
        TableColumn.SINCE_YEAR_END: Localized("较上年末", "Since year-end"),
        TableColumn.RANK: Localized("位次", "Rank"),
        TableColumn.TARGET: Localized("目标", "Target"),
        TableColumn.COMPLETION: Localized("完成率", "Completion"),
        TableColumn.STATUS: Localized("数据状态", "Status"),
        TableColumn.PERIOD: Localized("时点或时期", "Period"),
        TableColumn.SOURCE: Localized("来源", "Source"),
        TableColumn.CLASS: Localized("金额类别", "Class of money"),
        TableColumn.NOTE: Localized("说明", "Remark"),
        TableColumn.TREND: TREND_HEAD,
    }
)

_SHAPES: Mapping[TableColumn, Column] = MappingProxyType(
    {
        TableColumn.NAME: Column(4.4),
        TableColumn.VALUE: Column(2.4, Align.RIGHT),
        TableColumn.PREVIOUS: Column(2.4, Align.RIGHT),
        TableColumn.YOY: Column(1.9, Align.RIGHT),
        TableColumn.QOQ: Column(1.9, Align.RIGHT),
        TableColumn.SINCE_YEAR_END: Column(1.9, Align.RIGHT),
        TableColumn.RANK: Column(1.6, Align.CENTRE),
        TableColumn.TARGET: Column(3.0, Align.RIGHT),
        TableColumn.COMPLETION: Column(1.8, Align.RIGHT),
        TableColumn.STATUS: Column(1.6, Align.CENTRE),
        TableColumn.PERIOD: Column(1.8, Align.CENTRE),
        TableColumn.SOURCE: Column(1.3, Align.CENTRE),
        TableColumn.CLASS: Column(1.9),
        TableColumn.NOTE: Column(4.2),
        TableColumn.TREND: Column(2.0, Align.RIGHT),
    }
)

_NEVER_ADDED = Localized(
    "注：各类金额口径不同，不相加、不互相折算。",
    "Note: amounts of different classes are neither added nor converted into one another.",
)
_ROUNDED = Localized(f"注：{MAY_NOT_ADD_UP.zh}。", f"Note: {MAY_NOT_ADD_UP.en[:1].upper()}{MAY_NOT_ADD_UP.en[1:]}.")
_NO_REMARK = Localized.same("—")


def table(spec: TableSpec, content: Content, languages: Languages, trends: Trends) -> Table:
    """A table of metrics with its notes (rule R23: classes of money are never added)."""
    keys = spec.metrics
    notes = [*all_rendered(spec.notes, content, languages)]
    if TableColumn.CLASS in spec.columns:
        notes.append(said(_NEVER_ADDED, languages))
    drawn = chosen(((spec.trend, key) for key in keys), trends)
    notes += trend_note(drawn, content, languages, in_table=True)
    body = _body(spec, content, languages, drawn)
    # Rule R21: a reader who adds up rounded parts is told why they miss the total.
    if needs_rounding_note(_printed(spec, content, keys), content.metrics):
        notes.append(said(_ROUNDED, languages))
    notes += notes_on_values(content, body, keys, keys_of(drawn.values()), languages)
    label = block_label(spec.id, CaptionKind.TABLE)
    return Table(
        label=label,
        caption=Caption(CaptionKind.TABLE, content.numbers[label], said(spec.title, languages)),
        columns=aligned([_SHAPES[column] for column in spec.columns], body, _units(spec, content)),
        head=(Row(tuple(Cell(said(_HEADS[column], languages)) for column in spec.columns)),),
        body=body,
        notes=tuple(notes),
        description=_description(spec, len(keys), languages),
    )


_COMPARED = {TableColumn.YOY, TableColumn.QOQ, TableColumn.SINCE_YEAR_END, TableColumn.COMPLETION}


def _units(spec: TableSpec, content: Content) -> Units:
    """The columns that may be of one unit: comparisons, and values where all rows are of one."""
    shared = one_unit([content.metrics[key].unit for key in spec.metrics])
    values = {TableColumn.VALUE, TableColumn.PREVIOUS} if shared is not None else set()
    return {
        index: shared if column in values else None
        for index, column in enumerate(spec.columns)
        if column in _COMPARED | values
    }


def _printed(spec: TableSpec, content: Content, keys: tuple[str, ...]) -> dict[str, Decimal]:
    """The values the table shows, as they are rounded in it; none where it has no column for them."""
    if TableColumn.VALUE not in spec.columns:
        return {}
    return {key: rounded for key in keys if (rounded := content.shown[key].rounded) is not None}


def _body(spec: TableSpec, content: Content, languages: Languages, drawn: Mapping[str, Rendered]) -> tuple[Row, ...]:
    rows: list[Row] = []
    for group in spec.groups:
        if group.title is not None:
            rows.append(Row((Cell(said(group.title, languages), span=len(spec.columns)),), RowRole.GROUP))
        rows += (
            Row(tuple(_cell(column, key, spec, content, languages, drawn) for column in spec.columns))
            for key in group.metrics
        )
    return tuple(rows)


def _cell(
    column: TableColumn,
    key: str,
    spec: TableSpec,
    content: Content,
    languages: Languages,
    drawn: Mapping[str, Rendered],
) -> Cell:
    if column is TableColumn.TREND:
        return trend_cell(drawn, key, languages)
    if column is TableColumn.NAME and key in spec.labels:
        return Cell(said(spec.labels[key], languages))
    return Cell(_CELLS[column](content, content.metrics[key], languages))


def _description(spec: TableSpec, rows: int, languages: Languages) -> Texts:
    heads = [_HEADS[column] for column in spec.columns]
    words = Localized(
        f"{spec.title.zh}。共{rows}行，列为{'、'.join(head.zh for head in heads)}。",
        f"{spec.title.en}. {rows} rows; columns: {', '.join(head.en.lower() for head in heads)}.",
    )
    return said(words, languages)


def _source_cell(content: Content, metric: Metric, languages: Languages) -> Texts:
    language = languages[0]
    return (Text(language, source_citations(content, (metric.key,), language)),)


def _class_cell(_: Content, metric: Metric, languages: Languages) -> Texts:
    return said(money_class_words(metric.definition) or _NO_REMARK, languages)


def _status_cell(_: Content, metric: Metric, languages: Languages) -> Texts:
    """Whether a value is settled; one in doubt is printed as its source states it."""
    if metric.status in {Status.SUSPECT, Status.BLOCKED}:
        return said(AS_STATED, languages)
    state = STATES.get(metric.status)
    return said(_NO_REMARK if state is None else state.name, languages)


def _previous_cell(content: Content, metric: Metric, languages: Languages) -> Texts:
    before = previous(metric, content) if refusal(metric, "previous", content) is None else None
    return said(MISSING_IN_TABLE, languages) if before is None else value_texts(content, before.key, languages)


def _compared_cell(name: str) -> Callable[[Content, Metric, Languages], Texts]:
    def cell(content: Content, metric: Metric, languages: Languages) -> Texts:
        if refusal(metric, name, content) is not None:
            return said(MISSING_IN_TABLE, languages)
        return _phrase_cell(content, compare(metric, content, COMPARISONS[name]), languages)

    return cell


def _rank_cell(content: Content, metric: Metric, languages: Languages) -> Texts:
    if refusal(metric, "rank", content) is not None:
        return said(MISSING_IN_TABLE, languages)
    return _phrase_cell(content, standing(metric, content)[1], languages)


def _target_cell(content: Content, metric: Metric, languages: Languages) -> Texts:
    """The target's value and, since it need not be of this year, its year."""
    target = content.metrics.target_of(metric) if refusal(metric, "target", content) is None else None
    if target is None or target.period.end is None:
        return said(MISSING_IN_TABLE, languages)
    words, year = content.shown[target.key].value, target.period.end.year
    behind = Localized(f"（{year}年）", f" ({year})")
    key, marks = target.key, content.raised_marks
    return same_once(
        tuple(
            Text(
                language,
                (
                    Span(words[language], language, (), key),
                    *marks(key, language),
                    Span(behind[language], language),
                ),
            )
            for language in languages
        )
    )


def _completion_cell(content: Content, metric: Metric, languages: Languages) -> Texts:
    found = completion(metric, content) if refusal(metric, "target", content) is None else None
    return said(MISSING_IN_TABLE, languages) if found is None else _phrase_cell(content, found[1], languages)


def _phrase_cell(content: Content, phrase: Phrase, languages: Languages) -> Texts:
    if phrase.rounded is None:
        return said(MISSING_IN_TABLE, languages)
    return keyed_texts(content, phrase.cell, phrase.key, languages)


_CELLS: Mapping[TableColumn, Callable[[Content, Metric, Languages], Texts]] = MappingProxyType(
    {
        TableColumn.NAME: lambda _, metric, languages: said(metric.name, languages),
        TableColumn.VALUE: lambda content, metric, languages: value_texts(content, metric.key, languages),
        TableColumn.PREVIOUS: _previous_cell,
        **{TableColumn(name): _compared_cell(name) for name in COMPARISONS},
        TableColumn.RANK: _rank_cell,
        TableColumn.TARGET: _target_cell,
        TableColumn.COMPLETION: _completion_cell,
        TableColumn.STATUS: _status_cell,
        TableColumn.PERIOD: lambda _, metric, languages: said(show_period(metric.period), languages),
        TableColumn.SOURCE: _source_cell,
        TableColumn.CLASS: _class_cell,
        TableColumn.NOTE: lambda _, metric, languages: said(metric.note or _NO_REMARK, languages),
    }
)
