"""The theme part: two font pairs and the palette (ECMA-376 20.1.6.9), and the font table beside it (17.8.3)."""

from __future__ import annotations

from ipreport.style import FontRole, Style
from ipreport.writers.docx.markup import DECLARATION, A, R, W, hexadecimal
from ipreport.writers.docx.palette import slots
from ipreport.writers.docx.typefaces import NAMED, SLOT, TYPEFACES, Face, Typefaces, faces_of, theme_pair


def east_asian_font(role: FontRole) -> tuple[str, bool]:
    """The family by which a document calls the Chinese face of a role, and whether it is set bold."""
    return TYPEFACES[role].east_asian.family, role is FontRole.SANS_BOLD


def font_slots(role: FontRole) -> str:
    """The `w:rFonts` of a style: theme slots where the theme has the face, so that a change of theme changes it."""
    slot, faces = SLOT[role], TYPEFACES[role]
    if role not in NAMED:
        return (
            f'<w:rFonts w:asciiTheme="{slot}HAnsi" w:eastAsiaTheme="{slot}EastAsia"'
            f' w:hAnsiTheme="{slot}HAnsi" w:cstheme="{slot}Bidi"/>'
        )
    latin = f'w:asciiTheme="{slot}HAnsi" w:hAnsiTheme="{slot}HAnsi"'
    if faces.latin is faces.east_asian:
        latin = f'w:ascii="{faces.latin.family}" w:hAnsi="{faces.latin.family}"'
    return f'<w:rFonts {latin} w:eastAsia="{faces.east_asian.family}" w:cstheme="{slot}Bidi"/>'


_ELEMENTS = {
    "text1": "dk1",
    "background1": "lt1",
    "text2": "dk2",
    "background2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
"""The slots of colours by their names in the theme itself (20.1.6.2)."""


def theme(style: Style) -> str:
    """`word/theme/theme1.xml`."""
    scheme = "".join(
        f'<a:{_ELEMENTS.get(slot, slot)}><a:srgbClr val="{hexadecimal(value)}"/></a:{_ELEMENTS.get(slot, slot)}>'
        for slot, value in slots(style.colours).items()
    )
    fonts = "".join(_font_pair(f"{slot}Font", theme_pair(style, slot)) for slot in ("major", "minor"))
    return (
        f'{DECLARATION}<a:theme {A} name="ipreport"><a:themeElements>'
        f'<a:clrScheme name="ipreport">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="ipreport">{fonts}</a:fontScheme>{_FORMATS}</a:themeElements></a:theme>'
    )


def _font_pair(tag: str, faces: Typefaces) -> str:
    latin, east_asian = faces.latin, faces.east_asian
    return (
        f'<a:{tag}><a:latin typeface="{latin.family}" panose="{latin.panose}"/>'
        f'<a:ea typeface="{east_asian.family}" panose="{east_asian.panose}"/><a:cs typeface=""/>'
        f'<a:font script="Hans" typeface="{east_asian.family}"/></a:{tag}>'
    )


_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINES = "".join(f'<a:ln w="{width}">{_FILL}<a:prstDash val="solid"/></a:ln>' for width in (6350, 12700, 19050))
_EFFECTS = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
# Three of each are required (20.1.4.1.14), though nothing here draws shapes.
_FORMATS = (
    f'<a:fmtScheme name="ipreport"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINES}</a:lnStyleLst>'
    f"<a:effectStyleLst>{_EFFECTS}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
)


def font_table(style: Style) -> str:
    """`word/fontTable.xml`: what each face is like and what may stand in for it (17.8.3.1 altName)."""
    return f"{DECLARATION}<w:fonts {W} {R}>" + "".join(map(_font, faces_of(style))) + "</w:fonts>"


def _font(face: Face) -> str:
    names = ("usb0", "usb1", "usb2", "usb3", "csb0", "csb1")
    signature = " ".join(f'w:{name}="{value}"' for name, value in zip(names, face.signature, strict=True))
    return (
        f'<w:font w:name="{face.family}"><w:altName w:val="{",".join(face.alternatives)}"/>'
        f'<w:panose1 w:val="{face.panose}"/><w:charset w:val="{face.charset}"/><w:family w:val="{face.kind}"/>'
        f'<w:pitch w:val="variable"/><w:sig {signature}/></w:font>'
    )
