"""The words across every page of a draft: WordArt in VML, in each header, as Word itself makes a watermark.

Word finds a watermark, to take it away again, by its gallery and by the name of its shape.
VML knows no theme: the colour is a grey, and the face is named, as the theme names that of running text, for
LibreOffice (7.4) sets what is not Latin in the face of running text whatever is named here.
"""

from __future__ import annotations

import math

from ipreport.document import Texts
from ipreport.language import EN, ZH, Localized
from ipreport.style import FontRole, Page
from ipreport.writers.docx.markup import escape
from ipreport.writers.docx.sheet import Sheet
from ipreport.writers.docx.typefaces import theme_pair
from ipreport.writers.docx.widths import width

V = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
"""The namespaces of a part that has a watermark."""
_DECORATION = Localized("装饰：水印“{}”", "Decoration: watermark “{}”")
_SHARE = 0.84
"""How much of the type area the words cross, from corner to corner of what they take up."""
_HEIGHT = 0.95
"""The height of a Chinese character in em."""
_TALLEST = 150.0
"""The height that a short word has at the most, in points."""
# MS-OE376: the preset shape “text along a straight path” (136), which every reader of VML knows by its number.
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"'
    ' o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>'
    '<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
    '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
)


def watermark(sheet: Sheet, words: Texts, page: Page, number: int) -> str:
    """The run that draws `words` across `page`; nothing without words. `number` tells the headers of a file apart."""
    if not words:
        return ""
    text = " ".join(entry.plain() for entry in words)
    across, height = _size(text, page)
    place = (
        f"position:absolute;margin-left:0;margin-top:0;width:{across}pt;height:{height}pt;rotation:315;"
        "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    described = " ".join(_DECORATION[language].format(text) for language in (ZH, EN) if language in sheet.languages)
    face = theme_pair(sheet.style, "minor").east_asian.family
    shape = (
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136"'
        f' alt="{escape(described)}" style="{place}" o:allowincell="f" fillcolor="silver" stroked="f">'
        f'<v:fill opacity=".5"/><v:textpath trim="t" style="font-family:&quot;{escape(face)}&quot;;'
        f'font-size:1pt" string="{escape(text)}"/><w10:wrap anchorx="margin" anchory="margin"/></v:shape>'
    )
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="{1_000_000 + number}"/><w:docPartObj>'
        '<w:docPartGallery w:val="Watermarks"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>'
        f"<w:r><w:rPr><w:noProof/></w:rPr><w:pict>{_SHAPE_TYPE}{shape}</w:pict></w:r></w:sdtContent></w:sdt>"
    )


def _size(text: str, page: Page) -> tuple[int, int]:
    """Width and height of the words before they are turned by 45°, in points; `trim` makes them fill the height."""
    ems = width(text, 1, FontRole.SERIF)
    across = _SHARE * min(page.text_width, page.text_height) * math.sqrt(2) / (1 + _HEIGHT / ems)
    across = min(across, _TALLEST * ems / _HEIGHT)
    return round(across), round(across * _HEIGHT / ems)
