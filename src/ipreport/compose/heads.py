"""The head of a table: one row, or two where titles span the heads of several columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ipreport.compose.common import Languages, said
from ipreport.document import Align, Cell, Column, Row
from ipreport.language import Localized
from ipreport.metrics import Unit


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column.

    `title` spans it and its neighbours of the same title; `unit` is that of its numbers.
    """

    words: Localized
    shape: Column
    title: Localized | None = None
    unit: Unit | None = None


def head_rows(heads: Sequence[Head], languages: Languages) -> tuple[Row, ...]:
    """The rows of the head. Where some heads have a title above them, the others cover both rows."""
    groups = [(title, [Cell(said(head.words, languages)) for head in group]) for title, group in _grouped(heads)]
    if all(title is None for title, _ in groups):
        return (Row(tuple(cell for _, cells in groups for cell in cells)),)
    upper: list[Cell] = []
    lower: list[Cell] = []
    for title, cells in groups:
        if title is None:
            upper += (replace(cell, rows=2) for cell in cells)
        else:
            upper.append(Cell(said(title, languages), span=len(cells), align=Align.CENTRE))
            lower += cells
    return Row(tuple(upper)), Row(tuple(lower))


def told(heads: Sequence[Head]) -> Localized:
    """The heads in a line, those that a title spans in brackets behind it."""
    zh: list[str] = []
    en: list[str] = []
    for title, group in _grouped(heads):
        words = [head.words for head in group]
        if title is None:
            zh += (each.zh for each in words)
            en += (each.en for each in words)
        else:
            zh.append(f"{title.zh}（{'、'.join(each.zh for each in words)}）")
            en.append(f"{title.en} ({', '.join(each.en for each in words)})")
    return Localized("、".join(zh), ", ".join(en))


def _grouped(heads: Sequence[Head]) -> Iterator[tuple[Localized | None, list[Head]]]:
    """Heads on end under one title together."""
    return ((title, list(group)) for title, group in groupby(heads, key=lambda head: head.title))
