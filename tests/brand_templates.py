"""Templates as offices have them, made by script: what Chinese Word, WPS, LibreOffice and careful people write."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TYPES = {
    "styles": f"{_WORD}styles+xml",
    "settings": f"{_WORD}settings+xml",
    "numbering": f"{_WORD}numbering+xml",
    "fontTable": f"{_WORD}fontTable+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "header": f"{_WORD}header+xml",
    "footer": f"{_WORD}footer+xml",
}
A4 = '<w:pgSz w:w="11906" w:h="16838"/>'
USUAL_MARGINS = (
    '<w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="851" w:footer="992" w:gutter="0"/>'
)


def package(
    parts: Mapping[str, str],
    *,
    section: str = A4 + USUAL_MARGINS,
    body: str = "",
    main: str = "document.main+xml",
    media: Mapping[str, bytes] | None = None,
    links: Mapping[str, str] | None = None,
    strict: bool = False,
) -> bytes:
    """A Word file of these parts, by names such as `styles` or `header1`; parts of one kind are numbered.

    A part's relationship has its name as id. `links` are relationship files of parts, `media`
    files below `word/media/`.
    """
    overrides, relations = [], []
    files: dict[str, bytes] = {}
    for name, content in parts.items():
        kind = name.rstrip("0123456789")
        path = f"theme/{name}1.xml" if kind == "theme" else f"{name}.xml"
        files[f"word/{path}"] = content.encode()
        overrides.append(f'<Override PartName="/word/{path}" ContentType="{_TYPES[kind]}"/>')
        relations.append(f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{path}"/>')
    files |= {f"word/_rels/{name}.xml.rels": content.encode() for name, content in (links or {}).items()}
    files |= {f"word/media/{name}": content for name, content in (media or {}).items()}
    section = f"<w:sectPr>{section}</w:sectPr>" if section else ""
    files["word/document.xml"] = f"<w:document {W} {R}><w:body>{body}{section}</w:body></w:document>".encode()
    files["word/_rels/document.xml.rels"] = relationships(*relations).encode()
    files["_rels/.rels"] = relationships(
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    ).encode()
    files["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}{main}"/>{"".join(overrides)}</Types>'
    ).encode()
    if strict:
        files = {name: _strict(content) for name, content in files.items()}
    return zipped(files)


def _strict(content: bytes) -> bytes:
    for usual, other in (
        (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"),
        (b"http://schemas.openxmlformats.org/wordprocessingml/2006/", b"http://purl.oclc.org/ooxml/wordprocessingml/"),
    ):
        content = content.replace(usual, other)
    return content


def relationships(*entries: str) -> str:
    """A part of relationships."""
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(entries)}</Relationships>'


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip container."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def unzipped(package_bytes: bytes) -> dict[str, bytes]:
    """The files of a zip container."""
    with zipfile.ZipFile(io.BytesIO(package_bytes)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(package_bytes: bytes, name: str, *changes: tuple[str, str]) -> bytes:
    """The package with texts of one part replaced, as somebody edits it."""
    files = unzipped(package_bytes)
    text = files[name].decode()
    for old, new in changes:
        assert old in text, f"{name} holds no {old!r}"
        text = text.replace(old, new)
    return zipped(files | {name: text.encode()})


# --- parts ------------------------------------------------------------------------------


def theme(accent: str = "4472C4", *, latin: str = "Liberation Sans", chinese: str = "Noto Sans CJK SC", **more: str) -> str:
    """A theme like Word's own, with one pair of faces and colours by their names."""
    colours = {
        "dk1": '<a:sysClr val="windowText" lastClr="000000"/>',
        "lt1": '<a:sysClr val="window" lastClr="FFFFFF"/>',
    }
    plain = {"dk2": "44546A", "lt2": "E7E6E6", "accent1": accent, "accent2": "ED7D31", "accent3": "A5A5A5"}
    plain |= {"accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47", "hlink": "0563C1", "folHlink": "954F72"}
    colours |= {name: f'<a:srgbClr val="{value}"/>' for name, value in (plain | more).items()}
    scheme = "".join(f"<a:{name}>{value}</a:{name}>" for name, value in colours.items())
    fonts = "".join(
        f'<a:{pair}><a:latin typeface="{latin}"/><a:ea typeface=""/><a:cs typeface=""/>'
        f'<a:font script="Hans" typeface="{chinese}"/></a:{pair}>'
        for pair in ("majorFont", "minorFont")
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office"><a:themeElements>'
        f'<a:clrScheme name="Office">{scheme}</a:clrScheme><a:fontScheme name="Office">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="Office"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


def styles(*entries: str, defaults: str = "") -> str:
    """The part of styles."""
    return f"<w:styles {W}><w:docDefaults>{defaults}</w:docDefaults>{''.join(entries)}</w:styles>"


def style(
    style_id: str,
    name: str,
    *,
    kind: str = "paragraph",
    parent: str = "",
    paragraph: str = "",
    run: str = "",
    default: bool = False,
    custom: bool = False,
    more: str = "",
) -> str:
    """One style; `more` is what follows its properties."""
    flags = (' w:default="1"' if default else "") + (' w:customStyle="1"' if custom else "")
    based = f'<w:basedOn w:val="{parent}"/>' if parent else ""
    own = (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "") + (f"<w:rPr>{run}</w:rPr>" if run else "")
    return f'<w:style w:type="{kind}"{flags} w:styleId="{style_id}"><w:name w:val="{name}"/>{based}{own}{more}</w:style>'


def face(latin: str, chinese: str, size: float | None = None, colour: str = "") -> str:
    """Run properties: faces by their own names, size in points, colour."""
    fonts = f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{chinese}"/>'
    tint = f'<w:color w:val="{colour}"/>' if colour else ""
    sizes = "" if size is None else f'<w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/>'
    return fonts + tint + sizes


CELLS = (
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)


def header(content: str, kind: str = "hdr") -> str:
    """A header or footer."""
    return f"<w:{kind} {W} {R}>{content}</w:{kind}>"


def words(text: str, style_id: str = "") -> str:
    """A paragraph."""
    named = f'<w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>' if style_id else ""
    return f'<w:p>{named}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def page_number(style_id: str = "") -> str:
    """A paragraph with the number of the page between dashes."""
    named = f'<w:pPr><w:pStyle w:val="{style_id}"/><w:jc w:val="center"/></w:pPr>' if style_id else ""
    return f'<w:p>{named}<w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'


def logo(relation: str = "logo", number: int = 1) -> str:
    """A paragraph with a picture of 60 by 20 points."""
    extent = 'cx="762000" cy="254000"'
    return (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        f' distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr id="{number}" name="logo" descr="Example office"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="logo"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def image(colour: str = "#8b0000") -> bytes:
    """A small PNG."""
    target = io.BytesIO()
    Image.new("RGB", (120, 40), colour).save(target, "PNG")
    return target.getvalue()


def numbering(*definitions: tuple[str, str]) -> str:
    """Numbering with one instance for each definition: how it counts, and its mark."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/></w:lvl>'
        "</w:abstractNum>"
        for number, (kind, mark) in enumerate(definitions)
    )
    instances = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number - 1}"/></w:num>'
        for number in range(1, len(definitions) + 1)
    )
    return f"<w:numbering {W}>{abstract}{instances}</w:numbering>"


# --- whole templates --------------------------------------------------------------------

_FANGSONG = face("Liberation Serif", "Noto Serif CJK SC", 16)


def chinese_word(**options: str) -> bytes:
    """(a) As Chinese Word saves one: ids “a” and “1”, names in English, text in the default style, numbered headings."""
    black = face("Liberation Sans", "Noto Sans CJK SC", 16)
    entries = (
        style(
            "a",
            "Normal",
            default=True,
            paragraph='<w:widowControl w:val="0"/><w:spacing w:line="560" w:lineRule="exact"/>'
            '<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>',
            run=_FANGSONG,
        ),
        style("a0", "Default Paragraph Font", kind="character", default=True),
        style("a1", "Normal Table", kind="table", default=True, more=CELLS),
        style("a2", "No List", kind="numbering", default=True),
        style(
            "1",
            "heading 1",
            parent="a",
            paragraph='<w:keepNext/><w:numPr><w:numId w:val="1"/></w:numPr><w:ind w:firstLineChars="0" w:firstLine="0"/>'
            '<w:outlineLvl w:val="0"/>',
            run=black,
        ),
        style("2", "heading 2", parent="a", paragraph='<w:keepNext/><w:outlineLvl w:val="1"/>', run="<w:b/>"),
        style("a3", "Title", parent="a", paragraph='<w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="center"/>',
              run=face("Liberation Serif", "Noto Serif CJK SC", 22, "FF0000")),
        style(
            "a5",
            "header",
            parent="a",
            paragraph='<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
            '<w:tabs><w:tab w:val="center" w:pos="4153"/><w:tab w:val="right" w:pos="8306"/></w:tabs>'
            '<w:spacing w:line="240" w:lineRule="auto"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>',
            run='<w:sz w:val="18"/><w:szCs w:val="18"/>',
        ),
        # An id that the house uses for another style.
        style("BodyText", "机关备注", parent="a", custom=True, run="<w:i/>"),
    )  # fmt: skip
    parts = {
        "styles": styles(*entries, defaults=f"<w:rPrDefault><w:rPr>{face('Liberation Serif', 'Noto Serif CJK SC', 10.5)}"
                         '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'),
        "theme": theme(),
        "numbering": numbering(("chineseCounting", "%1、"), ("decimal", "%1)")),
        "settings": f'<w:settings {W}><w:zoom w:percent="100"/><w:attachedTemplate r:id="rId1" {R}/>'
        '<w:trackRevisions/><w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:useFELayout/>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>',
        "header1": header('<w:p><w:pPr><w:pStyle w:val="a5"/></w:pPr></w:p>'),
        "footer1": header(page_number(), "ftr"),
    }  # fmt: skip
    margins = '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1304" w:gutter="0"/>'
    section = (
        '<w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/>'
        f'{A4}{margins}<w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="312"/>'
    )
    links = {"settings": relationships(f'<Relationship Id="rId1" Type="{_OFFICE}/attachedTemplate" Target="file:///C:/Normal.dotm" TargetMode="External"/>')}  # fmt: skip
    return package(parts, section=section, body=words("模板里的占位正文，应被清除"), links=links, **options)


RED = "8B0000"


def red_serif() -> bytes:
    """(c) Headings and captions in a red serif, an own style of tables with a dark head and bands."""
    red = face("Liberation Serif", "Noto Serif CJK SC", colour=RED)
    bands = (
        '<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>'
        f'<w:top w:val="single" w:sz="12" w:space="0" w:color="{RED}"/><w:bottom w:val="single" w:sz="12" w:space="0" w:color="{RED}"/>'
        '</w:tblBorders><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{RED}"/></w:tcPr></w:tblStylePr>'
        '<w:tblStylePr w:type="band2Horz"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="F6E6E6"/></w:tcPr></w:tblStylePr>'
    )
    entries = (
        style("Normal", "Normal", default=True, run=face("Liberation Serif", "Noto Serif CJK SC", 11)),
        style("DefaultParagraphFont", "Default Paragraph Font", kind="character", default=True),
        style("TableNormal", "Normal Table", kind="table", default=True, more=CELLS),
        style("NoList", "No List", kind="numbering", default=True),
        style("BodyText", "Body Text", parent="Normal", paragraph='<w:spacing w:after="120" w:line="300" w:lineRule="auto"/>'),
        *(
            style(
                f"Heading{level}",
                f"heading {level}",
                parent="Normal",
                paragraph=f'<w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="{level - 1}"/>',
                run=f'{face("Liberation Serif", "Noto Serif CJK SC")}<w:b/><w:color w:val="{RED}"/><w:sz w:val="{38 - 5 * level}"/>',
            )
            for level in (1, 2, 3)
        ),
        style("Caption", "caption", parent="Normal", paragraph='<w:keepNext/><w:jc w:val="left"/>', run=f'{red}<w:sz w:val="20"/>'),
        style("OfficeTable", "Briefing Table", kind="table", parent="TableNormal", custom=True, more=bands),
        style("ListBullet", "List Bullet", parent="Normal", paragraph='<w:ind w:left="420"/>'),
    )
    return package({"styles": styles(*entries), "theme": theme(RED)})


def with_logo() -> bytes:
    """(d) A logo in the headers, other ones on page one and on even pages, and a link in the footer."""
    link = f'<Relationship Id="logo" Type="{_OFFICE}/image" Target="media/logo.png"/>'
    address = f'<Relationship Id="site" Type="{_OFFICE}/hyperlink" Target="https://www.example.org/" TargetMode="External"/>'
    entries = (
        style("Normal", "Normal", default=True),
        style("DefaultParagraphFont", "Default Paragraph Font", kind="character", default=True),
        style("TableNormal", "Normal Table", kind="table", default=True, more=CELLS),
        style("NoList", "No List", kind="numbering", default=True),
        style("Header", "header", parent="Normal"),
    )
    site = '<w:p><w:hyperlink r:id="site"><w:r><w:t>www.example.org</w:t></w:r></w:hyperlink></w:p>'
    parts = {
        "styles": styles(*entries),
        "theme": theme("005A9C"),
        "settings": f"<w:settings {W}><w:evenAndOddHeaders/></w:settings>",
        "header1": header(logo() + words("示例省知识产权局 奇数页", "Header")),
        "header2": header(words("示例省知识产权局 偶数页", "Header")),
        "header3": header(logo(number=2) + words("示例省知识产权局 首页", "Header")),
        "footer1": header(site + page_number(), "ftr"),
        "footer2": header(page_number(), "ftr"),
    }
    references = {"header1": "default", "header2": "even", "header3": "first", "footer1": "default", "footer2": "even"}
    section = "".join(
        f'<w:{name[:6]}Reference w:type="{kind}" r:id="{name}"/>' for name, kind in references.items()
    )
    section += f"{A4}{USUAL_MARGINS}<w:titlePg/>"
    links = {"header1": relationships(link), "header3": relationships(link), "footer1": relationships(address)}
    return package(parts, section=section, media={"logo.png": image()}, links=links)


def wps() -> bytes:
    """(e) Word's own styles under the names that a Chinese list of styles shows."""
    song = face("Liberation Serif", "Noto Serif CJK SC", 12)
    entries = (
        style("0", "正文", default=True, run=song),
        style("9", "默认段落字体", kind="character", default=True),
        style("8", "普通表格", kind="table", default=True, more=CELLS),
        style("1", "标题 1", parent="0", run=face("Liberation Sans", "Noto Sans CJK SC", 16, "1F6B3A"), custom=True),
        style("2", "标题2", parent="0", run=face("Liberation Sans", "Noto Sans CJK SC", 14), custom=True),
        style("3", "正文文本", parent="0", paragraph='<w:spacing w:after="80"/><w:ind w:firstLineChars="200" w:firstLine="480"/>'),
        style("4", "题注", parent="0", paragraph='<w:jc w:val="center"/>', run='<w:color w:val="1F6B3A"/><w:sz w:val="18"/>'),
        style("5", "页眉", parent="0", paragraph='<w:tabs><w:tab w:val="right" w:pos="9000"/></w:tabs>', run='<w:sz w:val="18"/>'),
        style("6", "页脚", parent="0", run='<w:sz w:val="18"/>'),
        style("7", "超链接", kind="character", parent="9", run='<w:color w:val="0000FF"/><w:u w:val="single"/>'),
        style("Summary", "要点", kind="character", parent="9", run="<w:b/>"),
    )
    return package({"styles": styles(*entries), "theme": theme("1F6B3A")})


FLAT_ODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
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
 style:parent-style-name="Standard" style:class="text"><style:paragraph-properties fo:margin-bottom="0.1in"/></style:style>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
 style:parent-style-name="Standard" style:default-outline-level="1" style:class="text">
<style:text-properties fo:color="#006837" fo:font-size="16pt" style:font-size-asian="16pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Caption" style:family="paragraph" style:parent-style-name="Standard" style:class="extra">
<style:text-properties fo:font-style="italic"/></style:style>
</office:styles>
<office:automatic-styles><style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="{width}"
 fo:page-height="{height}" style:print-orientation="{orientation}" fo:margin-top="1.5cm" fo:margin-bottom="1.5cm"
 fo:margin-left="{side}" fo:margin-right="{side}"/><style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1"/></office:master-styles>
<office:body><office:text><text:h text:style-name="Heading_20_1" text:outline-level="1">Sample</text:h>
<text:p text:style-name="Text_20_body">Sample</text:p><text:p text:style-name="Caption">Sample</text:p></office:text></office:body>
</office:document>
"""


def from_libreoffice(folder: Path, program: str, *, landscape: bool = False) -> bytes:
    """(b) Saved by LibreOffice: B5 with narrow margins, or A4 on its side."""
    page = {"width": "17.6cm", "height": "25cm", "orientation": "portrait", "side": "1.5cm"}
    if landscape:
        page = {"width": "29.7cm", "height": "21cm", "orientation": "landscape", "side": "2cm"}
    flat = folder / "template.fodt"
    text = FLAT_ODT
    for key, value in page.items():
        text = text.replace(f"{{{key}}}", value)
    flat.write_text(text, encoding="utf-8")
    convert(program, folder, flat, "docx")
    return (folder / "template.docx").read_bytes()


def convert(program: str, folder: Path, file: Path, form: str) -> Path:
    """The file as LibreOffice saves it in another form, beside it; its profile is in `folder`."""
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", form, "--outdir", str(folder)]
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=240)
    return folder / f"{file.stem}.{form.partition(':')[0]}"
