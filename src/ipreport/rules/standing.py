"""R11 and R20: where a value stands, among its peers and against its target, as a source states it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from ipreport.language import Localized
from ipreport.metrics import Direction, Kind, Metric, MetricSet, UnitKind, rank, target_completion
from ipreport.problems import Level
from ipreport.rules.finding import Candidate, Finding, called, plain
from ipreport.rules.reach import exceeds, reach

COMPLETION = "target_completion"
"""The catalogue's metric for a completion that a source states."""

_SHOWN_PEERS = 8
"""So many peers that are better are named; the number says the rest."""


# --- R11: ranks ------------------------------------------------------------------------


def stated_rank(metrics: MetricSet) -> Iterator[Finding]:
    """R11: a rank names what is ranked, is within its peers, and is the place the peers' values give."""
    for stated in metrics:
        if stated.definition.kind is not Kind.RANK or stated.value is None:
            continue
        if stated.peers is not None and stated.value > stated.peers:
            yield _beyond_peers(stated, stated.peers, called(stated, metrics))
        elif stated.relations.ranks is None:
            yield _unnamed(stated, called(stated, metrics))
        ranked = None if stated.relations.ranks is None else metrics.find(stated.relations.ranks, stated)
        field = None if ranked is None else _field(ranked, metrics)
        if field is not None and stated.is_exact:
            yield from _misplaced(stated, field, metrics)


class _Order(Enum):
    """Where a peer stands before or after a ranked value."""

    BEFORE = auto()
    TIED = auto()
    AFTER = auto()
    UNDECIDED = auto()


@dataclass(frozen=True, slots=True)
class _Field:
    """A ranked value among the peers recorded for its time; `listed` regions there are, its own included.

    `better` surely come before it; of `undecided` neither rounding nor words such as “over” tell.
    """

    ranked: Metric
    recorded: int
    listed: int
    better: tuple[Metric, ...]
    undecided: int

    def places(self, peers: int | None) -> tuple[int, int]:
        """The first and the last place the values leave open; a peer without a value may come before it or after."""
        missing = max((self.listed if peers is None else peers) - self.recorded, 0)
        first = 1 + len(self.better)
        return first, first + self.undecided + missing


def _field(ranked: Metric, metrics: MetricSet) -> _Field | None:
    """The ranked value among its peers; None where nothing is recorded of them."""
    peers = [peer for peer in metrics.peers_of(ranked) if peer.value is not None]
    standing = rank(ranked, peers)
    if not peers or standing.derived.value is None:
        return None
    orders = [_order(peer, ranked) for peer in peers]
    better = tuple(peer for peer, order in zip(peers, orders, strict=True) if order is _Order.BEFORE)
    undecided = orders.count(_Order.UNDECIDED)
    within = {region.id: region.within for region in metrics.regions}
    listed = sum(region.within == within[ranked.region] for region in metrics.regions)
    return _Field(ranked, standing.peers, listed, better, undecided)


def _order(peer: Metric, ranked: Metric) -> _Order:
    """Where a peer stands: equal values share a place, as they do on the page."""
    one, other = (peer, ranked) if ranked.definition.direction is not Direction.DOWN else (ranked, peer)
    if _same_precision(one, other):
        first, second = one.value or Decimal(0), other.value or Decimal(0)
        return _Order.BEFORE if first > second else _Order.TIED if first == second else _Order.AFTER
    return _Order.BEFORE if exceeds(one, other) else _Order.AFTER if exceeds(other, one) else _Order.UNDECIDED


def _same_precision(one: Metric, other: Metric) -> bool:
    """Whether the order of the stated values is that of the true ones: 7.52 is before 7.51, 7.5 is not before 7.46."""
    return one.is_exact and other.is_exact and one.half_step == other.half_step


def _misplaced(stated: Metric, field: _Field, metrics: MetricSet) -> Iterator[Finding]:
    first, last = field.places(stated.peers)
    if stated.peers is not None and field.recorded > stated.peers:
        yield _too_many_peers(stated, stated.peers, field, called(stated, metrics))
    elif stated.value is not None and not first <= stated.value <= last:
        yield _wrong_place(stated, field, (first, last), metrics)


def _unnamed(stated: Metric, name: Localized) -> Finding:
    key = stated.key
    return Finding(
        rule="R11",
        level=Level.BLOCK,
        title=Localized("位次未写明所排的指标", "The rank does not name what is ranked"),
        subjects=(key,),
        statement=Localized(
            f"{name.zh}{{{key}}}未写明按哪一项指标排位（ranks），无法核对。",
            f"{name.en} ({{{key}}}) does not name the ranked metric (“ranks”), so nothing can confirm it.",
        ),
        arithmetic=Localized("无所排指标可供计算。", "There is no ranked metric to calculate with."),
    )


