"""The list of changes: every figure that was revised since the issue before, with the reason."""

from __future__ import annotations

from ipreport.compose.common import Languages, said, same_once
from ipreport.compose.content import Content, change_label
from ipreport.document import Align, Cell, Column, Paragraph, Row, Span, Table, Text, Texts
from ipreport.language import Localized
from ipreport.metrics import Change, Metric, PreviousIssue, Status
from ipreport.wording import NO_DIFFERENCE, STATES, show, show_date, show_period, show_revision

_UNCHANGED = Localized("与上一期相比，已公布数据没有调整。", "No published figure has changed since the last issue.")
_HEADS = (
    Localized("指标和时期", "Indicator and period"),
    Localized("原公布数", "Published"),
    Localized("修订数", "Revised"),
    Localized("差额", "Difference"),
    Localized("修订原因", "Reason"),
)
_COLUMNS = (
    Column(4.4),
    Column(2.6, Align.RIGHT),
    Column(2.6, Align.RIGHT),
    Column(2.4, Align.RIGHT),
    Column(3.2),
)
_DESCRIPTION = Localized(
    "自上一期以来的数据调整：每行为一项指标的原公布数、修订数、差额和原因。",
    "Changes since the last issue: each figure as published, as revised, the difference and the reason.",
)


def changes(content: Content, languages: Languages) -> tuple[Table | Paragraph, ...]:
    """What was revised since the issue before as one table, or a sentence saying that nothing was.

    Empty where no issue is given to compare with, which the checks refuse.
    """
    restatement = content.restatement
    if restatement is None:
        return ()
    if not restatement.changes:
        return tuple(Paragraph(text) for text in said(_UNCHANGED, languages))
    opening = tuple(Paragraph(text, introduces=True) for text in said(_opening(restatement.since), languages))
    table = Table(
        label="changes-since-last-issue",
        caption=None,
        columns=_COLUMNS,
        head=(Row(tuple(Cell(said(head, languages)) for head in _HEADS)),),
        body=tuple(_row(change, content, languages) for change in restatement.changes.values()),
        notes=(said(STATES[Status.REVISED].note, languages),),
        description=said(_DESCRIPTION, languages),
    )
    return (*opening, table)


def _opening(since: PreviousIssue) -> Localized:
    """Which issue the figures are compared with: its time where it has one, and its date."""
    day, period = show_date(since.date), show_period(since.period)
    zh = f"（{period.zh}，{day.zh}）" if since.period.known else f"（{day.zh}）"
    en = f"({period.en}, dated {day.en})" if since.period.known else f"(dated {day.en})"
    return Localized(
        f"自上一期{zh}以来，下列已公布数据有调整。",
        f"These published figures have changed since the last issue {en}.",
    )


def _row(change: Change, content: Content, languages: Languages) -> Row:
    now, before, rounding = content.metrics[change.key], change.before, content.rounding
    difference = show_revision(now, before, rounding)
    moved = change.difference_key if difference != NO_DIFFERENCE else None
    cells = (
        said(name_with_time(now, content), languages),
        _value(show(before, rounding).value, before.key, content, languages),
        _value(content.shown[change.key].value, change.key, content, languages),
        _value(difference, moved, content, languages),
        said(now.note or NO_DIFFERENCE, languages),
    )
    return Row(tuple(map(Cell, cells)), label=change_label(change.key))


def name_with_time(metric: Metric, content: Content) -> Localized:
    """The metric with its time, and with its region where that is not the briefing's own."""
    name, period = metric.name, show_period(metric.period)
    if metric.region not in {content.metrics.home, content.metrics.region.zh}:
        region = content.metrics.region_named(metric.region)
        name = Localized(f"{name.zh}（{region.zh}）", f"{name.en} ({region.en})")
    return Localized(f"{name.zh}，{period.zh}", f"{name.en}, {period.en}")


def _value(words: Localized, key: str | None, content: Content, languages: Languages) -> Texts:
    """A number of the row. That the figure is revised needs no mark here; what puts it in doubt does."""
    doubted = key if key is not None and key in content.shown else ""
    return same_once(
        tuple(
            Text(language, (Span(words[language], language, (), key), *content.doubt_marks(doubted, language)))
            for language in languages
        )
    )
