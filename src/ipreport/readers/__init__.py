"""Files people write → metrics and outline, with every problem and its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ipreport.metrics import MetricSet, PreviousIssue
from ipreport.outline import Outline
from ipreport.problems import Origin, Problem, ReportError, collected
from ipreport.readers.briefing_file import BriefingFile, briefing_of, check_name
from ipreport.readers.catalogue import catalogue as shipped_catalogue
from ipreport.readers.catalogue import office_catalogue
from ipreport.readers.delivery_file import DELIVERY_FILE, read_delivery
from ipreport.readers.folder import (
    BRIEFING_FILE,
    METRICS_FILE,
    briefing_folder,
    catalogue_files,
    is_file,
    path_from,
    require_folder,
    without_detour,
)
from ipreport.readers.glossary import GLOSSARY_FILE, Glossary, banned_forms, read_glossary
from ipreport.readers.lookup import CatalogueEntry, look_up
from ipreport.readers.metrics_file import MetricsFile, metrics_of
from ipreport.readers.previous_file import MANIFEST_FORMAT, read_previous
from ipreport.readers.recipients import RECIPIENTS_FILE, read_recipients
from ipreport.readers.yaml_file import load_yaml

Placed = tuple[str, Origin]
"""A text of a file, and where it stands."""


@dataclass(frozen=True, slots=True)
class Input:
    """Everything a briefing's folder holds, read and checked file by file."""

    folder: Path
    record: MetricsFile
    briefing: BriefingFile
    texts: tuple[Placed, ...]
    """Every text of the files with its place, for the checks of characters and terms."""
    glossary: Glossary
    previous: PreviousIssue | None = None
    """The issue before, where its manifest is given."""
    previous_file: Path | None = None

    @property
    def metrics(self) -> MetricSet:
        """Every observation, those of tables included."""
        return self.record.metrics

    @property
    def outline(self) -> Outline:
        """What the briefing should contain."""
        return self.briefing.outline

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that decide the output, those of office fonts and brand included."""
        beside = (self.folder / name for name in (RECIPIENTS_FILE, GLOSSARY_FILE))
        record = (self.folder / METRICS_FILE, *self.record.tables)
        named = (self.folder / BRIEFING_FILE, *record, *catalogue_files(self.folder), *self.briefing.fonts.values())
        named += () if self.outline.brand is None else (self.outline.brand,)
        named += tuple(path for path in beside if path.exists())
        return named if self.previous_file is None else (*named, self.previous_file)

    def name_of(self, file: Path) -> str:
        """A file's path from the briefing's folder, as briefing.yaml writes it; a font from elsewhere as it is."""
        if file.is_relative_to(self.folder):
            return file.relative_to(self.folder).as_posix()
        # The last issue's manifest may be named from anywhere: its place beside this folder is the same everywhere.
        return path_from(self.folder, file) if file == self.previous_file else file.as_posix()

    @property
    def names(self) -> Mapping[str, str]:
        """The name of each of the files by the path that problems tell of it: the same names wherever the folder is."""
        return {without_detour(path).as_posix(): self.name_of(path) for path in self.files}


def read(folder: Path, previous: Path | None = None) -> Input:
    """The briefing in `folder`. Raises ReportError with the problems of all its files.

    `previous` is the manifest of the issue before, instead of the one briefing.yaml names.
    """
    require_folder(folder)
    check_name(folder.resolve().name)
    problems: list[Problem] = []
    texts: list[Placed] = []
    record, briefing, glossary, recipients, before = None, None, None, None, None
    with collected(problems):
        glossary = read_glossary(folder)
    with collected(problems):
        record = _record(folder, texts)
    with collected(problems):
        briefing = _briefing(folder, record, previous, texts)
    with collected(problems):
        recipients = read_recipients(folder)
        texts += recipients.texts
    with collected(problems):
        if briefing is not None and briefing.previous is not None:
            before = read_previous(briefing.previous, briefing.outline)
    if problems or record is None or briefing is None or glossary is None or recipients is None:
        raise ReportError(problems)
    briefing = replace(briefing, outline=replace(briefing.outline, recipients=recipients.groups))
    return Input(folder, record, briefing, tuple(texts), glossary, before, briefing.previous)


def _record(folder: Path, texts: list[Placed]) -> MetricsFile:
    """The observations, their tables included; what is written beside them is added to `texts`."""
    definitions, trees = office_catalogue(folder)
    trees += (load_yaml(folder / METRICS_FILE),)
    texts += [text for tree in trees for text in tree.texts()]
    record = metrics_of(trees[-1], folder, definitions)
    texts += record.texts
    return record


def _briefing(folder: Path, record: MetricsFile | None, previous: Path | None, texts: list[Placed]) -> BriefingFile:
    """What briefing.yaml holds; its texts are added to `texts`."""
    tree = load_yaml(folder / BRIEFING_FILE)
    texts += tree.texts()
    return briefing_of(tree, folder, record.metrics if record is not None else None, previous)


def read_metrics(path: Path) -> MetricSet:
    """The metrics of a file and of its tables, as the shipped catalogue knows them.

    Raises ReportError with every problem of them.
    """
    return metrics_of(load_yaml(path), path.parent, shipped_catalogue()).metrics


__all__ = [
    "BRIEFING_FILE",
    "DELIVERY_FILE",
    "MANIFEST_FORMAT",
    "METRICS_FILE",
    "RECIPIENTS_FILE",
    "CatalogueEntry",
    "Input",
    "banned_forms",
    "briefing_folder",
    "check_name",
    "is_file",
    "look_up",
    "read",
    "read_delivery",
    "read_metrics",
    "without_detour",
]
