"""Settings of a briefing with those of a template that decide how lines and pages are set (ECMA-376 17.15.1).

Taken over are margins and hyphenation, tab stops, rules of Chinese line breaking, compatibility and
the mapping of theme colours. Not taken over are protection, recording of changes, mail merge, the
attached template, views, revision numbers and variables: they are about the template as a file.
"""

from __future__ import annotations

import copy

from ipreport.writers.docx.brand.orders import COMPATIBILITY_ORDER, SETTINGS_ORDER
from ipreport.writers.docx.brand.wordml import Element, W, local, make, place

_TAKEN = (
    *("mirrorMargins", "alignBordersAndEdges", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter"),
    *("gutterAtTop", "defaultTabStop", "autoHyphenation", "consecutiveHyphenLimit", "hyphenationZone"),
    *("doNotHyphenateCaps", "noPunctuationKerning", "characterSpacingControl", "strictFirstAndLastChars"),
    *("noLineBreaksAfter", "noLineBreaksBefore", "clrSchemeMapping"),
)


def settled(ours: Element, theirs: Element | None, *, even_pages: bool) -> Element:
    """Our settings with what is taken over; `even_pages` is whether these have headers of their own."""
    for name in _TAKEN if theirs is not None else ():
        found = None if theirs is None else theirs.find(W + name)
        if found is not None:
            place(ours, copy.deepcopy(found), SETTINGS_ORDER)
    _language(ours, theirs)
    _compatibility(ours, theirs)
    former = ours.find(W + "evenAndOddHeaders")
    if former is not None:
        ours.remove(former)
    if even_pages:
        place(ours, make("evenAndOddHeaders"), SETTINGS_ORDER)
    return ours


def _language(ours: Element, theirs: Element | None) -> None:
    """The language by which the theme picks a Chinese face must be Chinese, whatever Word the template comes from."""
    own, found = ours.find(W + "themeFontLang"), None if theirs is None else theirs.find(W + "themeFontLang")
    chinese = None if found is None else found.get(W + "eastAsia")
    if own is not None and chinese is not None and chinese.startswith("zh"):
        own.set(W + "eastAsia", chinese)


def _compatibility(ours: Element, theirs: Element | None) -> None:
    """Compatibility as the template has it, and what our own line breaks rest on."""
    own, found = ours.find(W + "compat"), None if theirs is None else theirs.find(W + "compat")
    if own is None or found is None:
        return
    merged = copy.deepcopy(found)
    known = {entry.get(W + "name") for entry in merged.iterfind(W + "compatSetting")}
    for entry in own:
        if local(entry) == "compatSetting":
            if entry.get(W + "name") not in known:
                merged.append(copy.deepcopy(entry))
        else:
            place(merged, copy.deepcopy(entry), COMPATIBILITY_ORDER)
    place(ours, merged, SETTINGS_ORDER)
