"""The font tables of a briefing and a template as one (ECMA-376 17.8.3)."""

from __future__ import annotations

import copy

from ipreport.writers.docx.brand.wordml import Element, W, drop, local


def fonts_of_both(ours: Element, theirs: Element | None) -> Element:
    """Every font once, as the template describes it; one that we embed, as we do.

    Fonts embedded in the template hold no more letters than it had, and are left behind.
    """
    added = []
    own = {font.get(W + "name", "").casefold(): font for font in ours.iterfind(W + "font")}
    for font in () if theirs is None else theirs.iterfind(W + "font"):
        name = font.get(W + "name", "").casefold()
        if not name or (name in own and _embedded(own[name])):
            continue
        if name in own:
            ours.remove(own.pop(name))
        made = copy.deepcopy(font)
        for entry in [entry for entry in made if local(entry).startswith("embed")]:
            made.remove(entry)
        for charset in made.iterfind(W + "charset"):
            # LibreOffice writes here what only the Strict format knows.
            drop(charset, W + "characterSet")
        added.append(made)
    for number, font in enumerate(added):
        ours.insert(number, font)
    return ours


def _embedded(font: Element) -> bool:
    return any(local(entry).startswith("embed") for entry in font)
