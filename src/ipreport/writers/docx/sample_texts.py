"""What the starter template says of itself: each style in a line of its own."""

from __future__ import annotations

from ipreport.language import Localized
from ipreport.writers.docx.names import Name

HEAD_PLACEHOLDER = Localized(
    "此处可放本单位名称或标志；不改动则用程序自己的页眉",
    "Put the office's name or logo here; left as it is, the program's own header is used",
)
"""What stands in the header of the starter template until somebody puts something else there."""

TITLE = Localized("简报模板", "Briefing template")
HOW_TO = Localized(
    "请修改样式、主题颜色和字体、页面设置、页眉页脚，再把文件名写在 briefing.yaml 的 brand: 后面。"
    "本页正文只供看样，不会进入简报；样式名称请勿更改。",
    "Change styles, theme colours and fonts, page set-up, headers and footers; then name the file under brand: in "
    "briefing.yaml. The text of these pages only shows the styles and does not go into briefings. Keep their names.",
)
FIGURES_HEADING = Localized("指标卡和表格", "Cards and tables")
STYLES_HEADING = Localized("全部样式", "All styles")
TABLE_TITLE = Localized("表格示例", "A sample table")
ITEM, VALUE, GROUP, ROW = (
    Localized("项目", "Item"),
    Localized("数值", "Value"),
    Localized("分组", "Group"),
    Localized("示例行", "Sample row"),
)
CARD, DOUBTFUL, DETAIL = (
    Localized("指标名称", "Indicator"),
    Localized("存疑指标", "Doubtful indicator"),
    Localized("时间或说明", "Period or remark"),
)
UNIT, TABLE_REMARK = Localized("12.3%", "12.3%"), Localized("注：表下的说明。", "Note: a remark below the table.")