def _beyond_peers(stated: Metric, peers: int, name: Localized) -> Finding:
    key, place = stated.key, plain(stated.value or Decimal(0))
    return Finding(
        rule="R11",
        level=Level.BLOCK,
        title=Localized("位次超出参与排名的个数", "The rank is beyond the number of peers"),
        subjects=(key,),
        statement=Localized(
            f"{name.zh}为{{{key}}}，而参与排名的只有{peers}个。",
            f"{name.en} ({{{key}}}) is beyond the {peers} that are ranked.",
        ),
        arithmetic=Localized.same(f"{place} > {peers}"),
    )


def _too_many_peers(stated: Metric, peers: int, field: _Field, name: Localized) -> Finding:
    key, of = stated.key, field.ranked.key
    return Finding(
        rule="R11",
        level=Level.BLOCK,
        title=Localized("参与排名的个数与所载数据不符", "The number of peers is not that of the recorded values"),
        subjects=(key, of),
        statement=Localized(
            f"{name.zh}{{{key}}}称共{peers}个参与排名，而同期{{{of}.name}}（本地为{{{of}}}）载有{field.recorded}个。",
            f"{name.en} ({{{key}}}) is said to be among {peers}, but {{{of}.name}} (here {{{of}}}) "
            f"is recorded for {field.recorded} at that time.",
        ),
        arithmetic=Localized.same(f"{field.recorded} > {peers}"),
    )


def _wrong_place(stated: Metric, field: _Field, places: tuple[int, int], metrics: MetricSet) -> Finding:
    key, of, name = stated.key, field.ranked.key, called(stated, metrics)
    zh, en = _span(places)
    missing_zh, missing_en = _lacking(stated, field)
    candidates = (Candidate(((key, Decimal(places[0])),)),) if places[0] == places[1] else ()
    return Finding(
        rule="R11",
        level=Level.BLOCK,
        title=Localized("位次与各地数据不符", "The rank is not the place the values give"),
        subjects=(key, of),
        statement=Localized(
            f"{name.zh}载为{{{key}}}，而按各地{{{of}.name}}（本地为{{{of}}}）应为{zh}{missing_zh}。",
            f"The stated {name.en} is {{{key}}}, but the recorded values of {{{of}.name}} (here {{{of}}}) "
            f"make it {en}{missing_en}.",
        ),
        arithmetic=_better_counted(stated, field, places, metrics),
        candidates=candidates,
    )


def _span(places: tuple[int, int]) -> tuple[str, str]:
    first, last = places
    if first == last:
        return f"第{first}位", f"place {first}"
    return f"第{first}位至第{last}位之间", f"between places {first} and {last}"


def _lacking(stated: Metric, field: _Field) -> tuple[str, str]:
    """How many of the peers have no value, where that leaves the place open."""
    peers = field.listed if stated.peers is None else stated.peers
    if peers <= field.recorded:
        return "", ""
    return f"（{peers}个中载有{field.recorded}个）", f" ({field.recorded} of {peers} are recorded)"


def _better_counted(stated: Metric, field: _Field, places: tuple[int, int], metrics: MetricSet) -> Localized:
    ranked, count = field.ranked, len(field.better)
    falls = ranked.definition.direction is Direction.DOWN
    best = sorted(field.better, key=lambda peer: peer.value or Decimal(0), reverse=not falls)[:_SHOWN_PEERS]
    values = [plain(peer.value or Decimal(0), peer.places if _has_decimals(peer) else None) for peer in best]
    mine = plain(ranked.value or Decimal(0), ranked.places if _has_decimals(ranked) else None)
    sign = "<" if falls else ">"
    end = f"1 + {count} = {places[0]} ≠ {plain(stated.value or Decimal(0))}"
    if places[0] != places[1]:
        end = f"{plain(stated.value or Decimal(0))} ∉ [1 + {count}, {places[1]}]"
    zh = "、".join(f"{metrics.region_named(p.region).zh}{v}" for p, v in zip(best, values, strict=True))
    en = ", ".join(f"{metrics.region_named(p.region).en} {v}" for p, v in zip(best, values, strict=True))
    more = ("", "") if len(best) == count else ("等", " and others")
    if not best:
        return Localized(f"没有一地 {sign} {mine}；{end}", f"none {sign} {mine}; {end}")
    return Localized(f"{zh}{more[0]} {sign} {mine}；{end}", f"{en}{more[1]} {sign} {mine}; {end}")


def _has_decimals(metric: Metric) -> bool:
    return metric.unit.kind in {UnitKind.PERCENT, UnitKind.RATIO, UnitKind.POINTS}


# --- R20: targets ----------------------------------------------------------------------


def stated_completion(metrics: MetricSet) -> Iterator[Finding]:
    """R20: a stated completion is value ÷ target, or target ÷ value where lower is better.

    Any target of the metric that is in force will do: the annual one of the year and one
    of a longer plan may both be meant. Without one nothing says what is completed.
    """
    for stated in metrics:
        of = stated.relations.completion_of
        if of is None and stated.definition.id == COMPLETION and stated.value is not None:
            yield _nothing_completed(stated, called(stated, metrics))
        if of is None or stated.value is None or stated.unit.kind is not UnitKind.PERCENT:
            continue
        targets = _targets(of, stated, metrics)
        value = metrics.find(of, stated)
        if not targets:
            yield _untargeted(stated, of, value, metrics)
        elif value is not None and not any(_gives(stated, value, target) for target in targets):
            yield _wrong_completion(stated, value, targets[0], called(stated, metrics))


