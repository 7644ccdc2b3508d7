"""The theme part: two font pairs and the palette (ECMA-376 20.1.6.9), and the font table beside it (17.8.3)."""

from __future__ import annotations

from ipreport.style import Colours, FontRole, Style
from ipreport.writers.docx.markup import DECLARATION, A, R, W, hexadecimal
from ipreport.writers.docx.typefaces import NAMED, SLOT, TYPEFACES, Face, Typefaces, faces_of, theme_pair


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


def theme_names(colours: Colours) -> dict[str, str]:
    """Which theme colour stands for a colour of the palette."""
    return {
        colours.panel: "background2",
        colours.muted: "text2",
        colours.ink: "text1",
        colours.masthead: "accent6",
        colours.accent: "accent1",
    }


def colour(colours: Colours, value: str) -> str:
    """`w:color` of text: the value, for LibreOffice, and the theme colour where there is one."""
    name = theme_names(colours).get(value)
    theme = f' w:themeColor="{name}"' if name else ""
    return f'<w:color w:val="{hexadecimal(value)}"{theme}/>'


def shading(colours: Colours, value: str) -> str:
    """`w:shd` of a paragraph or cell."""
    name = theme_names(colours).get(value)
    theme = f' w:themeFill="{name}"' if name else ""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{hexadecimal(value)}"{theme}/>'


def theme(style: Style) -> str:
    """`word/theme/theme1.xml`."""
    colours = style.colours
    accents = [colours.accent, *colours.series[1:5], colours.masthead]
    palette = {"dk1": colours.ink, "lt1": "#ffffff", "dk2": colours.muted, "lt2": colours.panel}
    palette |= {f"accent{index}": value for index, value in enumerate(accents, 1)}
    palette |= {"hlink": colours.accent, "folHlink": colours.muted}
    scheme = "".join(f'<a:{key}><a:srgbClr val="{hexadecimal(value)}"/></a:{key}>' for key, value in palette.items())
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
