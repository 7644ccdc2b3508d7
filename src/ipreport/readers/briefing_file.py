"""briefing.yaml → Outline: masthead, sections and typed blocks, with the place of every text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from ipreport.document import ContentsKind
from ipreport.language import LANGUAGES, Localized
from ipreport.metrics import MetricSet, Period, PeriodKind, parse_period
from ipreport.metrics.periods import EXPECTED
from ipreport.outline import (
    DEEPEST,
    USUAL_PERIODS,
    ByRegion,
    CalloutBlock,
    CardsBlock,
    CardSpec,
    ChangesBlock,
    ChecksBlock,
    ContentsBlock,
    FigureSpec,
    ImprintSpec,
    ListBlock,
    MastheadSpec,
    Outline,
    OutlineBlock,
    QuoteBlock,
    RowGroup,
    Section,
    SourcesBlock,
    TableColumn,
    TableSpec,
    Template,
    TextBlock,
    TrendSpec,
)
from ipreport.problems import Origin, Problem, ReportError, block, did_you_mean
from ipreport.readers.figure_spec import FigureReader, labels_of
from ipreport.readers.folder import is_file, is_inside
from ipreport.readers.pdf_spec import pdf_spec
from ipreport.readers.schema import SLUG, Pair, ProsePair
from ipreport.readers.schema_briefing import (
    BlockShape,
    BriefingShape,
    CardShape,
    CardsShape,
    ContentsShape,
    FigureShape,
    FontsShape,
    QuoteShape,
    SectionShape,
    TableShape,
)
from ipreport.readers.table_shape import refusals
from ipreport.readers.validate import validate
from ipreport.readers.yaml_file import Path_, Tree
from ipreport.style import THEMES, FontRole


@dataclass(frozen=True, slots=True)
class BriefingFile:
    """What briefing.yaml holds: the outline, the office's own font files, the manifest of the issue before."""

    outline: Outline
    fonts: Mapping[FontRole, Path]
    previous: Path | None = None


def briefing_of(tree: Tree, folder: Path, metrics: MetricSet | None, previous: Path | None = None) -> BriefingFile:
    """The briefing that a file holds, checked against the metrics it may show.

    Its name is that of `folder`, where the office's own fonts are looked for. Without
    `metrics`, because their file has problems of its own, the names of metrics and
    sources go unchecked. `previous` takes the place of the manifest that the file names. Raises
    ReportError with every problem of the file.
    """
    shape = validate(BriefingShape, tree)
    keys = None if metrics is None else {metric.key for metric in metrics}
    sources = None if metrics is None else {source.id for source in metrics.sources}
    reader = _Reader(tree, keys, sources)
    outline = reader.outline(folder.resolve().name, shape)
    outline = replace(outline, brand=reader.brand(folder, shape.brand))
    outline = replace(outline, pdf=pdf_spec(shape.pdf, folder, tree, reader.refuse))
    fonts = reader.fonts(folder, shape.fonts)
    previous = previous or reader.previous(folder, shape.previous)
    if reader.problems:
        raise ReportError(reader.problems)
    return BriefingFile(outline, fonts, previous)


_ANNEXES: Mapping[str, type[SourcesBlock | ChecksBlock | ChangesBlock]] = MappingProxyType(
    {"sources": SourcesBlock, "checks": ChecksBlock, "changes": ChangesBlock}
)
"""Blocks without settings."""


_TITLES: Mapping[ContentsKind, Localized] = MappingProxyType(
    {
        ContentsKind.HEADINGS: Localized("目录", "Contents"),
        ContentsKind.FIGURES: Localized("图目录", "List of figures"),
        ContentsKind.TABLES: Localized("表目录", "List of tables"),
    }
)
"""What stands above a list that has no title of its own."""


