"""How a mail looks: colours in light and in dark, and the styles of its elements.

Every colour stands in `style` attributes, text and ground together, since programs drop style sheets (QQ Mail, Gmail
with foreign accounts) and colour what has no colour. Where a program keeps the sheet, it turns the same elements
dark by their classes; where one turns colours itself, both of a pair are turned.
"""

from __future__ import annotations

from collections.abc import Mapping

from ipreport.language import ZH, Language
from ipreport.style import Colours

Look = dict[str, str]
"""Attributes that give an element its look; all have `class` and `style`."""

# The first of each is on Windows: Outlook there takes Times New Roman where it does not know the first.
_CHINESE = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC','Noto Sans SC'"
_WESTERN = "'Segoe UI','Helvetica Neue',Arial"
GROUND = "#ffffff"
WIDTH = 600
"""Of text, tables and picture in pixels, where the window is not narrower."""
_BREAKS = "word-break:break-word;overflow-wrap:anywhere;"
"""Lets a long name of a file or an address be broken on a phone."""

_NO_LINKS = "a[x-apple-data-detectors]{color:inherit !important;text-decoration:none !important}"
"""Phones make links of dates and numbers all the same; they should not be blue on black."""

DARK: Mapping[str, str] = {
    "ground": "#16191d",
    "ink": "#e8eaed",
    "muted": "#a8b3bf",
    "accent": "#8fbdea",
    "masthead": "#ff8078",
    "warning": "#f2bd6b",
    "panel": "#20262d",
    "warning-panel": "#33280f",
    "rule": "#46505b",
}
"""The colours of a dark mail. The names are those of classes."""


def faces(language: Language) -> str:
    """Faces of the reader's own system, none of them loaded. Quotation marks are those of the first."""
    first, second = (_CHINESE, _WESTERN) if language is ZH else (_WESTERN, _CHINESE)
    return f"font-family:{first},{second},sans-serif;"


class Looks:
    """Attributes of the elements of a mail in the colours of a theme."""

    def __init__(self, colours: Colours) -> None:
        self._light = {
            "ground": GROUND,
            "ink": colours.ink,
            "muted": colours.muted,
            "accent": colours.accent,
            "masthead": colours.masthead,
            "warning": colours.warning,
            "panel": colours.panel,
            "warning-panel": colours.warning_panel,
            "rule": colours.rule,
        }

    def colour(self, name: str) -> Look:
        """Text in a colour, all else as around it."""
        return {"class": name, "style": f"color:{self._light[name]};"}

    def words(self, colour: str, size: int, extra: str = "") -> Look:
        """Text in a colour and a size in pixels; its lines are half as far again apart."""
        style = f"margin:0;color:{self._light[colour]};font-size:{size}px;line-height:1.55;{_BREAKS}{extra}"
        return {"class": colour, "style": style}

    def on(self, ground: str, extra: str = "") -> Look:
        """A cell with a ground. Outlook takes it from `bgcolor`."""
        colour = self._light[ground]
        return {"class": f"on-{ground}", "bgcolor": colour, "style": f"background-color:{colour};{extra}"}

    def ruled(self, colour: str, edge: str, ground: str, extra: str = "") -> Look:
        """A cell with a ground and an edge such as `border-top:1px`."""
        line = f"{edge} solid {self._light[colour]};"
        on = self.on(ground, line + extra)
        return {**on, "class": f"{on['class']} edge-{colour}"}

    @staticmethod
    def sheet() -> str:
        """The style sheet that turns the mail dark, and leaves alone what phones find in it; the mail does without."""
        rules = [
            f".{name}{{color:{colour} !important}}.on-{name}{{background-color:{colour} !important}}"
            f".edge-{name}{{border-color:{colour} !important}}"
            for name, colour in DARK.items()
        ]
        dark = f"@media (prefers-color-scheme:dark){{{''.join(rules)}}}"
        return f":root{{color-scheme:light dark}}{_NO_LINKS}{dark}"
