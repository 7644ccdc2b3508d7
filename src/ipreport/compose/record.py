"""The record that a document takes along: what stands behind every number that it prints."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import PurePath

from ipreport import __version__
from ipreport.compose.content import Content
from ipreport.compose.printed import charted, printed
from ipreport.compose.values import value_of
from ipreport.document import (
    Document,
    Figure,
    NativeChart,
    Picture,
    Record,
    RecordedChart,
    RecordedPicture,
    RecordedValue,
    Stretch,
    Texts,
    located,
    small_pictures,
)
from ipreport.language import Localized
from ipreport.metrics import Change, Metric, Qualifier, Status, recorded_keys
from ipreport.problems import Origin
from ipreport.wording import show_period
from ipreport.wording.numbers import fixed, trimmed

_DIGITS = 12
"""Digits that are kept of a quotient: far more than is ever printed."""


def record_of(document: Document, content: Content) -> Record:
    """Every printed text of `document`, the record of each value in it and of those it rests on."""
    stretches = printed(document, content)
    placed = located(document.blocks, document.masthead.name[0].plain())
    figures = [(where, block) for where, block in placed if isinstance(block, Figure)]
    charts = tuple(_chart(block, block.native, where, content) for where, block in figures if block.native is not None)
    everything = (*stretches, *(stretch for chart in charts for stretch in chart.printed))
    return Record(
        program=f"ipreport {__version__}",
        briefing=content.outline.name,
        issue=content.outline.issue_slug,
        edition=document.meta.edition,
        date=content.outline.date.isoformat(),
        values=_values(everything, content),
        printed=stretches,
        pictures=tuple(_pictures(document)),
        charts=charts,
    )


def _pictures(document: Document) -> Iterator[RecordedPicture]:
    """Every picture, in the order of the pages; a chart that Word draws is none."""
    trends = count(1)
    for where, block in located(document.blocks, document.masthead.name[0].plain()):
        if isinstance(block, Figure) and block.native is None:
            yield _picture(block.label, where, block.picture, block.alt)
        for place, small in small_pictures(where, block):
            yield _picture(f"trend-{next(trends)}", place, small.picture, small.alt)


def _picture(label: str, where: str, picture: Picture, alternative: Texts) -> RecordedPicture:
    digests = tuple(hashlib.sha256(each).hexdigest() for each in (picture.png, picture.svg))
    return RecordedPicture(label, where, _alternative(alternative), digests)


def _chart(figure: Figure, chart: NativeChart, where: str, content: Content) -> RecordedChart:
    return RecordedChart(figure.label, where, _alternative(figure.alt), charted(chart, where, content))


def _alternative(texts: Texts) -> str:
    return "\n".join(text.plain() for text in texts)


def _values(stretches: Iterable[Stretch], content: Content) -> tuple[RecordedValue, ...]:
    """Recorded values in the order of the data file, then those worked out in the order of the pages."""
    keys = dict.fromkeys(part.key for stretch in stretches for part in stretch.parts if part.key is not None)
    needed = {base for key in keys for base in recorded_keys(key)}
    recorded = [metric for metric in (*content.metrics, *content.metrics.targets) if metric.key in needed]
    earlier = {change.before.key: change for change in _changes(content)}
    moved = [change.before.key for change in _changes(content) if change.difference_key in keys]
    others = dict.fromkeys([*(key for key in keys if key not in content.metrics), *moved])
    return (
        *(_recorded(metric, content) for metric in recorded),
        *(_published(earlier[key], content) if key in earlier else _derived(key, content) for key in others),
    )


def _changes(content: Content) -> tuple[Change, ...]:
    return () if content.restatement is None else tuple(content.restatement.changes.values())


def _published(change: Change, content: Content) -> RecordedValue:
    """A figure as the issue before gave it: its record is that issue's manifest."""
    made = _recorded(change.before, content)
    if content.restatement is None:
        return made
    since = content.restatement.since
    origin = str(replace(since.origin, file=_within_folder(since.origin, content)))
    return replace(made, origin=origin, remarks=(f"as issue {since.slug} gave it", *made.remarks))


def _recorded(metric: Metric, content: Content) -> RecordedValue:
    source = content.metrics.source(metric.source)
    stated = metric.value is not None
    return RecordedValue(
        key=metric.key,
        name=metric.name,
        value=fixed((metric.value or Decimal(0)) / metric.stated_in.scale, metric.places) if stated else "",
        unit=metric.stated_in.key,
        amount="" if metric.value is None else trimmed(metric.value),
        period=show_period(metric.period).en,
        origin=str(replace(metric.origin, file=_within_folder(metric.origin, content))),
        pointer=metric.origin.pointer,
        source=source.id,
        source_title=source.title,
        remarks=(*_conditions(metric, content), *_findings(metric.key, content)),
        wordings=_wordings(metric.key, content),
    )


def _derived(key: str, content: Content) -> RecordedValue:
    """A value worked out from others; its source are theirs."""
    value = value_of(key, content)
    bases = [content.metrics[name] for name in recorded_keys(key) if name in content.metrics]
    before = [change.before.key for change in _changes(content) if change.difference_key == key]
    sources = [content.metrics.source(name) for name in dict.fromkeys(metric.source for metric in bases)]
    zh, en = ("、".join(m.name.zh for m in bases), ", ".join(m.name.en for m in bases))
    exact = value.exact if value is not None else None
    return RecordedValue(
        key=key,
        name=Localized(f"由记录计算：{zh}", f"Worked out from: {en}"),
        value="",
        unit="",
        amount="" if exact is None else _short(exact),
        period="",
        origin="",
        pointer="",
        source=", ".join(source.id for source in sources),
        source_title=Localized("；".join(s.title.zh for s in sources), "; ".join(s.title.en for s in sources)),
        formula=value.formula if value is not None else "",
        rests_on=(*(metric.key for metric in bases), *before),
        remarks=_findings(key, content),
        wordings=_wordings(key, content),
    )


def _short(value: Decimal) -> str:
    return trimmed(Decimal(f"{value:.{_DIGITS}g}"))


def _within_folder(origin: Origin, content: Content) -> str:
    """The file from the briefing's folder, so that where the folder stands leaves no trace."""
    file, folder = PurePath(origin.file), PurePath(content.outline.origin.file).parent
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else file.name


def _conditions(metric: Metric, content: Content) -> tuple[str, ...]:
    """What the data file says of a value beyond its digits."""
    said = []
    if metric.region != content.metrics.home:
        said.append(f"region: {metric.region}")
    if metric.qualifier is not Qualifier.EXACT:
        said.append(f"qualifier: {metric.qualifier}")
    if metric.status is not Status.OK:
        said.append(f"status: {metric.status}")
    return tuple(said)


def _findings(key: str, content: Content) -> tuple[str, ...]:
    return tuple(f"{e.mark} {e.finding.rule} {e.finding.title.en}" for e in content.marks_of(key))


def _wordings(key: str, content: Content) -> tuple[str, ...]:
    value = value_of(key, content)
    return tuple(sorted(set().union(*value.forms.values()))) if value is not None else ()
