"""What a build made goes to disk: documents, charts, and the manifest that vouches for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ipreport.figures import Outcome
from ipreport.outline import Edition
from ipreport.pipeline.checked import Checked
from ipreport.pipeline.files import remove_all, write_all
from ipreport.pipeline.manifest import MANIFEST, manifest, previous_files
from ipreport.problems import Problem
from ipreport.readers import Input


@dataclass(frozen=True, slots=True)
class Built:
    """What a build wrote, and what deserves a look although it did not stop the build."""

    documents: tuple[Path, ...]
    figures: tuple[Path, ...]
    manifest: Path
    warnings: tuple[Problem, ...]
    outcomes: tuple[Outcome, ...] = ()
    """What became of each chart: drawn and why, or reused."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """What was made, by file name."""

    documents: Mapping[str, bytes]
    charts: Mapping[str, bytes]
    outcomes: tuple[Outcome, ...]


def _inputs(source: Input) -> dict[str, bytes]:
    """What went in, by name."""
    return {source.name_of(path): path.read_bytes() for path in source.files}


def save(
    ready: Checked, editions: tuple[Edition, ...], made: Outputs, output: Path | None, figures: Path | None
) -> Built:
    """Write documents, charts and manifest together, then remove what the last build made and this one did not.

    Raises ReportError when the system refuses; then nothing has changed.
    """
    outline, root = ready.content.outline, _root(ready.source.folder)
    documents_folder = (output or root / "output") / outline.name / outline.issue_slug
    pictures = charts_folder(ready, figures)
    outputs = {"documents": made.documents, "figures": made.charts}
    record = manifest(ready.content, editions, _inputs(ready.source), outputs, ready.problems)
    stale = [*_stale(documents_folder, "documents", made.documents, documents_folder)]
    stale += _stale(documents_folder, "figures", made.charts, pictures)
    charts = {pictures / name: content for name, content in made.charts.items()}
    documents = {documents_folder / name: content for name, content in made.documents.items()}
    target = documents_folder / MANIFEST
    write_all({**charts, **documents, target: record})
    kept = remove_all(stale)
    return Built(tuple(documents), tuple(charts), target, (*ready.problems, *kept), made.outcomes)


def charts_folder(ready: Checked, figures: Path | None) -> Path:
    """Where the charts of the issue stand, below `figures` or beside `report/`."""
    outline = ready.content.outline
    return (figures or _root(ready.source.folder) / "figures") / outline.name / outline.issue_slug


def _stale(manifest_folder: Path, kind: str, kept: Mapping[str, bytes], folder: Path) -> Iterator[Path]:
    """Files of the last build that this one does not make."""
    return (folder / name for name in sorted(previous_files(manifest_folder, kind) - kept.keys()))


def _root(folder: Path) -> Path:
    """Where `output/` and `figures/` stand: beside `report/`, else in the working folder."""
    reports, here = folder.resolve().parent, Path.cwd()
    root = reports.parent if reports.name == "report" else here
    return root.relative_to(here) if root.is_relative_to(here) else root
