"""Outline and content → Document: one edition, every number and reference settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import repeat
from types import MappingProxyType

from ipreport.compose import annex, cards, regions, tables
from ipreport.compose.arrangement import in_columns
from ipreport.compose.changes import changes
from ipreport.compose.chart_table import chart_table
from ipreport.compose.comments import Made, comments
from ipreport.compose.common import Languages, all_rendered, doubt_note, rendered, said, source_line, state_notes
from ipreport.compose.content import Content, block_label, section_label
from ipreport.compose.footnotes import with_footnotes
from ipreport.compose.imprint import imprint
from ipreport.compose.numbering import markers
from ipreport.compose.record import record_of
from ipreport.compose.table_of_contents import with_contents
from ipreport.compose.trends import Trends
from ipreport.document import (
    Block,
    BulletList,
    Callout,
    Caption,
    CaptionKind,
    Citation,
    Contents,
    Document,
    DrawnText,
    Figure,
    Heading,
    Masthead,
    Meta,
    PageBreak,
    Paragraph,
    ParagraphRole,
    Rendered,
    Texts,
)
from ipreport.language import Localized
from ipreport.metrics import recorded_keys
from ipreport.outline import (
    Arrangement,
    CalloutBlock,
    CardsBlock,
    ChangesBlock,
    ChecksBlock,
    ContentsBlock,
    Edition,
    FigureSpec,
    ListBlock,
    OutlineBlock,
    QuoteBlock,
    Section,
    SourcesBlock,
    TableSpec,
    TableWidth,
    TextBlock,
    WordForm,
)
from ipreport.problems import Problem
from ipreport.style import FigureWidth
from ipreport.wording import show_date, show_period

DRAFT = Localized("草稿", "DRAFT")
"""What every page of a draft says."""


def compose(
    content: Content,
    edition: Edition,
    figures: Mapping[str, Rendered],
    stamp: date,
    trends: Trends = MappingProxyType({}),
    *,
    numbered_headings: bool = False,
    fingerprint: str = "",
    remarks: Iterable[Problem] | None = None,
) -> Document:
    """The document of one edition; `figures` holds its charts by id, `trends` its trend lines.

    `numbered_headings` gives headings their numbers, `fingerprint` is that of the manifest.
    With `remarks`, what was warned of, it is a draft: it says so, and has what was found
    and warned of as comments.
    """
    outline, languages = content.outline, edition.languages
    composer = _Composer(content, languages, figures, trends, edition in outline.editable)
    headed = markers(outline.sections, languages[0]) if numbered_headings else repeat("")
    parts = enumerate(zip(outline.sections, headed, strict=False))
    made = tuple(entry for index, (section, marker) in parts for entry in composer.section(index, section, marker))
    blocks = tuple(block for _, block in made)
    if outline.footnotes:
        blocks = with_footnotes(blocks, content, languages)
    blocks = _broken_once(_turned_with_headings(annex.with_legend(blocks, languages)))
    blocks = with_contents(blocks, outline, languages)
    document = Document(
        meta=_meta(content, edition, stamp, fingerprint, draft=remarks is not None),
        masthead=_masthead(content, languages),
        blocks=blocks,
        imprint=imprint(outline, languages),
        comments=() if remarks is None else comments(blocks, made, content, languages, remarks),
    )
    return replace(document, record=record_of(document, content))


def _turned_with_headings(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks, headings right above a page on its side on that page: alone on their own they would look lost."""
    turned: list[Block] = []
    for block in blocks:
        place = len(turned)
        while isinstance(block, PageBreak) and block.landscape and place and isinstance(turned[place - 1], Heading):
            place -= 1
        turned.insert(place, block)
    return tuple(turned)


