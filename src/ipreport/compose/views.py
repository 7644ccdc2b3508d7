"""A metric as templates see it, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ipreport.compose.comparisons import COMPARISONS, EXTENTS, QUARTERS, compare, extent, previous, quarter_comparison
from ipreport.compose.content import Content
from ipreport.compose.standings import completion, standing
from ipreport.document import Citation, Inline, Span
from ipreport.language import Language, Localized
from ipreport.metrics import Metric, is_surely_met, quarter_of, share_key
from ipreport.wording import (
    MISSING,
    Phrase,
    Shown,
    missing_base,
    show,
    show_as_of,
    show_period,
    show_share,
    show_year_to_date,
)


@dataclass(frozen=True, slots=True)
class Printed:
    """Something a template prints; `there` is what a condition asks of it."""

    inlines: tuple[Inline, ...]
    there: bool = True

    def __bool__(self) -> bool:
        return self.there


@dataclass(frozen=True, slots=True)
class PrintedComparison(Printed):
    """A comparison, whose direction conditions may ask for; it is that of the printed words."""

    moved: Decimal | None = None

    @property
    def rises(self) -> bool:
        """Whether the words say that the value rose."""
        return self.moved is not None and self.moved > 0

    @property
    def falls(self) -> bool:
        """Whether the words say that the value fell."""
        return self.moved is not None and self.moved < 0

    @property
    def unchanged(self) -> bool:
        """Whether the words say that it stayed as it was, or broadly so."""
        return self.moved is not None and self.moved == 0


@dataclass(frozen=True, slots=True)
class PrintedRank(Printed):
    """A rank; `first` where nobody else holds the first place."""

    first: bool = False


@dataclass(frozen=True, slots=True)
class PrintedTarget(Printed):
    """The completion of a target; `met` where it is surely met, whatever the qualifier of the value."""

    met: bool = False


class MetricView:
    """A metric as templates see it, in one language."""

    __slots__ = ("_content", "_language", "_metric", "_shown")

    def __init__(self, metric: Metric, shown: Shown, content: Content, language: Language) -> None:
        self._metric = metric
        self._shown = shown
        self._content = content
        self._language = language

    def __bool__(self) -> bool:
        """Whether there is a value; what `{% if metric %}` asks."""
        return self._metric.value is not None

    @property
    def text(self) -> Printed:
        """The value for running text; what `{{ metric }}` prints."""
        return self._print(self._shown.text)

    @property
    def value(self) -> Printed:
        """The value with qualifier and unit, for sentences that give the name themselves."""
        return self._print(self._shown.value)

    @property
    def number(self) -> Printed:
        """The bare number, for sentences that bring qualifier and unit."""
        return self._print(self._shown.number)

    @property
    def name(self) -> str:
        """The metric's name."""
        return self._metric.name[self._language]

    @property
    def period(self) -> str:
        """The time the value belongs to."""
        return show_period(self._metric.period)[self._language]

    @property
    def as_of(self) -> str:
        """The day a stock belongs to: 截至2025年9月底."""
        return show_as_of(self._metric.period)[self._language]

    @property
    def to_date(self) -> str:
        """A period that began with the year, for running text: 2025年前三季度（1—9月）."""
        return show_year_to_date(self._metric.period)[self._language]

    @property
    def source(self) -> Printed:
        """A citation of the value's source."""
        source = self._content.metrics.source(self._metric.source)
        return Printed((Citation(f"source-{source.id}", source.marker, self._language),))

    def share_of(self, whole: MetricView) -> Printed:
        """The share of this value in another, as a percentage with one decimal; of few cases with the cases."""
        mine, total = self._metric, whole._metric
        if mine.value is None or not total.value:
            raise ValueError(f"'{mine.key}' has no share of '{total.key}'")
        exact, rounding = mine.is_exact and total.is_exact, self._content.rounding
        words = show_share(mine.value, total.value, exact=exact, rounding=rounding, unit=total.unit)
        return self._print(words, share_key(mine.key, total.key))

    @property
    def yoy(self) -> PrintedComparison:
        """Growth against the same months last year, or the change of a rate: 同比增长15.2%."""
        return self._compared("yoy")

    @property
    def qoq(self) -> PrintedComparison:
        """The same against the quarter before: 环比增长15.2%."""
        return self._compared("qoq")

    @property
    def since_year_end(self) -> PrintedComparison:
        """The same of a stock against the end of last year: 较上年末增长15.2%."""
        return self._compared("since_year_end")

    @property
    def quarter(self) -> Printed:
        """The single quarter behind a year to date: 1—9月 less 1—6月; 暂无数据 where one of them is not recorded."""
        single = quarter_of(self._content.metrics, self._metric)
        if single is None:
            return Printed((Span(MISSING[self._language], self._language),), there=False)
        printed = self._print(show(single, self._content.rounding).text, single.key)
        return Printed(printed.inlines, there=single.value is not None)

    @property
    def quarter_yoy(self) -> PrintedComparison:
        """The growth of that quarter against the same quarter last year."""
        return self._quarter_compared("quarter_yoy")

    @property
    def quarter_qoq(self) -> PrintedComparison:
        """The growth of that quarter against the quarter before."""
        return self._quarter_compared("quarter_qoq")

    @property
    def yoy_extent(self) -> Printed:
        """How far the value moved in a year, as a noun: 增幅15.2% / a rise of 15.2%."""
        return self._phrase(extent(self._metric, self._content, EXTENTS["yoy_extent"]))

    @property
    def qoq_extent(self) -> Printed:
        """The same against the quarter before."""
        return self._phrase(extent(self._metric, self._content, EXTENTS["qoq_extent"]))

    @property
    def previous(self) -> Printed:
        """The value of the same months last year, traced to its own record; 暂无数据 where there is none."""
        before = previous(self._metric, self._content)
        if before is None:
            return Printed((Span(MISSING[self._language], self._language),), there=False)
        view = MetricView(before, self._content.shown[before.key], self._content, self._language)
        return Printed(view.text.inlines, there=before.value is not None)

    @property
    def rank(self) -> PrintedRank:
        """The place among the regions beside its own: 居全省第2位（共8个市州）."""
        found, phrase = standing(self._metric, self._content)
        printed = self._phrase(phrase)
        return PrintedRank(printed.inlines, printed.there, first=found.derived.value == 1 and not found.tied)

    @property
    def target(self) -> PrintedTarget:
        """How far the target in force is met: 完成年度目标的127.4%."""
        found, target = completion(self._metric, self._content), self._content.metrics.target_of(self._metric)
        if found is None or target is None:
            raise ValueError(f"'{self._metric.key}' has no target")
        printed = self._phrase(found[1])
        return PrintedTarget(printed.inlines, printed.there, met=is_surely_met(self._metric, target))

    def _quarter_compared(self, name: str) -> PrintedComparison:
        found = quarter_comparison(self._metric, self._content, QUARTERS[name])
        if found is None:
            words = missing_base(QUARTERS[name])
            return PrintedComparison((Span(words[self._language], self._language),), there=False)
        return self._direction(found[1])

    def _compared(self, name: str) -> PrintedComparison:
        return self._direction(compare(self._metric, self._content, COMPARISONS[name]))

    def _direction(self, phrase: Phrase) -> PrintedComparison:
        printed = self._phrase(phrase)
        return PrintedComparison(printed.inlines, printed.there, phrase.rounded)

    def _phrase(self, phrase: Phrase) -> Printed:
        inlines = self._print(phrase.text, phrase.key).inlines
        return Printed(inlines, there=phrase.rounded is not None)

    def _print(self, words: Localized, derived_key: str | None = None) -> Printed:
        key = derived_key or self._metric.key
        span = Span(words[self._language], self._language, (), key)
        return Printed((span, *self._content.raised_marks(key, self._language)))
