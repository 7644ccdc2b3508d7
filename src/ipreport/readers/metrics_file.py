"""metrics.yaml, and the tables it names → every value with its unit, period, source and place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ipreport.metrics import Acknowledgement, Metric, MetricSet, Source
from ipreport.problems import Origin, Problem, ReportError, block, did_you_mean
from ipreport.readers.catalogue import Catalogue
from ipreport.readers.observations import ObservationReader
from ipreport.readers.remarks import remarked
from ipreport.readers.schema import AcknowledgementShape, MetricsShape, SourceShape
from ipreport.readers.tables import TableFile, read_table
from ipreport.readers.targets import regions_of, targets_of
from ipreport.readers.validate import validate
from ipreport.readers.values import UnreadableNumberError, read_number
from ipreport.readers.yaml_file import Path_, Tree


@dataclass(frozen=True, slots=True)
class MetricsFile:
    """What metrics.yaml and its tables hold, and what a reader should know of the tables."""

    metrics: MetricSet
    tables: tuple[Path, ...] = ()
    texts: tuple[tuple[str, Origin], ...] = ()
    notes: tuple[Problem, ...] = ()


def metrics_of(tree: Tree, folder: Path, definitions: Catalogue) -> MetricsFile:
    """The metrics of a file and of the tables it names in `folder`. Raises ReportError with every problem."""
    shape = validate(MetricsShape, tree)
    if not shape.tables and isinstance(tree.data, dict) and "metrics" not in tree.data:
        raise ReportError([block("the key 'metrics' is missing", tree.origin(("metrics",)))])
    sources = tuple(_source(number, source, tree) for number, source in enumerate(shape.sources, start=1))
    regions, wrong_regions = regions_of(shape, tree)
    reader = ObservationReader(definitions, {source.id for source in sources}, shape.region.zh, regions)
    observations = [
        metric
        for index, row in enumerate(shape.metrics)
        if (metric := reader.read(row, partial(_place, tree, ("metrics", index)))) is not None
    ]
    tables = [
        read_table(entry, folder, reader, partial(_place, tree, ("tables", index)))
        for index, entry in enumerate(shape.tables)
    ]
    observations += (metric for table in tables for metric in table.observations)
    observations, wrong_remarks = remarked(observations, shape.remarks, tree)
    targets = targets_of(shape, tree, reader)
    problems = [*_repeated_sources(sources), *wrong_regions, *wrong_remarks, *reader.problems]
    problems += [problem for table in tables for problem in table.problems]
    problems += _repeated([*observations, *targets])
    for index, row in enumerate(shape.acknowledged):
        problems += _unreadable_values(index, row, tree, [*observations, *targets])
    notes = tuple(note for table in tables for note in table.notes)
    if problems:
        raise ReportError([*problems, *notes])
    acknowledged = tuple(_acknowledgement(index, row, tree) for index, row in enumerate(shape.acknowledged))
    metrics = MetricSet(
        observations=tuple(observations),
        sources=sources,
        acknowledgements=acknowledged,
        region=shape.region.localized(),
        regions=regions,
        home=reader.region,
        peers=shape.peers.localized() if shape.peers else None,
        targets=targets,
    )
    return MetricsFile(metrics, _files(tables), tuple(text for table in tables for text in table.texts.items()), notes)


def _files(tables: list[TableFile]) -> tuple[Path, ...]:
    """The tables' files, one that holds several tables once."""
    return tuple(dict.fromkeys(table.path for table in tables))


def _place(tree: Tree, inside: Path_, path: Path_) -> Origin:
    return tree.origin((*inside, *path))


def _source(number: int, shape: SourceShape, tree: Tree) -> Source:
    return Source(
        id=shape.id,
        number=number,
        title=shape.title.localized(),
        publisher=shape.publisher.localized() if shape.publisher else None,
        published=shape.published,
        link=shape.link,
        note=shape.note.localized() if shape.note else None,
        origin=tree.origin(("sources", number - 1, "id")),
    )


def _unreadable_values(
    index: int, shape: AcknowledgementShape, tree: Tree, observations: list[Metric]
) -> Iterator[Problem]:
    """Accepted values of metrics that do not exist, or that are no numbers."""
    keys = {metric.key for metric in observations}
    for key, written in shape.values.items():
        origin = tree.origin(("acknowledged", index, "values", key))
        if key not in keys:
            yield block(f"unknown metric '{key}' in an acknowledgement", origin, did_you_mean(key, keys))
        try:
            read_number(written)
        except UnreadableNumberError as unreadable:
            yield block(f"expected a number, found '{written}'", origin, unreadable.hint)


def _acknowledgement(index: int, shape: AcknowledgementShape, tree: Tree) -> Acknowledgement:
    return Acknowledgement(
        rule=shape.rule,
        values=tuple((key, read_number(written)) for key, written in shape.values.items()),
        by=shape.by.localized(),
        date=shape.date,
        reason=shape.reason.localized(),
        origin=tree.origin(("acknowledged", index, "rule")),
    )


def _repeated_sources(sources: tuple[Source, ...]) -> list[Problem]:
    first = {source.id: source for source in reversed(sources)}
    return [
        block(f"the source '{source.id}' stands twice", source.origin, "give each source an id of its own")
        for source in sources
        if first[source.id] is not source
    ]


def _repeated(observations: list[Metric]) -> list[Problem]:
    seen: dict[str, Metric] = {}
    problems = []
    for metric in observations:
        if first := seen.get(metric.key):
            near = first.origin.file == metric.origin.file and first.origin.cell is None
            place = f"line {first.origin.line}" if near else first.origin
            message = f"'{metric.key}' stands twice; it was first given at {place}"
            problems.append(block(message, metric.origin, "give one of them an 'id:' of its own"))
        seen.setdefault(metric.key, metric)
    return problems
