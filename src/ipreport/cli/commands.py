"""The commands. Each calls one public function and prints what it returned."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import ipreport
from ipreport.cli import listing, output, tracing, verifying
from ipreport.problems import EXIT_DIFFERENT, EXIT_PROBLEMS, Level

app = typer.Typer(
    name="ipreport",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="""Bilingual intellectual-property briefings (知识产权工作简报) as Word and PDF.

Every number has one record, in [bold]metrics.yaml[/bold]; [bold]briefing.yaml[/bold] says where it
appears. Nothing is written unless every check passes.

[bold]A first briefing[/bold]

  ipreport new qinghai-2025q3       make report/qinghai-2025q3/ to edit
  ipreport check qinghai-2025q3     list every problem with file and line
  ipreport build qinghai-2025q3     write output/ and figures/
  ipreport notify qinghai-2025q3    tell the approver by mail
  ipreport approve qinghai-2025q3 --by director/Zhang    vouch for exactly these files
  ipreport send qinghai-2025q3      mail them, once, to everybody in recipients.yaml
  ipreport deliveries qinghai-2025q3   who has got them
  ipreport figures qinghai-2025q3   draw its charts alone
  ipreport trace FILE.docx 356      where a number of a finished file comes from
  ipreport verify FILE.pdf          who has signed a file, and whether it is as it was signed
  ipreport catalogue 高价值          find a metric's id by a word of either language
  ipreport template office.dotx     write a Word template to put the office's look into

Exit codes: 0 done, 2 the input has problems, 1 a fault of the program.
`trace` ends with 3 when a number of the file is not as recorded, `verify` when no signature vouches for it,
`send` and `deliveries` when it is unknown of a mail whether it arrived. `send` ends with 2 as
well when a mail failed or is still to be sent.
""",
)

Briefing = Annotated[str, typer.Argument(help="A briefing's folder, or its name in report/.", metavar="BRIEFING")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for programs.")]
AcceptWarnings = Annotated[
    bool, typer.Option("--accept-warnings", help="Let warnings of the data rules pass unacknowledged.")
]
Previous = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="The last issue's manifest.json, instead of the one briefing.yaml names."),
]

Theme = Annotated[
    str | None, typer.Option(metavar="NAME", help="The look, instead of the one that briefing.yaml names.")
]

Editions = Annotated[list[str] | None, typer.Option("--edition", help="Only this edition; may be repeated.")]
Figures = Annotated[Path | None, typer.Option("--figures", help="Folder for the charts instead of figures/.")]
ExplainCharts = Annotated[
    bool, typer.Option("--explain", help="Say of each chart whether it was drawn, and why, or reused.")
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ipreport {ipreport.__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Options that stand before a command."""


