"""R17 and R18: every figure has a time, one that this issue can report, and of the right sort."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ipreport.language import Localized
from ipreport.metrics import Issue, Kind, Metric, MetricSet, Period, PeriodKind
from ipreport.problems import Level
from ipreport.rules.courses import is_growth, is_instant, months_of, of_one_length
from ipreport.rules.finding import Finding, called

FEW = 3
"""Up to so many values a finding about the whole record names."""


# --- R17 -------------------------------------------------------------------------------


def dated(metrics: MetricSet) -> Iterator[Finding]:
    """R17: every figure has a period or day, none later than the issue reports, none silently older.

    Undated values are one finding about the whole record. A value of a later time than
    the issue's period (its date where that is unknown) is one for each such time. A value
    as of a day before the issue's period begins is a warning where it stands as the
    current one: it is called by the bare name of its metric, is of the briefing's own
    region, and no later value of its series falls into the issue's period. Context, such
    as a population, is of the last year by convention and left alone.
    """
    yield from _undated(metrics)
    if metrics.issue is not None:
        yield from _later(metrics, metrics.issue)
        yield from _older(metrics, metrics.issue)


def _undated(metrics: MetricSet) -> Iterator[Finding]:
    values = [metric for metric in metrics if metric.value is not None]
    undated = [metric for metric in values if not metric.period.known]
    if not undated:
        return
    number = len(undated)
    names = [called(metric, metrics) for metric in undated] if number <= FEW else []
    listed_zh = f"（{'、'.join(name.zh for name in names)}）" if names else ""
    listed_en = f" ({', '.join(name.en for name in names)})" if names else ""
    have, none = "figures have", "their sources give none, so their"
    if number == 1:
        have, none = "figure has", "its source gives none, so its"
    yield Finding(
        rule="R17",
        level=Level.BLOCK,
        title=Localized("数据没有时期或时点", "Figures without a date"),
        subjects=tuple(metric.key for metric in undated),
        statement=Localized(
            f"有{number}项数据{listed_zh}既无时期，也无时点，来源均未注明；属于哪一季度无从判断。",
            f"{number} {have} neither period nor date{listed_en}: {none} quarter is unknown.",
        ),
        arithmetic=Localized(f"{len(values)}项中{number}项无时间", f"{number} of {len(values)} undated"),
        marked=False,
    )


def _later(metrics: MetricSet, issue: Issue) -> Iterator[Finding]:
    last = issue.period.end or issue.date
    late: dict[Period, list[Metric]] = defaultdict(list)
    for metric in metrics:
        if metric.value is not None and metric.period.end is not None and metric.period.end > last:
            late[metric.period].append(metric)
    reported = (
        Localized("本期报告期", "the period reported")
        if issue.period.known
        else Localized("本期日期", "the issue’s own date")
    )
    for period, values in late.items():
        key, number = values[0].key, len(values)
        name = called(values[0], metrics)
        zh = f"{name.zh}{{{key}.when}}为{{{key}}}"
        en = f"{name.en}: {{{key}}} {{{key}.when}}, which is"
        if number > 1:
            zh = f"{name.zh}等{number}项数据（{{{key}.when}}）"
            en = f"{number} figures {{{key}.when}}, among them {name.en} ({{{key}}}), are"
        yield Finding(
            rule="R17",
            level=Level.BLOCK,
            title=Localized("数据晚于报告期", "Figures later than the period reported"),
            subjects=tuple(metric.key for metric in values),
            statement=Localized(f"{zh}，晚于{reported.zh}。", f"{en} later than {reported.en}."),
            arithmetic=Localized.same(f"{period.end} > {last}"),
        )


def _older(metrics: MetricSet, issue: Issue) -> Iterator[Finding]:
    first, last = issue.period.start, issue.period.end
    if first is None or last is None:
        return
    for metric in metrics:
        end = metric.period.end
        if metric.value is None or end is None or end >= first or not _stands_as_current(metric, metrics):
            continue
        series = metrics.series(metric.definition.id, metric.region)
        if not any(other.period.end is not None and first <= other.period.end <= last for other in series):
            yield _older_finding(metric, end, first, metrics)


def _stands_as_current(metric: Metric, metrics: MetricSet) -> bool:
    is_bare = metric.key == metric.definition.id and metric.region == metrics.home
    return is_bare and is_instant(metric) and metric.definition.kind is not Kind.CONTEXT


def _older_finding(metric: Metric, end: date, first: date, metrics: MetricSet) -> Finding:
    name, key = called(metric, metrics), metric.key
    return Finding(
        rule="R17",
        level=Level.WARN,
        title=Localized("数据早于报告期", "A figure older than the period reported"),
        subjects=(key,),
        statement=Localized(
            f"{name.zh}{{{key}.when}}为{{{key}}}，早于本期报告期；凡刊载处须写明这一时点。",
            f"{name.en}: {{{key}}} {{{key}.when}}, before the period reported begins; "
            "wherever it is printed, that date must be said.",
        ),
        arithmetic=Localized.same(f"{end} < {first}"),
    )


# --- R18 -------------------------------------------------------------------------------

_DAYS = (PeriodKind.AS_OF, PeriodKind.YEAR)
_WINDOWS = (
    PeriodKind.QUARTER,
    PeriodKind.YEAR_TO_DATE,
    PeriodKind.YEAR,
    PeriodKind.WINDOW,
    PeriodKind.EVENT,
)
_FITTING: dict[Kind, tuple[PeriodKind, ...]] = {
    Kind.STOCK: _DAYS,
    Kind.VALUATION: _DAYS,
    Kind.RANK: _DAYS,
    Kind.CONTEXT: _DAYS,
    Kind.CUMULATIVE: (PeriodKind.AS_OF, PeriodKind.CUMULATIVE),
    Kind.FLOW: _WINDOWS,
    Kind.COMMITMENT: _WINDOWS,
}
"""The periods a kind of metric can have; a ratio has those of what it is taken of."""


def period_fits(metrics: MetricSet) -> Iterator[Finding]:
    """R18: a stock is as of a day, a flow of a window, and growth compares windows of one length.

    What the catalogue lists for a metric is fine besides. All values of one metric with
    the same unfitting kind of period are one finding, as one heading of a table may
    have caused them. Undated values have no class.
    """
    wrong: dict[tuple[str, PeriodKind], list[Metric]] = defaultdict(list)
    for metric in metrics:
        kind, definition = metric.period.kind, metric.definition
        fitting = _FITTING.get(definition.kind, tuple(PeriodKind))
        is_level = metric.value is not None and metric.period.known and not is_growth(metric)
        if is_level and kind not in fitting and kind not in definition.periods:
            wrong[definition.id, kind].append(metric)
    yield from (_unfit(values, metrics) for values in wrong.values())
    for metric in metrics:
        if metric.value is not None and not of_one_length(metric):
            yield _unequal(metric, metrics)


_CLASSES = {
    PeriodKind.AS_OF: Localized("时点", "a day"),
    PeriodKind.CUMULATIVE: Localized("累计至某日", "a running total to a day"),
    PeriodKind.QUARTER: Localized("季度", "a quarter"),
    PeriodKind.YEAR_TO_DATE: Localized("年内累计", "a year to date"),
    PeriodKind.YEAR: Localized("年度", "a year"),
    PeriodKind.WINDOW: Localized("时段", "a window"),
    PeriodKind.EVENT: Localized("事件", "an event"),
}
_EXPECTED = {
    _DAYS: Localized("这类数据须注明时点（或年度）", "figures of this sort belong to a day or a year"),
    _WINDOWS: Localized("这类数据须注明起止时间", "figures of this sort belong to a stretch of time"),
}
_RUNNING = Localized("累计数须注明截至何日", "a running total belongs to a day")


def _unfit(values: list[Metric], metrics: MetricSet) -> Finding:
    key, number, definition = values[0].key, len(values), values[0].definition
    fitting = _FITTING[definition.kind]
    name, expected = called(values[0], metrics), _EXPECTED.get(fitting, _RUNNING)
    more_zh = f"（共{number}个数）" if number > 1 else ""
    more_en = f" and {number - 1} more" if number > 1 else ""
    allowed = [_CLASSES[kind] for kind in dict.fromkeys((*definition.periods, *fitting))]
    given = _CLASSES[values[0].period.kind]
    return Finding(
        rule="R18",
        level=Level.BLOCK,
        title=Localized("时期类别与指标不符", "A period that does not fit the metric"),
        subjects=tuple(metric.key for metric in values),
        statement=Localized(
            f"{name.zh}{{{key}.when}}为{{{key}}}{more_zh}；{expected.zh}。",
            f"{name.en}: {{{key}}} {{{key}.when}}{more_en}; {expected.en}.",
        ),
        arithmetic=Localized(
            f"{given.zh} ≠ {'、'.join(each.zh for each in allowed)}",
            f"{given.en} ≠ {', '.join(each.en for each in allowed)}",
        ),
    )


def _unequal(growth: Metric, metrics: MetricSet) -> Finding:
    name, key = called(growth, metrics), growth.key
    lengths = [months_of(period) for period in (growth.period, growth.against) if period is not None]
    zh, en = (" ≠ ".join(words) for words in zip(*(_length(months) for months in lengths), strict=True))
    return Finding(
        rule="R18",
        level=Level.BLOCK,
        title=Localized("比较的两个时期长短不一", "A growth between periods of unequal length"),
        subjects=(key,),
        statement=Localized(
            f"{name.zh}：{{{key}}}，{{{key}.when}}与{{{key}.against}}相比，二者长短不一。",
            f"{name.en}: {{{key}}} {{{key}.when}}, measured against {{{key}.against}}, which is not as long.",
        ),
        arithmetic=Localized(zh, en),
    )


def _length(months: int | None) -> tuple[str, str]:
    if months is None:
        return "时点", "a day"
    return f"{months}个月", f"{months} {'month' if months == 1 else 'months'}"