class _Reader:
    """Turns the shape into the outline and keeps every problem on the way."""

    def __init__(self, tree: Tree, keys: set[str] | None, sources: set[str] | None) -> None:
        self.tree = tree
        self.keys = keys
        self.sources = sources
        self.problems: list[Problem] = []

    def outline(self, name: str, shape: BriefingShape) -> Outline:
        """The whole briefing. What has problems is left out; the caller raises them."""
        period = self._period(shape.period)
        if shape.theme not in THEMES:
            self.refuse(f"unknown theme '{shape.theme}'", ("theme",), did_you_mean(shape.theme, THEMES))
        sections = tuple(self._section(index, section) for index, section in enumerate(shape.sections))
        self._refuse_repeated_ids(shape)
        return Outline(
            name=name,
            masthead=_masthead(shape),
            issue_slug=period.slug if period.known else f"issue-{shape.number}",
            date=shape.date,
            period=period,
            theme=shape.theme,
            editions=tuple(dict.fromkeys(shape.editions)),
            sections=sections,
            keywords=shape.keywords,
            illustrative=shape.illustrative,
            origin=self.tree.origin(()),
            rounding=shape.rounding,
            editable=shape.editable,
            footnotes=shape.footnotes,
            imprint=self._imprint(shape),
            arrangement=shape.arrangement,
            embed_fonts=shape.embed_fonts,
        )

    def fonts(self, folder: Path, shape: FontsShape) -> Mapping[FontRole, Path]:
        """The office's font files by role; whether they can be read is seen when they are used."""
        files: dict[FontRole, Path] = {}
        for role in FontRole:
            key = role.value.replace("-", "_")
            name: str | None = getattr(shape, key)
            if name is None:
                continue
            files[role] = folder / name
            if not is_file(files[role]):
                hint = "name a .otf, .ttf or .ttc file by its path from the briefing's folder"
                self.refuse(f"expected a font file, found none at '{name}'", ("fonts", key), hint)
        return MappingProxyType(files)

    def previous(self, folder: Path, name: str | None) -> Path | None:
        """The manifest of the issue before, a file of the briefing's own folder."""
        if name is None:
            return None
        if not is_inside(folder, name):
            hint = "copy the manifest.json of the last issue into the folder and name it from there"
            self.refuse(f"expected a file inside the briefing's folder, found '{name}'", ("previous",), hint)
        elif not is_file(folder / name):
            hint = "copy the manifest.json of the last issue there, or leave the key out for a first issue"
            self.refuse(f"there is no file '{name}'", ("previous",), hint)
        return folder / name

    def brand(self, folder: Path, name: str | None) -> Path | None:
        """The office's own Word file, of the briefing's folder; whether it can be read is seen when it is used."""
        if name is None:
            return None
        hint = "name a .docx or .dotx file by its path from the briefing's folder"
        if not is_inside(folder, name):
            hint = "copy the Word file into the folder and name it from there"
            self.refuse(f"expected a file inside the briefing's folder, found '{name}'", ("brand",), hint)
        elif Path(name).suffix.lower() not in {".docx", ".dotx"}:
            self.refuse(f"expected a Word file or template, found '{name}'", ("brand",), hint)
        elif not is_file(folder / name):
            self.refuse(f"there is no file '{name}'", ("brand",), hint)
        return folder / name

    def _imprint(self, briefing: BriefingShape) -> ImprintSpec | None:
        shape = briefing.imprint
        if shape is None:
            return None
        if shape.date is not None and shape.date < briefing.date:
            message = f"expected a date from that of the briefing on, {briefing.date}, found {shape.date}"
            hint = "the imprint says when the issue is sent out; leave the date out where that is the same day"
            self.refuse(message, ("imprint", "date"), hint)
        return ImprintSpec(
            _said(shape.issuer), shape.date, shape.copies, _said(shape.signed_by), _said(shape.edited_by)
        )

    def _period(self, written: str) -> Period:
        try:
            return parse_period(written, PeriodKind.WINDOW)
        except ValueError:
            self.refuse(f"expected a period such as {EXPECTED}, found '{written}'", ("period",))
            return Period(PeriodKind.WINDOW)

    def _section(self, index: int, shape: SectionShape) -> Section:
        path: Path_ = ("sections", index)
        blocks = (self._block((*path, "blocks", n), entry) for n, entry in enumerate(shape.blocks))
        return Section(
            id=shape.id,
            title=shape.title.localized(),
            level=shape.level,
            blocks=tuple(entry for entry in blocks if entry is not None),
            page_break=shape.page_break,
            numbered=shape.numbered,
        )

    def _block(self, path: Path_, shape: BlockShape) -> OutlineBlock | None:
        given = [name for name in BlockShape.model_fields if getattr(shape, name) is not None]
        if len(given) != 1:
            found = " and ".join(given) or "nothing"
            hint = "start a list entry of its own for each block; an empty block is written 'sources: {}'"
            self.refuse(f"expected one block, found {found}", path, hint)
            return None
        path = (*path, given[0])
        match getattr(shape, given[0]):
            case TableShape() as table:
                return self._table(path, table)
            case FigureShape() as figure:
                return self._figure(path, figure)
            case CardsShape() as cards:
                listed = enumerate(cards.items)
                return CardsBlock(tuple(self._card((*path, "items", n), card) for n, card in listed), cards.per_row)
        return self._words(path, given[0], shape)

    def _words(self, path: Path_, kind: str, shape: BlockShape) -> OutlineBlock:
        if shape.list is not None:
            items = tuple(self._template((*path, "items", n), item) for n, item in enumerate(shape.list.items))
            return ListBlock(items, shape.list.ordered)
        if shape.callout is not None:
            return CalloutBlock(self._template(path, shape.callout), shape.callout.tone)
        if shape.quote is not None:
            return self._quote(path, shape.quote)
        if shape.contents is not None:
            return self._contents(path, shape.contents)
        if (prose := shape.text or shape.summary) is not None:
            return TextBlock(self._template(path, prose), summary=kind == "summary")
        return _ANNEXES[kind](self.tree.origin(path))

    def _quote(self, path: Path_, shape: QuoteShape) -> QuoteBlock:
        if shape.source is not None and self.sources is not None and shape.source not in self.sources:
            hint = did_you_mean(shape.source, self.sources)
            self.refuse(f"unknown source '{shape.source}'", (*path, "source"), hint)
        return QuoteBlock(self._template(path, shape), self.tree.origin(path), shape.source)

    def _contents(self, path: Path_, shape: ContentsShape) -> ContentsBlock:
        if shape.levels is not None and shape.of is not ContentsKind.HEADINGS:
            message = f"'levels' counts those of headings, and this lists {shape.of}"
            self.refuse(message, (*path, "levels"), "leave it out, or write 'of: headings'")
        title = shape.title.localized() if shape.title is not None else _TITLES[shape.of]
        return ContentsBlock(shape.of, title, self.tree.origin(path), shape.levels or DEEPEST)

    def _template(self, path: Path_, prose: ProsePair) -> Template:
        origins = {language.code: self.tree.origin((*path, language.code)) for language in LANGUAGES}
        return Template(prose.localized(), MappingProxyType(origins))

    def _card(self, path: Path_, shape: CardShape) -> CardSpec:
        self._known_metrics((shape.metric,), (*path, "metric"))
        return CardSpec(
            metric=shape.metric,
            origin=self.tree.origin((*path, "metric")),
            label=shape.label.localized() if shape.label else None,
            detail=self._template((*path, "detail"), shape.detail) if shape.detail else None,
            trend=self._card_trend(path, shape),
        )

    def _card_trend(self, path: Path_, shape: CardShape) -> TrendSpec | None:
        if shape.trend is None:
            if shape.every is not None:
                hint = f"add 'trend: {USUAL_PERIODS}', or leave 'every:' out"
                self.refuse("'every' is the step of a trend line", (*path, "every"), hint)
            return None
        return TrendSpec(self.tree.origin((*path, "trend")), shape.trend, shape.every)

    def _table(self, path: Path_, shape: TableShape) -> TableSpec:
        self._known_metrics(shape.rows, (*path, "rows"))
        for index, group in enumerate(shape.groups):
            self._known_metrics(group.metrics, (*path, "groups", index, "metrics"))
        groups = [RowGroup(None, shape.rows)] if shape.rows else []
        groups += [RowGroup(group.title.localized() if group.title else None, group.metrics) for group in shape.groups]
        if not groups:
            self.refuse(f"the table '{shape.id}' has no rows", path, "list metrics under 'rows:' or 'groups:'")
        self._check_labels([key for group in groups for key in group.metrics], shape.labels, path)
        for key, message, hint in refusals(shape):
            self.refuse(message, (*path, key) if key in shape.model_fields_set else path, hint)
        return TableSpec(
            id=shape.id,
            title=shape.title.localized(),
            groups=tuple(groups),
            columns=tuple(dict.fromkeys(shape.columns)),
            notes=tuple(self._template((*path, "notes", n), note) for n, note in enumerate(shape.notes)),
            origin=self.tree.origin(path),
            by_region=ByRegion(shape.sort, shape.rank) if shape.by is not None else None,
            labels=labels_of(shape.labels),
            trend=self._table_trend(path, shape),
            width=shape.width,
        )

    def _table_trend(self, path: Path_, shape: TableShape) -> TrendSpec | None:
        """The time of the column of trend lines: named among the columns, by region asked for by its length."""
        if shape.trend is None and (shape.by is not None or TableColumn.TREND not in shape.columns):
            return None
        origin = self.tree.origin((*path, "columns" if shape.trend is None else "trend"))
        return TrendSpec(origin, shape.trend or USUAL_PERIODS, shape.every)

    def _figure(self, path: Path_, shape: FigureShape) -> FigureSpec | None:
        reader = FigureReader(self.tree, path, self.keys, self._template)
        spec = reader.figure(shape)
        self.problems += reader.problems
        return spec

    def _check_labels(self, shown: Sequence[str], labels: Iterable[str], path: Path_) -> None:
        """A table names only what it shows."""
        self._known_metrics(labels, (*path, "labels"))
        for key in labels:
            if key not in shown and (self.keys is None or key in self.keys):
                self.refuse(f"the table does not show '{key}'", (*path, "labels", key), did_you_mean(key, shown))

    def _known_metrics(self, keys: Iterable[str], path: Path_) -> None:
        for key in keys:
            if self.keys is not None and key not in self.keys:
                self.refuse(f"unknown metric '{key}'", path, did_you_mean(key, self.keys))

    def _refuse_repeated_ids(self, shape: BriefingShape) -> None:
        seen: set[tuple[str, str]] = set()
        for kind, name, path in _ids(shape):
            if (kind, name) in seen:
                self.refuse(f"the id '{name}' stands twice", path, f"give each {kind} an id of its own")
            seen.add((kind, name))

    def refuse(self, message: str, path: Path_, *hints: str) -> None:
        """Keep a problem at a path of the file."""
        self.problems.append(block(message, self.tree.origin(path), *hints))


