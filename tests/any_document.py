"""Documents made at random: every block, role and inline, nested and mixed as a document allows."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache, partial
from itertools import pairwise
from random import Random
from typing import TypeVar

from PIL import Image

from ipreport.compose.numbering import markers
from ipreport.document import (
    Align,
    Block,
    BulletList,
    Callout,
    Caption,
    CaptionKind,
    Card,
    Cards,
    CardState,
    Cell,
    Citation,
    Column,
    Comment,
    Contents,
    ContentsEntry,
    ContentsKind,
    Document,
    Drawing,
    DrawnPath,
    DrawnText,
    Figure,
    Footnote,
    Heading,
    Imprint,
    ImprintLine,
    Inline,
    LineBreak,
    Link,
    Mark,
    Masthead,
    Note,
    PageBreak,
    Paragraph,
    ParagraphRole,
    Picture,
    Reference,
    Row,
    RowRole,
    SideBySide,
    Span,
    Table,
    Text,
    Texts,
    Tone,
    text,
)
from ipreport.language import EN, ZH, Language, Localized
from ipreport.outline import Section
from showcase import native, showcase, trend

_Made = TypeVar("_Made")
_ZH = (
    "知识产权", "有效发明专利", "截至2025年9月底", "，其中", "高价值", "。", "、", "；", "：", "“严保护、大保护”",
    "‘快保护’", "《纲要（2021—2035年）》", "（以下简称“办法”）", "……", "——", "36.97万元", "第2位",
    "90.9%", "PCT", "e-commerce", "R&D", "类商标", "①", "㈠", "龘靐", "𠮷", "𠀀", "𪚥", "々",
    "〇", "·", "！？", "％", "〔2025〕", "1—9月", "同比增长12.5%", "\u3000", "～", "<标签>&实体;",
    "https://www.example.org/a/very/long/path?query=1&other=2#part", "±3℃", "№",
    "α≤β", "−3.5", "½", "「引」", "a", "国",
)  # fmt: skip
_EN = (
    "intellectual ", "property ", "patents in force ", "in September 2025 ", "— ",
    "“strict” ", "isn’t ", "369,700 yuan ", "90.9% ", "(see below) ",
    "R&D <spending> ", "e-commerce ", "high-value ", "invention", " ", ", ", ". ",
    "; ", "知识产权 ", "《办法》", "https://www.example.org/a_b/c?d=e&f=g ",
    "naïve café Łódź ", "Counterrevolutionaries-institutionalisation ", "x",
    "2nd of 8 ", "±3 °C ", "2021–2035 ", "… ", "№ 7 ", "\u00a0", "½ ", "Ǆ ",
    "“‘nested’” ", "5 × 6 − 7 ", "someone@example.org ", "① ",
    "@#$%^&*()_+[]{}|\\/ ",
)  # fmt: skip
_UNBROKEN = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 3
_ADDRESSES = (
    "https://www.example.org/a?b=1&c=2",
    "https://例子.example/路径?键=值",
    "http://example.org/" + "long/" * 60,
    "https://example.org/%E4%B8%AD#a'b\"c",
)
_KEYS = ("patent_invention_in_force", "patent_grant_total", "not_in_the_record")
_NUMBERS = (
    "1",
    "1,356",
    "−3",
    "0.875",
    "12.5%",
    "—",
    "…",
    "暂无数据",
    "1,234,567,890.1234",
    "",
    "+7",
    "约 3.2",
    "12件",
    "n/a",
)


def any_document(seed: int, allowed: Callable[[str, Language], bool] = lambda _words, _language: True) -> Document:
    """The document number `seed`; its words are such that `allowed` lets stand in their language."""
    return _Maker(Random(seed), allowed).document()  # noqa: S311 - alike on every run, not secret


class _Maker:
    def __init__(self, random: Random, allowed: Callable[[str, Language], bool]) -> None:
        self._random = random
        self._allowed = allowed
        self._languages = random.choice([(ZH, EN), (ZH, EN), (ZH,), (EN,)])
        self._numbers = dict.fromkeys(CaptionKind, 0)
        self._labels = 0
        self._targets: list[tuple[str, str | None]] = []
        self._noted: list[str] = []
        self._footnotes = random.random() < 0.7
        self._contents = random.choice([0, 0, 1, 2, 3])

    def document(self) -> Document:
        random = self._random
        planned = [self._block() for _ in range(random.choice([0, 1, 3, 5, 8, 12]))]
        blocks = self._with_contents(self._headed([block for group in planned for block in group]))
        draft = self._some(self._told, 0.2)
        head = Masthead(*(self._some(lambda: self._texts(random.choice([1, 3])), 0.9) for _ in range(5)))
        made = Document(
            replace(
                showcase().meta,
                languages=self._languages,
                edition="bilingual" if len(self._languages) > 1 else self._languages[0].code,
                title=self._words(self._languages[0], 2) or "题",
                running_head=self._some(lambda: self._texts(2), 0.9),
                notice=self._some(lambda: self._texts(2), 0.3),
                draft=draft,
            ),
            replace(head, name=head.name or self._texts(1)),
            blocks,
            showcase().record,
            self._imprint() if random.random() < 0.5 else None,
        )
        return replace(made, comments=tuple(self._comments(made)) if draft else ())

    # --- words ---------------------------------------------------------------------

    def _words(self, language: Language, most: int) -> str:
        """Up to `most` pieces in `language`, those of the other one among them."""
        pieces = _ZH if language is ZH else _EN
        chosen = [self._random.choice(pieces) for _ in range(self._random.randint(0, most))]
        return "".join(piece for piece in chosen if self._allowed(piece, language))

    def _text(self, language: Language, most: int, *, notes: bool = False, marks: bool = True) -> Text:
        """A text of about `most` inlines that says something; `marks` in it may lead elsewhere, `notes` to notes."""
        count = self._random.choice([1, 1, 2, most, most])
        inlines = [i for i in (self._inline(language, notes=notes, marks=marks) for _ in range(count)) if i is not None]
        if not any(inline.text.strip() for inline in inlines if isinstance(inline, Span | Reference | Link)):
            inlines.append(Span(self._random.choice(["字", "A", "7", "。"]), language))
        return Text(language, tuple(inlines))

    def _inline(self, language: Language, *, notes: bool, marks: bool) -> Inline | None:
        random = self._random
        match random.randint(0 if marks else 3, 14):
            case 0 if self._targets:
                target, prefix = random.choice(self._targets)
                shown = prefix if prefix is not None and random.random() < 0.5 else "第一节"
                return Reference(target, shown, language)
            case 1 if self._targets:
                return Citation(random.choice(self._targets)[0], random.choice(["[1]", "[12]", "①", "*"]), language)
            case 2:
                mark = random.choice(["[1]", "[12]", "①", "②", "*", "p", "r"])
                return self._footnote(mark, language) if notes and self._footnotes else None
            case 3:
                words = self._words(language, 3) or "来源"
                return Link(random.choice(_ADDRESSES), words, language)
            case 4:
                return LineBreak()
            case 5:
                return Span(self._words(language, 3), language, (Mark.STRONG,))
            case 6:
                value = "356件" if language is ZH else "356 patents"
                return Span(value, language, random.choice([(), (Mark.STRONG,)]), random.choice(_KEYS))
            case 7:
                other = EN if language is ZH else ZH
                return Span(self._words(other, 3), other)
            case 8 if random.random() < 0.1:
                return Span(_UNBROKEN, language)
            case _:
                return Span(self._words(language, random.choice([1, 3, 12])), language)

    def _footnote(self, mark: str, language: Language) -> Footnote:
        if self._noted and self._random.random() < 0.3:
            return Footnote(self._random.choice(self._noted), mark, language)
        label = self._label("foot")
        most = self._random.choice([1, 2, 8])
        note = tuple(self._text(each, most) for each in self._languages)
        self._noted.append(label)
        return Footnote(label, mark, language, note)

    def _texts(self, most: int, *, notes: bool = False, marks: bool = True) -> Texts:
        """Every language, or one wording for all of them."""
        languages = self._languages[:1] if self._random.random() < 0.15 else self._languages
        return tuple(self._text(language, most, notes=notes, marks=marks) for language in languages)

    def _told(self) -> Texts:
        """Words that stand for a picture or tell what a table holds: bare ones in every language."""
        return tuple(text(each, self._words(each, 9) or "图") for each in self._languages)

    def _title(self) -> Texts:
        """The words of a heading or caption, which have no marks where tables of contents repeat them."""
        return self._texts(2, notes=not self._contents, marks=not self._contents)

    def _label(self, kind: str) -> str:
        self._labels += 1
        return self._random.choice(
            [f"{kind}-{self._labels}", f"{kind}/某/{self._labels}", f"{kind} {self._labels} " + "x" * 50]
        )

    def _some(self, make: Callable[[], _Made], chance: float) -> _Made | tuple[()]:
        """What is made, or at times nothing."""
        return make() if self._random.random() < chance else ()

    # --- blocks --------------------------------------------------------------------

    def _block(self) -> list[Block]:
        makers = (
            self._heading, self._heading, self._paragraph, self._paragraph, self._list, self._cards, self._table,
            self._table, self._figure, self._notes, self._callout, self._break, self._landscape,
        )  # fmt: skip
        return self._random.choice(makers)()

    def _heading(self) -> list[Block]:
        label, level = self._label("heading"), self._random.randint(1, 3)
        self._targets.append((label, None))
        return [Heading(level, label, self._title())]

    def _paragraph(self) -> list[Block]:
        role, most = self._random.choice(list(ParagraphRole)), self._random.choice([1, 5, 5, 40])
        introduces = self._random.random() < 0.2
        texts = tuple(self._text(each, most, notes=True) for each in self._languages)
        if self._random.random() < 0.3:
            return [SideBySide(texts, role, introduces)]
        return [Paragraph(text, role, introduces) for text in texts]

    def _list(self) -> list[Block]:
        beside = self._random.random() < 0.3
        items = tuple(self._item(beside=beside) for _ in range(self._random.randint(1, 5)))
        return [BulletList(items, self._random.random() < 0.5, beside)]

    def _item(self, *, beside: bool) -> Texts:
        if beside:
            return tuple(self._text(each, 3, notes=True) for each in self._languages)
        return self._texts(3, notes=True)

    def _cards(self) -> list[Block]:
        return [
            Cards(
                tuple(self._card() for _ in range(self._random.randint(1, 7))),
                self._random.randint(1, 4),
                tuple(self._texts(2, notes=True) for _ in range(self._random.choice([0, 0, 2]))),
            )
        ]

    def _card(self) -> Card:
        random = self._random
        return Card(
            self._texts(1, notes=True),
            self._texts(1, notes=True),
            self._some(lambda: self._texts(1, notes=True), 0.5),
            random.choice(list(CardState)),
            random.choice([None, None, trend()]),
        )

    def _callout(self) -> list[Block]:
        return [Callout(self._texts(4, notes=True), self._random.choice(list(Tone)))]

    def _notes(self) -> list[Block]:
        made: list[Block] = []
        for number in range(1, self._random.randint(2, 4)):
            label = self._label("note")
            self._targets.append((label, None))
            made.append(Note(label, self._random.choice([f"[{number}]", "①", "", f"[{number}999]"]), self._texts(3)))
        return made

    def _break(self) -> list[Block]:
        return [PageBreak()]

    def _landscape(self) -> list[Block]:
        inside = self._random.choice([self._table, partial(self._figure, 380), self._paragraph])()
        return [PageBreak(landscape=True), *inside, PageBreak()]

    def _caption(self, kind: CaptionKind, label: str) -> Caption:
        self._numbers[kind] += self._random.choice([1, 1, 1, 1, 2])
        caption = Caption(kind, self._numbers[kind], self._title())
        self._targets.append((label, caption.prefix(self._languages[0])))
        return caption

    def _figure(self, highest: float = 620) -> list[Block]:
        label = self._label("figure")
        caption = self._caption(CaptionKind.FIGURE, label)
        notes = tuple(self._texts(2, notes=True) for _ in range(self._random.choice([0, 1, 2])))
        # No chart is higher than a page is, upright or on its side.
        picture = drawn(self._random.choice([150, 218, 300, 450, 700]), self._random.choice([60, 200, 380, highest]))
        chart = self._random.choice([None, None, native()])
        return [Figure(label, caption, picture, notes, self._told(), chart)]

    def _imprint(self) -> Imprint:
        labels = self._random.choices([{ZH: "报：", EN: "To:"}, {ZH: "发：", EN: "Circulated to:"}], k=4)
        lines = (
            ImprintLine(tuple(text(each, label[each]) for each in self._languages), self._texts(3))
            for label in labels[: self._random.randint(0, 4)]
        )
        copies = self._some(lambda: self._texts(1), 0.5)
        return Imprint(tuple(lines), self._texts(1), self._texts(1), copies)

    # --- tables --------------------------------------------------------------------

    def _table(self) -> list[Block]:
        random, label = self._random, self._label("table")
        count = random.choice([1, 2, 3, 5, 9])
        columns = tuple(Column(random.choice([0.5, 1, 1, 3]), random.choice(list(Align))) for _ in range(count))
        caption = self._some(lambda: self._caption(CaptionKind.TABLE, label), 0.7) or None
        head = self._rows(random.choice([0, 1, 1, 2, 3]), count, head=True)
        return [
            Table(
                label,
                caption,
                columns,
                head,
                self._rows(random.choice([0 if head else 1, 1, 4, 9, 40]), count),
                tuple(self._texts(2, notes=True) for _ in range(random.choice([0, 1, 2]))),
                self._some(self._told, 0.8),
            )
        ]

    def _rows(self, count: int, columns: int, *, head: bool = False) -> tuple[Row, ...]:
        """Rows whose cells cover columns and rows at random, and all of them."""
        random = self._random
        taken: set[tuple[int, int]] = set()
        rows: list[Row] = []
        spanning = random.choice([0.0, 0.0, 0.2, 0.5])
        for number in range(count):
            group = not head and not any(row == number for row, _ in taken) and random.random() < 0.1
            cells: list[Cell] = []
            for column in range(columns):
                if (number, column) in taken:
                    continue
                wide = 1
                while column + wide < columns and (number, column + wide) not in taken:
                    if not group and random.random() > spanning:
                        break
                    wide += 1
                high = 1
                while not group and number + high < count and random.random() < spanning:
                    high += 1
                taken |= {(number + y, column + x) for y in range(high) for x in range(wide)}
                cells.append(self._cell(wide, high, head=head))
            label = self._some(lambda: self._label("row"), 0.1) or None
            if label is not None and cells:
                self._targets.append((label, None))
            rows.append(Row(tuple(cells), RowRole.GROUP if group else RowRole.BODY, label if cells else None))
        return tuple(rows)

    def _cell(self, wide: int, high: int, *, head: bool) -> Cell:
        random = self._random
        texts: Texts
        match random.randint(0, 5):
            case 0:
                texts = ()
            case 1 | 2 | 3 if not head:
                texts = (text(self._languages[0], random.choice(_NUMBERS)),)
            case _:
                texts = self._texts(random.choice([1, 1, 1, 4]), notes=True)
        if random.random() < 0.1:
            texts = (Text(self._languages[0], ()), *texts)
        picture = trend() if random.random() < 0.05 and not head else None
        return Cell(texts, wide, high, random.choice([None, None, *Align]), picture)

    # --- what looks at the whole -----------------------------------------------------

    def _headed(self, blocks: list[Block]) -> list[Block]:
        """The blocks with numbers before all headings or none, and places for tables of contents."""
        if self._random.random() < 0.5:
            levels = [block.level for block in blocks if isinstance(block, Heading)]
            plain = [self._random.random() < 0.1 for _ in levels]
            sections = (
                Section("", Localized.same(""), n, (), numbered=not p) for n, p in zip(levels, plain, strict=True)
            )
            numbers = markers(sections, self._languages[0])
            blocks = [replace(b, marker=next(numbers)) if isinstance(b, Heading) else b for b in blocks]
        for _ in range(self._contents):
            kind = self._random.choice(list(ContentsKind))
            place = self._random.randint(0, len(blocks))
            blocks.insert(place, Contents(kind, self._some(lambda: self._texts(1), 0.7), ()))
        return blocks

    def _with_contents(self, blocks: list[Block]) -> tuple[Block, ...]:
        levels = self._random.randint(1, 3)
        titles = {
            above.label
            for above, below in pairwise(blocks)
            if isinstance(above, Heading) and isinstance(below, Contents) and below.kind is ContentsKind.HEADINGS
        }
        made: list[Block] = []
        for block in blocks:
            if isinstance(block, Contents):
                entries = tuple(e for e in _entries(block.kind, levels, blocks) if e.target not in titles)
                made.append(replace(block, entries=entries))
            else:
                made.append(block)
        return tuple(made)

    def _comments(self, document: Document) -> Iterator[Comment]:
        printing = [n for n, block in enumerate(document.blocks) if not isinstance(block, PageBreak | Contents)]
        for _ in range(min(len(printing), 6)):
            key = self._random.choice([None, *_KEYS])
            yield Comment(self._random.choice(printing), self._texts(2), key)


def _entries(kind: ContentsKind, levels: int, blocks: Iterable[Block]) -> Iterator[ContentsEntry]:
    for block in blocks:
        match kind, block:
            case ContentsKind.HEADINGS, Heading(label=label, level=level, texts=texts, marker=marker) if (
                level <= levels
            ):
                yield ContentsEntry(
                    label, level, tuple(_prefixed(marker if not n else "", e) for n, e in enumerate(texts))
                )
            case (ContentsKind.FIGURES, Figure(label=label, caption=Caption() as caption)) | (
                ContentsKind.TABLES,
                Table(label=label, caption=Caption() as caption),
            ):
                spaces = {ZH: "\u3000", EN: "  "}
                prefixes = [caption.prefix(each.language) + spaces[each.language] for each in caption.texts]
                yield ContentsEntry(label, 1, tuple(map(_prefixed, prefixes, caption.texts)))


def _prefixed(prefix: str, entry: Text) -> Text:
    return replace(entry, inlines=(*((Span(prefix, entry.language),) if prefix else ()), *entry.inlines))


@cache
def drawn(width: float, height: float) -> Picture:
    """A drawing of any size with a frame, and words in its middle."""
    frame = (("M", 1, 1), ("L", width - 1, 1), ("L", width - 1, height - 1), ("L", 1, height - 1), ("Z",))
    words = DrawnText(20, height / 2, "有效发明专利 356 patents", 9, "sans", "#1f2328", ZH)
    image = io.BytesIO()
    Image.new("RGB", (round(width), round(height)), "#dde6ee").save(image, "PNG")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}">'
    )
    svg += f'<rect width="{width}" height="{height}" fill="#dde6ee"/></svg>'
    return Picture(
        width, height, Drawing((DrawnPath(frame, "#dde6ee", "#1f4e79", 1.0), words)), svg.encode(), image.getvalue()
    )
