"""Word files put together by hand: parts of WordprocessingML as short as they can be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from PIL import Image

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
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
    """A Word file of these parts, by names such as `styles` or `header1`.

    A part's relationship has its name as id. `links` are relationship files of parts, `media`
    files below `word/media/`, `main` the kind of its main part.
    """
    overrides, relations = [], []
    files: dict[str, bytes] = {}
    for name, content in parts.items():
        kind = name.rstrip("0123456789")
        path = f"theme/{name}1.xml" if kind == "theme" else f"{name}.xml"
        files[f"word/{path}"] = content.encode()
        overrides.append(f'<Override PartName="/word/{path}" ContentType="{_TYPES[kind]}"/>')
        relations.append(relation(name, kind, path))
    files |= {f"word/_rels/{name}.xml.rels": content.encode() for name, content in (links or {}).items()}
    files |= {f"word/media/{name}": content for name, content in (media or {}).items()}
    section = f"<w:sectPr>{section}</w:sectPr>" if section else ""
    files["word/document.xml"] = f"<w:document {W} {R}><w:body>{body}{section}</w:body></w:document>".encode()
    files["word/_rels/document.xml.rels"] = relationships(*relations).encode()
    files["_rels/.rels"] = relationships(relation("rId1", "officeDocument", "word/document.xml")).encode()
    files["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}{main}"/>{"".join(overrides)}</Types>'
    ).encode()
    return zipped({name: _strict(content) for name, content in files.items()} if strict else files)


def _strict(content: bytes) -> bytes:
    for usual, other in (
        (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"),
        (b"http://schemas.openxmlformats.org/wordprocessingml/2006/", b"http://purl.oclc.org/ooxml/wordprocessingml/"),
    ):
        content = content.replace(usual, other)
    return content


def relation(identifier: str, kind: str, target: str, *, external: bool = False) -> str:
    """One relationship."""
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{identifier}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def relationships(*entries: str) -> str:
    """A part of relationships."""
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(entries)}</Relationships>'


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
    """The package with texts of one part replaced everywhere, as somebody edits it."""
    files = unzipped(package_bytes)
    text = files[name].decode()
    for old, new in changes:
        assert old in text, f"{name} holds no {old!r}"
        text = text.replace(old, new)
    return zipped(files | {name: text.encode()})


# --- theme and styles -------------------------------------------------------------------


def theme(accent: str = "4472C4", **more: str) -> str:
    """A theme like Word's own, with one pair of faces; `more` are other colours by their names."""
    latin, chinese = "Liberation Sans", "Noto Sans CJK SC"
    plain = {"dk2": "44546A", "lt2": "E7E6E6", "accent1": accent, "accent2": "ED7D31", "accent3": "A5A5A5"}
    plain |= {"accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47", "hlink": "0563C1", "folHlink": "954F72"}
    colours = {
        "dk1": '<a:sysClr val="windowText" lastClr="000000"/>',
        "lt1": '<a:sysClr val="window" lastClr="FFFFFF"/>',
    }
    colours |= {name: f'<a:srgbClr val="{value}"/>' for name, value in (plain | more).items()}
    scheme = "".join(f"<a:{name}>{value}</a:{name}>" for name, value in colours.items())
    fonts = "".join(
        f'<a:{pair}><a:latin typeface="{latin}"/><a:ea typeface=""/><a:cs typeface=""/>'
        f'<a:font script="Hans" typeface="{chinese}"/></a:{pair}>'
        for pair in ("majorFont", "minorFont")
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line, effect = f'<a:ln w="6350">{fill}</a:ln>', "<a:effectStyle><a:effectLst/></a:effectStyle>"
    formats = (
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
    )
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office"><a:themeElements>'
        f'<a:clrScheme name="Office">{scheme}</a:clrScheme><a:fontScheme name="Office">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="Office">{formats}</a:fmtScheme></a:themeElements></a:theme>'
    )


def styles(*entries: str, defaults: str = "") -> str:
    """The part of styles; `defaults` are run properties of the whole document."""
    run = f"<w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault>" if defaults else ""
    return f"<w:styles {W}><w:docDefaults>{run}</w:docDefaults>{''.join(entries)}</w:styles>"


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
    return (
        f'<w:style w:type="{kind}"{flags} w:styleId="{style_id}"><w:name w:val="{name}"/>{based}{own}{more}</w:style>'
    )


def face(latin: str, chinese: str, size: float | None = None, colour: str = "") -> str:
    """Run properties: faces by their own names, size in points, colour."""
    fonts = f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{chinese}"/>'
    tint = f'<w:color w:val="{colour}"/>' if colour else ""
    sizes = "" if size is None else f'<w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/>'
    return fonts + tint + sizes


CELLS = (
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr>"
)
DEFAULTS = (
    style("Normal", "Normal", default=True),
    style("DefaultParagraphFont", "Default Paragraph Font", kind="character", default=True),
    style("TableNormal", "Normal Table", kind="table", default=True, more=CELLS),
    style("NoList", "No List", kind="numbering", default=True),
)
"""The default style of each kind, which says nothing."""


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


# --- headers and footers ----------------------------------------------------------------


def header(content: str, kind: str = "hdr") -> str:
    """A header (`hdr`) or footer (`ftr`)."""
    return f"<w:{kind} {W} {R}>{content}</w:{kind}>"


def words(said: str, style_id: str = "", run: str = "") -> str:
    """A paragraph; `run` are properties of its letters."""
    named = f'<w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>' if style_id else ""
    own = f"<w:rPr>{run}</w:rPr>" if run else ""
    return f'<w:p>{named}<w:r>{own}<w:t xml:space="preserve">{said}</w:t></w:r></w:p>'


def page_number() -> str:
    """A paragraph with the number of the page between dashes."""
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    dashes = ['<w:r><w:t xml:space="preserve">— </w:t></w:r>', '<w:r><w:t xml:space="preserve"> —</w:t></w:r>']
    return f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{dashes[0]}{field}{dashes[1]}</w:p>'


def logo(relation_id: str = "logo", number: int = 1) -> str:
    """A paragraph with a picture of 60 by 20 points."""
    extent, drawing = 'cx="762000" cy="254000"', "http://schemas.openxmlformats.org/drawingml/2006"
    picture = (
        f'<pic:pic xmlns:pic="{drawing}/picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="logo"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation_id}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{drawing}/wordprocessingDrawing" distT="0" distB="0" distL="0"'
        f' distR="0"><wp:extent {extent}/><wp:docPr id="{number}" name="logo" descr="Example office"/>'
        f'<a:graphic xmlns:a="{drawing}/main"><a:graphicData uri="{drawing}/picture">{picture}'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def image(colour: str = "#8b0000") -> bytes:
    """A small PNG."""
    target = io.BytesIO()
    Image.new("RGB", (120, 40), colour).save(target, "PNG")
    return target.getvalue()