def _said(pair: Pair | None) -> Localized | None:
    return None if pair is None else pair.localized()


def _masthead(shape: BriefingShape) -> MastheadSpec:
    head = shape.masthead
    return MastheadSpec(
        name=head.name.localized(),
        issue=head.issue.localized(),
        issuer=head.issuer.localized(),
        remark=head.remark.localized(),
        subject=head.subject.localized(),
    )


def _ids(shape: BriefingShape) -> Iterator[tuple[str, str, Path_]]:
    for index, section in enumerate(shape.sections):
        yield "section", section.id, ("sections", index, "id")
        for number, entry in enumerate(section.blocks):
            path: Path_ = ("sections", index, "blocks", number)
            if entry.figure is not None:
                yield "figure", entry.figure.id, (*path, "figure", "id")
            if entry.table is not None:
                yield "table", entry.table.id, (*path, "table", "id")


_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def check_name(name: str) -> None:
    """Refuse a briefing name that is no plain folder name on every system.

    Raises ReportError for anything that could leave its folder (`..`, a slash, a
    drive), that Windows reserves, or that a command line would take for an option.
    """
    reserved = name.partition(".")[0].lower() in _RESERVED
    if not re.fullmatch(SLUG, name, re.ASCII) or reserved or name.endswith("."):
        message = f"expected a plain name for the briefing, found '{name}'"
        hint = "use letters, digits, '-' and '_', such as haixi or qinghai-2025q3; no folders"
        raise ReportError([block(message, Origin("briefing name"), hint)])