def _targets(of: str, stated: Metric, metrics: MetricSet) -> list[Metric]:
    """The targets that may be meant, the nearest first; of an undated completion any year's."""
    fitting = [
        target
        for target in metrics.targets
        if (target.definition.id, target.region) == (of, stated.region) and _is_in_force(target, stated)
    ]
    return sorted(fitting, key=lambda target: (_year(target), not _is_annual(target)))


def _is_in_force(target: Metric, stated: Metric) -> bool:
    """Whether a target is of the year of the completion, or of a longer plan that still runs."""
    if stated.period.end is None:
        return True
    year = stated.period.end.year
    return _year(target) == year or (_year(target) > year and not _is_annual(target))


def _is_annual(target: Metric) -> bool:
    return target.plan is not None and target.plan.annual


def _year(target: Metric) -> int:
    return target.period.end.year if target.period.end is not None else 0


def _gives(stated: Metric, value: Metric, target: Metric) -> bool:
    """Whether some value that rounds to the recorded one gives a completion that rounds to the stated one."""
    wanted = target.value or Decimal(0)
    if target_completion(value, target).value is None:
        return True  # nothing can be worked out from zero, so nothing contradicts
    low, high = reach(value).low, reach(value).high
    if value.definition.direction is Direction.DOWN:
        low, high = wanted / high, wanted / low if low > 0 else Decimal("Infinity")
    else:
        low, high = low / wanted, high / wanted
    said = reach(stated)
    return low * 100 <= said.high and said.low <= high * 100


def _nothing_completed(stated: Metric, name: Localized) -> Finding:
    key = stated.key
    return Finding(
        rule="R20",
        level=Level.BLOCK,
        title=Localized("完成率未写明所指的指标", "The completion does not name its metric"),
        subjects=(key,),
        statement=Localized(
            f"{name.zh}{{{key}}}未写明是哪一项指标的完成率（completion_of），无法核对。",
            f"{name.en} ({{{key}}}) does not name the metric that is completed (“completion_of”), "
            "so nothing can confirm it.",
        ),
        arithmetic=Localized("无数值和目标可供计算。", "There is no value and no target to calculate with."),
    )


def _untargeted(stated: Metric, of: str, value: Metric | None, metrics: MetricSet) -> Finding:
    key, name = stated.key, called(stated, metrics)
    known = (metric for metric in (*metrics.of_metric(of), *metrics.targets) if metric.definition.id == of)
    example = value or next(known, None)
    named = of if example is None else f"{{{example.key}.name}}"
    return Finding(
        rule="R20",
        level=Level.BLOCK,
        title=Localized("完成率没有目标可依", "The completion has no target"),
        subjects=(key,) if value is None else (key, value.key),
        statement=Localized(
            f"{name.zh}{{{key}}}没有目标可依：数据中没有{named}当年或以后年份的目标（规划和年份）。",
            f"{name.en} ({{{key}}}) has no target behind it: no plan’s target for {named} "
            "in that year or a later one is recorded.",
        ),
        arithmetic=Localized(f"{_percent(stated)} = ? ÷ 目标", f"{_percent(stated)} = ? ÷ target"),
    )


def _wrong_completion(stated: Metric, value: Metric, target: Metric, name: Localized) -> Finding:
    key, of, wanted = stated.key, value.key, target.key
    derived = target_completion(value, target)
    calculated = derived.percent or Decimal(0)
    step = Decimal(1).scaleb(-stated.places)
    return Finding(
        rule="R20",
        level=Level.BLOCK,
        title=Localized("完成率与数值、目标不符", "The completion does not follow from value and target"),
        subjects=(key, of, wanted),
        statement=Localized(
            f"{name.zh}载为{{{key}}}，而{{{of}.name}}{{{of}}}与{_plan(target).zh}目标{{{wanted}}}算不出这一数值。",
            f"The stated {name.en} is {{{key}}}, which does not follow from {{{of}.name}} ({{{of}}}) "
            f"and the target of {_plan(target).en} ({{{wanted}}}).",
        ),
        arithmetic=Localized.same(f"{derived.formula} = {plain(calculated, stated.places)}% ≠ {_percent(stated)}"),
        candidates=(Candidate(((key, calculated.quantize(step)),), Localized("若数值和目标无误", _IF_RIGHT)),),
    )


_IF_RIGHT = "if value and target are right"


def _percent(stated: Metric) -> str:
    return f"{plain(stated.value or Decimal(0), stated.places)}%"


def _plan(target: Metric) -> Localized:
    year = _year(target)
    if target.plan is None:
        return Localized(f"{year}年", f"{year}")
    return Localized(f"{target.plan.name.zh}{year}年", f"{target.plan.name.en}, {year}")
