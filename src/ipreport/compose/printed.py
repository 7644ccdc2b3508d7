"""The printed texts of a document in reading order, cut so that every number is a part of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from ipreport.compose.annex import CHECKS_LABEL
from ipreport.compose.content import Content
from ipreport.compose.footnotes import digits_of
from ipreport.compose.typed import named
from ipreport.document import (
    CAPTION_WORDS,
    Block,
    BulletList,
    Callout,
    Caption,
    Cards,
    Citation,
    Contents,
    ContentsKind,
    Document,
    DrawnText,
    Figure,
    Footnote,
    Form,
    Heading,
    Imprint,
    Inline,
    LabelPiece,
    LineBreak,
    Link,
    NativeChart,
    NativeSeries,
    NotData,
    Note,
    PageBreak,
    Paragraph,
    ParagraphRole,
    Part,
    Reference,
    Row,
    SideBySide,
    Span,
    Standing,
    Stretch,
    Table,
    Text,
    Texts,
    footnotes,
    located,
    texts_of,
)
from ipreport.language import LANGUAGES, Language
from ipreport.metrics import time_progress
from ipreport.wording import show_period, show_time_progress

_NUMBER = re.compile(r"[\d①-⓿](?:[\d,.]*\d)?")
_WITH_LETTER = re.compile(r"[A-Z]?\d(?:[\d,.]*\d)?")
"""A number, the letter of a rule's name included: R01."""
_MARK = re.compile(r"[①-⓿]+")
"""Enclosed numbers mark doubtful values (`compose.content.CIRCLED`)."""
_SECTION_NUMBER = re.compile(r"\d(?:\.\d)+(?!\d)|\d+(?:\.\d+)*[.、 ]")
"""1. or 1.2; Chinese text has lost the space behind the latter."""
_CAPTION_NUMBER = re.compile(
    "(?:" + "|".join(words[language] for words in CAPTION_WORDS.values() for language in LANGUAGES) + r")\d+"
)
"""图1, Figure 1."""
_IMPRINT = "imprint"
"""Where the foot of the last page stands, in words."""
_ON_A_SCALE = re.compile(r"[−-]?[\d.,]+[%万亿]*")


def printed(document: Document, content: Content) -> tuple[Stretch, ...]:
    """Every text that a page of the document shows, in the order of the pages.

    Alternative texts are no part of it; nor are page numbers, which writers count, but for
    those of a table of contents. Footnotes follow the block that has their marks.
    """
    return tuple(_Cutter(_names(content), _periods(content)).document(document))


def charted(chart: NativeChart, where: str, content: Content) -> tuple[Stretch, ...]:
    """The texts and values of a chart that a word processor draws itself, in the order of its part."""
    return tuple(_Cutter(_names(content), _periods(content)).chart(chart, f"{where}, in the chart"))


def _names(content: Content) -> re.Pattern[str]:
    """Names of metrics that hold digits."""
    return _any_of({metric.name[language] for metric in content.metrics for language in LANGUAGES})


def _periods(content: Content) -> re.Pattern[str]:
    """The periods of the values in words, and how much of the year was gone at their ends."""
    periods = {metric.period for metric in content.metrics}
    if content.restatement is not None:
        periods.add(content.restatement.since.period)
    gone = {part for period in periods if (part := time_progress(period)) is not None}
    words = {*(show_period(period) for period in periods), *(show_time_progress(part) for part in gone)}
    written = {each[language] for each in words for language in LANGUAGES}
    return _any_of(written | {each[:1].upper() + each[1:] for each in written})


def _any_of(words: set[str]) -> re.Pattern[str]:
    """Matches the words that hold digits, the longest first; nothing where there are none."""
    found = sorted((word for word in words if _NUMBER.search(word)), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, found)) or r"(?!)")


