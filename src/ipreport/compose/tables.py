"""Tables of metrics and rows of key figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from ipreport.compose.common import (
    Languages,
    doubt_note,
    keys_in,
    rendered,
    said,
    source_citations,
    state_notes,
    value_texts,
)
from ipreport.compose.content import Content, block_label
from ipreport.document import (
    Align,
    Caption,
    CaptionKind,
    Card,
    Cards,
    CardState,
    Cell,
    Column,
    Row,
    RowRole,
    Table,
    Text,
    Texts,
    text,
)
from ipreport.language import Localized
from ipreport.metrics import Kind, Metric
from ipreport.outline import CardsBlock, CardSpec, TableColumn, TableSpec
from ipreport.rules.money import CLASSES as MONEY_CLASSES
from ipreport.rules.sums import needs_rounding_note
from ipreport.wording import STATES, show_period

_HEADS: Mapping[TableColumn, Localized] = MappingProxyType(
    {
        TableColumn.NAME: Localized("指标", "Indicator"),
        TableColumn.VALUE: Localized("数值", "Value"),
        TableColumn.PERIOD: Localized("时点或时期", "Period"),
        TableColumn.SOURCE: Localized("来源", "Source"),
        TableColumn.CLASS: Localized("金额类别", "Class of money"),
        TableColumn.NOTE: Localized("说明", "Remark"),
    }
)

_SHAPES: Mapping[TableColumn, Column] = MappingProxyType(
    {
        TableColumn.NAME: Column(4.4),
        TableColumn.VALUE: Column(2.4, Align.RIGHT),
        TableColumn.PERIOD: Column(1.8, Align.CENTRE),
        TableColumn.SOURCE: Column(1.3, Align.CENTRE),
        TableColumn.CLASS: Column(1.9),
        TableColumn.NOTE: Column(4.2),
    }
)

_NEVER_ADDED = Localized(
    "注：各类金额口径不同，不相加、不互相折算。",
    "Note: amounts of different classes are neither added nor converted into one another.",
)
_ROUNDED = Localized(
    "注：因四舍五入，分项之和与合计可能略有差异。",
    "Note: Figures may not add up because of rounding.",
)
_NO_REMARK = Localized.same("—")


def table(spec: TableSpec, content: Content, languages: Languages) -> Table:
    """A table of metrics with its notes (rule R23: classes of money are never added)."""
    keys = tuple(key for group in spec.groups for key in group.metrics)
    notes = [rendered(note, content, languages) for note in spec.notes]
    if TableColumn.CLASS in spec.columns:
        notes.append(said(_NEVER_ADDED, languages))
    body = _body(spec, content, languages)
    # Rule R21: a reader who adds up rounded parts is told why they miss the total.
    if needs_rounding_note(_printed(spec, content, keys), content.metrics):
        notes.append(said(_ROUNDED, languages))
    notes += state_notes(content, keys_in(text for row in body for cell in row.cells for text in cell.texts), languages)
    notes += doubt_note(content, keys, languages)
    label = block_label(spec.id, CaptionKind.TABLE)
    return Table(
        label=label,
        caption=Caption(CaptionKind.TABLE, content.numbers[label], said(spec.title, languages)),
        columns=tuple(_SHAPES[column] for column in spec.columns),
        head=(Row(tuple(Cell(said(_HEADS[column], languages)) for column in spec.columns)),),
        body=body,
        notes=tuple(notes),
        description=_description(spec, len(keys), languages),
    )


def _printed(spec: TableSpec, content: Content, keys: tuple[str, ...]) -> dict[str, Decimal]:
    """The values the table shows, as they are rounded in it; none where it has no column for them."""
    if TableColumn.VALUE not in spec.columns:
        return {}
    return {key: rounded for key in keys if (rounded := content.shown[key].rounded) is not None}


def _body(spec: TableSpec, content: Content, languages: Languages) -> tuple[Row, ...]:
    rows: list[Row] = []
    for group in spec.groups:
        if group.title is not None:
            rows.append(Row((Cell(said(group.title, languages), span=len(spec.columns)),), RowRole.GROUP))
        for key in group.metrics:
            metric = content.metrics[key]
            rows.append(Row(tuple(Cell(_CELLS[column](content, metric, languages)) for column in spec.columns)))
    return tuple(rows)


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
    definition = metric.definition
    if definition.money_class is None:
        return said(_NO_REMARK, languages)
    words = MONEY_CLASSES[definition.money_class]
    words = Localized(words.zh, words.en[:1].upper() + words.en[1:])
    if definition.kind is Kind.CUMULATIVE:
        words = Localized(f"{words.zh}（累计）", f"{words.en}, cumulative")
    return said(words, languages)


_CELLS: Mapping[TableColumn, Callable[[Content, Metric, Languages], Texts]] = MappingProxyType(
    {
        TableColumn.NAME: lambda _, metric, languages: said(metric.name, languages),
        TableColumn.VALUE: lambda content, metric, languages: value_texts(content, metric.key, languages),
        TableColumn.PERIOD: lambda _, metric, languages: said(show_period(metric.period), languages),
        TableColumn.SOURCE: _source_cell,
        TableColumn.CLASS: _class_cell,
        TableColumn.NOTE: lambda _, metric, languages: said(metric.note or _NO_REMARK, languages),
    }
)


_AS_STATED = Localized("据来源原文", "as stated")


def cards(spec: CardsBlock, content: Content, languages: Languages) -> Cards:
    """A row of key figures; one in doubt or not settled says so below, unless something else stands there."""
    return Cards(tuple(_card(card, content, languages) for card in spec.cards), spec.per_row)


def _card(spec: CardSpec, content: Content, languages: Languages) -> Card:
    metric = content.metrics[spec.metric]
    doubtful, state = bool(content.marks_of(spec.metric)), content.state_of(spec.metric)
    detail = rendered(spec.detail, content, languages) if spec.detail is not None else ()
    if doubtful and not detail:
        detail = (text(languages[0], " / ".join(_AS_STATED[language] for language in languages)),)
    elif state is not None and not detail:
        detail = said(STATES[state].name, languages)
    return Card(
        label=said(spec.label or metric.name, languages),
        value=value_texts(content, spec.metric, languages),
        detail=detail,
        state=CardState.DOUBTFUL if doubtful else CardState.NORMAL,
    )
