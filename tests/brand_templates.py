"""Templates as offices have them, made by script: what Chinese Word, WPS, LibreOffice and careful people write."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ipreport.document import Cell, Column, Document, PageBreak, Paragraph, Row, Table, text
from ipreport.language import ZH
from office_parts import (
    A4,
    CELLS,
    DEFAULTS,
    USUAL_MARGINS,
    R,
    W,
    face,
    header,
    image,
    logo,
    numbering,
    package,
    page_number,
    relation,
    relationships,
    style,
    styles,
    theme,
    words,
)
from showcase import both, showcase

SERIF, SANS = ("Liberation Serif", "Noto Serif CJK SC"), ("Liberation Sans", "Noto Sans CJK SC")
_FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'


def _chinese_styles() -> str:
    running = (
        '<w:widowControl w:val="0"/><w:spacing w:line="560" w:lineRule="exact"/>'
        '<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>'
    )
    numbered = f'<w:keepNext/><w:numPr><w:numId w:val="1"/></w:numPr>{_FLUSH}<w:outlineLvl w:val="0"/>'
    line = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
    stops = '<w:tabs><w:tab w:val="center" w:pos="4153"/><w:tab w:val="right" w:pos="8306"/></w:tabs>'
    single = '<w:spacing w:line="240" w:lineRule="auto"/>'
    return styles(
        style("a", "Normal", default=True, paragraph=running, run=face(*SERIF, 16)),
        style("a0", "Default Paragraph Font", kind="character", default=True),
        style("a1", "Normal Table", kind="table", default=True, more=CELLS),
        style("a2", "No List", kind="numbering", default=True),
        style("1", "heading 1", parent="a", paragraph=numbered, run=face(*SANS, 16)),
        style("2", "heading 2", parent="a", paragraph='<w:keepNext/><w:outlineLvl w:val="1"/>', run="<w:b/>"),
        style("a3", "Title", parent="a", paragraph=f'{_FLUSH}<w:jc w:val="center"/>', run=face(*SERIF, 22, "FF0000")),
        style("a5", "header", parent="a", paragraph=f"{line}{stops}{single}{_FLUSH}", run='<w:sz w:val="18"/>'),
        # An id that the house uses for another style.
        style("BodyText", "机关备注", parent="a", custom=True, run="<w:i/>"),
        defaults=f'{face(*SERIF, 10.5)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>',
    )


_CHINESE_SETTINGS = (
    f'<w:settings {W} {R}><w:zoom w:percent="100"/><w:attachedTemplate r:id="rId1"/><w:trackRevisions/>'
    '<w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:useFELayout/>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)  # fmt: skip


def chinese_word() -> bytes:
    """(a) As Chinese Word saves one: ids “a” and “1”, English names, text in the default style, numbered headings."""
    parts = {
        "styles": _chinese_styles(),
        "theme": theme(),
        "numbering": numbering(("chineseCounting", "%1、"), ("decimal", "%1)")),
        "settings": _CHINESE_SETTINGS,
        "header1": header('<w:p><w:pPr><w:pStyle w:val="a5"/></w:pPr></w:p>'),
        "footer1": header(page_number(), "ftr"),
    }
    section = (
        '<w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/>'
        f'{A4}<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1304"'
        ' w:gutter="0"/><w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="312"/>'
    )
    attached = relation("rId1", "attachedTemplate", "file:///C:/Normal.dotm", external=True)
    body = words("模板里的占位正文，应被清除")
    return package(parts, section=section, body=body, links={"settings": relationships(attached)})


RED = "8B0000"


def _red_table() -> str:
    """A dark head and bands."""
    line = f'w:val="single" w:sz="12" w:space="0" w:color="{RED}"'
    return (
        f'<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders><w:top {line}/><w:bottom {line}/></w:tblBorders>'
        '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>'
        f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{RED}"/></w:tcPr></w:tblStylePr>'
        '<w:tblStylePr w:type="band2Horz"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="F6E6E6"/></w:tcPr>'
        "</w:tblStylePr>"
    )


def red_serif() -> bytes:
    """(c) Headings and captions in a red serif, an own style of tables with a dark head and bands."""
    headings = [
        style(
            f"Heading{level}",
            f"heading {level}",
            parent="Normal",
            paragraph=f'<w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="{level - 1}"/>',
            run=f'{face(*SERIF)}<w:b/><w:color w:val="{RED}"/><w:sz w:val="{38 - 5 * level}"/>',
        )
        for level in (1, 2, 3)
    ]
    spaced = '<w:spacing w:after="120" w:line="300" w:lineRule="auto"/>'
    caption = face(*SERIF, 10, RED)
    entries = (
        style("Normal", "Normal", default=True, run=face(*SERIF, 11)),
        *DEFAULTS[1:],
        style("BodyText", "Body Text", parent="Normal", paragraph=spaced),
        *headings,
        style("Caption", "caption", parent="Normal", paragraph='<w:keepNext/><w:jc w:val="left"/>', run=caption),
        style("OfficeTable", "Briefing Table", kind="table", parent="TableNormal", custom=True, more=_red_table()),
        style("ListBullet", "List Bullet", parent="Normal", paragraph='<w:ind w:left="420"/>'),
    )
    return package({"styles": styles(*entries), "theme": theme(RED)})


def with_logo() -> bytes:
    """(d) A logo in the headers, other ones on page one and on even pages, and a link in a footer."""
    site = '<w:p><w:hyperlink r:id="site"><w:r><w:t>www.example.org</w:t></w:r></w:hyperlink></w:p>'
    parts = {
        "styles": styles(*DEFAULTS, style("Header", "header", parent="Normal")),
        "theme": theme("005A9C"),
        "settings": f"<w:settings {W}><w:evenAndOddHeaders/></w:settings>",
        "header1": header(logo() + words("示例省知识产权局 奇数页", "Header")),
        "header2": header(words("示例省知识产权局 偶数页", "Header")),
        "header3": header(logo(number=2) + words("示例省知识产权局 首页", "Header")),
        "footer1": header(site + page_number(), "ftr"),
        "footer2": header(page_number(), "ftr"),
    }
    types = {"header1": "default", "header2": "even", "header3": "first", "footer1": "default", "footer2": "even"}
    section = "".join(f'<w:{name[:6]}Reference w:type="{kind}" r:id="{name}"/>' for name, kind in types.items())
    picture = relationships(relation("logo", "image", "media/logo.png"))
    address = relationships(relation("site", "hyperlink", "https://www.example.org/", external=True))
    return package(
        parts,
        section=f"{section}{A4}{USUAL_MARGINS}<w:titlePg/>",
        media={"logo.png": image()},
        links={"header1": picture, "header3": picture, "footer1": address},
    )


def wps() -> bytes:
    """(e) Word's own styles under the names that a Chinese list of styles shows."""
    green = "1F6B3A"
    indented = '<w:spacing w:after="80"/><w:ind w:firstLineChars="200" w:firstLine="480"/>'
    entries = (
        style("0", "正文", default=True, run=face(*SERIF, 12)),
        style("9", "默认段落字体", kind="character", default=True),
        style("8", "普通表格", kind="table", default=True, more=CELLS),
        style("1", "标题 1", parent="0", run=face(*SANS, 16, green), custom=True),
        style("2", "标题2", parent="0", run=face(*SANS, 14), custom=True),
        style("3", "正文文本", parent="0", paragraph=indented),
        style("4", "题注", parent="0", paragraph='<w:jc w:val="center"/>', run=face(*SERIF, 9, green)),
        style("5", "页眉", parent="0", paragraph='<w:tabs><w:tab w:val="right" w:pos="9000"/></w:tabs>'),
        style("6", "页脚", parent="0", run='<w:sz w:val="18"/>'),
        style("7", "超链接", kind="character", parent="9", run='<w:color w:val="0000FF"/><w:u w:val="single"/>'),
    )
    return package({"styles": styles(*entries), "theme": theme(green)})


