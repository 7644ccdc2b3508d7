"""The whole story of a briefing, in the order in which it happens."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ipreport.cache import Cache
from ipreport.compose import Content, compose, content_of
from ipreport.compose import check as check_content
from ipreport.document import Document, Rendered
from ipreport.figures import check as check_figure
from ipreport.figures import draw
from ipreport.outline import Edition
from ipreport.pipeline.files import remove_all, write_all
from ipreport.pipeline.manifest import MANIFEST, manifest, previous_files
from ipreport.pipeline.places import Place, places
from ipreport.problems import Level, Origin, Problem, ReportError, block, did_you_mean
from ipreport.readers import BRIEFING_FILE, Input, read
from ipreport.rules import findings
from ipreport.style import THEMES, Style

if TYPE_CHECKING:
    from ipreport.fonts import Faces

Progress = Callable[[str], None]
"""Told in a few words what is being done."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build wrote, and what deserves a look although it did not stop the build."""

    documents: tuple[Path, ...]
    figures: tuple[Path, ...]
    manifest: Path
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A value from its record to every place it appears."""

    key: str
    name: str
    value: str
    origin: Origin
    source: str
    words: Mapping[str, str]
    findings: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Formats:
    """What the writers share: the look, the faces, the cache."""

    style: Style
    faces: Faces
    cache: Cache

    def style_of(self, document: Document) -> Style:
        """The look of an edition, which depends on the language that leads it."""
        return self.style.led_by(document.meta.languages[0])


def _docx(document: Document, formats: Formats) -> bytes:
    from ipreport.writers import docx  # noqa: PLC0415 - loaded when a Word file is written, not before

    return docx.write(document, formats.style_of(document))


def _pdf(document: Document, formats: Formats) -> bytes:
    from ipreport.writers import pdf  # noqa: PLC0415 - loaded when a PDF is written, not before

    return pdf.write(document, formats.style_of(document), formats.faces, formats.cache)


WRITERS: dict[str, Callable[[Document, Formats], bytes]] = {"docx": _docx, "pdf": _pdf}
"""The output formats by file ending."""


def build(
    briefing: str | Path,
    *,
    output: Path | None = None,
    figures: Path | None = None,
    editions: Iterable[str] = (),
    accept_warnings: bool = False,
    cache: Path | None = None,
    progress: Progress = lambda _: None,
) -> Built:
    """Build a briefing's editions as DOCX and PDF, its charts and the manifest.

    `briefing` is a folder, or the name of one in `report/`. Files go to
    `output/<briefing>/<issue>/` and `figures/<briefing>/<issue>/` beside `report/`,
    or below the folders given. `editions` limits what is built; files of an earlier
    build that are not part of this one are removed. `accept_warnings` lets
    unacknowledged warnings of the rules pass. `cache` is the folder of the glyph and
    chart cache, the user's own by default.

    Raises ReportError with every problem of the input; then nothing was written.
    """
    progress("reading")
    folder = briefing_folder(briefing)
    source, content, problems = _checked(folder, accept_warnings=accept_warnings)
    chosen = _chosen_editions(content, editions)
    _stop_if_blocked(problems)
    formats = _formats(source, cache)
    documents: dict[Edition, Document] = {}
    charts: dict[str, bytes] = {}
    for edition in chosen:
        progress(f"composing {edition}")
        drawn = _draw(content, edition, formats)
        charts |= _chart_files(drawn, edition)
        documents[edition] = compose(content, edition, drawn, _stamp(content))
    _check_coverage(documents.values(), formats, problems)
    stem = f"{content.outline.name}-{content.outline.issue_slug}"
    written = {}
    for edition, document in documents.items():
        for ending, write in WRITERS.items():
            progress(f"writing {edition} {ending}")
            written[f"{stem}.{edition}.{ending}"] = write(document, formats)
    progress("saving")
    return _save(_Files(content, chosen, written, charts, _inputs(source), problems), folder, output, figures)


def check(briefing: str | Path, *, accept_warnings: bool = False) -> tuple[Problem, ...]:
    """Every problem of a briefing, without building it. Never raises ReportError."""
    try:
        _, _, problems = _checked(briefing_folder(briefing), accept_warnings=accept_warnings)
    except ReportError as error:
        return error.problems
    return tuple(problems)


def explain(briefing: str | Path, key: str, *, cache: Path | None = None) -> Explained:
    """A value from the line that records it to every place where the editions show it.

    Raises ReportError when the briefing has problems or knows no such value.
    """
    source, content, problems = _checked(briefing_folder(briefing), accept_warnings=True)
    _stop_if_blocked(problems)
    if key not in content.metrics:
        hint = did_you_mean(key, (metric.key for metric in content.metrics))
        raise ReportError([block(f"unknown metric '{key}'", content.outline.origin, hint)])
    formats = _formats(source, cache)
    metric, shown = content.metrics[key], content.shown[key]
    found: list[Place] = []
    for edition in content.outline.editions:
        document = compose(content, edition, _draw(content, edition, formats), _stamp(content))
        found += places(document, key)
    return Explained(
        key=key,
        name=f"{metric.name.zh} / {metric.name.en}",
        value="missing" if metric.value is None else f"{metric.value} ({metric.unit.key})",
        origin=metric.origin,
        source=content.metrics.source(metric.source).title.en,
        words={"zh": shown.text.zh, "en": shown.text.en},
        findings=tuple(f"{e.mark} {e.finding.rule} {e.finding.title.en}" for e in content.marks_of(key)),
        places=tuple(found),
    )


# --- the steps -------------------------------------------------------------------


def briefing_folder(briefing: str | Path) -> Path:
    """The folder of a briefing given as a path or as a name in `report/`."""
    path = Path(briefing)
    if path.name == BRIEFING_FILE:
        path = path.parent
    named = Path("report") / path
    is_name = len(path.parts) == 1 and path.name != ".." and not (path / BRIEFING_FILE).exists()
    return named if is_name and (named.is_dir() or not path.is_dir()) else path


def _checked(folder: Path, *, accept_warnings: bool) -> tuple[Input, Content, list[Problem]]:
    source = read(folder)
    content = content_of(source.outline, source.metrics, findings(source.metrics))
    problems = check_content(content, accept_warnings=accept_warnings)
    for spec in source.outline.figures():
        problems += check_figure(spec, source.metrics)
    return source, content, problems


def _stop_if_blocked(problems: list[Problem]) -> None:
    if any(problem.level is Level.BLOCK for problem in problems):
        raise ReportError(problems)


def _chosen_editions(content: Content, editions: Iterable[str]) -> tuple[Edition, ...]:
    available = content.outline.editions
    wanted = tuple(dict.fromkeys(editions))
    known = {edition.value for edition in available}
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise ReportError(
            [block(f"unknown edition '{name}'", content.outline.origin, did_you_mean(name, known)) for name in unknown]
        )
    return tuple(edition for edition in available if not wanted or edition.value in wanted)


def _formats(source: Input, cache: Path | None) -> Formats:
    from ipreport.fonts import find_faces  # noqa: PLC0415 - `check` works without faces

    kept = Cache(cache if cache is not None else _user_cache())
    return Formats(THEMES[source.outline.theme], find_faces(source.briefing.fonts, kept), kept)


def _user_cache() -> Path | None:
    from platformdirs import user_cache_path  # noqa: PLC0415 - needed only when no folder is given

    chosen = os.environ.get("IPREPORT_CACHE")
    return Path(chosen) if chosen else user_cache_path("ipreport", appauthor=False)


def _draw(content: Content, edition: Edition, formats: Formats) -> dict[str, Rendered]:
    metrics, width = content.metrics, formats.style.page.text_width
    return {
        spec.id: draw(
            spec, metrics, edition.languages, formats.style, formats.faces, formats.cache, content.marks, width,
            content.rounding,
        )
        for spec in content.outline.figures()
    }  # fmt: skip


def _chart_files(drawn: Mapping[str, Rendered], edition: Edition) -> dict[str, bytes]:
    files = {}
    for name, figure in drawn.items():
        files[f"{name}.{edition}.svg"] = figure.picture.svg
        files[f"{name}.{edition}.png"] = figure.picture.png
    return files


def _check_coverage(documents: Iterable[Document], formats: Formats, problems: list[Problem]) -> None:
    from ipreport.fonts import check_coverage  # noqa: PLC0415 - as above

    for document in documents:
        missing = check_coverage(document, formats.faces)
        problems += [problem for problem in missing if problem not in problems]
    _stop_if_blocked(problems)


def _stamp(content: Content) -> date:
    """The date in file properties: SOURCE_DATE_EPOCH where it is set, else the issue's own date."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return content.outline.date
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        message = f"expected SOURCE_DATE_EPOCH in seconds since 1970, found '{epoch}'"
        raise ReportError([block(message, Origin("environment"), "unset it, or set it to a number")]) from error