@dataclass(frozen=True, slots=True)
class _Cutter:
    names: re.Pattern[str]
    periods: re.Pattern[str]

    def document(self, document: Document) -> Iterator[Stretch]:
        head, meta = document.masthead, document.meta
        sides = (
            (head.remark, NotData.NAME),
            (head.name, NotData.NAME),
            (head.issue, NotData.ISSUE),
            (head.compiler, NotData.NAME),
            (head.date, NotData.DATE),
        )
        for texts, what in sides:
            yield from self._texts(texts, "masthead", what)
        for texts in (meta.running_head, meta.notice, meta.draft):
            for stretch in self._texts(texts, "head of the page", NotData.ISSUE):
                yield replace(stretch, standing=Standing.MARGIN)
        for block in document.blocks:
            if isinstance(block, Heading) and block.level == 1:
                for stretch in self._texts(block.texts[:1], "head of the page", NotData.NAME):
                    yield replace(stretch, standing=Standing.MARGIN)
        for where, block in located(document.blocks, head.name[0].plain()):
            yield from self._block(block, where)
            for footnote in footnotes(texts_of(block)):
                yield from self._footnote(footnote, where)
        if document.imprint is not None:
            yield from self._imprint(document.imprint)

    def _block(self, block: Block, where: str) -> Iterator[Stretch]:
        match block:
            case Heading():
                if block.marker:
                    yield Stretch(where, (Part(block.marker.strip(), not_data=NotData.LABEL),), Standing.MARKER)
                yield from (self._heading(text, where) for text in block.texts)
            case Paragraph():
                quoted = block.role is ParagraphRole.QUOTATION
                yield self._text(block.text, where, NotData.QUOTATION if quoted else None)
            case SideBySide():
                quoted = block.role is ParagraphRole.QUOTATION
                yield from self._texts(block.texts, where, NotData.QUOTATION if quoted else None)
            case Callout():
                yield from self._texts(block.texts, where)
            case BulletList():
                yield from self._list(block, where)
            case Cards():
                for card in block.cards:
                    yield from self._texts((*card.label, *card.value, *card.detail), where)
                for note in block.notes:
                    yield from self._texts(note, where)
            case Table():
                yield from self._table(block, where)
            case Figure():
                yield from self._figure(block, where)
            case Note():
                yield from self._note(block, where)
            case Contents():
                yield from self._contents(block, where)
            case PageBreak():
                return

    def _heading(self, text: Text, where: str) -> Stretch:
        return self._numbered(text, where, _SECTION_NUMBER)

    def _numbered(self, text: Text, where: str, pattern: re.Pattern[str]) -> Stretch:
        """A text that may begin with a number of its own."""
        parts = self._text(text, where).parts
        number = pattern.match(parts[0].text) if parts and parts[0].key is None else None
        if number is None or parts[0].not_data is not None:
            return Stretch(where, parts)
        rest = parts[0].text[number.end() :]
        kept = (Part(rest),) if rest else ()
        return Stretch(where, (Part(number[0], not_data=NotData.LABEL), *kept, *parts[1:]))

    def _contents(self, block: Contents, where: str) -> Iterator[Stretch]:
        """What is listed, each with its page; Word counts those, and a PDF shows them as text."""
        yield from self._texts(block.title, where)
        pattern = _SECTION_NUMBER if block.kind is ContentsKind.HEADINGS else _CAPTION_NUMBER
        for entry in block.entries:
            yield from (self._numbered(text, where, pattern) for text in entry.texts)
            if entry.page is not None:
                yield Stretch(where, (Part(str(entry.page), not_data=NotData.PAGE),), Standing.MARKER)

    def _list(self, block: BulletList, where: str) -> Iterator[Stretch]:
        for number, item in enumerate(block.items, start=1):
            marker = Stretch(where, (Part(f"{number}.", not_data=NotData.LABEL),), Standing.MARKER)
            for place, text in enumerate(item):
                if block.ordered and (block.side_by_side or not place):
                    yield marker
                yield self._text(text, where)

    def _table(self, block: Table, where: str) -> Iterator[Stretch]:
        what = NotData.CHECK if block.label == CHECKS_LABEL else None
        if block.caption is not None:
            yield from self._caption(block.caption, where)
        for row in block.head:
            for stretch in self._row(row, f"{where}, head", what):
                yield replace(stretch, standing=Standing.HEAD)
        for number, row in enumerate(block.body, start=1):
            yield from self._row(row, f"{where}, row {number}", what)
        for note in block.notes:
            yield from self._texts(note, where)

    def _row(self, row: Row, where: str, what: NotData | None) -> Iterator[Stretch]:
        for cell in row.cells:
            yield from self._texts(cell.texts, where, what)

    def _figure(self, block: Figure, where: str) -> Iterator[Stretch]:
        for item in block.picture.drawing.items:
            if isinstance(item, DrawnText):
                place = f"{where}, in the chart"
                yield Stretch(place, tuple(self._drawn(item)), Standing.PICTURE, block.label)
        yield from self._caption(block.caption, where)
        for note in block.notes:
            yield from self._texts(note, where)

    def _drawn(self, item: DrawnText) -> Iterator[Part]:
        if item.value_key is not None:
            yield Part(item.text, item.value_key)
        else:
            what = NotData.SCALE if _ON_A_SCALE.fullmatch(item.text) else None
            yield from self._plain(item.text, item.language, what)

    def chart(self, chart: NativeChart, where: str) -> Iterator[Stretch]:
        """A chart's title, axis and names, then each series."""
        lines = [*chart.title]
        if chart.notice:
            lines = [*lines, chart.notice] if chart.notice_below else [*lines[:-1], (*lines[-1], *chart.notice)]
        for line in (*lines, *(chart.axis.title if chart.axis.shown else ())):
            yield self._line(line, where)
        groups = (group for group, _ in groupby(category.group for category in chart.categories))
        for texts in (*(category.name for category in chart.categories), *groups):
            if texts:
                yield self._line(texts, where, on_axis=True)
        for series in sorted(chart.series, key=lambda series: series.form is not Form.COLUMN):
            yield self._line(series.name, where)
            yield from self._points(chart, series, where)

    def _line(self, texts: Texts, where: str, *, on_axis: bool = False) -> Stretch:
        """A line in all its languages; years along an axis stand alone."""
        parts: list[Part] = []
        for text in texts:
            plain = text.plain()
            what = NotData.SCALE if on_axis and _ON_A_SCALE.fullmatch(plain) else None
            parts += [*([Part(" ")] if parts else []), *self._plain(plain, text.language, what)]
        return Stretch(where, tuple(parts))

    def _points(self, chart: NativeChart, series: NativeSeries, where: str) -> Iterator[Stretch]:
        """The values of a series, each with its place, then the words at them."""
        name = series.name[0].plain()
        for category, point in zip(chart.categories, series.points, strict=True):
            if point is not None:
                at = " ".join(text.plain() for text in (*category.group[:1], *category.name[:1]))
                yield Stretch(f"{where}, {name}, {at}", (Part(f"{point.value:f}", point.key),))
        for point in filter(None, series.points):
            for line in point.label:
                words = [piece for piece in line if not piece.follows]
                if words:
                    yield Stretch(where, tuple(part for piece in words for part in self._piece(piece)))

    def _piece(self, piece: LabelPiece) -> Iterator[Part]:
        if piece.value_key is not None:
            yield Part(piece.text, piece.value_key)
        else:
            yield from self._plain(piece.text, piece.language, None)

    def _caption(self, caption: Caption, where: str) -> Iterator[Stretch]:
        for text in caption.texts:
            prefix = Part(caption.prefix(text.language), not_data=NotData.LABEL)
            yield Stretch(where, (prefix, Part(" "), *self._text(text, where).parts))

    def _imprint(self, imprint: Imprint) -> Iterator[Stretch]:
        """The imprint from top to bottom; what stands side by side one language after the other."""
        for line in imprint.lines:
            yield from self._side_by_side(line.label, line.names, NotData.NAME)
        yield from self._side_by_side(imprint.issuer, imprint.date, NotData.DATE)
        yield from self._texts(imprint.copies, _IMPRINT, NotData.COPIES)

    def _side_by_side(self, left: Texts, right: Texts, what: NotData) -> Iterator[Stretch]:
        for pair in zip_longest(left, right):
            for text, digits in zip(pair, (NotData.NAME, what), strict=True):
                if text is not None:
                    yield self._text(text, _IMPRINT, digits)

    def _note(self, block: Note, where: str) -> Iterator[Stretch]:
        return self._marked(block.marker, block.texts, where, NotData.SOURCE)

    def _footnote(self, footnote: Footnote, where: str) -> Iterator[Stretch]:
        place = f"{where}, footnote {footnote.text}"
        for stretch in self._marked(footnote.text, footnote.note, place, digits_of(footnote)):
            yield replace(stretch, standing=Standing.FOOTNOTE)

    def _marked(self, mark: str, texts: Texts, where: str, what: NotData | None) -> Iterator[Stretch]:
        """Texts, the first of them behind its mark."""
        first, *others = self._texts(texts, where, what)
        yield Stretch(where, (Part(mark, not_data=NotData.LABEL), Part(" "), *first.parts))
        yield from others

    def _texts(self, texts: Texts, where: str, what: NotData | None = None) -> Iterator[Stretch]:
        return (self._text(text, where, what) for text in texts)

    def _text(self, text: Text, where: str, what: NotData | None = None) -> Stretch:
        """A text in parts; `what` its digits are where nothing else tells."""
        return Stretch(where, tuple(part for inline in text.inlines for part in self._inline(inline, what)))

    def _inline(self, inline: Inline, what: NotData | None) -> Iterator[Part]:
        match inline:
            case Span() if inline.value_key is not None:
                yield Part(inline.text, inline.value_key)
            case Span():
                yield from self._plain(inline.text, inline.language, what)
            case Reference() | Citation() | Footnote():
                yield Part(inline.text, not_data=NotData.LABEL)
            case Link():
                yield Part(inline.text, not_data=NotData.ADDRESS)
            case LineBreak():
                yield Part("\n")

    def _plain(self, written: str, language: Language, what: NotData | None) -> Iterator[Part]:
        """Text without a value in it. Digits that nothing tells about stay unnamed."""
        if not _NUMBER.search(written):
            yield Part(written)
            return
        position = 0
        for start, end, found in self._known(written, language, what):
            if start >= position and _NUMBER.search(written, start, end):
                if start > position:
                    yield Part(written[position:start])
                yield Part(written[start:end], not_data=found)
                position = end
        if position < len(written):
            yield Part(written[position:])

    def _known(self, written: str, language: Language, what: NotData | None) -> list[tuple[int, int, NotData]]:
        """Stretches of known meaning from left to right; of those that begin together, the longest first."""
        kinds = ((_MARK, NotData.LABEL), (self.names, NotData.NAME), (self.periods, NotData.DATE))
        found = [(m.start(), m.end(), kind) for pattern, kind in kinds for m in pattern.finditer(written)]
        found += named(written, language)
        if what is not None:
            found += [(m.start(), m.end(), what) for m in _WITH_LETTER.finditer(written)]
        return sorted(found, key=lambda entry: (entry[0], -entry[1]))