@app.command()
def build(  # noqa: PLR0913 - every option is named where it is used
    briefing: Briefing,
    edition: Editions = None,
    to: Annotated[Path | None, typer.Option("--output", help="Folder for the documents instead of output/.")] = None,
    charts: Figures = None,
    accept_warnings: AcceptWarnings = False,
    draft: Annotated[
        bool,
        typer.Option(
            "--draft", help="For the editor: marked on every page, findings as comments in Word, beside what is final."
        ),
    ] = False,
    theme: Theme = None,
    previous: Previous = None,
    explained: ExplainCharts = False,
    typesetting_report: Annotated[
        bool, typer.Option("--typesetting-report", help="Say of each PDF how its lines are set, and show the loosest.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Build a briefing: every edition as DOCX and PDF, its charts, and the manifest.

    Files of an earlier build of the same issue are replaced together, or not at all. A
    draft goes to draft/ in the issue's folders; warnings of the data rules need no
    acknowledgement there.
    """
    with output.problems_to_exit(as_json=as_json), output.progress(quiet=as_json) as progress:
        built = ipreport.build(
            briefing,
            output=to,
            figures=charts,
            editions=edition or (),
            accept_warnings=accept_warnings,
            draft=draft,
            theme=theme,
            previous=previous,
            progress=progress,
            typesetting_report=typesetting_report,
        )
    output.built(built, as_json=as_json, in_full=explained)


@app.command()
def figures(
    briefing: Briefing,
    ids: Annotated[list[str] | None, typer.Argument(help="Only the charts with these ids.", metavar="[ID]")] = None,
    edition: Editions = None,
    charts: Figures = None,
    accept_warnings: AcceptWarnings = False,
    theme: Theme = None,
    previous: Previous = None,
    explained: ExplainCharts = False,
    as_json: Json = False,
) -> None:
    """Draw a briefing's charts, or some of them, as SVG and PNG, without the documents.

    The files are those that build writes. The data must pass their checks; texts are not looked at.
    """
    with output.problems_to_exit(as_json=as_json), output.progress(quiet=as_json) as progress:
        drawn = ipreport.draw_figures(
            briefing,
            ids or (),
            figures=charts,
            editions=edition or (),
            accept_warnings=accept_warnings,
            theme=theme,
            previous=previous,
            progress=progress,
        )
    output.drawn(drawn, as_json=as_json, in_full=explained)


@app.command()
def check(
    briefing: Briefing,
    accept_warnings: AcceptWarnings = False,
    theme: Theme = None,
    previous: Previous = None,
    as_json: Json = False,
) -> None:
    """List every problem of a briefing with its file and line, without building it.

    Exit code 0 when it can be built, 2 when it cannot.
    """
    problems = ipreport.check(briefing, accept_warnings=accept_warnings, theme=theme, previous=previous)
    output.problems(problems, as_json=as_json)
    if any(problem.level is Level.BLOCK for problem in problems):
        raise typer.Exit(EXIT_PROBLEMS)


@app.command()
def explain(
    briefing: Briefing,
    key: Annotated[str, typer.Argument(help="A metric's id in metrics.yaml, such as penalty_amount.")],
    previous: Previous = None,
    as_json: Json = False,
) -> None:
    """Follow a value from the line that records it to every place it appears."""
    with output.problems_to_exit(as_json=as_json):
        explained = ipreport.explain(briefing, key, previous=previous)
    output.explained(explained, as_json=as_json)


@app.command()
def trace(
    file: Annotated[Path, typer.Argument(help="A DOCX or PDF that ipreport built.", metavar="FILE")],
    number: Annotated[
        str | None, typer.Argument(help="Only this number: 356, 36.97万元, 369,700, 1,250%.", metavar="[NUMBER]")
    ] = None,
    password: Annotated[str | None, typer.Option(help="The password of an encrypted PDF.", metavar="PASSWORD")] = None,
    as_json: Json = False,
) -> None:
    """Follow the numbers of a finished file back to metric, formula, line or cell, and source.

    Works on the file alone, also after Word, WPS or LibreOffice saved it. Exit code 3 when
    a number was changed since the build or is not from the records.
    """
    with output.problems_to_exit(as_json=as_json):
        traced = ipreport.trace(file, number, password=password)
    tracing.traced(traced, in_full=number is not None, as_json=as_json)
    if not traced.sound:
        raise typer.Exit(EXIT_DIFFERENT)


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A signed PDF.", metavar="FILE")],
    trust: Annotated[
        list[Path] | None,
        typer.Option(help="A certificate of an authority to hold signers to (PEM or DER); may be repeated."),
    ] = None,
    password: Annotated[str | None, typer.Option(help="The password of an encrypted PDF.", metavar="PASSWORD")] = None,
    as_json: Json = False,
) -> None:
    """Say who has signed a PDF, when, and whether it is still what was signed.

    Exit code 3 when it has no signature, when one does not hold or does not cover the whole file, or when its
    signer is not trusted by an authority that was named. Nothing is fetched from the network.
    """
    with output.problems_to_exit(as_json=as_json):
        verified = ipreport.verify(file, trust=trust or (), password=password)
    verifying.verified(verified, as_json=as_json)
    if not verified.sound:
        raise typer.Exit(EXIT_DIFFERENT)


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="A plain folder name, such as haixi-2025q3.")],
    reports: Annotated[Path, typer.Option(help="The folder that holds the briefings.")] = Path("report"),
    as_json: Json = False,
) -> None:
    """Make a briefing to edit: complete, buildable, and marked as illustrative on every page."""
    with output.problems_to_exit(as_json=as_json):
        folder = ipreport.new(name, reports=reports)
    output.made(folder, as_json=as_json)


@app.command()
def template(
    file: Annotated[
        Path, typer.Argument(help="The file to write: .dotx for a template of Word, .docx for a document.")
    ] = Path("template.dotx"),
    theme: Annotated[str, typer.Option(help="The look to start from.")] = "modern",
    language: Annotated[
        list[str] | None, typer.Option(help="A language of its styles, the first one first; all of them by default.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    as_json: Json = False,
) -> None:
    """Write a starter template: every style of a briefing, each with a line that shows it.

    Change its styles, theme, page and headers in Word or WPS, and name it under brand: in briefing.yaml.
    """
    with output.problems_to_exit(as_json=as_json):
        written = ipreport.template(file, theme=theme, languages=language or (), force=force)
    output.template_made(written, as_json=as_json)


@app.command()
def catalogue(
    words: Annotated[
        list[str] | None, typer.Argument(help="Words of an id, name, term or abbreviation, in Chinese or English.")
    ] = None,
    briefing: Annotated[
        str | None, typer.Option(help="Include what this briefing's own catalogue.yaml adds and changes.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the metrics a briefing can use, or find those that match every word.

    A single match is shown in full: definition, unit, period, comparisons, relations.
    """
    with output.problems_to_exit(as_json=as_json):
        found = ipreport.catalogue(" ".join(words or ()), briefing=briefing)
    listing.metrics(found, as_json=as_json)
