"""Emphasis: Chinese by another face, Western text by weight (CLREQ 4.2), so that languages may differ."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.language import Language
from ipreport.style import FontRole
from ipreport.writers.docx.names import Name
from ipreport.writers.docx.sheet import Sheet
from ipreport.writers.docx.theme import font_slots

STRONG = "Strong"
"""The character style of emphasis in the first language."""


def strong_id(sheet: Sheet, language: Language) -> str:
    """The character style of emphasis: one for every language that is emphasised in another face than the first."""
    first, own = (sheet.text_style(Name.BODY, each).strong for each in (sheet.primary, language))
    return STRONG if own is first else f"{STRONG}{sheet.set_in(language).name}"


def strong_styles(sheet: Sheet) -> Iterator[tuple[str, str, str, bool]]:
    """Id, name, run properties of each such style, and whether it is Word's own."""
    yield STRONG, "Strong", _properties(sheet, sheet.primary), True
    for language in sheet.secondary:
        if strong_id(sheet, language) != STRONG:
            yield strong_id(sheet, language), f"Strong {language.name}", _properties(sheet, language), False


def _properties(sheet: Sheet, language: Language) -> str:
    role = sheet.text_style(Name.BODY, language).strong
    return font_slots(role) + ("<w:b/><w:bCs/>" if role is FontRole.SANS_BOLD else "")
