"""What commands print: plain lines for people, JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ipreport.problems import EXIT_PROBLEMS, Level, Origin, Problem, ReportError

if TYPE_CHECKING:
    from ipreport.figures import Outcome, Reason
    from ipreport.pipeline import Built, DrawnFigures, Explained
    from ipreport.writers.pdf import Typesetting

_COLOURS = {Level.BLOCK: typer.colors.RED, Level.WARN: typer.colors.YELLOW, Level.NOTE: typer.colors.BLUE}


@contextmanager
def problems_to_exit(*, as_json: bool, nothing: str = "nothing was written") -> Iterator[None]:
    """Print the problems of a ReportError, and what was not done, and end with the exit code for them."""
    try:
        yield
    except ReportError as error:
        problems(error.problems, as_json=as_json, nothing=nothing)
        raise typer.Exit(EXIT_PROBLEMS) from error


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A callable that shows what is being done: a moving line on a terminal, nothing in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it

    with Console(stderr=True).status("starting") as status:
        yield status.update


def problems(found: Iterable[Problem], *, as_json: bool, nothing: str = "nothing was written") -> None:
    """Every problem with its place and hints, then a count; where one is blocking, what was not done."""
    listed = tuple(found)
    if as_json:
        print_json({"problems": [problem_record(problem) for problem in listed]})
        return
    for problem in listed:
        first, *rest = str(problem).splitlines()
        typer.secho(first, err=True, fg=_COLOURS[problem.level])
        for line in rest:
            typer.echo(line, err=True)
    blocking = sum(problem.level is Level.BLOCK for problem in listed)
    others = len(listed) - blocking
    summary = "no problems" if not listed else f"{blocking} blocking, {others} other problem(s)"
    typer.echo(summary + (f"; {nothing}" if blocking else ""), err=bool(listed))


def built(result: Built, *, as_json: bool, in_full: bool = False) -> None:
    """What a build wrote, and where; `in_full` says of each chart why it was drawn."""
    if as_json:
        record = {
            "documents": [path.as_posix() for path in result.documents],
            "figures": [path.as_posix() for path in result.figures],
            "manifest": result.manifest.as_posix(),
            "warnings": [problem_record(problem) for problem in result.warnings],
        }
        print_json(record | _outcome_records(result.outcomes, in_full=in_full) | _typesetting_record(result))
        return
    _warnings(result.warnings)
    typer.echo(f"{len(result.documents)} documents in {result.manifest.parent.as_posix()}/")
    for path in result.documents:
        typer.echo(f"  {path.name}  {_size(path)}")
    typer.echo(f"  {result.manifest.name}")
    _charts(result.figures, result.outcomes if in_full else ())
    for file, account in result.typesetting.items():
        _typesetting(file, account)


def _typesetting(file: str, account: Typesetting) -> None:
    """How the lines of a PDF are set: counts, the loosest lines, and what no line should show."""
    loose = ", ".join(f"{count} beyond {step} ×" for step, count in account.stretched.items())
    typer.echo(f"{file}: {account.lines} lines in {account.paragraphs} paragraphs, {account.hyphenated} hyphenated")
    typer.echo(f"  {account.justified} justified; stretched by what their gaps may grow: {loose}")
    for line in account.worst:
        typer.echo(f"    page {line.page}, {line.stretch:.1f} ×: {line.text}")
    typer.echo(f"  {len(account.violations) or 'no'} violation(s)")
    for fault, line in account.violations:
        typer.echo(f"    page {line.page}, {fault.value}: {line.text}")


def _typesetting_record(result: Built) -> dict[str, Any]:
    if not result.typesetting:
        return {}
    return {"typesetting": {file: _account_record(account) for file, account in result.typesetting.items()}}


def _account_record(account: Typesetting) -> dict[str, Any]:
    return {
        "paragraphs": account.paragraphs,
        "lines": account.lines,
        "justified": account.justified,
        "hyphenated": account.hyphenated,
        "stretched": {str(step): count for step, count in account.stretched.items()},
        "worst": [{"page": line.page, "text": line.text, "stretch": round(line.stretch, 2)} for line in account.worst],
        "violations": [
            {"page": line.page, "text": line.text, "fault": fault.name.lower()} for fault, line in account.violations
        ],
    }


def drawn(result: DrawnFigures, *, as_json: bool, in_full: bool) -> None:
    """Which charts were drawn, and where; `in_full` says of each why."""
    if as_json:
        record = {
            "figures": [path.as_posix() for path in result.files],
            "warnings": [problem_record(problem) for problem in result.warnings],
        }
        print_json(record | _outcome_records(result.outcomes, in_full=in_full))
        return
    _warnings(result.warnings)
    if not result.files:
        typer.echo("the briefing has no charts")
    _charts(result.files, result.outcomes if in_full else ())


def _warnings(found: Iterable[Problem]) -> None:
    for warning in found:
        typer.secho(str(warning), err=True, fg=_COLOURS[warning.level])


def _charts(files: Sequence[Path], outcomes: Sequence[Outcome]) -> None:
    if files:
        charts = {path.name.split(".")[0] for path in files}
        typer.echo(f"{len(charts)} charts as {len(files)} SVG and PNG files in {files[0].parent.as_posix()}/")
    width = max((len(f"{outcome.figure}.{outcome.edition}") for outcome in outcomes), default=0)
    for outcome in outcomes:
        said = "; ".join(map(_reason, outcome.reasons))
        typer.echo(f"  {f'{outcome.figure}.{outcome.edition}':<{width}}  {f'drawn: {said}' if said else 'reused'}")


_MOST_CHANGES = 6
"""So many changed values are listed on a line."""


def _reason(reason: Reason) -> str:
    """A reason in words: data changed (penalty_amount: 36.97万元 → 37.2万元)."""
    parts = [*reason.names]
    parts += (f"{c.key}: {c.before or 'not shown'} → {c.after or 'not shown'}" for c in reason.changes[:_MOST_CHANGES])
    if len(reason.changes) > _MOST_CHANGES:
        parts.append(f"and {len(reason.changes) - _MOST_CHANGES} more")
    return f"{reason.why} ({', '.join(parts)})" if parts else reason.why


def _outcome_records(outcomes: Iterable[Outcome], *, in_full: bool) -> dict[str, Any]:
    if not in_full:
        return {}
    return {
        "outcomes": [
            {
                "figure": outcome.figure,
                "edition": outcome.edition,
                "reused": outcome.reused,
                "reasons": [
                    {
                        "why": reason.why.value,
                        "names": list(reason.names),
                        "values": [{"key": c.key, "before": c.before, "after": c.after} for c in reason.changes],
                    }
                    for reason in outcome.reasons
                ],
            }
            for outcome in outcomes
        ]
    }


def explained(result: Explained, *, as_json: bool) -> None:
    """A value's record, words and places."""
    if as_json:
        record = {
            "key": result.key,
            "name": result.name,
            "value": result.value,
            "origin": str(result.origin),
            "source": result.source,
            "words": dict(result.words),
            "findings": list(result.findings),
            "formulas": dict(result.formulas),
            "places": [
                {"edition": p.edition, "where": p.where, "language": p.language.code, "text": p.text}
                for p in result.places
            ],
        }
        print_json(record)
        return
    lines = [
        f"{result.key}  {result.name}",
        f"  record    {result.origin}: {result.value}",
        f"  source    {result.source}",
        f"  words     {result.words['zh']} / {result.words['en']}",
        *(f"  in doubt  {finding}" for finding in result.findings),
        *(f"  formula   {key}: {formula}" for key, formula in result.formulas.items() if formula),
    ]
    typer.echo("\n".join(lines))
    width = max((len(place.edition) for place in result.places), default=0)
    for place in result.places:
        typer.echo(f"  {place.edition:<{width}}  {place.where}: {place.text}")
    if not result.places:
        typer.echo("  appears nowhere")


