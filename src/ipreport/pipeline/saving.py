"""What a build made goes to disk: documents, charts, and the manifest that vouches for them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ipreport.figures import Outcome
from ipreport.outline import Edition
from ipreport.pipeline.checked import Checked
from ipreport.pipeline.files import remove_all, write_all
from ipreport.pipeline.manifest import MANIFEST, Account, account, manifest, previous_files
from ipreport.problems import Problem
from ipreport.readers import RECIPIENTS_FILE

if TYPE_CHECKING:
    from ipreport.writers.pdf import Typesetting


@dataclass(frozen=True, slots=True)
class Built:
    """What a build wrote, and what deserves a look although it did not stop the build."""

    documents: tuple[Path, ...]
    figures: tuple[Path, ...]
    manifest: Path
    warnings: tuple[Problem, ...]
    outcomes: tuple[Outcome, ...] = ()
    """What became of each chart: drawn and why, or reused."""
    typesetting: Mapping[str, Typesetting] = field(default_factory=dict)
    """How the lines of each PDF are set, by file name, where that was asked for."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """What was made, by file name."""

    documents: Mapping[str, bytes]
    charts: Mapping[str, bytes]
    outcomes: tuple[Outcome, ...]


def account_of(ready: Checked, *, draft: bool) -> Account:
    """What goes into a build of this briefing."""
    signer = ready.formats.signer
    certificate = None if signer is None else signer.fingerprint
    return account(ready.content, inputs_of(ready), draft=draft, certificate=certificate)


def inputs_of(ready: Checked) -> dict[str, bytes]:
    """The contents of the files that a build depends on, by name; of the recipients what is printed of them, if any.

    Whom an issue is mailed to may change when its documents are done.
    """
    source = ready.source
    inputs = {source.name_of(path): path.read_bytes() for path in source.files}
    printed = [
        json.dumps([group.terms, each.name.zh, each.name.en], ensure_ascii=False)
        for group in ready.content.outline.recipients
        for each in group.recipients
        if each.printed
    ]
    inputs.pop(RECIPIENTS_FILE, None)
    if printed:
        inputs[RECIPIENTS_FILE] = "".join(f"{line}\n" for line in printed).encode("utf-8")
    return inputs


def save(
    ready: Checked, editions: tuple[Edition, ...], went_in: Account, made: Outputs, folders: tuple[Path, Path]
) -> Built:
    """Write documents, charts and manifest together, then remove what the last build made and this one did not.

    `folders` are those of the documents and of the charts. Raises ReportError when the
    system refuses; then nothing has changed.
    """
    documents_folder, pictures = folders
    outputs = {"documents": made.documents, "figures": made.charts}
    record = manifest(went_in, editions, outputs, _in_words(ready))
    stale = [*_stale(documents_folder, "documents", made.documents, documents_folder)]
    stale += _stale(documents_folder, "figures", made.charts, pictures)
    charts = {pictures / name: content for name, content in made.charts.items()}
    documents = {documents_folder / name: content for name, content in made.documents.items()}
    target = documents_folder / MANIFEST
    write_all({**charts, **documents, target: record})
    kept = remove_all(stale)
    return Built(tuple(documents), tuple(charts), target, (*ready.problems, *kept), made.outcomes)


def _in_words(ready: Checked) -> Iterator[str]:
    """The problems that did not stop the build, with places from the briefing's folder, which are the same anywhere."""
    folder, names = f"{ready.source.folder.as_posix()}/", ready.source.names
    for problem in ready.problems:
        origin = problem.origin
        if origin is not None:
            origin = replace(origin, file=names.get(origin.file, origin.file))
        yield str(replace(problem, origin=origin)).replace(folder, "")


DRAFT = "draft"
"""The folder of a draft's files in that of its issue: files that are final are neither replaced nor removed."""


def folders_of(ready: Checked, output: Path | None, figures: Path | None, *, draft: bool) -> tuple[Path, Path]:
    """Where documents and charts stand, below the folders given or beside `report/`."""
    outline = ready.content.outline
    documents = (output or root_of(ready.source.folder) / "output") / outline.name / outline.issue_slug
    pictures = charts_folder(ready, figures)
    return (documents / DRAFT, pictures / DRAFT) if draft else (documents, pictures)


def charts_folder(ready: Checked, figures: Path | None) -> Path:
    """Where the charts of the issue stand, below `figures` or beside `report/`."""
    outline = ready.content.outline
    return (figures or root_of(ready.source.folder) / "figures") / outline.name / outline.issue_slug


def _stale(manifest_folder: Path, kind: str, kept: Mapping[str, bytes], folder: Path) -> Iterator[Path]:
    """Files of the last build that this one does not make."""
    return (folder / name for name in sorted(previous_files(manifest_folder, kind) - kept.keys()))


def root_of(folder: Path) -> Path:
    """Where `output/`, `figures/` and `delivery/` stand: beside `report/`, else in the working folder."""
    reports, here = folder.resolve().parent, Path.cwd()
    root = reports.parent if reports.name == "report" else here
    return root.relative_to(here) if root.is_relative_to(here) else root
