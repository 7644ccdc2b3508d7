"""The colours of a template's theme, and what they become in a briefing.

A colour that words are set in must stand out from the paper and from panels by 4.5:1 (WCAG 2.1,
1.4.3). One that is too pale is darkened by a shade of the theme (`w:themeShade`, ECMA-376
17.3.2.6), so that it still follows a change of the theme.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ipreport.contrast import contrast
from ipreport.style import Colours
from ipreport.writers.docx.brand.wordml import A, Element, W

TEXT_CONTRAST = 4.5
WHITE = "#ffffff"
_MAPPED = {"background1": "bg1", "text1": "t1", "background2": "bg2", "text2": "t2"}
_ENTRIES = {"light1": "lt1", "dark1": "dk1", "light2": "lt2", "dark2": "dk2", "hyperlink": "hlink"}
_ENTRIES |= {"followedHyperlink": "folHlink"} | {f"accent{number}": f"accent{number}" for number in range(1, 7)}
_USUAL = {"background1": "light1", "text1": "dark1", "background2": "light2", "text2": "dark2"}


@dataclass(frozen=True, slots=True)
class Themed:
    """A colour as `#rrggbb` and as Word names it: a colour of the theme, darkened or lightened.

    `shade` and `tint` are what is left of its darkness or of itself, of 255.
    """

    value: str
    name: str
    shade: int | None = None
    tint: int | None = None


def theme_colours(theme: Element, mapping: Element | None) -> dict[str, str]:
    """The colours of a theme as `#rrggbb`, by the names that Word's text has for them.

    `mapping` is the `w:clrSchemeMapping` of the settings (17.15.1.20). What is not told
    in plain red, green and blue is left out.
    """
    scheme = theme.find(f"{A}themeElements/{A}clrScheme")
    entries = {str(entry.tag).rpartition("}")[2]: _plain(entry) for entry in (() if scheme is None else scheme)}
    found = {name: entries.get(entry) for name, entry in _ENTRIES.items()}
    for name, attribute in _MAPPED.items():
        target = None if mapping is None else mapping.get(W + attribute)
        found[name] = found.get(target or _USUAL[name])
    return {name: value for name, value in found.items() if value is not None}


def _plain(entry: Element) -> str | None:
    for kind, attribute in (("srgbClr", "val"), ("sysClr", "lastClr")):
        found = entry.find(A + kind)
        value = plain_colour(None if found is None else found.get(attribute))
        if value is not None:
            return value
    return None


def plain_colour(digits: str | None) -> str | None:
    """`#rrggbb` of six hexadecimal digits; None for anything else, such as `auto`."""
    return f"#{digits.lower()}" if digits is not None and _DIGITS.fullmatch(digits) else None


_DIGITS = re.compile("[0-9A-Fa-f]{6}")


def shaded(colour: str, shade: int) -> str:
    """The colour with its lightness multiplied by `shade` of 255, as Word does (17.3.2.6)."""
    return _with_lightness(colour, shade / 255, 0.0)


def tinted(colour: str, tint: int) -> str:
    """The colour with its lightness moved towards white, as Word does: `tint` of 255 is left of itself."""
    return _with_lightness(colour, tint / 255, 1 - tint / 255)


def _with_lightness(colour: str, factor: float, added: float) -> str:
    red, green, blue = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    changed = colorsys.hls_to_rgb(hue, min(lightness * factor + added, 1.0), saturation)
    # Word cuts off what is left of a step; a little is added for what floating point takes away.
    return "#" + "".join(f"{int(value * 255 + 1e-6):02x}" for value in changed)


def adapted(colours: Colours, theme: Mapping[str, str]) -> tuple[Colours, tuple[Themed, ...]]:
    """The palette of a briefing in the colours of `theme`, and those that lead back to the theme.

    Ink is the theme's first dark colour, words of less weight its second, panels its
    second light one, the accent its first accent; rules are a grey of the paper. The head
    of a 简报 stays red: the theme's red, if one of its accents is, else the house's. In charts
    the accent is the first series where it is told apart from the others in grey; those,
    which are proven to be told apart, and warnings stay as they are.
    """
    panel = _panel(theme, colours)
    grounds = (WHITE, panel.value)
    ink = _dark_enough("text1", theme.get("text1", colours.ink), *grounds)
    accent = _dark_enough("accent1", theme.get("accent1", colours.accent), *grounds)
    rule = Themed(shaded(theme.get("background1", WHITE), 0xBF), "background1", shade=0xBF)
    muted, head = _muted(theme, ink, *grounds), _red(theme)
    changed = replace(
        colours,
        ink=ink.value,
        muted=muted.value,
        accent=accent.value,
        masthead=colours.masthead if head is None else head.value,
        rule=rule.value,
        panel=panel.value,
        series=(_first_series(accent.value, colours), *colours.series[1:]),
    )
    known = (ink, muted, accent, *(() if head is None else (head,)), rule, panel)
    return changed, tuple(each for each in known if each.name in theme)


def _dark_enough(name: str, value: str, *grounds: str) -> Themed:
    """The colour, as far darkened as words in it need on every ground."""
    for shade in range(255, 0, -1):
        darker = value if shade == 255 else shaded(value, shade)
        if all(contrast(darker, ground) >= TEXT_CONTRAST for ground in grounds):
            return Themed(darker, name, None if shade == 255 else shade)
    return Themed("#000000", name, 0)


_LEAST_STEP = 1.2
"""The contrast of two marks that are told apart in grey."""


def _first_series(accent: str, colours: Colours) -> str:
    told_apart = all(contrast(accent, other) >= _LEAST_STEP for other in colours.series[1:])
    return accent if told_apart else colours.series[0]


_PALEST, _LEAST_PALE = 1.03, 1.3
"""The contrast with paper that a panel needs to be seen, and the one beyond which words on it suffer."""


def _panel(theme: Mapping[str, str], colours: Colours) -> Themed:
    """The theme's second light colour, lightened where words on it would suffer; grey where it is paper itself."""
    value = theme.get("background2", colours.panel)
    for tint in range(255, 0, -1):
        paler = value if tint == 255 else tinted(value, tint)
        if contrast(paler, WHITE) <= _LEAST_PALE:
            if contrast(paler, WHITE) < _PALEST:
                break
            return Themed(paler, "background2", tint=None if tint == 255 else tint)
    return Themed(shaded(theme.get("background1", WHITE), 0xF2), "background1", shade=0xF2)


