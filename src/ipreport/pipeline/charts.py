"""The charts of a briefing without its documents: what an author looks at while making one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ipreport.compose import Content, check_template, rendered
from ipreport.document import Rendered, Texts
from ipreport.figures import Journal, Outcome, draw
from ipreport.figures import check as check_figure
from ipreport.outline import Edition, FigureSpec
from ipreport.pipeline.checked import Checked, Formats, Progress, checked_data
from ipreport.pipeline.files import write_all
from ipreport.pipeline.saving import charts_folder
from ipreport.problems import Origin, Problem, ReportError, block, did_you_mean


@dataclass(frozen=True, slots=True)
class DrawnFigures:
    """The files of the charts that were asked for, and what became of each: drawn and why, or reused."""

    files: tuple[Path, ...]
    outcomes: tuple[Outcome, ...]
    warnings: tuple[Problem, ...]


def draw_figures(
    briefing: str | Path,
    ids: Iterable[str] = (),
    *,
    figures: Path | None = None,
    editions: Iterable[str] = (),
    accept_warnings: bool = False,
    previous: Path | None = None,
    theme: str | None = None,
    cache: Path | None = None,
    progress: Progress = lambda _: None,
) -> DrawnFigures:
    """Draw the charts of a briefing, or those with the given `ids`, as the SVG and PNG files that `build` writes.

    Files go to `figures/<briefing>/<issue>/` beside `report/`, or below the folder given as
    `figures`. The data and the charts asked for are checked as for `build`; its texts and its
    other charts are not. `editions`, `accept_warnings`, `previous`, `theme` and `cache` mean
    what they mean for `build`.

    Raises ReportError with every problem; then nothing was written.
    """
    progress("reading")
    ids, editions = tuple(ids), tuple(editions)
    with told_with(editions):
        ready = checked_data(briefing, cache, accept_warnings=accept_warnings, previous=previous, theme=theme)
    content, outline = ready.content, ready.content.outline
    ready = ready.with_problems(unknown_editions(content, editions))
    ready = ready.with_problems(_unknown("figure", ids, [spec.id for spec in outline.figures()], content))
    specs = [spec for spec in outline.figures() if not ids or spec.id in ids]
    ready = ready.with_problems(problem for spec in specs for problem in check_figure(spec, content.metrics))
    ready = ready.with_problems(p for spec in specs if spec.alt is not None for p in check_template(spec.alt, content))
    ready.stop_if_blocked()
    files: dict[str, bytes] = {}
    outcomes: list[Outcome] = []
    for edition in chosen_editions(content, editions):
        progress(f"drawing {edition}")
        journal = journal_of(ready, edition)
        files |= chart_files(draw_edition(content, edition, ready.formats, specs, journal), edition)
        outcomes += journal.outcomes
    progress("saving")
    ready.formats.faces.save(ready.formats.cache)
    folder = charts_folder(ready, figures)
    written = {folder / name: content for name, content in files.items()}
    write_all(written)
    return DrawnFigures(tuple(written), tuple(outcomes), ready.problems)


def chosen_editions(content: Content, editions: Collection[str]) -> tuple[Edition, ...]:
    """The editions that are named, all where none is; see `unknown_editions`."""
    return tuple(edition for edition in content.outline.editions if not editions or edition in editions)


def unknown_editions(content: Content, editions: Iterable[str]) -> Iterator[Problem]:
    """A blocking Problem for every edition named that the briefing does not have."""
    return _unknown("edition", editions, content.outline.editions, content)


@contextmanager
def told_with(editions: Iterable[str]) -> Iterator[None]:
    """Adds the editions that no briefing has to what a ReportError inside says of one that cannot be read."""
    try:
        yield
    except ReportError as error:
        names = (name for name in dict.fromkeys(editions) if name not in set(Edition))
        problems = (
            block(f"unknown edition '{name}'", Origin("edition"), did_you_mean(name, Edition)) for name in names
        )
        raise ReportError((*error.problems, *problems)) from error


def _unknown(what: str, names: Iterable[str], known: Collection[str], content: Content) -> Iterator[Problem]:
    for name in dict.fromkeys(names):
        if name not in known:
            yield block(f"unknown {what} '{name}'", content.outline.origin, did_you_mean(name, known))


def draw_edition(
    content: Content, edition: Edition, formats: Formats, specs: Iterable[FigureSpec], journal: Journal | None = None
) -> dict[str, Rendered]:
    """The charts of an edition by id."""
    style, marks = formats.style.led_by(edition.languages[0]), content.marks
    return {
        spec.id: draw(
            spec, content.metrics, edition.languages, style, formats.faces, formats.cache, marks,
            content.rounding, content.notice, journal, _own_alt(spec, content, edition),
        )
        for spec in specs
    }  # fmt: skip


def _own_alt(spec: FigureSpec, content: Content, edition: Edition) -> Texts | None:
    """The description that the author of a figure wrote instead of the one that is made from its data."""
    return None if spec.alt is None else rendered(spec.alt, content, edition.languages) or None


def journal_of(ready: Checked, edition: Edition) -> Journal:
    """Where it is noted what becomes of the charts of an edition."""
    return Journal(ready.formats.cache, ready.source.folder.resolve().as_posix(), edition)


def chart_files(drawn: Mapping[str, Rendered], edition: Edition) -> dict[str, bytes]:
    """The charts of an edition by file name."""
    files = {}
    for name, figure in drawn.items():
        files[f"{name}.{edition}.svg"] = figure.picture.svg
        files[f"{name}.{edition}.png"] = figure.picture.png
    return files
