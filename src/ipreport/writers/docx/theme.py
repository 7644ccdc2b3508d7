"""The theme part: two font pairs and the palette (ECMA-376 20.1.6.9), and the font table beside it (17.8.3)."""

from __future__ import annotations

from dataclasses import dataclass

from ipreport.style import Colours, FontRole
from ipreport.writers.docx.markup import DECLARATION, A, R, W, hexadecimal


@dataclass(frozen=True, slots=True)
class Face:
    """A font family as the font table describes it, so that a reader without it picks a like one."""

    family: str
    alternatives: tuple[str, ...]
    panose: str
    charset: str
    kind: str
    signature: tuple[str, str, str, str, str, str]


_CJK_SIGNATURE = ("30000083", "2BDF3C10", "00000016", "00000000", "602E0107", "00000000")
_LATIN_SIGNATURE = ("A00002AF", "500078FB", "00000000", "00000000", "6000009F", "DFD70000")

LATIN_MINOR = Face("Liberation Serif", ("Times New Roman",), "02020603050405020304", "00", "roman", _LATIN_SIGNATURE)
LATIN_MAJOR = Face("Liberation Sans", ("Arial",), "020B0604020202020204", "00", "swiss", _LATIN_SIGNATURE)
EAST_ASIAN_MINOR = Face(
    "Noto Serif CJK SC",
    ("Noto Serif SC", "Source Han Serif SC", "SimSun", "宋体"),
    "02020400000000000000",
    "86",
    "roman",
    _CJK_SIGNATURE,
)
EAST_ASIAN_MAJOR = Face(
    "Noto Sans CJK SC",
    ("Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "微软雅黑"),
    "020B0500000000000000",
    "86",
    "swiss",
    _CJK_SIGNATURE,
)

SLOT: dict[FontRole, str] = {FontRole.SERIF: "minor", FontRole.SANS: "major", FontRole.SANS_BOLD: "major"}
"""Running text is the theme's minor pair, headings and tables its major pair."""


EAST_ASIAN = {"minor": EAST_ASIAN_MINOR, "major": EAST_ASIAN_MAJOR}
"""The East Asian face of each pair."""


def east_asian_font(role: FontRole) -> tuple[str, bool]:
    """The family by which a document calls the Chinese face of a role, and whether it is set bold."""
    return EAST_ASIAN[SLOT[role]].family, role is FontRole.SANS_BOLD


def font_slots(role: FontRole) -> str:
    """The `w:rFonts` of a style: theme slots only, so that a change of theme changes every face."""
    slot = SLOT[role]
    return (
        f'<w:rFonts w:asciiTheme="{slot}HAnsi" w:eastAsiaTheme="{slot}EastAsia"'
        f' w:hAnsiTheme="{slot}HAnsi" w:cstheme="{slot}Bidi"/>'
    )


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


def theme(colours: Colours) -> str:
    """`word/theme/theme1.xml`."""
    accents = [colours.accent, *colours.series[1:5], colours.masthead]
    palette = {"dk1": colours.ink, "lt1": "#ffffff", "dk2": colours.muted, "lt2": colours.panel}
    palette |= {f"accent{index}": value for index, value in enumerate(accents, 1)}
    palette |= {"hlink": colours.accent, "folHlink": colours.muted}
    scheme = "".join(f'<a:{key}><a:srgbClr val="{hexadecimal(value)}"/></a:{key}>' for key, value in palette.items())
    fonts = _font_pair("majorFont", LATIN_MAJOR, EAST_ASIAN_MAJOR) + _font_pair(
        "minorFont", LATIN_MINOR, EAST_ASIAN_MINOR
    )
    return (
        f'{DECLARATION}<a:theme {A} name="ipreport"><a:themeElements>'
        f'<a:clrScheme name="ipreport">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="ipreport">{fonts}</a:fontScheme>{_FORMATS}</a:themeElements></a:theme>'
    )


def _font_pair(tag: str, latin: Face, east_asian: Face) -> str:
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


def font_table() -> str:
    """`word/fontTable.xml`: what each face is like and what may stand in for it (17.8.3.1 altName)."""
    faces = (LATIN_MINOR, LATIN_MAJOR, EAST_ASIAN_MINOR, EAST_ASIAN_MAJOR)
    return f"{DECLARATION}<w:fonts {W} {R}>" + "".join(map(_font, faces)) + "</w:fonts>"


def _font(face: Face) -> str:
    names = ("usb0", "usb1", "usb2", "usb3", "csb0", "csb1")
    signature = " ".join(f'w:{name}="{value}"' for name, value in zip(names, face.signature, strict=True))
    return (
        f'<w:font w:name="{face.family}"><w:altName w:val="{",".join(face.alternatives)}"/>'
        f'<w:panose1 w:val="{face.panose}"/><w:charset w:val="{face.charset}"/><w:family w:val="{face.kind}"/>'
        f'<w:pitch w:val="variable"/><w:sig {signature}/></w:font>'
    )
