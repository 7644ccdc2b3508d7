"""The colours of a theme as Word keeps them: twelve slots, and lighter or darker shades of these (ECMA-376 20.1.6.2).

A style that names a slot follows a change of theme; LibreOffice reads the plain value beside
it. Both are always written, and always come to the same colour.
"""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ipreport.style import Colours
from ipreport.writers.docx.markup import eighths, hexadecimal

_WHOLE = 255


@dataclass(frozen=True, slots=True)
class Themed:
    """A colour by its slot, such as `accent1`, and the `#rrggbb` that it comes to.

    Below the whole of 255, `tint` is what remains of the slot's own colour beside white, and `shade` beside
    black (17.3.2.6).
    """

    slot: str
    value: str
    tint: int = _WHOLE
    shade: int = _WHOLE

    def change(self, prefix: str) -> str:
        """The attributes beside that of the slot, such as `w:themeTint`, after the `prefix` that the slot has too."""
        tint = f' w:{prefix}Tint="{self.tint:02X}"' if self.tint < _WHOLE else ""
        return tint + (f' w:{prefix}Shade="{self.shade:02X}"' if self.shade < _WHOLE else "")


def slots(colours: Colours) -> dict[str, str]:
    """What each slot of the theme holds, by the names that text uses (17.18.97)."""
    accents = (colours.accent, *colours.series[1:5], colours.masthead)
    return {
        "text1": colours.ink,
        "background1": "#ffffff",
        "text2": colours.muted,
        "background2": colours.panel,
        **{f"accent{number}": value for number, value in enumerate(accents, 1)},
        "hyperlink": colours.accent,
        "followedHyperlink": colours.muted,
    }


def _derived(colours: Colours) -> dict[str, str]:
    """The colours without a slot of their own, and the slot that each is a shade of."""
    return {
        colours.context: "text2",
        colours.quiet: "background2",
        colours.rule: "text2",
        colours.warning_panel: "accent2",
        colours.warning: "accent2",
    }


@cache
def themed(colours: Colours, value: str) -> Themed | None:
    """The colour `value` of the palette in terms of the theme; None for one that is not of the palette.

    A colour without a slot becomes the shade of its slot that is nearest to it.
    """
    held = slots(colours)
    for slot in ("accent1", "accent6", "text1", "text2", "background2", "background1", *held):
        if held[slot] == value:
            return Themed(slot, value)
    slot = _derived(colours).get(value, "")
    if not slot:
        return None
    candidates = (_shaded(slot, held, amount, dark=dark) for dark in (False, True) for amount in range(1, _WHOLE))
    return min(candidates, key=lambda each: _distance(each.value, value))


def _shaded(slot: str, held: Mapping[str, str], amount: int, *, dark: bool) -> Themed:
    if dark:
        return Themed(slot, resolved(held[slot], shade=amount), shade=amount)
    return Themed(slot, resolved(held[slot], tint=amount), tint=amount)


def resolved(base: str, *, tint: int = _WHOLE, shade: int = _WHOLE) -> str:
    """What a tint or shade of the colour `base` comes to: its lightness is moved, its hue and saturation stay."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _parts(base)))
    lightness = (lightness * tint / _WHOLE + 1 - tint / _WHOLE) * shade / _WHOLE
    return "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, lightness, saturation))


def _parts(value: str) -> tuple[int, int, int]:
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def _distance(one: str, other: str) -> int:
    return sum((a - b) ** 2 for a, b in zip(_parts(one), _parts(other), strict=True))


def colour(colours: Colours, value: str) -> str:
    """`w:color` of text (17.3.2.6)."""
    return f"<w:color {_attributes(colours, value, 'val', 'themeColor', 'theme')}/>"


def shading(colours: Colours, value: str) -> str:
    """`w:shd` of a paragraph or cell (17.3.5)."""
    return f'<w:shd w:val="clear" w:color="auto" {_attributes(colours, value, "fill", "themeFill", "themeFill")}/>'


def border(colours: Colours, side: str, width: float, value: str, *, space: float = 0.0, kind: str = "single") -> str:
    """One side of the borders of a paragraph, cell or table, `width` and `space` in points."""
    return (
        f'<w:{side} w:val="{kind}" w:sz="{eighths(width)}" w:space="{round(space)}"'
        f" {_attributes(colours, value, 'color', 'themeColor', 'theme')}/>"
    )


def _attributes(colours: Colours, value: str, plain: str, slot: str, prefix: str) -> str:
    found = themed(colours, value)
    if found is None:
        return f'w:{plain}="{hexadecimal(value)}"'
    return f'w:{plain}="{hexadecimal(found.value)}" w:{slot}="{found.slot}"{found.change(prefix)}'
