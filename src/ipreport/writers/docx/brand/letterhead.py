"""Words of a template's headers and footers in the record of a briefing: no number there is taken for data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ipreport.document import NotData, Part, Record, Standing, Stretch
from ipreport.writers.docx.brand.read import Brand
from ipreport.writers.docx.brand.wordml import MC, Element, W

_COUNTED = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b")


def with_letterhead(record: Record, brand: Brand) -> Record:
    """The record with what the template prints on every page, such as a telephone number; nothing without a record."""
    if not record:
        return record
    printed = list(record.printed)
    for where, parts in (("header", brand.headers), ("footer", brand.footers)):
        for name in dict.fromkeys(parts.values()):
            root = brand.tree(name)
            for line in () if root is None else _lines(root):
                stretch = Stretch(
                    f"{where} of the template", (Part(line, not_data=NotData.LETTERHEAD),), Standing.MARGIN
                )
                if line.strip() and stretch not in printed:
                    printed.append(stretch)
    return replace(record, printed=tuple(printed))


def _lines(root: Element) -> Iterator[str]:
    """The words of the paragraphs without the page numbers, which every program counts for itself.

    A text box begins a line of its own; what it says a second time, to programs that cannot draw it
    (`mc:Fallback`), is left out.
    """
    line: list[str] = []
    fields: list[tuple[str, bool]] = []
    for element in _printed(root):
        kind = element.get(W + "fldCharType")
        if element.tag == W + "p":
            yield "".join(line)
            line.clear()
        elif kind == "begin":
            fields.append(("", False))
        elif fields and kind == "separate":
            fields[-1] = fields[-1][0], True
        elif fields and kind == "end":
            fields.pop()
        elif fields and element.tag == W + "instrText":
            fields[-1] = fields[-1][0] + (element.text or ""), fields[-1][1]
        elif element.tag == W + "noBreakHyphen":
            line.append("-")
        elif element.tag == W + "t" and not any(_COUNTED.match(words) and shown for words, shown in fields):
            line.append(element.text or "")
    yield "".join(line)


def _printed(root: Element) -> Iterator[Element]:
    """The elements in the order of the file."""
    waiting = [root]
    while waiting:
        current = waiting.pop()
        if current.tag != MC + "Fallback":
            yield current
            waiting += reversed(list(current.iterchildren("*")))
