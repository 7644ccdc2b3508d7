"""Which columns of a table have their decimal points below each other: those of numbers of one unit."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from ipreport.document import Align, Cell, Citation, Column, Row, Text, inline_text
from ipreport.language import ZH, Language
from ipreport.metrics import UNITS, Unit

Units = Mapping[int, Unit | None]
"""The columns that may hold numbers of one unit, and the unit where their cells leave it to the head."""

_NUMBER = re.compile(r"\D*\d[\d,]*(?:\.\d+)?(?P<behind>\D*)")
"""A number with a sign or a qualifier before it, and its unit behind it."""
_PLURALS = {unit.singular: unit.label.en for unit in UNITS.values() if unit.singular}


def aligned(columns: Sequence[Column], body: Iterable[Row], units: Units) -> tuple[Column, ...]:
    """The columns, with decimal alignment for those of `units` whose numbers show one unit and one scale.

    Words, such as n/a, may stand among the numbers. A column in which anything else has
    digits, such as 1,200 (2027), or in which 36.97万元 stands above 1.2亿元, stays as it is.
    """
    rows = [row for row in body if len(row.cells) == len(columns)]
    alike = {index for index, unit in units.items() if _alike((row.cells[index] for row in rows), unit)}
    return tuple(
        replace(column, align=Align.DECIMAL) if index in alike else column for index, column in enumerate(columns)
    )


def one_unit(units: Collection[Unit]) -> Unit | None:
    """The unit that all of these are; None where they differ or there are none."""
    return next(iter(units)) if len({unit.key for unit in units}) == 1 else None


def _alike(cells: Iterable[Cell], unit: Unit | None) -> bool:
    """Whether the numbers of cells show the same behind their digits, and there are any.

    The unit does not count where some leave it to the head. Where the languages of a cell name
    it each in its own word, the words would end ragged below each other.
    """
    found: list[tuple[str, Language]] = []
    for text in (text for cell in cells for text in cell.texts):
        words = _without_marks(text)
        if any(character.isdigit() for character in words):
            number = _NUMBER.fullmatch(words)
            if number is None:
                return False
            found.append((number["behind"].strip(), text.language))
    known = unit if any(not behind for behind, _ in found) else None
    return len({_scale(behind, language, known) for behind, language in found}) == 1


def _without_marks(text: Text) -> str:
    """The words of a cell without the raised marks behind them."""
    return "".join(inline_text(inline) for inline in text.inlines if not isinstance(inline, Citation)).strip()


def _scale(shown: str, language: Language, unit: Unit | None) -> str:
    """What stands behind a number, without the unit where that is known, and one case as cases."""
    if unit is None:
        return shown if language is ZH else _PLURALS.get(shown, shown)
    if language is ZH:
        return shown.removesuffix(unit.label.zh)
    return shown.removesuffix(unit.label.en).removesuffix(unit.singular or unit.label.en).strip()
