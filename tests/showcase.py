"""A document with every block and every inline in both languages, for the tests of all writers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ipreport.document import (
    Align,
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
    Figure,
    Footnote,
    Heading,
    Imprint,
    ImprintLine,
    LineBreak,
    Link,
    Mark,
    Masthead,
    Meta,
    Note,
    PageBreak,
    Paragraph,
    ParagraphRole,
    Part,
    Record,
    RecordedValue,
    Reference,
    Row,
    RowRole,
    SideBySide,
    Span,
    Stretch,
    Table,
    Text,
    Tone,
    small_pictures,
    text,
)
from ipreport.language import EN, ZH, Localized
from showcase_parts import both, native, one, picture, trend

LONG_ZH = (
    "截至报告期末，全州有效发明专利356件，其中高价值发明专利101件；罚没款36.97万元。"
    "《知识产权强国建设纲要（2021—2035年）》提出“严保护、大保护、快保护、同保护”的要求，"
    "PCT（Patent Cooperation Treaty）申请与e-commerce类商标……均稳步增长，占比90.9%，居全省第2位。"
)
LONG_EN = (
    "The prefecture holds 356 invention patents in force, 101 of them high-value. Fines and confiscations "
    "came to 369,700 yuan; the assessed brand value of Qaidam goji is over 19.6 billion yuan. “Strict, "
    "broad, fast and equal protection” is the stated aim — see the notes on the international classification."
)


def _table(rows: int = 30) -> Table:
    head = Row(
        (
            Cell(both("指标", "Indicator")),
            Cell(both("数值", "Value"), align=Align.RIGHT),
            Cell(both("来源", "Source"), align=Align.CENTRE),
        )
    )
    body = [Row((Cell(both("创造", "Creation"), span=3),), RowRole.GROUP)]
    for index in range(rows):
        value = (Span(f"{index + 100}件", ZH, (), "patent_grant_total"),)
        value_en = (Span(f"{index + 100} patents", EN, (), "patent_grant_total"),)
        body.append(
            Row(
                (
                    Cell(both(f"专利授权量（第{index + 1}项）", f"Patents granted, item {index + 1}")),
                    Cell((Text(ZH, value), Text(EN, value_en)), picture=trend() if index == rows - 1 else None),
                    Cell((), picture=trend())
                    if index == rows - 2
                    else Cell((Text(ZH, (Citation("source-1", "[1]", ZH, raised=False),)),)),
                ),
                label=f"row-{index + 1}",
            )
        )
    return Table(
        label="table-grants",
        caption=Caption(CaptionKind.TABLE, 1, both("专利授权量", "Patents granted")),
        columns=(Column(3), Column(1.4, Align.RIGHT), Column(1, Align.CENTRE)),
        head=(head,),
        body=tuple(body),
        notes=(both("注：数据为示例。", "Note: the data are made up."),),
        description=both("三列三十行的表：指标、数值、来源。", "A table of three columns: indicator, value, source."),
    )


def _rich_paragraphs() -> tuple[Paragraph, Paragraph]:
    zh = Text(
        ZH,
        (
            Span("详见", ZH),
            Reference("figure-share", "图1", ZH),
            Span("和", ZH),
            Reference("table-grants", "表1", ZH),
            Span("。全州有效发明专利", ZH),
            Span("356件", ZH, (Mark.STRONG,), "patent_invention_in_force"),
            Citation("source-1", "[1]", ZH),
            Citation("row-2", "①", ZH),
            Footnote("foot-source-1", "[1]", ZH, both("公开报道，第1组。", "Published account, group 1.")),
            Span("，“高质量发展”成效明显——审查周期压减……", ZH),
            LineBreak(),
            Link("https://www.example.org/a?b=1&c=2", "来源页面", ZH),
            Span("：R&D <投入> 100%。", ZH),
        ),
    )
    en = Text(
        EN,
        (
            Span("See ", EN),
            Reference("figure-share", "Figure 1", EN),
            Span(" and ", EN),
            Reference("table-grants", "Table 1", EN),
            Span(". The prefecture holds ", EN),
            Span("356 patents", EN, (Mark.STRONG,), "patent_invention_in_force"),
            Citation("source-1", "[1]", EN),
            Footnote("foot-source-1", "[1]", EN),
            Span("; “quality” isn’t quantity — R&D <spending> rose. ", EN),
            Link("https://www.example.org/a?b=1&c=2", "Source page", EN),
            Span(".", EN),
        ),
    )
    return Paragraph(zh), Paragraph(en)


def told(document: Document) -> list[Text]:
    """The texts that stand for pictures or tell what a table holds: in the files, but not printed."""
    found: list[Text] = []
    for block in document.blocks:
        found += getattr(block, "alt", getattr(block, "description", ()))
        found += (text for _, small in small_pictures("", block) for text in small.alt)
    return found


def showcase() -> Document:
    """The bilingual showcase document."""
    cards = Cards(
        (
            Card(both("有效发明专利", "Invention patents in force"), both("356件", "356 patents"), trend=trend()),
            Card(both("罚没款", "Fines and confiscations"), both("36.97万元", "369,700 yuan"), both("2025年", "2025")),
            Card(
                both("签约金额", "Contracts signed"),
                both("250万元", "2.5 million yuan"),
                both("据来源原文", "as stated by the source"),
                CardState.DOUBTFUL,
            ),
            Card(both("每万人口", "Per 10,000 population"), one("7.52")),
        ),
        notes=(both("季度走势，各有刻度。", "Quarterly trends, each on its own scale."),),
    )
    figure = Figure(
        label="figure-share",
        caption=Caption(CaptionKind.FIGURE, 1, both("高价值专利占比", "Share of high-value patents")),
        picture=picture(),
        notes=(both("来源：公开报道。", "Source: published account."),),
        alt=both("条形图：356件。", "Bar chart: 356 patents."),
    )
    chart = Figure(
        label="figure-grants",
        caption=Caption(CaptionKind.FIGURE, 2, both("专利授权量与指数", "Patents granted, and an index")),
        picture=picture(),
        notes=(both("来源：示例。", "Source: made up."),),
        alt=both("柱线图：最近944件。", "Columns and a line: lately 944 patents."),
        native=native(),
    )
    blocks = (
        *contents(),
        Heading(1, "summary", both("本期要点", "Summary")),
        Paragraph(text(ZH, LONG_ZH), ParagraphRole.SUMMARY),
        Paragraph(text(EN, LONG_EN), ParagraphRole.SUMMARY),
        cards,
        Heading(2, "creation", both("知识产权创造", "Creation of intellectual property")),
        *_rich_paragraphs(),
        Paragraph(text(ZH, "知识产权保护工作关系国家治理体系和治理能力现代化。"), ParagraphRole.QUOTATION),
        Paragraph(text(EN, "Protecting intellectual property is protecting innovation."), ParagraphRole.QUOTATION),
        Paragraph(_doubted()),
        Heading(3, "detail", both("细项", "Detail")),
        BulletList((both("第一项：继续推进。", "First: go on."), both("第二项。", "Second."))),
        BulletList((both("甲", "alpha"), both("乙", "beta")), ordered=True),
        *_side_by_side(),
        figure,
        chart,
        Callout(both("数据有疑点，见附件。", "Some data are doubtful; see the annex."), Tone.WARNING),
        Callout(both("说明。", "A remark.")),
        _table(),
        _spanning(),
        PageBreak(),
        Heading(1, "sources", both("数据来源", "Sources")),
        Note("source-1", "[1]", both("公开报道，第1组。", "Published account, group 1.")),
    )
    return Document(_meta(), _masthead(), blocks, _record(), _imprint())


def _side_by_side() -> tuple[SideBySide | BulletList, ...]:
    marked = Text(ZH, (Span("报道未注明日期", ZH), Footnote("foot-date", "[2]", ZH, both("无日期。", "No date."))))
    undated = Text(EN, (Span("The account is undated", EN), Footnote("foot-date", "[2]", EN)))
    items = (both(LONG_ZH, LONG_EN), both("第二项。", "Second."))
    return (
        SideBySide(both(LONG_ZH, LONG_EN), ParagraphRole.SUMMARY),
        SideBySide((marked, undated)),
        SideBySide(
            both("保护知识产权就是保护创新。", "Protecting IP is protecting innovation."), ParagraphRole.QUOTATION
        ),
        BulletList(items, side_by_side=True),
        BulletList(items, ordered=True, side_by_side=True),
    )


def draft() -> Document:
    """The showcase as a draft, with a remark at a value, one at a block, and one at a table."""
    final = showcase()
    number = next(index for index, block in enumerate(final.blocks) if isinstance(block, Cards))
    table = next(index for index, block in enumerate(final.blocks) if isinstance(block, Table))
    comments = (
        Comment(number, both("请核对356件。", "Check 356."), "patent_invention_in_force"),
        Comment(number + 2, both("请核对本段。", "Check this paragraph.")),
        Comment(table, both("来源相互矛盾。", "The sources contradict each other."), "patent_grant_total"),
    )
    return replace(final, meta=replace(final.meta, draft=both("草稿", "DRAFT")), comments=comments)


def contents() -> tuple[Contents, ...]:
    """A table of contents and lists of figures and tables, with page numbers."""
    headings = (
        ("summary", 1, "本期要点", "Summary", 1),
        ("creation", 2, "知识产权创造", "Creation of intellectual property", 2),
        ("detail", 3, "细项", "Detail", 2),
        ("sources", 1, "数据来源", "Sources", 5),
    )
    figures = (
        ("figure-share", "图1\u3000高价值专利占比", "Figure 1  Share of high-value patents", 3),
        ("figure-grants", "图2\u3000专利授权量与指数", "Figure 2  Patents granted, and an index", 3),
    )
    tables = (
        ("table-grants", "表1\u3000专利授权量", "Table 1  Patents granted", 4),
        ("table-regions", "表2\u3000各地有效发明专利", "Table 2  Patents in force by region", 5),
    )
    return (
        Contents(
            ContentsKind.HEADINGS,
            both("目录", "Contents"),
            tuple(ContentsEntry(target, level, both(zh, en), page) for target, level, zh, en, page in headings),
        ),
        Contents(
            ContentsKind.FIGURES,
            both("图目录", "Figures"),
            tuple(ContentsEntry(target, 1, both(zh, en), page) for target, zh, en, page in figures),
        ),
        Contents(
            ContentsKind.TABLES,
            both("表目录", "Tables"),
            tuple(ContentsEntry(target, 1, both(zh, en), page) for target, zh, en, page in tables),
        ),
    )


def _doubted() -> Text:
    """A paragraph with a value as the source states it, and a figure that was revised."""
    doubt = both("据来源原文，见“数据核验”。", "As stated by the source; see “Data checks”.")
    revised = (
        Text(ZH, (Span("修订数，见", ZH), Link("https://www.example.org/r?a=1&b=2", "公告", ZH), Span("。", ZH))),
        Text(
            EN, (Span("Revised; see ", EN), Link("https://www.example.org/r?a=1&b=2", "the notice", EN), Span(".", EN))
        ),
    )
    return Text(
        ZH,
        (
            Span("签约", ZH),
            Span("250万元", ZH, (), "pledge_contract_amount"),
            Footnote("foot-doubt-1", "①", ZH, doubt),
            Span("，授权", ZH),
            Span("100件", ZH, (), "patent_grant_total"),
            Footnote("foot-revised", "*", ZH, revised),
            Span("。", ZH),
        ),
    )


def _spanning() -> Table:
    """A table whose head spans columns and rows, with numbers of one unit below each other."""
    decimal = Align.DECIMAL
    upper = Row(
        (
            Cell(both("地区", "Region"), rows=2),
            Cell(both("有效发明专利", "Patents in force"), span=2, align=Align.CENTRE),
            Cell(both("增速", "Growth"), rows=2, align=Align.CENTRE),
        )
    )
    lower = Row((Cell(both("件数", "Number")), Cell(both("每万人口", "Per 10,000"))))
    body = tuple(
        Row((Cell(both(*region)), Cell(one(count)), Cell(one(rate)), Cell(one(growth))))
        for region, count, rate, growth in (
            (("甲州", "Prefecture A"), "1,356", "7.52", "12.5%"),
            (("乙市", "City B"), "98", "10.4", "−3%"),
            (("丙州", "Prefecture C"), "—", "0.875", "0.25%"),
        )
    )
    return Table(
        label="table-regions",
        caption=Caption(CaptionKind.TABLE, 2, both("各地有效发明专利", "Patents in force by region")),
        columns=(Column(2), Column(1, decimal), Column(1, decimal), Column(1, decimal)),
        head=(upper, lower),
        body=body,
        notes=(both("注：数据为示例。", "Note: the data are made up."),),
        description=both("三地的件数、每万人口和增速。", "Number, rate and growth of three regions."),
    )


def _imprint() -> Imprint:
    return Imprint(
        lines=(
            ImprintLine(both("报：", "To:"), both("示例省知识产权局", "Example Provincial IP Office")),
            ImprintLine(both("送：", "Copy:"), both("示例市、示例州", "Example City; Example Prefecture")),
            ImprintLine(both("发：", "Circulated to:"), both("各县（市）", "counties")),
        ),
        issuer=both("示例编写组", "Example compilers"),
        date=both("2025年10月15日印发", "Issued 15 October 2025"),
        copies=both("（共印30份）", "(30 copies)"),
    )


def _record() -> Record:
    """The records of the two values that the document prints, and one of its texts."""
    values = (("patent_invention_in_force", "有效发明专利", "356"), ("patent_grant_total", "专利授权量", "100"))
    return Record(
        edition="bilingual",
        values=tuple(
            RecordedValue(
                key=key,
                name=Localized(name, key),
                value=value,
                unit="patent",
                amount=value,
                period="not stated",
                origin="metrics.yaml:1",
                pointer=key,
                source="source-1",
                source_title=Localized("公开报道", "Published account <1> & more"),
            )
            for key, name, value in values
        ),
        printed=(Stretch("masthead", (Part("全州有效发明专利"), Part("356件", "patent_invention_in_force"))),),
    )


def _meta() -> Meta:
    return Meta(
        title="知识产权工作简报 / IP Work Briefing",
        subject="示例 / Showcase",
        author="示例编写组 / Example compilers",
        keywords=("知识产权", "intellectual property"),
        edition="bilingual",
        languages=(ZH, EN),
        running_head=both("知识产权工作简报", "IP Work Briefing"),
        notice=both("示例数据", "Illustrative data"),
        stamp=date(2025, 10, 15),
        issue="2025-3",
        period="2025Q3",
        fingerprint="0" * 64,
    )


def _masthead() -> Masthead:
    return Masthead(
        remark=both("据公开报道编写", "Compiled from a published account"),
        name=both("知识产权工作简报", "Intellectual Property Work Briefing"),
        issue=both("第1期", "Issue 1"),
        compiler=both("示例编写组", "Example compilers"),
        date=both("2025年10月15日", "15 October 2025"),
    )
