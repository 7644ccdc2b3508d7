"""Files people write → metrics and outline, with every problem and its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ipreport.metrics import MetricSet
from ipreport.outline import Outline
from ipreport.problems import Origin, Problem, ReportError, block
from ipreport.readers.briefing_file import BriefingFile, briefing_of, check_name
from ipreport.readers.glossary import GLOSSARY_FILE, Glossary, banned_forms, read_glossary
from ipreport.readers.metrics_file import MetricsFile, metrics_of
from ipreport.readers.yaml_file import load_yaml

BRIEFING_FILE = "briefing.yaml"
METRICS_FILE = "metrics.yaml"


@dataclass(frozen=True, slots=True)
class Input:
    """Everything a briefing's folder holds, read and checked file by file."""

    folder: Path
    record: MetricsFile
    briefing: BriefingFile
    texts: tuple[tuple[str, Origin], ...]
    """Every text of the files with its place, for the checks of characters and terms."""
    glossary: Glossary

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
        """The files that decide the output, office fonts included."""
        own_terms = self.folder / GLOSSARY_FILE
        record = (self.folder / METRICS_FILE, *self.record.tables)
        named = (self.folder / BRIEFING_FILE, *record, *self.briefing.fonts.values())
        return (*named, own_terms) if own_terms.exists() else named


def read(folder: Path) -> Input:
    """The briefing in `folder`. Raises ReportError with the problems of its files."""
    _require_folder(folder)
    problems: list[Problem] = []
    texts: list[tuple[str, Origin]] = []
    record, briefing, glossary = None, None, None
    try:
        glossary = read_glossary(folder)
    except ReportError as error:
        problems += error.problems
    try:
        tree = load_yaml(folder / METRICS_FILE)
        texts += tree.texts()
        record = metrics_of(tree, folder)
        texts += record.texts
    except ReportError as error:
        problems += error.problems
    try:
        tree = load_yaml(folder / BRIEFING_FILE)
        texts += tree.texts()
        briefing = briefing_of(tree, folder, record.metrics if record is not None else None)
    except ReportError as error:
        problems += error.problems
    if record is None or briefing is None or glossary is None:
        raise ReportError(problems)
    return Input(folder, record, briefing, tuple(texts), glossary)


def _require_folder(folder: Path) -> None:
    if not folder.is_dir():
        near = sorted(path.parent.name for path in folder.parent.glob(f"*/{BRIEFING_FILE}"))
        hint = f"briefings here: {', '.join(near)}" if near else "make one with: ipreport new NAME"
        raise ReportError([block("there is no such briefing folder", Origin(folder.as_posix()), hint)])
    check_name(folder.resolve().name)


def read_metrics(path: Path) -> MetricSet:
    """The metrics of a file and of its tables. Raises ReportError with every problem of them."""
    return metrics_of(load_yaml(path), path.parent).metrics


__all__ = ["BRIEFING_FILE", "METRICS_FILE", "Input", "banned_forms", "check_name", "read", "read_metrics"]