def made(folder: Path, *, as_json: bool) -> None:
    """What `new` made, and what to do with it."""
    if as_json:
        print_json({"folder": folder.as_posix()})
        return
    typer.echo(f"made {folder.as_posix()}/ with briefing.yaml and metrics.yaml")
    named = folder.name if folder.parent == Path("report") else folder.as_posix()
    typer.echo(f"edit them, then: ipreport build {named}")


def template_made(file: Path, *, as_json: bool) -> None:
    """What `template` wrote, and what to do with it."""
    if as_json:
        print_json({"file": file.as_posix()})
        return
    typer.echo(f"wrote {file.as_posix()}")
    typer.echo(f"edit it in Word or WPS, put it beside briefing.yaml and write there: brand: {file.name}")


def problem_record(problem: Problem) -> dict[str, Any]:
    """A problem as JSON."""
    origin = problem.origin or Origin("")
    return {
        "level": problem.level.value,
        "rule": problem.rule,
        "message": problem.message,
        "file": origin.file,
        "line": origin.line,
        "column": origin.column,
        "cell": origin.cell,
        "pointer": origin.pointer,
        "hints": list(problem.hints),
    }


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1024:,.0f} KiB"


def print_json(record: dict[str, Any]) -> None:
    """A record as JSON that people can read."""
    typer.echo(json.dumps(record, ensure_ascii=False, indent=2))
