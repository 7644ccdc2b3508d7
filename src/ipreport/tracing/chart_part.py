"""The part of a chart that a word processor draws itself, as lines of text (ECMA-376 part 1, 21.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lxml import etree

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_LEADING = re.compile(r"\s*−?\d[\d,]*(?:\.\d+)?")
_DIGITS = 15
"""Significant digits of a number that programs keep; some write more, which are those of a binary fraction."""


def chart_lines(root: etree._Element) -> Iterator[str]:
    """The texts and values of a chart part, in the order in which a record lists them.

    Title, axes, names of the categories and of their groups; of each series name, values
    and the words at them, but not the digits that only repeat a value.
    """
    for title in root.iterfind(f"{_C}chart/{_C}title"):
        yield from _paragraphs(title)
    for title in root.iterfind(f"{_C}chart/{_C}plotArea/*/{_C}title"):
        yield from _paragraphs(title)
    series = list(root.iter(f"{_C}ser"))
    for names in series[0].iterfind(f"{_C}cat") if series else ():
        yield from (value.text or "" for value in names.iter(f"{_C}v"))
    for each in series:
        for name in each.iterfind(f"{_C}tx"):
            yield from (value.text or "" for value in name.iter(f"{_C}v"))
        values = {point.get("idx"): _plain(_cached(point)) for point in each.iterfind(f"{_C}val//{_C}pt")}
        yield from values.values()
        for label in each.iterfind(f"{_C}dLbls/{_C}dLbl"):
            index = label.find(f"{_C}idx")
            value = values.get(None if index is None else index.get("val"), "")
            yield from (_without(line, value) for line in _paragraphs(label))


def _cached(point: etree._Element) -> str:
    return "".join(value.text or "" for value in point.iterfind(f"{_C}v"))


def _paragraphs(element: etree._Element) -> Iterator[str]:
    """The characters of each paragraph but those of fields, which repeat a value."""
    for paragraph in element.iter(f"{_A}p"):
        yield "".join(run.text or "" for run in paragraph.iterfind(f"{_A}r/{_A}t"))


def _without(line: str, value: str) -> str:
    """The words at a value without its digits, which some programs write instead of a field."""
    digits = _LEADING.match(line)
    if digits is None or not value:
        return line
    printed = Decimal(digits[0].replace(",", "").replace("−", "-"))
    step = Decimal(1).scaleb(int(printed.as_tuple().exponent))
    return line[digits.end() :] if abs(Decimal(value) - printed) * 2 <= step else line


def _plain(digits: str) -> str:
    """A number as a record has it: `0.36969999999999997` is `0.3697`."""
    try:
        number = Decimal(f"{Decimal(digits):.{_DIGITS}g}")
    except InvalidOperation:
        return digits
    written = format(number, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