PURPOSES: dict[str, Localized] = {
    Name.TITLE: Localized("简报名称（红头）", "the name of the briefing, in the masthead"),
    Name.MASTHEAD_REMARK: Localized("报头上方的说明", "a remark above the masthead"),
    Name.MASTHEAD_LINE: Localized("期号", "the number of the issue"),
    Name.MASTHEAD_IMPRINT: Localized("编印单位和日期", "compiler and date"),
    Name.MASTHEAD_RULE: Localized("编印单位和日期的末行，下接红线", "the last such line, above the rule"),
    Name.HEADING_1: Localized("一级标题", "a heading of the first level"),
    Name.HEADING_2: Localized("二级标题", "a heading of the second level"),
    Name.HEADING_3: Localized("三级标题", "a heading of the third level"),
    Name.BODY: Localized("正文段落", "running text"),
    Name.SUMMARY: Localized("摘要", "the summary"),
    Name.QUOTE: Localized("引文", "a quotation"),
    Name.BODY_COLUMN: Localized("分栏对照的正文", "running text in columns side by side"),
    Name.SUMMARY_COLUMN: Localized("分栏对照的摘要", "the summary in columns side by side"),
    Name.QUOTE_COLUMN: Localized("分栏对照的引文", "a quotation in columns side by side"),
    Name.LIST_BULLET: Localized("项目符号列表", "an item of a list"),
    Name.LIST_NUMBER: Localized("编号列表", "an item of a numbered list"),
    Name.LIST_BULLET_COLUMN: Localized("分栏对照的项目符号列表", "an item of a list in columns side by side"),
    Name.LIST_NUMBER_COLUMN: Localized("分栏对照的编号列表", "an item of a numbered list in columns side by side"),
    Name.LIST_CONTINUE: Localized("列表项的续段", "what continues an item"),
    Name.KPI_LABEL: Localized("指标卡：名称", "a card: the name"),
    Name.KPI_VALUE: Localized("指标卡：数值", "a card: the value"),
    Name.KPI_DETAIL: Localized("指标卡：时间、说明", "a card: period or remark"),
    Name.KPI_TREND: Localized("指标卡：走势图", "a card: the trend line"),
    Name.KPI_LABEL_DOUBTFUL: Localized(
        "指标卡：存疑名称，带警示标志", "a card: the name of a doubtful figure, with a warning sign"
    ),
    Name.KPI_VALUE_DOUBTFUL: Localized("指标卡：存疑数值", "a card: a doubtful value"),
    Name.KPI_DETAIL_DOUBTFUL: Localized("指标卡：存疑说明", "a card: why it is doubtful"),
    Name.FIGURE: Localized("图所在的段落", "the paragraph that holds a figure"),
    Name.CAPTION: Localized("图题", "the caption of a figure"),
    Name.TABLE_CAPTION: Localized("表题", "the caption of a table"),
    Name.TABLE_HEAD: Localized("表头", "the head of a table"),
    Name.TABLE_HEAD_CENTRED: Localized("表头，居中", "the head of a table, centred"),
    Name.TABLE_HEAD_RIGHT: Localized("表头，右对齐", "the head of a table, to the right"),
    Name.TABLE_TEXT: Localized("表中文字", "words in a table"),
    Name.TABLE_TEXT_CENTRED: Localized("表中文字，居中", "words in a table, centred"),
    Name.TABLE_TEXT_RIGHT: Localized("表中数字，右对齐", "numbers in a table, to the right"),
    Name.TABLE_TREND: Localized("表中走势图", "a trend line in a table"),
    Name.TABLE_GROUP: Localized("表中分组行", "a row that heads others"),
    Name.TABLE_GROUP_CENTRED: Localized("表中分组行，居中", "a row that heads others, centred"),
    Name.TABLE_GROUP_RIGHT: Localized("表中分组行，右对齐", "a row that heads others, to the right"),
    Name.TABLE_NOTE: Localized("表注", "notes below a table"),
    Name.SOURCE_NOTE: Localized("图注、资料来源", "notes below a figure, its source"),
    Name.NOTE: Localized("注释、资料来源条目", "an entry of notes or sources"),
    Name.NOTE_CONTINUE: Localized("注释条目的续段", "what continues such an entry"),
    Name.CALLOUT: Localized("提示框", "a boxed remark"),
    Name.CALLOUT_WARNING: Localized("警示框，带警示标志", "a boxed warning with its sign"),
    Name.CALLOUT_WARNING_CONTINUE: Localized("警示框的续段", "what continues a boxed warning"),
    Name.UNLISTED_HEADING: Localized("目录上方的标题，不列入目录", "the heading above tables of contents, not listed"),
    Name.CONTENTS_TITLE: Localized("目录的标题", "the title of a table of contents"),
    Name.CONTENTS_1: Localized("目录，一级标题", "contents: a heading of the first level"),
    Name.CONTENTS_2: Localized("目录，二级标题", "contents: a heading of the second level"),
    Name.CONTENTS_3: Localized("目录，三级标题", "contents: a heading of the third level"),
    Name.CONTENTS_LIST: Localized("图目录、表目录", "lists of figures and tables"),
    Name.FOOTNOTE: Localized("脚注", "a footnote"),
    Name.COMMENT: Localized("批注", "a remark in the margin of a draft"),
    Name.HEADER: Localized("页眉", "the header"),
    Name.HEADER_FIRST: Localized("首页页眉", "the header of page one"),
    Name.FOOTER: Localized("页脚", "the footer"),
    "Strong": Localized("强调", "emphasis"),
    "Hyperlink": Localized("链接", "a link"),
    "KPI Note": Localized("指标卡下的说明", "a note below cards"),
    "Table Number": Localized("表中数字，按小数点对齐", "numbers in a table, on their decimal points"),
    "Header Landscape": Localized("横页的页眉", "the header of a page turned on its side"),
    "Footer Odd Pages": Localized("奇数页页脚", "the footer of odd pages"),
    "Footer Even Pages": Localized("偶数页页脚", "the footer of even pages"),
    "Imprint Line": Localized("版记：报、送、发", "the imprint: whom the issue goes to"),
    "Imprint Issuer": Localized("版记：印发机关", "the imprint: who issues it"),
    "Imprint Date": Localized("版记：印发日期", "the imprint: when"),
    "Imprint Copies": Localized("版记：份数", "the imprint: how many copies"),
    "footnote reference": Localized("脚注的号码", "the number of a footnote"),
    "Footnote Characters": Localized("脚注的标记", "the mark of a footnote"),
    "annotation reference": Localized("批注的标记", "the mark of a remark"),
    "Notice": Localized("每页的提示（示例数据、草稿）", "the notice on every page: illustrative data, a draft"),
    "Citation Mark": Localized("引注标记", "the mark of a citation"),
    "Citation Mark Raised": Localized("上标的引注标记", "the mark of a citation, raised"),
}
"""What each style is for, by its name."""