@dataclass(frozen=True, slots=True)
class _Files:
    """Everything that is about to be saved, by file name."""

    content: Content
    editions: tuple[Edition, ...]
    documents: Mapping[str, bytes]
    charts: Mapping[str, bytes]
    inputs: Mapping[str, bytes]
    problems: list[Problem] = field(default_factory=list)


def _inputs(source: Input) -> dict[str, bytes]:
    """What went in, by name: paths from the briefing's folder, as briefing.yaml writes them."""
    folder = source.folder
    return {
        (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix(): path.read_bytes()
        for path in source.files
    }


def _save(files: _Files, folder: Path, output: Path | None, figures: Path | None) -> Built:
    outline = files.content.outline
    root = _root(folder)
    documents_folder = (output or root / "output") / outline.name / outline.issue_slug
    charts_folder = (figures or root / "figures") / outline.name / outline.issue_slug
    record = manifest(
        files.content, files.editions, files.inputs, {"documents": files.documents, "figures": files.charts},
        files.problems,
    )  # fmt: skip
    stale = [*_stale(documents_folder, "documents", files.documents, documents_folder)]
    stale += _stale(documents_folder, "figures", files.charts, charts_folder)
    charts = {charts_folder / name: content for name, content in files.charts.items()}
    documents = {documents_folder / name: content for name, content in files.documents.items()}
    target = documents_folder / MANIFEST
    write_all({**charts, **documents, target: record})
    kept = remove_all(stale)
    return Built(tuple(documents), tuple(charts), target, (*files.problems, *kept))


def _stale(manifest_folder: Path, kind: str, kept: Mapping[str, bytes], folder: Path) -> Iterator[Path]:
    """Files of the last build that this one does not make."""
    return (folder / name for name in sorted(previous_files(manifest_folder, kind) - kept.keys()))


def _root(folder: Path) -> Path:
    """Where `output/` and `figures/` stand: beside `report/`, else in the working folder."""
    reports, here = folder.resolve().parent, Path.cwd()
    root = reports.parent if reports.name == "report" else here
    return root.relative_to(here) if root.is_relative_to(here) else root