def _muted(theme: Mapping[str, str], ink: Themed, *grounds: str) -> Themed:
    """The theme's second dark colour; a grey of its first where the two are alike."""
    muted = _dark_enough("text2", theme.get("text2", ink.value), *grounds)
    if contrast(muted.value, ink.value) >= _NOTICEABLE:
        return muted
    for tint in range(0xA6, 256):
        paler = tinted(theme.get("text1", ink.value), tint)
        if all(contrast(paler, ground) >= TEXT_CONTRAST for ground in grounds):
            return Themed(paler, "text1", tint=tint)
    return ink


_NOTICEABLE = 1.2
"""The contrast of ink and muted words below which they look alike."""
_REDNESS, _COLOURFUL = 15 / 360, 0.45
"""How far from red a hue may lie, of a full turn, and the saturation that a colour needs to have one."""


def _red(theme: Mapping[str, str]) -> Themed | None:
    """The first accent that is a red; the last one first, which is the head's in themes of the house."""
    for name in ("accent6", "accent1", "accent2", "accent3", "accent4", "accent5"):
        value = theme.get(name)
        if value is None:
            continue
        hue, _, saturation = colorsys.rgb_to_hls(*(int(value[index : index + 2], 16) / 255 for index in (1, 3, 5)))
        if min(hue, 1 - hue) <= _REDNESS and saturation >= _COLOURFUL:
            return _dark_enough(name, value, WHITE)
    return None
