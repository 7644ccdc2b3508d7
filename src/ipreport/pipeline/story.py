"""The whole story of a briefing, in the order in which it happens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ipreport.compose import Content, compose, paginated, signature, verify, verify_editions
from ipreport.document import Contents, Document, Paragraph, ParagraphRole, Rendered, document_texts
from ipreport.figures import Journal, Outcome, draw_trends
from ipreport.fonts import check_coverage
from ipreport.outline import Conformance, Edition, EmbedFonts, TrendKey
from ipreport.pipeline.charts import chart_files, chosen_editions, draw_edition, journal_of, told_with, unknown_editions
from ipreport.pipeline.checked import Checked, Formats, Progress, checked
from ipreport.pipeline.moment import moment_of
from ipreport.pipeline.places import Place, places
from ipreport.pipeline.saving import DRAFT, Built, Outputs, account_of, folders_of, save
from ipreport.problems import Origin, Problem, ReportError, block, did_you_mean, warn
from ipreport.readers import banned_forms

if TYPE_CHECKING:
    from ipreport.writers.pdf import Typesetting


@dataclass(frozen=True, slots=True)
class Explained:
    """A value from its record to every place it appears.

    `formulas` are those of the printed values that are worked out from it, by their keys.
    """

    key: str
    name: str
    value: str
    origin: Origin
    source: str
    words: Mapping[str, str]
    findings: tuple[str, ...]
    formulas: Mapping[str, str]
    places: tuple[Place, ...]


def _docx(document: Document, formats: Formats) -> bytes:
    from ipreport.writers import docx  # noqa: PLC0415 - loaded when a Word file is written, not before

    fonts = None
    if formats.embed_fonts is not EmbedFonts.NONE:
        fonts = docx.EmbeddedFonts(formats.faces, formats.cache, complete=formats.embed_fonts is EmbedFonts.FULL)
    return docx.write(document, formats.style_of(document), fonts, formats.brand)


def _pdf(document: Document, formats: Formats) -> bytes:
    from ipreport.writers import pdf  # noqa: PLC0415 - loaded when a PDF is written, not before

    archive = formats.pdf.conformance is Conformance.ARCHIVE
    style = formats.pdf_style_of(document)
    password, signer = formats.pdf.password, formats.signer
    data = pdf.write(document, style, formats.faces, formats.cache, archive=archive, password=password)
    return data if signer is None else signer.sign(data)


WRITERS: dict[str, Callable[[Document, Formats], bytes]] = {"docx": _docx, "pdf": _pdf}
"""The output formats by file ending."""


def build(  # noqa: PLR0913 - every option is named where it is used
    briefing: str | Path,
    *,
    output: Path | None = None,
    figures: Path | None = None,
    editions: Iterable[str] = (),
    accept_warnings: bool = False,
    draft: bool = False,
    previous: Path | None = None,
    theme: str | None = None,
    cache: Path | None = None,
    progress: Progress = lambda _: None,
    typesetting_report: bool = False,
) -> Built:
    """Build a briefing's editions as DOCX and PDF, its charts and the manifest.

    `briefing` is a folder, or the name of one in `report/`. Files go to
    `output/<briefing>/<issue>/` and `figures/<briefing>/<issue>/` beside `report/`,
    or below the folders given. `editions` limits what is built; files of an earlier
    build that are not part of this one are removed. `accept_warnings` lets
    unacknowledged warnings of the rules pass. A `draft` does so too; it goes to `draft/` in
    both folders beside what is final, says on every page what it is, is not signed, and its Word
    files have every finding and warning as a comment. `previous` is the manifest of the issue
    before, instead of the one that briefing.yaml names: changed figures are then marked
    as revised, or refused. `theme` takes the place of the one that briefing.yaml names.
    `cache` is the folder of the glyph and chart cache, the user's own by default. With
    `typesetting_report` the result says how the lines of each PDF are set.

    Raises ReportError with every problem of the input; then nothing was written.
    """
    progress("reading")
    accept_warnings, editions = accept_warnings or draft, tuple(editions)
    with told_with(editions):
        ready = checked(
            briefing, cache, accept_warnings=accept_warnings, previous=previous, theme=theme, signs=not draft
        )
    ready = ready.with_problems(unknown_editions(ready.content, editions))
    ready.stop_if_blocked()
    chosen = chosen_editions(ready.content, editions)
    went_in = account_of(ready, draft=draft)
    made = _all_composed(ready, chosen, went_in.fingerprint, progress, draft=draft)
    ready = _last_look(made.documents.values(), made.of_word.values(), ready)
    written = _written(made.documents, made.of_word, ready, progress, draft=draft)
    ready = ready.with_problems(_fontless(written, ready))
    outputs = Outputs(written, made.charts, tuple(made.outcomes))
    progress("saving")
    built = save(ready, chosen, went_in, outputs, folders_of(ready, output, figures, draft=draft))
    return replace(built, typesetting=_typesetting(made.documents, ready, draft=draft)) if typesetting_report else built


def check(
    briefing: str | Path,
    *,
    accept_warnings: bool = False,
    previous: Path | None = None,
    theme: str | None = None,
    cache: Path | None = None,
) -> tuple[Problem, ...]:
    """Every problem of a briefing, without building it. Never raises ReportError.

    `previous` is the manifest of the issue before, and `theme` the look, as for `build`.
    """
    try:
        ready = checked(briefing, cache, accept_warnings=accept_warnings, previous=previous, theme=theme, signs=True)
    except ReportError as error:
        return error.problems
    ready.formats.faces.save(ready.formats.cache)
    return ready.problems


def explain(briefing: str | Path, key: str, *, previous: Path | None = None, cache: Path | None = None) -> Explained:
    """A value from the line that records it to every place where the editions show it.

    `previous` is the manifest of the issue before, as for `build`. Raises ReportError
    when the briefing has problems or knows no such value.
    """
    ready = checked(briefing, cache, accept_warnings=True, previous=previous)
    ready.stop_if_blocked()
    content, formats = ready.content, ready.formats
    if key not in content.metrics:
        hint = did_you_mean(key, (metric.key for metric in content.metrics))
        raise ReportError([block(f"unknown metric '{key}'", content.outline.origin, hint)])
    metric, shown = content.metrics[key], content.shown[key]
    found: list[Place] = []
    formulas: dict[str, str] = {}
    for edition in content.outline.editions:
        document = _composed(ready, edition, _draw(content, edition, formats))
        found += places(document, key)
        formulas |= {value.key: value.formula for value in document.record.values if key in value.rests_on}
    return Explained(
        key=key,
        name=f"{metric.name.zh} / {metric.name.en}",
        value="missing" if metric.value is None else f"{metric.value} ({metric.unit.key})",
        origin=metric.origin,
        source=content.metrics.source(metric.source).title.en,
        words={"zh": shown.text.zh, "en": shown.text.en},
        findings=tuple(f"{e.mark} {e.finding.rule} {e.finding.title.en}" for e in content.marks_of(key)),
        formulas=MappingProxyType(formulas),
        places=tuple(found),
    )


def document_of(ready: Checked, edition: Edition) -> Document:
    """The document of an edition as `build` composes it, its charts drawn, its pages not yet laid out."""
    return _composed(ready, edition, _draw(ready.content, edition, ready.formats))


# --- the steps -------------------------------------------------------------------


def _draw(content: Content, edition: Edition, formats: Formats, journal: Journal | None = None) -> dict[str, Rendered]:
    return draw_edition(content, edition, formats, content.outline.figures(), journal)


@dataclass(slots=True)
class _Made:
    """What the editions are made of: their documents, those of Word files where they differ, and the charts."""

    documents: dict[Edition, Document] = field(default_factory=dict)
    of_word: dict[Edition, Document] = field(default_factory=dict)
    charts: dict[str, bytes] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)


def _all_composed(
    ready: Checked, editions: Iterable[Edition], fingerprint: str, progress: Progress, *, draft: bool
) -> _Made:
    """Every edition, its charts drawn."""
    made = _Made()
    for edition in editions:
        progress(f"composing {edition}")
        journal = journal_of(ready, edition)
        drawn = _draw(ready.content, edition, ready.formats, journal)
        made.outcomes += journal.outcomes
        made.charts |= chart_files(drawn, edition)
        made.documents[edition] = _composed(ready, edition, drawn, fingerprint, draft=draft)
        if ready.formats.brand is not None:
            own = replace(ready, formats=ready.formats.of_word)
            drawn = _draw(ready.content, edition, own.formats)
            made.of_word[edition] = _composed(own, edition, drawn, fingerprint, draft=draft)
    return made


def _composed(
    ready: Checked, edition: Edition, drawn: Mapping[str, Rendered], fingerprint: str = "", *, draft: bool = False
) -> Document:
    """The document of an edition; that of a draft has everything that was warned of as comments."""
    content, formats = ready.content, ready.formats
    moment = moment_of(content.outline.date)
    document = compose(
        content, edition, drawn, moment.date(), _trends(content, edition, formats),
        numbered_headings=formats.numbered_headings, fingerprint=fingerprint,
        remarks=ready.problems if draft else None,
    )  # fmt: skip
    spec, signer = formats.pdf.signature, formats.signer
    if spec is None or signer is None:
        return document
    return replace(document, signature=signature(spec, signer.name, moment, signer.room, edition.languages))


def _written(
    documents: Mapping[Edition, Document],
    of_word: Mapping[Edition, Document],
    ready: Checked,
    progress: Progress,
    *,
    draft: bool,
) -> dict[str, bytes]:
    """Every document in every format, by file name; that of a draft says what it is.

    `of_word` are those of Word files where the office's template makes them differ: in the width of their
    pictures, and in the pages of their contents; so does a grid, which PDF files alone have.
    """
    formats, stem = ready.formats, _stem(ready, draft=draft)
    written = {}
    for edition, document in documents.items():
        usual = own = _with_pages(document, formats, ready.content, progress)
        if edition in of_word or formats.pdf.grid:
            own = _with_pages(of_word.get(edition, document), formats.of_word, ready.content, progress)
        for ending, write in WRITERS.items():
            progress(f"writing {edition} {ending}")
            written[f"{stem}.{edition}.{ending}"] = write(own if ending == "docx" else usual, formats)
    return written


def _fontless(written: Mapping[str, bytes], ready: Checked) -> Iterator[Problem]:
    """Fonts that the office's template names, and that Word files should carry but cannot: none of ours is one."""
    if ready.formats.embed_fonts is EmbedFonts.NONE or ready.formats.brand is None:
        return
    from ipreport.writers import docx  # noqa: PLC0415 - loaded when a Word file is written, not before

    files = (data for name, data in written.items() if name.endswith(".docx"))
    families = dict.fromkeys(family for data in files for family in docx.families_left_out(data))
    if families:
        message = f"the Word files do not carry the fonts that the template asks for by name: {', '.join(families)}"
        hint = "leave embed-fonts out where readers have these fonts, or name others in the template"
        yield warn(message, ready.content.outline.origin, hint)


