"""R23: kinds of money are never added to one another."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.language import Localized
from ipreport.metrics import MONEY_CLASSES, Metric, MetricSet
from ipreport.problems import Level
from ipreport.rules.finding import Finding, called

_NO_MONEY = Localized("非金额", "no money")


def money_added(metrics: MetricSet) -> Iterator[Finding]:
    """R23: the parts that a total of money is the sum of are money of its own kind.

    A limit is no sum: funds received may be compared with contracts, and one loan with
    all funds received (part_of, item_of), for that is how a slip of a unit is found.
    """
    for total in metrics:
        if total.value is None or not total.relations.sum_of:
            continue
        parts = [part for name in total.relations.sum_of if (part := metrics.find(name, total)) is not None]
        classes = {metric.definition.money_class for metric in (total, *parts)}
        if len(classes) > 1 and classes != {None}:
            yield _finding(total, parts, called(total, metrics))


def _finding(total: Metric, parts: list[Metric], name: Localized) -> Finding:
    zh = "、".join(f"{{{part.key}.name}}{{{part.key}}}（{_class(part).zh}）" for part in parts)
    en = " and ".join(f"{{{part.key}.name}} ({_class(part).en}, {{{part.key}}})" for part in parts)
    key, kind = total.key, _class(total)
    return Finding(
        rule="R23",
        level=Level.BLOCK,
        title=Localized("不同类别的金额相加", "Money of different kinds is added"),
        subjects=(key, *(part.key for part in parts)),
        statement=Localized(
            f"{name.zh}{{{key}}}（{kind.zh}）由{zh}相加而成，而不同类别的金额不能相加。",
            f"The value of {name.en} ({kind.en}, {{{key}}}) is given as the sum of {en}; "
            "amounts of different kinds are not to be added.",
        ),
        arithmetic=Localized(
            f"{' + '.join(_class(part).zh for part in parts)} → {kind.zh}",
            f"{' + '.join(_class(part).en for part in parts)} → {kind.en}",
        ),
    )


def _class(metric: Metric) -> Localized:
    money = metric.definition.money_class
    return _NO_MONEY if money is None else MONEY_CLASSES[money]
