"""Keeping the default style of a template out of the styles that are added to it.

Tables, cards and captions must not inherit that every paragraph of an office is indented by two
characters, set on a fixed line or in italics: what our styles say nothing of is switched off where
the template switches it on.
"""

from __future__ import annotations

from ipreport.writers.docx.brand.cascade import Look
from ipreport.writers.docx.brand.orders import PARAGRAPH_ORDER, RUN_ORDER, STYLE_ORDER
from ipreport.writers.docx.brand.wordml import Element, W, make, place, properties

_OFF = {
    "keepNext", "keepLines", "pageBreakBefore", "contextualSpacing", "mirrorIndents", "suppressLineNumbers",
    "b", "bCs", "i", "iCs", "caps", "smallCaps", "outline", "shadow", "emboss", "imprint", "rtl",
}  # fmt: skip
_NEUTRAL: dict[str, tuple[tuple[str, str], ...]] = {
    "shd": (("val", "clear"), ("color", "auto"), ("fill", "auto")),
    "textAlignment": (("val", "auto"),),
    "textDirection": (("val", "lrTb"),),
    "u": (("val", "none"),),
    "em": (("val", "none"),),
    "effect": (("val", "none"),),
    "highlight": (("val", "none"),),
    "position": (("val", "0"),),
    "w": (("val", "100"),),
    "vertAlign": (("val", "baseline"),),
    "bdr": (("val", "nil"),),
}
_SIDES = ("top", "left", "bottom", "right", "between", "bar")
_INDENTS = {"left", "right", "start", "end", "firstLine", "hanging"}


def sealed(style: Element, parent: Look) -> None:
    """Switch off in a paragraph style what it would inherit from `parent` and does not say itself."""
    paragraph = properties(style, "pPr", STYLE_ORDER)
    run = properties(style, "rPr", STYLE_ORDER)
    for own, inherited, order in ((paragraph, parent.paragraph, PARAGRAPH_ORDER), (run, parent.run, RUN_ORDER)):
        for name, entry in inherited.items():
            neutral = None if own.find(W + name) is not None else _neutral(name, entry, own is run)
            if neutral is not None:
                place(own, neutral, order)
    _spacing(paragraph, parent)
    _indent(paragraph, parent)
    for own in (paragraph, run):
        if len(own) == 0:
            style.remove(own)


def _neutral(name: str, entry: Element, of_run: bool) -> Element | None:
    if name in _OFF:
        return make(name, [("val", "0")])
    if name in _NEUTRAL:
        return make(name, _NEUTRAL[name])
    if name == "spacing" and of_run:
        return make(name, [("val", "0")])
    if name == "pBdr":
        none = make(name)
        none.extend(make(side, [("val", "nil")]) for side in _SIDES if entry.find(W + side) is not None)
        return none
    if name == "numPr":
        none = make(name)
        none.append(make("numId", [("val", "0")]))
        return none
    return None


def _spacing(paragraph: Element, parent: Look) -> None:
    """Spaces counted in lines and automatic ones go before those in points (17.3.1.33)."""
    inherited, own = parent.paragraph.get("spacing"), paragraph.find(W + "spacing")
    if inherited is None:
        return
    if own is None:
        own = properties(paragraph, "spacing", PARAGRAPH_ORDER)
        own.set(W + "before", "0")
        own.set(W + "after", "0")
    for key in ("beforeLines", "beforeAutospacing", "afterLines", "afterAutospacing"):
        if inherited.get(W + key) is not None and own.get(W + key) is None:
            own.set(W + key, "0")


def _indent(paragraph: Element, parent: Look) -> None:
    """Indents counted in characters go before those in points (17.3.1.12)."""
    inherited, own = parent.paragraph.get("ind"), paragraph.find(W + "ind")
    if inherited is None:
        return
    if own is None:
        own = properties(paragraph, "ind", PARAGRAPH_ORDER)
    hangs = own.get(W + "hanging") is not None
    for key in [str(key).rpartition("}")[2] for key in inherited.attrib]:
        takes_no_side = (hangs and key == "firstLine") or (not hangs and key == "hanging")
        if own.get(W + key) is None and not (takes_no_side and key in _INDENTS):
            own.set(W + key, "0")
    if hangs and inherited.get(W + "firstLineChars") is not None:
        own.set(W + "firstLineChars", "0")
