"""Words of direction that contradict the values they stand with (rule R15)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ipreport.compose.content import Content
from ipreport.compose.statements import Clause, Stated, Statements, by_sentence
from ipreport.document import Text
from ipreport.metrics import Metric
from ipreport.problems import Origin, Problem, block
from ipreport.wording import Trend


def contradictions(text: Text, content: Content, origin: Origin) -> Iterator[Problem]:
    """A blocking Problem for every typed word of direction that its values belie."""
    for sentence in by_sentence(text):
        yield from _moved(sentence, content, origin)


_FROM_TO = re.compile(
    r"(?:由|从|自|\bfrom )[^\ue100-\uf8ff]*[\ue100-\uf8ff].*(?:至|到|为|\bto )[^\ue100-\uf8ff]{0,6}[\ue100-\uf8ff]"
)


def _moved(sentence: Statements, content: Content, origin: Origin) -> Iterator[Problem]:
    """Typed words of direction against the way the values of their clause went."""
    for clause in sentence.clauses:
        said = {moved.trend for moved in clause.directions}
        if len(said) != 1:
            continue
        (trend,) = said
        word = clause.directions[0].word
        for value, went in _trends(clause, content):
            if went is not trend:
                message = f"'{word}' stands with '{value.words}', which went {went}"
                hint = "take the typed word out: {{ metric.yoy }} brings the direction, and the words stay true"
                yield block(message, origin, hint, rule="R15")


def _trends(clause: Clause, content: Content) -> Iterator[tuple[Stated, Trend]]:
    """The values of a clause that say which way something went, and which way."""
    for value in clause.values:
        trend = _trend_of(value, content)
        if trend is not None:
            yield value, trend
    if not _FROM_TO.search(clause.text):
        return
    for one, other in pairwise(clause.values):
        went = _from_one_to_other(one, other, content)
        if went is not None:
            yield other, went


def _trend_of(value: Stated, content: Content) -> Trend | None:
    """The direction that the words of a comparison, or the sign of a recorded growth, give."""
    if value.reading is not None and value.reading.trend in {Trend.UP, Trend.DOWN}:
        return value.reading.trend
    metric = content.metrics[value.key] if value.key in content.shown else None
    if metric is None or not metric.value or not _is_growth(metric):
        return None
    return _sign(metric.value)


def _is_growth(metric: Metric) -> bool:
    return metric.basis is not None or metric.definition.id == "growth_rate"


def _from_one_to_other(one: Stated, other: Stated, content: Content) -> Trend | None:
    """Which way a metric went between two of its values, the earlier first."""
    if one.key == other.key or not {one.key, other.key} <= set(content.shown):
        return None
    before, after = content.metrics[one.key], content.metrics[other.key]
    if (before.definition.id, before.region) != (after.definition.id, after.region):
        return None
    if before.value is None or after.value is None or before.value == after.value:
        return None
    return _sign(after.value - before.value)


def _sign(value: Decimal) -> Trend:
    return Trend.UP if value > 0 else Trend.DOWN
