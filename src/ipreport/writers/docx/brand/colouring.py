"""Colours that name one of the theme as well as their value (ECMA-376 17.3.2.6): both must agree.

Word goes by the theme, LibreOffice by the value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ipreport.style import Colours
from ipreport.writers.docx.brand.palette import Themed, plain_colour, shaded, tinted
from ipreport.writers.docx.brand.wordml import A, Element, W, drop, local
from ipreport.writers.docx.markup import hexadecimal

_ATTRIBUTES = (
    ("val", "themeColor", "themeShade", "themeTint"),
    ("color", "themeColor", "themeShade", "themeTint"),
    ("fill", "themeFill", "themeFillShade", "themeFillTint"),
)
"""A value, the theme's name for it, and how it is darkened or lightened."""
_LINES = {
    "top",
    "left",
    "start",
    "bottom",
    "right",
    "end",
    "between",
    "bar",
    "insideH",
    "insideV",
    "tl2br",
    "tr2bl",
    "u",
}
_LINKS = {"hyperlink", "followedHyperlink"}


def _coloured(root: Element) -> Iterator[tuple[Element, tuple[str, str, str, str]]]:
    """Elements with a colour, and the names of its attributes."""
    for element in root.iter("*"):
        name = local(element)
        if name == "color":
            yield element, _ATTRIBUTES[0]
        elif name == "shd":
            yield element, _ATTRIBUTES[2]
        elif name in _LINES:
            yield element, _ATTRIBUTES[1]


def agree(root: Element, theme: Mapping[str, str]) -> None:
    """Give colours of the template's own styles and headers the value that its theme has for them."""
    for element, (value, name, shade, tint) in _coloured(root):
        base = theme.get(element.get(W + name, ""))
        if base is not None:
            element.set(W + value, hexadecimal(_changed(base, element.get(W + shade), element.get(W + tint))))


def _changed(base: str, shade: str | None, tint: str | None) -> str:
    try:
        if shade is not None:
            return shaded(base, int(shade, 16))
        return base if tint is None else tinted(base, int(tint, 16))
    except ValueError:
        return base


def bind(root: Element, known: Iterable[Themed], theme: Mapping[str, str]) -> None:
    """Let colours of ours name the colour of the template's theme that they come from; others name none."""
    by_value = {hexadecimal(each.value): each for each in reversed(tuple(known))}
    for element, (value, name, shade, tint) in _coloured(root):
        former = element.get(W + name)
        for attribute in (name, shade, tint):
            drop(element, W + attribute)
        found = by_value.get(element.get(W + value, "").upper())
        if former in _LINKS and theme.get(former or "") == plain_colour(element.get(W + value)):
            element.set(W + name, former or "")
        elif found is not None:
            element.set(W + name, found.name)
            for attribute, part in ((shade, found.shade), (tint, found.tint)):
                if part is not None:
                    element.set(W + attribute, f"{part:02X}")


def settle_chart(root: Element, colours: Colours, theme: Mapping[str, str]) -> None:
    """Keep a chart in the colours it was designed in: told apart, with legible words on them.

    What names a colour of the theme names it no longer where the template's theme has another.
    """
    meant = {"tx1": colours.ink, "tx2": colours.muted, "bg1": "#ffffff", "bg2": colours.panel}
    meant |= {f"accent{number}": value for number, value in enumerate(colours.series[:5], 1)}
    meant["accent6"] = colours.masthead
    names = {"tx1": "text1", "tx2": "text2", "bg1": "background1", "bg2": "background2"}
    for entry in list(root.iter(A + "schemeClr")):
        name = entry.get("val", "")
        wanted = meant.get(name)
        if wanted is not None and theme.get(names.get(name, name)) != wanted:
            entry.tag = A + "srgbClr"
            entry.set("val", hexadecimal(wanted))