FLAT_ODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="S" svg:font-family="'Liberation Serif'"/>
<style:font-face style:name="C" svg:font-family="'Noto Serif CJK SC'"/></office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:text-properties style:font-name="S" style:font-name-asian="C"
 fo:font-size="10.5pt" style:font-size-asian="10.5pt" fo:language="en" fo:country="US" style:language-asian="zh"
 style:country-asian="CN"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph" style:class="text"/>
<style:style style:name="Text_20_body" style:display-name="Text body" style:family="paragraph"
 style:parent-style-name="Standard" style:class="text">
<style:paragraph-properties fo:margin-bottom="0.1in"/></style:style>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
 style:parent-style-name="Standard" style:default-outline-level="1" style:class="text">
<style:text-properties fo:color="#006837" fo:font-size="16pt" style:font-size-asian="16pt"/></style:style>
<style:style style:name="Caption" style:family="paragraph" style:parent-style-name="Standard" style:class="extra">
<style:text-properties fo:font-style="italic"/></style:style>
</office:styles>
<office:automatic-styles><style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="{width}"
 fo:page-height="{height}" style:print-orientation="{orientation}" fo:margin-top="1.5cm" fo:margin-bottom="1.5cm"
 fo:margin-left="1.5cm" fo:margin-right="1.5cm"/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1"/></office:master-styles>
<office:body><office:text><text:h text:style-name="Heading_20_1" text:outline-level="1">Sample</text:h>
<text:p text:style-name="Text_20_body">Sample</text:p><text:p text:style-name="Caption">Sample</text:p></office:text>
</office:body></office:document>
"""


def from_libreoffice(folder: Path, program: str, *, landscape: bool = False) -> bytes:
    """(b) Saved by LibreOffice: B5 with narrow margins, or A4 on its side."""
    page = {"width": "17.6cm", "height": "25cm", "orientation": "portrait"}
    if landscape:
        page = {"width": "29.7cm", "height": "21cm", "orientation": "landscape"}
    flat = folder / "template.fodt"
    content = FLAT_ODT
    for key, value in page.items():
        content = content.replace(f"{{{key}}}", value)
    flat.write_text(content, encoding="utf-8")
    return convert(program, folder, flat, "docx").read_bytes()


def convert(program: str, folder: Path, file: Path, form: str) -> Path:
    """The file as LibreOffice saves it in another form, in `folder`, which holds its profile too."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / f"{file.stem}.{form.partition(':')[0]}"


TEMPLATES: dict[str, Callable[[], bytes]] = {
    "chinese": chinese_word,
    "red-serif": red_serif,
    "logo": with_logo,
    "wps": wps,
}
"""The templates that need no other program, by the names of their tests."""


def document() -> Document:
    """The showcase with a table on a page turned on its side."""
    whole = showcase()
    wide = Table("wide", None, (Column(1), Column(2)), (), (Row((Cell(both("宽", "wide")), Cell(()))),), (), ())
    last = Paragraph(text(ZH, "末页。"))
    return replace(whole, blocks=(*whole.blocks, PageBreak(landscape=True), wide, PageBreak(), last))
