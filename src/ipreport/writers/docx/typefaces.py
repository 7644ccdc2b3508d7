"""The faces behind the font roles, by the names that word processors know them by.

The roles of an official document name the faces that offices have, with open ones as their
alternatives; the others name open faces, with those that systems have as theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

from ipreport.language import ZH
from ipreport.style import FontRole, Style, StyleName


@dataclass(frozen=True, slots=True)
class Face:
    """A font family as the font table describes it, so that a reader without it picks a like one."""

    family: str
    alternatives: tuple[str, ...]
    panose: str
    charset: str
    kind: str
    signature: tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Typefaces:
    """What a role is set in: Western letters and digits, and Chinese."""

    latin: Face
    east_asian: Face


_CJK_SIGNATURE = ("30000083", "2BDF3C10", "00000016", "00000000", "602E0107", "00000000")
_LATIN_SIGNATURE = ("A00002AF", "500078FB", "00000000", "00000000", "6000009F", "DFD70000")
_WINDOWS_LATIN_SIGNATURE = ("E0002EFF", "C000785B", "00000009", "00000000", "000001FF", "00000000")
_GBK_SIGNATURE = ("800002BF", "38CF7CFA", "00000016", "00000000", "00040001", "00000000")
_GB2312_SIGNATURE = ("00000001", "080E0000", "00000010", "00000000", "00040000", "00000000")


def _western(family: str, alternatives: tuple[str, ...], panose: str, kind: str, *, open_face: bool) -> Face:
    signature = _LATIN_SIGNATURE if open_face else _WINDOWS_LATIN_SIGNATURE
    return Face(family, alternatives, panose, "00", kind, signature)


def _chinese(
    family: str,
    alternatives: tuple[str, ...],
    panose: str,
    kind: str = "roman",
    signature: tuple[str, str, str, str, str, str] = _GBK_SIGNATURE,
) -> Face:
    return Face(family, alternatives, panose, "86", kind, signature)


_ROMAN, _SANS = "02020603050405020304", "020B0604020202020204"
_LIBERATION_SERIF = _western("Liberation Serif", ("Times New Roman",), _ROMAN, "roman", open_face=True)
_LIBERATION_SANS = _western("Liberation Sans", ("Arial",), _SANS, "swiss", open_face=True)
_TIMES = _western("Times New Roman", ("Liberation Serif", "Tinos"), _ROMAN, "roman", open_face=False)
_ARIAL = _western("Arial", ("Liberation Sans", "Arimo"), _SANS, "swiss", open_face=False)

_NOTO_SERIF = _chinese(
    "Noto Serif CJK SC",
    ("Noto Serif SC", "Source Han Serif SC", "SimSun", "宋体"),
    "02020400000000000000",
    signature=_CJK_SIGNATURE,
)
_NOTO_SANS = _chinese(
    "Noto Sans CJK SC",
    ("Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "微软雅黑"),
    "020B0500000000000000",
    "swiss",
    _CJK_SIGNATURE,
)
_OPEN_SONG = ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC")
_FANGSONG = _chinese(
    "FangSong",
    ("仿宋", "FangSong_GB2312", "仿宋_GB2312", "STFangsong", "Zhuque Fangsong (technical preview)", *_OPEN_SONG),
    "02010609060101010101",
)
_KAI = _chinese(
    "KaiTi",
    ("楷体", "KaiTi_GB2312", "楷体_GB2312", "STKaiti", "LXGW WenKai", *_OPEN_SONG),
    "02010609060101010101",
)
_HEI = _chinese(
    "SimHei",
    ("黑体", "STHeiti", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC"),
    "02010609060101010101",
    "swiss",
)
_SONG = _chinese("SimSun", ("宋体", *_OPEN_SONG), "02010600030101010101")
_XIAOBIAOSONG = _chinese(
    "FZXiaoBiaoSong-B05S",
    ("方正小标宋简体", "FZXiaoBiaoSong-B05", "方正小标宋_GBK", "STZhongsong", *_OPEN_SONG),
    "02010601030101010101",
    signature=_GB2312_SIGNATURE,
)

TYPEFACES: dict[FontRole, Typefaces] = {
    FontRole.SERIF: Typefaces(_LIBERATION_SERIF, _NOTO_SERIF),
    FontRole.SANS: Typefaces(_LIBERATION_SANS, _NOTO_SANS),
    FontRole.SANS_BOLD: Typefaces(_LIBERATION_SANS, _NOTO_SANS),
    FontRole.TITLE: Typefaces(_TIMES, _XIAOBIAOSONG),
    FontRole.HEI: Typefaces(_ARIAL, _HEI),
    FontRole.KAI: Typefaces(_TIMES, _KAI),
    FontRole.FANGSONG: Typefaces(_TIMES, _FANGSONG),
    FontRole.SONG: Typefaces(_SONG, _SONG),
    FontRole.LATIN: Typefaces(_TIMES, _FANGSONG),
}
"""The faces of every role."""

SLOT: dict[FontRole, str] = {
    role: "major" if role in {FontRole.SANS, FontRole.SANS_BOLD, FontRole.HEI} else "minor" for role in FontRole
}
"""The pair of the theme that a role belongs to: running text to the minor, headings and tables to the major."""

NAMED: tuple[FontRole, ...] = (FontRole.TITLE, FontRole.KAI, FontRole.SONG)
"""The roles that styles name the faces of, since a theme has no more than two pairs (20.1.4.1.18)."""


def theme_pair(style: Style, slot: str) -> Typefaces:
    """The pair behind a slot: that of running text behind `minor`, that of headings behind `major`."""
    name = StyleName.BODY if slot == "minor" else StyleName.HEADING_1
    return TYPEFACES[style.text(name, ZH).font]


def faces_of(style: Style) -> tuple[Face, ...]:
    """Every face that a document in `style` names, those of the theme first, each once."""
    minor, major = theme_pair(style, "minor"), theme_pair(style, "major")
    named = (TYPEFACES[role] for role in NAMED if role in style.roles)
    others = (face for pair in named for face in (pair.latin, pair.east_asian))
    return tuple(dict.fromkeys((minor.latin, major.latin, minor.east_asian, major.east_asian, *others)))