def _broken_once(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Of breaks on end the last one counts, and none stands at the end."""
    kept: list[Block] = []
    for block in blocks:
        if kept and isinstance(block, PageBreak) and isinstance(kept[-1], PageBreak):
            kept.pop()
        kept.append(block)
    return tuple(kept[:-1] if kept and isinstance(kept[-1], PageBreak) else kept)


def _turned(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks on pages of their own, turned on their side."""
    yield PageBreak(landscape=True)
    yield from blocks
    yield PageBreak()


@dataclass(frozen=True, slots=True)
class _Composer:
    content: Content
    languages: Languages
    figures: Mapping[str, Rendered]
    trends: Trends
    editable: bool

    def section(self, index: int, section: Section, marker: str) -> Iterator[Made]:
        """The heading and the blocks of a section, the one at `index`, each with what it is made from."""
        place = f"sections[{index}]"
        if section.page_break:
            yield place, PageBreak()
        yield place, Heading(section.level, section_label(section.id), said(section.title, self.languages), marker)
        for number, entry in enumerate(section.blocks):
            blocks = self._blocks(entry)
            arranged = in_columns(blocks) if self.content.outline.arrangement is Arrangement.COLUMNS else blocks
            yield from ((f"{place}.blocks[{number}]", block) for block in arranged)

    def _blocks(self, entry: OutlineBlock) -> Iterator[Block]:
        content, languages = self.content, self.languages
        match entry:
            case TextBlock():
                role = ParagraphRole.SUMMARY if entry.summary else ParagraphRole.BODY
                yield from (Paragraph(text, role) for text in rendered(entry.text, content, languages))
            case ListBlock():
                if items := all_rendered(entry.items, content, languages):
                    yield BulletList(items, entry.ordered)
            case CalloutBlock():
                if texts := rendered(entry.text, content, languages):
                    yield Callout(texts, entry.tone)
            case QuoteBlock():
                yield from (Paragraph(text, ParagraphRole.QUOTATION) for text in self._quoted(entry))
            case CardsBlock():
                yield cards.cards(entry, content, languages, self.trends)
            case TableSpec():
                made = tables.table if entry.by_region is None else regions.table
                table = made(entry, content, languages, self.trends)
                yield from _turned((table,)) if entry.width is TableWidth.LANDSCAPE else (table,)
            case FigureSpec():
                figure = self._with_table(entry)
                yield from _turned(figure) if entry.width is FigureWidth.LANDSCAPE else figure
            case SourcesBlock():
                yield from annex.sources(content, languages)
                yield from annex.rounding_note(content, languages)
            case ChecksBlock():
                yield from annex.checks(content, languages)
            case ChangesBlock():
                yield from changes(content, languages)
            case ContentsBlock():
                yield Contents(entry.kind, (), ())  # filled when all headings and captions are there

    def _quoted(self, entry: QuoteBlock) -> Texts:
        """A quotation, with the mark of its source behind it."""
        texts = rendered(entry.text, self.content, self.languages)
        if entry.source is None:
            return texts
        source = self.content.metrics.source(entry.source)
        marks = (Citation(f"source-{source.id}", source.marker, text.language) for text in texts)
        return tuple(replace(text, inlines=(*text.inlines, mark)) for text, mark in zip(texts, marks, strict=True))

    def _with_table(self, spec: FigureSpec) -> Iterator[Block]:
        """A figure, and its data as a table where it asks for them."""
        figure, data = self._figure(spec), self.figures[spec.id].table
        yield figure
        if spec.with_table and data is not None:
            yield chart_table(data, figure, self.content, self.languages)

    def _figure(self, spec: FigureSpec) -> Figure:
        drawn = self.figures[spec.id]
        label = block_label(spec.id, CaptionKind.FIGURE)
        notes = [*all_rendered(() if spec.note is None else (spec.note,), self.content, self.languages)]
        drawn_keys = (item.value_key for item in drawn.picture.drawing.items if isinstance(item, DrawnText))
        keys = tuple(dict.fromkeys([*spec.metrics, *drawn.keys, *filter(None, drawn_keys)]))
        recorded = tuple(dict.fromkeys(name for key in keys for name in recorded_keys(key)))
        notes += state_notes(self.content, keys, self.languages)
        notes += doubt_note(self.content, recorded, self.languages)
        notes.append(tuple(source_line(self.content, recorded, each, dated=False) for each in self.languages))
        return Figure(
            label=label,
            caption=Caption(CaptionKind.FIGURE, self.content.numbers[label], said(spec.title, self.languages)),
            picture=drawn.picture,
            notes=tuple(notes),
            alt=drawn.alt,
            native=drawn.native if self._is_native(spec) else None,
        )

    def _is_native(self, spec: FigureSpec) -> bool:
        """Whether Word draws a figure itself: as it says, else as the edition does."""
        return self.editable if spec.word is None else spec.word is WordForm.NATIVE


def _masthead(content: Content, languages: Languages) -> Masthead:
    head = content.outline.masthead
    return Masthead(
        remark=said(head.remark, languages),
        name=said(head.name, languages),
        issue=said(head.issue, languages),
        compiler=said(head.issuer, languages),
        date=said(show_date(content.outline.date), languages),
    )


def _meta(content: Content, edition: Edition, stamp: date, fingerprint: str, *, draft: bool) -> Meta:
    outline, languages = content.outline, edition.languages
    head = outline.masthead
    return Meta(
        title=_joined(head.name, languages) + " · " + _joined(head.issue, languages),
        subject=_joined(head.subject, languages),
        author=_joined(head.issuer, languages),
        keywords=outline.keywords,
        edition=edition.value,
        languages=languages,
        running_head=said(_running_head(content), languages),
        notice=said(content.notice, languages) if content.notice is not None else (),
        stamp=stamp,
        draft=said(DRAFT, languages) if draft else (),
        issue=outline.issue_slug,
        period=_joined(show_period(outline.period), languages) if outline.period.known else "",
        fingerprint=fingerprint,
    )


def _running_head(content: Content) -> Localized:
    head, region = content.outline.masthead, content.metrics.region
    return Localized(
        f"{head.name.zh} · {region.zh} · {head.issue.zh}", f"{head.name.en} · {region.en} · {head.issue.en}"
    )


def _joined(words: Localized, languages: Languages) -> str:
    return " / ".join(dict.fromkeys(words[language] for language in languages))