def _stem(ready: Checked, *, draft: bool) -> str:
    """What the names of all documents begin with."""
    outline = ready.content.outline
    return f"{outline.name}-{outline.issue_slug}" + (f"-{DRAFT}" if draft else "")


def _typesetting(documents: Mapping[Edition, Document], ready: Checked, *, draft: bool) -> Mapping[str, Typesetting]:
    """How the lines of every PDF are set, by file name."""
    from ipreport.writers import pdf  # noqa: PLC0415 - loaded when it is asked for, not before

    formats, stem = ready.formats, _stem(ready, draft=draft)
    accounts = {
        f"{stem}.{edition}.pdf": pdf.typesetting_of(document, formats.pdf_style_of(document), formats.faces)
        for edition, document in documents.items()
    }
    return MappingProxyType(accounts)


def _with_pages(document: Document, formats: Formats, content: Content, progress: Progress) -> Document:
    """The document with the pages of what its tables of contents list, as a PDF has them in these formats."""
    if not any(isinstance(each, Contents) for each in document.blocks):
        return document
    progress(f"laying out {document.meta.edition}")
    return paginated(document, _page_numbers(document, formats), content)


def _trends(content: Content, edition: Edition, formats: Formats) -> dict[TrendKey, Rendered]:
    style = formats.style.led_by(edition.languages[0])
    return draw_trends(
        content.outline, content.metrics, edition.languages, style, formats.faces, formats.cache, content.marks,
        content.rounding,
    )  # fmt: skip


