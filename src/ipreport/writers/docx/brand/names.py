"""Names of styles as Word compares them, and the Chinese names of its own styles.

A file made by Word names its own styles in English whatever the language of the program;
WPS and converters may write the name that their lists show.
"""

from __future__ import annotations

import re
import unicodedata

_CHINESE = {
    "Normal": "正文",
    "Title": "标题",
    "Subtitle": "副标题",
    "Body Text": "正文文本 正文文字",
    "Body Text First Indent": "正文首行缩进 正文文本首行缩进",
    "Body Text Indent": "正文文本缩进 正文文字缩进",
    "Quote": "引用 引文",
    "Intense Quote": "明显引用",
    "List Bullet": "列表项目符号 项目符号列表",
    "List Number": "列表编号 编号列表",
    "List Continue": "列表接续",
    "List Paragraph": "列出段落 列表段落",
    "caption": "题注",
    "header": "页眉",
    "footer": "页脚",
    "page number": "页码",
    "footnote text": "脚注文本 脚注文字",
    "footnote reference": "脚注引用",
    "endnote text": "尾注文本 尾注文字",
    "endnote reference": "尾注引用",
    "annotation text": "批注文字 批注文本",
    "annotation reference": "批注引用",
    "annotation subject": "批注主题",
    "Balloon Text": "批注框文本",
    "TOC Heading": "TOC标题 目录标题",
    "table of figures": "图表目录",
    "Strong": "要点 加粗",
    "Emphasis": "强调",
    "Hyperlink": "超链接 超级链接",
    "FollowedHyperlink": "已访问的超链接 访问过的超链接",
    "Default Paragraph Font": "默认段落字体",
    "Normal Table": "普通表格",
    "Table Grid": "网格型",
    "No List": "无列表",
    "No Spacing": "无间隔",
}
_NUMBERED = {"标题": "heading", "目录": "toc", "列表项目符号": "List Bullet", "列表编号": "List Number"}
_TRAILING_NUMBER = re.compile(r"(.*?)([1-9])")


def names_of(name: str, aliases: str = "") -> tuple[str, ...]:
    """Every name that a style answers to, its first name first, in the form in which names are compared."""
    every = (name, *name.split(","), *aliases.split(","))
    return tuple(dict.fromkeys(canonical(each) for each in every if each.strip()))


def canonical(name: str) -> str:
    """A name in the form in which names are compared: Word's own in English, letters and spaces regardless of kind."""
    plain = " ".join(unicodedata.normalize("NFKC", name).split()).casefold()
    return (english(plain) or plain).casefold()


def english(name: str) -> str | None:
    """The name that Word itself writes for the Chinese name of one of its styles; None for any other name."""
    squeezed = "".join(unicodedata.normalize("NFKC", name).split()).casefold()
    if squeezed in _ENGLISH:
        return _ENGLISH[squeezed]
    found = _TRAILING_NUMBER.fullmatch(squeezed)
    if found is None or found[1] not in _NUMBERED:
        return None
    return f"{_NUMBERED[found[1]]} {found[2]}"


def chinese(name: str) -> str | None:
    """The name that a Chinese list of styles shows for one of Word's own styles; None for any other."""
    listed = _CHINESE.get(name)
    if listed is not None:
        return listed.split()[0]
    word, _, number = name.rpartition(" ")
    plain = {"heading": "标题", "toc": "目录"}.get(word)
    return None if plain is None else f"{plain} {number}"


_ENGLISH = {each.casefold(): name for name, listed in _CHINESE.items() for each in listed.split()}