def _last_look(documents: Iterable[Document], of_word: Iterable[Document], ready: Checked) -> Checked:
    """The finished documents before they are written: values as recorded, languages alike, a glyph for all.

    `of_word` are those that Word files have for themselves: the same but for their figures. Gives the
    briefing with the warnings that only finished documents show. Comments of a draft repeat what is known
    already and are left out.
    """
    problems: list[Problem] = []
    finished = tuple(replace(document, comments=()) for document in documents)
    for document in (*finished, *(replace(each, comments=()) for each in of_word)):
        problems += verify(document, ready.content)
        problems += check_coverage(document, ready.formats.faces)
    problems += verify_editions(finished, ready.content)
    if problems:
        raise ReportError(dict.fromkeys(problems))
    return replace(ready, problems=(*ready.problems, *_terms(finished, ready)))


def _terms(documents: Iterable[Document], ready: Checked) -> Iterator[Problem]:
    """Banned forms that stand in no file of the briefing, such as a name of the catalogue (rule R25)."""
    file, told = ready.content.outline.origin.file, {problem.message for problem in ready.problems}
    for document in documents:
        quoted = {b.text for b in document.blocks if isinstance(b, Paragraph) and b.role is ParagraphRole.QUOTATION}
        own = (text for text in document_texts(document) if text not in quoted)
        texts = ((text.plain(), Origin(file, text.language.code)) for text in own)
        for problem in banned_forms(texts, ready.source.glossary):
            if problem.message not in told:
                told.add(problem.message)
                yield replace(problem, origin=Origin(f"the {document.meta.edition} edition"))


def _page_numbers(document: Document, formats: Formats) -> Mapping[str, int]:
    """The page of every heading, figure and table by label, as a PDF has them in these formats."""
    from ipreport.writers import pdf  # noqa: PLC0415 - loaded when files are written, not before

    return pdf.page_numbers(document, formats.pdf_style_of(document), formats.faces)
